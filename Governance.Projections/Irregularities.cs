using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Facts recorded late that would have changed an act, for somebody to confirm the act or to annul it.</summary>
public sealed class Irregularities : TimelineModel<Irregularities.Entry>
{
    private const string Stored = "irregularities_3";

    /// <param name="Late">The event recorded late.</param>
    /// <param name="Act">The event that it would have changed.</param>
    /// <param name="Electorate">How the roll differs; null when it does not.</param>
    /// <param name="Statutes">The version of the statutes that should have applied; null when the one that did, or none.</param>
    /// <param name="NoStatutes">No version was in force after all.</param>
    /// <param name="Colleges">The colleges and their weights as known then; null when they are those of the opening.</param>
    /// <param name="FirstRoundAnnulled">The late event annuls the ballot whose second round it is.</param>
    /// <param name="Confirmed">Why the act stands all the same; null while nobody has said so.</param>
    /// <param name="Annulled">The ballot was annulled, which settles it.</param>
    public sealed record Entry(
        BallotId Ballot, EventId Late, EventId Act, ElectorateDifference? Electorate, StatutesVersionId? Statutes, bool NoStatutes,
        IReadOnlyList<BallotCollege>? Colleges, bool FirstRoundAnnulled, EffectiveTime Found, string? Confirmed, EffectiveTime? ConfirmedOn, bool Annulled)
    {
        public bool Settled => Confirmed is not null || Annulled;
    }

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["ballot"];

    public override IReadOnlyList<Type> Events => [typeof(IrregularityRaised), typeof(IrregularityConfirmed), typeof(BallotAnnulled)];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("ballot", i => i.Ballot.Value)
        .Uuid("late", i => i.Late.Value)
        .Uuid("act", i => i.Act.Value)
        .Json("electorate", i => i.Electorate, optional: true)
        .Uuid("statutes", i => i.Statutes?.Value, optional: true)
        .Bool("no_statutes", i => i.NoStatutes)
        .Json("colleges", i => i.Colleges, optional: true)
        .Bool("first_round_annulled", i => i.FirstRoundAnnulled)
        .Time("found", i => i.Found)
        .Text("confirmed", i => i.Confirmed, optional: true)
        .Time("confirmed_on", i => i.ConfirmedOn, optional: true)
        .Bool("annulled", i => i.Annulled);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var annulled = false;
        var raised = new List<(Guid Key, Entry Entry)>();
        for (var i = 0; i < history.Count; i++)
        {
            var e = history[i];
            switch (e.Event)
            {
                case IrregularityRaised r:
                    raised.Add((e.Id.Value, new(r.Ballot, r.Late, r.Act, r.Electorate, r.Statutes, r.NoStatutes, r.Colleges, r.FirstRoundAnnulled, e.On, null, null, annulled)));
                    break;
                case IrregularityConfirmed c when raised.FindLastIndex(o => o.Entry.Late == c.Late && o.Entry.Confirmed is null) is >= 0 and var at:
                    raised[at] = (raised[at].Key, raised[at].Entry with { Confirmed = c.Reason, ConfirmedOn = e.On });
                    break;
                case BallotAnnulled:
                    annulled = true;
                    raised = [.. raised.Select(o => (o.Key, o.Entry with { Annulled = true }))];
                    break;
                default:
                    throw ImpossibleHistoryException.After("irregularities of a ballot", e.Event, e.On);
            }

            DateTimeOffset? to = i + 1 < history.Count ? history[i + 1].On.Instant : null;
            if (to == e.On.Instant)
                continue;
            foreach (var (key, entry) in raised)
                yield return new(key, e.On.Instant, to, entry);
        }
    }

    private const string Selected =
        "ballot, late, act, electorate, statutes, no_statutes, colleges, first_round_annulled, found, found_precision, confirmed, confirmed_on, confirmed_on_precision, annulled";

    /// <summary>Every irregularity known at the view's moment: those that nobody has settled first, then the latest found.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} i where {AsOf.Of("i")} order by (confirmed is not null or annulled), found desc, key",
        Read,
        ct);

    /// <summary>Those of one ballot, in the same order.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfBallotAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select {Selected} from read.{Stored} i where {AsOf.Of("i")} and ballot = @ballot order by (confirmed is not null or annulled), found desc, key",
        Read,
        ct,
        ("ballot", ballot.Value));

    private static Entry Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<BallotId>(0), r.Id<EventId>(1), r.Id<EventId>(2), r.JsonOrNull<ElectorateDifference>(3), r.IdOrNull<StatutesVersionId>(4),
        r.GetBoolean(5), r.JsonOrNull<List<BallotCollege>>(6), r.GetBoolean(7), r.Time(8), r.TextOrNull(10), r.TimeOrNull(11), r.GetBoolean(13));
}
