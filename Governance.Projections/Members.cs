using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The register: who is a member, applied, left, on any date.</summary>
public sealed class Members : TimelineModel<Members.Entry>
{
    private const string Stored = "members_1";

    /// <param name="Organisation">The name of an organisation; null for an individual, whose name <see cref="People"/> keeps under the member's id.</param>
    /// <param name="Individual">Who the member is, when an individual.</param>
    /// <param name="Placeholder">The name stands for an organisation that no document names.</param>
    /// <param name="Since">When it came to its standing; of a member, suspended or not, the beginning of the membership.</param>
    /// <param name="SuspendedOn">When it was suspended, while it is.</param>
    /// <param name="ExclusionNotified">When a procedure of exclusion under way began.</param>
    /// <param name="HearingOn">When the member is to be heard in it.</param>
    /// <param name="HeardOn">When the member was heard in it.</param>
    public sealed record Entry(
        MemberId Id, string? Organisation, PersonId? Individual, string? Territory, bool Placeholder, string? Remark, MembershipStanding Standing,
        EffectiveTime Since, EffectiveTime? SuspendedOn, EffectiveTime? ExclusionNotified, EffectiveTime? HearingOn, EffectiveTime? HeardOn);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["member"];

    public override IReadOnlyList<Type> Events => MemberEvents.Types;

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Text("organisation", m => m.Organisation, optional: true)
        .Uuid("individual", m => m.Individual?.Value, optional: true)
        .Text("territory", m => m.Territory, optional: true)
        .Bool("placeholder", m => m.Placeholder)
        .Text("remark", m => m.Remark, optional: true)
        .Choice<MembershipStanding>("standing", m => m.Standing)
        .Time("since", m => m.Since)
        .Time("suspended_on", m => m.SuspendedOn, optional: true)
        .Time("exclusion_notified", m => m.ExclusionNotified, optional: true)
        .Time("hearing_on", m => m.HearingOn, optional: true)
        .Time("heard_on", m => m.HeardOn, optional: true);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of<Member, Entry>(history[0].Stream.Thing(), history, RowOf);

    private static Entry? RowOf(Member member)
    {
        if (member.Register is not { } entry)
            return null;
        var since = member switch
        {
            Member.Applicant m => m.Since,
            Member.Refused m => m.On,
            Member.Active m => m.Since,
            Member.Suspended m => m.Since,
            Member.Resigned m => m.On,
            Member.Excluded m => m.On,
            _ => default,
        };
        var exclusion = member.ExclusionUnderWay;
        return new(
            entry.Id, entry.Name.Organisation, entry.Name.Individual?.Person, entry.Territory, entry.Placeholder, entry.Remark, member.Standing, since,
            (member as Member.Suspended)?.SuspendedOn, exclusion?.NotifiedOn, exclusion?.HearingOn, exclusion?.HeardOn);
    }

    private const string Selected =
        "key, organisation, individual, territory, placeholder, remark, standing, since, since_precision, suspended_on, suspended_on_precision, "
        + "exclusion_notified, exclusion_notified_precision, hearing_on, hearing_on_precision, heard_on, heard_on_precision";

    private const string ByName = "order by organisation nulls last, key";

    /// <summary>Everybody that the register names at the view's moment, former members and applicants too: organisations by name, then individuals.</summary>
    public static ValueTask<IReadOnlyList<Entry>> RegisterAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} {ByName}", Read, ct);

    /// <summary>Who is a member at the view's moment, suspended ones included, in the same order.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} and standing in ('active', 'suspended') {ByName}", Read, ct);

    /// <summary>How many there are of each standing at the view's moment.</summary>
    public static async ValueTask<IReadOnlyDictionary<MembershipStanding, long>> CountAsync(ReadView view, CancellationToken ct = default)
    {
        var counts = await view.Database.ListAsync(
            view,
            $"select standing, count(*) from read.{Stored} m where {AsOf.Of("m")} group by standing",
            r => (Standing: r.Choice<MembershipStanding>(0), Count: r.GetInt64(1)),
            ct).ConfigureAwait(false);
        return counts.ToDictionary(c => c.Standing, c => c.Count);
    }

    /// <summary>One entry of the register, or null when the register does not name it at the view's moment.</summary>
    public static ValueTask<Entry?> FindAsync(ReadView view, MemberId member, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from read.{Stored} m where {AsOf.Of("m")} and key = @member", Read, ct, ("member", member.Value));

    /// <summary>Entries of the register by id, each as it stands nearest to the view's moment; what the register never named is left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<MemberId, Entry>> ManyAsync(ReadView view, IEnumerable<MemberId> members, CancellationToken ct = default)
    {
        var entries = await view.Database.ListAsync(
            view,
            $"""
            select distinct on (key) {Selected} from read.{Stored} m where {AsOf.KnownOf("m")} and key = any(@keys)
            order by key, effective @> @instant desc, abs(extract(epoch from lower(effective) - @instant))
            """,
            Read,
            ct,
            ("keys", members.Select(m => m.Value).Distinct().ToArray())).ConfigureAwait(false);
        return entries.ToDictionary(entry => entry.Id);
    }

    private static Entry Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<MemberId>(0), r.TextOrNull(1), r.IdOrNull<PersonId>(2), r.TextOrNull(3), r.GetBoolean(4), r.TextOrNull(5), r.Choice<MembershipStanding>(6),
        r.Time(7), r.TimeOrNull(9), r.TimeOrNull(11), r.TimeOrNull(13), r.TimeOrNull(15));
}
