using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The proxies of ballots as they were given and ended; which of them stand is judged by the rule, in the domain.</summary>
public sealed class Proxies : TimelineModel<Proxies.Entry>
{
    internal const string Stored = "proxies_2";

    public sealed record Entry(BallotId Ballot, Proxy Proxy);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["proxies"];

    public override IReadOnlyList<Type> Events => ProxyEvents.Types;

    public override IReadOnlyList<string> Indexes => ["(tenant, ballot)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("ballot", e => e.Ballot.Value)
        .Uuid("giver", e => e.Proxy.Giver.Value)
        .Uuid("holder", e => e.Proxy.Holder?.Value, optional: true)
        .Choice<ProxyForm>("form", e => e.Proxy.Form)
        .Time("given", e => e.Proxy.On)
        .Choice<ProxyEnd>("end_reason", e => e.Proxy.End, optional: true)
        .Time("ended", e => e.Proxy.EndedOn, optional: true)
        .Time("given_out", e => e.Proxy.GivenOutOn, optional: true)
        .Uuid("substitute", e => e.Proxy.Substitute?.Value, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        ProxyGiven e => e.Giver.Value,
        BlankProxyGivenOut e => e.Giver.Value,
        ProxyReassigned e => e.Giver.Value,
        ProxyRevoked e => e.Giver.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var ballot = new BallotId(history[0].Stream.Thing());
        var giver = new MandateId(Part(history[0].Event));
        return Segments.Of<ProxyBook, Entry>(Keys.Of(ballot.Value, giver.Value), history, book => book.Of(giver) is { } proxy ? new(ballot, proxy) : null);
    }

    /// <summary>The ballots in which a running proxy is in somebody's hands or blank; whether it stands is for the rule to say.</summary>
    public static ValueTask<IReadOnlyList<BallotId>> BallotsOfHolderAsync(ReadView view, PersonId holder, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select distinct ballot from read.{Stored} p where {AsOf.Of("p")} and end_reason is null and (holder = @holder or substitute = @holder or holder is null)",
        r => r.Id<BallotId>(0),
        ct,
        ("holder", holder.Value));

    /// <summary>Proxies that a person holds or held, or that were given for mandates of theirs, in the order in which they were given.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfPersonAsync(ReadView view, PersonId person, IEnumerable<MandateId> mandates, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected}, ballot from read.{Stored} p
        where {AsOf.Of("p")} and (holder = @person or substitute = @person or giver = any(@mandates)) order by given, ballot, giver
        """,
        r => new Entry(r.Id<BallotId>(11), Read(r)),
        ct,
        ("person", person.Value),
        ("mandates", mandates.Select(m => m.Value).ToArray()));

    private const string Selected = "giver, holder, form, given, given_precision, end_reason, ended, ended_precision, given_out, given_out_precision, substitute";

    private static Proxy Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<MandateId>(0), r.IdOrNull<PersonId>(1), r.Choice<ProxyForm>(2), r.Time(3), r.ChoiceOrNull<ProxyEnd>(5), r.TimeOrNull(6), r.TimeOrNull(8),
        r.IdOrNull<PersonId>(10));

    /// <summary>The last proxy of each giver in a ballot, in the order in which they came into the hand that they are in.</summary>
    public static ValueTask<IReadOnlyList<Proxy>> OfBallotAsync(ReadView view, BallotId ballot, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from read.{Stored} p
        where {AsOf.Of("p")} and ballot = @ballot order by coalesce(given_out, given), lower(recorded), giver
        """,
        Read,
        ct,
        ("ballot", ballot.Value));
}
