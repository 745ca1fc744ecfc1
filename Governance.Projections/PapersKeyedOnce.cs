using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Ballot papers that one person has keyed and nobody else yet. What they say is not here: whoever keys a paper second must not have read the first entry.</summary>
public sealed class PapersKeyedOnce : TimelineModel<PapersKeyedOnce.Row>
{
    private const string Stored = "papers_keyed_once_1";

    /// <summary>An entry, as the table keeps it.</summary>
    public sealed record Row(BallotId Ballot, MandateId Elector, PersonId By, EffectiveTime On);

    /// <param name="Person">Who holds the mandate whose paper it is.</param>
    /// <param name="By">Who keyed it.</param>
    public sealed record Entry(MandateId Elector, PersonId Person, PersonId By, EffectiveTime On);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["paper-entry"];

    public override IReadOnlyList<Type> Events => PaperEntryEvents.Types;

    public override IReadOnlyList<string> Indexes => ["(tenant, ballot)"];

    public override Columns<Row> Columns { get; } = new Columns<Row>()
        .Uuid("ballot", e => e.Ballot.Value)
        .Uuid("elector", e => e.Elector.Value)
        .Uuid("keyed_by", e => e.By.Value)
        .Time("keyed_on", e => e.On);

    public override IEnumerable<Segment<Row>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var first = (PaperEntered)history[0].Event;
        return Segments.Of<PaperEntry, Row>(
            Keys.Of(first.Ballot.Value, first.Elector.Value), history,
            entry => entry is PaperEntry.KeyedOnce once ? new(once.Ballot, once.Elector, once.By, once.On) : null);
    }

    /// <summary>Those of a ballot whose electors have not voted otherwise since, in the order in which they were keyed.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfBallotAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select k.elector, e.person, k.keyed_by, k.keyed_on, k.keyed_on_precision
        from read.{Stored} k join read.{Electors.Stored} e on e.tenant = k.tenant and e.ballot = k.ballot and e.mandate = k.elector and {AsOf.Of("e")}
        where {AsOf.Of("k")} and k.ballot = @ballot
            and not exists (select from read.{Votes.Stored} v where {AsOf.Of("v")} and v.ballot = k.ballot and v.elector = k.elector)
        order by k.keyed_on, k.elector
        """,
        r => new Entry(r.Id<MandateId>(0), r.Id<PersonId>(1), r.Id<PersonId>(2), r.Time(3)),
        ct,
        ("ballot", ballot.Value));
}
