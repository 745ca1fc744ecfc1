using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Takes back a fact of a convention. A line of a report that was filed stands: the filing is taken back first.</summary>
/// <param name="Event">The fact, of the convention given.</param>
public sealed record RetractConventionFact(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention) =>
        new RetractFact(Event, Reason, On).Decide(convention) switch
        {
            Decision.Accepted when convention.Recorded.First(e => e.Id == Event).Event is ReportLineRecorded line && convention.Filed(line.Year) is { } filed
                => new ReportAlreadyFiled(line.Year, filed),
            var decision => decision,
        };
}
