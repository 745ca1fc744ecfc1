using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Mandates that are not on the frozen roll of a ballot, and why.</summary>
public sealed class ElectorsLeftOut : TimelineModel<ElectorsLeftOut.Entry>
{
    internal const string Stored = "electors_left_out_1";

    public sealed record Entry(BallotId Ballot, LeftOut Why);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["ballot"];

    public override IReadOnlyList<Type> Events => [typeof(Domain.Ballots.ElectorsLeftOut)];

    public override IReadOnlyList<string> Indexes => ["(tenant, ballot)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("ballot", e => e.Ballot.Value)
        .Json("why", e => e.Why);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        from e in history
        let left = (Domain.Ballots.ElectorsLeftOut)e.Event
        from why in left.LeftOut
        select new Segment<Entry>(Keys.Of(left.Ballot.Value, why.Mandate.Value), e.On.Instant, null, new(left.Ballot, why));

    /// <summary>Those of one ballot, by mandate; at most as many as asked for.</summary>
    public static ValueTask<IReadOnlyList<LeftOut>> OfBallotAsync(ReadView view, BallotId ballot, int most, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"select why from read.{Stored} e where {AsOf.Of("e")} and ballot = @ballot order by key limit @most",
            r => r.Json<LeftOut>(0),
            ct,
            ("ballot", ballot.Value),
            ("most", most));

    public static async ValueTask<long> CountAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => (await view.Database.ListAsync(
        view, $"select count(*) from read.{Stored} e where {AsOf.Of("e")} and ballot = @ballot", r => r.GetInt64(0), ct, ("ballot", ballot.Value))
        .ConfigureAwait(false))[0];
}
