using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The frozen rolls of ballots: who may vote in each, for which mandate, with what weight.</summary>
public sealed class Electors : TimelineModel<Electors.Entry>
{
    internal const string Stored = "electors_1";

    /// <param name="Present">The quality in which the elector is present, in a meeting; null for absent.</param>
    public sealed record Entry(BallotId Ballot, MandateId Mandate, PersonId Person, Fraction Weight, BodyId? College, Presence? Present);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["ballot"];

    public override IReadOnlyList<Type> Events => [typeof(BallotOpened), typeof(ElectorateChunk)];

    // The roll of a federation comes in hundreds of chunks: each tells of its own electors alone.
    public override Guid Part(IEvent @event) => @event is ElectorateChunk chunk ? new(chunk.Number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) : Guid.Empty;

    public override IReadOnlyList<string> Indexes => ["(tenant, ballot)", "(tenant, person)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("ballot", e => e.Ballot.Value)
        .Uuid("mandate", e => e.Mandate.Value)
        .Uuid("person", e => e.Person.Value)
        .Fraction("weight", e => e.Weight)
        .Uuid("college", e => e.College?.Value, optional: true)
        .Choice<Presence>("present", e => e.Present, optional: true);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        foreach (var e in history)
        {
            var (ballot, electors) = e.Event switch
            {
                BallotOpened opened => (opened.Ballot, opened.Electors ?? []),
                ElectorateChunk chunk => (chunk.Ballot, chunk.Electors),
                _ => throw ImpossibleHistoryException.After("the roll of a ballot", e.Event, e.On),
            };
            foreach (var elector in electors)
            {
                yield return new(
                    Keys.Of(ballot.Value, elector.Mandate.Value), e.On.Instant, null,
                    new(ballot, elector.Mandate, elector.Person, elector.Weight, elector.College, elector.Present));
            }
        }
    }

    private const string Selected = "ballot, mandate, person, weight, college, present";

    /// <summary>The roll of a ballot, by mandate.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfBallotAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} e where {AsOf.Of("e")} and ballot = @ballot order by mandate", Read, ct, ("ballot", ballot.Value));

    /// <summary>For which mandates a person is on the roll of a ballot.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfPersonAsync(ReadView view, BallotId ballot, PersonId person, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"select {Selected} from read.{Stored} e where {AsOf.Of("e")} and ballot = @ballot and person = @person order by mandate",
            Read,
            ct,
            ("ballot", ballot.Value),
            ("person", person.Value));

    private static Entry Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<BallotId>(0), r.Id<MandateId>(1), r.Id<PersonId>(2), r.Fraction(3), r.IdOrNull<BodyId>(4), r.ChoiceOrNull<Presence>(5));
}
