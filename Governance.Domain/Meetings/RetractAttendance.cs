using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Meetings;

/// <summary>Takes back that somebody came or left, or gave a proxy: acts that rest on it are named by an irregularity.</summary>
/// <param name="Event">The fact, of the sheet or the proxies given.</param>
public sealed record RetractAttendance(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(sheet);
        if (decision is not Decision.Accepted || sheet.Effective.FirstOrDefault(e => e.Id == Event) is not { } fact)
            return decision;
        var person = fact.Event is PersonArrived arrived ? arrived.Person : ((PersonLeft)fact.Event).Person;
        return Decision.All(decision, LateAttendance.Raise(meeting, person, fact.On, null, On.Instant));
    }

    /// <param name="body">That meets.</param>
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<MeetingProxies> proxies, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(proxies);
        if (decision is not Decision.Accepted || proxies.Effective.FirstOrDefault(e => e.Id == Event) is not { } fact)
            return decision;
        var mandate = fact.Event switch
        {
            MeetingProxyGiven e => e.Giver,
            MeetingProxyHandedOn e => e.Giver,
            _ => ((MeetingProxyRevoked)fact.Event).Giver,
        };
        var electorate = Electorate.At(body.At(fact.On), [.. colleges.Select(c => c.At(fact.On))], fact.On.Instant);
        return electorate.Electors.FirstOrDefault(e => e.Mandate == mandate) is { Person: var giver }
            ? Decision.All(decision, LateAttendance.Raise(meeting, giver, fact.On, null, On.Instant))
            : decision;
    }
}
