using Governance.Domain.Contributions;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Calls of funders for the collective papers of a year.</summary>
public sealed class ContributionCalls : TimelineModel<ContributionCalls.Call>
{
    private const string Stored = "contribution_calls_1";

    public sealed record Call(ContributionCallId Id, string Funder, int Year, string? Text, EffectiveTime Made);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["contribution-call"];

    public override IReadOnlyList<Type> Events => ContributionEvents.OfCalls;

    public override Columns<Call> Columns { get; } = new Columns<Call>()
        .Text("funder", c => c.Funder)
        .Int32("year", c => c.Year)
        .Text("call", c => c.Text, optional: true)
        .Time("made", c => c.Made);

    public override IEnumerable<Segment<Call>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Call), Evolve, c => c);

    private static Call? Evolve(Call? c, Recorded e) => (c, e.Event) switch
    {
        (null, ContributionsCalled made) => new(made.Call, made.Funder, made.Year, made.Text, e.On),
        _ => throw ImpossibleHistoryException.After((object?)c ?? "a call not made", e.Event, e.On),
    };

    /// <summary>Every call known at the view's moment, the latest year first.</summary>
    public static ValueTask<IReadOnlyList<Call>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select key, funder, year, call, made, made_precision from read.{Stored} c where {AsOf.Of("c")} order by year desc, funder, key",
        r => new Call(r.Id<ContributionCallId>(0), r.GetString(1), r.GetInt32(2), r.TextOrNull(3), r.Time(4)),
        ct);
}
