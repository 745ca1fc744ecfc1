using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What members owe and have paid, period by period, on any date.</summary>
public sealed class Dues : TimelineModel<Dues.Account>
{
    internal const string Stored = "dues_2";

    /// <param name="Periods">In the order of the calls; at least one.</param>
    public sealed record Account(MemberId Member, IReadOnlyList<Domain.Members.Dues> Periods);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["member"];

    public override IReadOnlyList<Type> Events => [typeof(DuesCalled), typeof(DuesPaid), typeof(DuesPaymentReturned), typeof(DuesReduced)];

    public override Columns<Account> Columns { get; } = new Columns<Account>().Json("periods", a => a.Periods);

    public override IEnumerable<Segment<Account>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var member = history[0].Stream.Thing();
        return Segments.Of<ImmutableList<Domain.Members.Dues>, Account>(
            member,
            history,
            [],
            (account, e) => Domain.Members.Dues.After(account, e.Event, e.On) ?? throw ImpossibleHistoryException.After("the dues of a member", e.Event, e.On),
            account => new(new(member), account));
    }

    /// <summary>What a member owes and has paid at the view's moment; null when nothing was ever called.</summary>
    public static ValueTask<Account?> FindAsync(ReadView view, MemberId member, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select key, periods from read.{Stored} d where {AsOf.Of("d")} and key = @member", Read, ct, ("member", member.Value));

    /// <summary>Of the accounts of all who were called for a period by the view's moment that period alone, in the order of their ids.</summary>
    public static ValueTask<IReadOnlyList<Account>> OfPeriodAsync(ReadView view, string period, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select key, jsonb_build_array(p) from {EachPeriod} and p ->> 'period' = @period order by key", Read, ct, ("period", period));

    /// <summary>Of the accounts on which something is owed at the view's moment those periods alone, in the order of the members' ids.</summary>
    public static ValueTask<IReadOnlyList<Account>> OwedAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select key, jsonb_agg(p order by at) from {EachPeriod} and (p ->> 'amountCents')::int > coalesce((p ->> 'paidCents')::int, 0) group by key order by key",
        Read,
        ct);

    private static readonly string EachPeriod = $"read.{Stored} d cross join lateral jsonb_array_elements(d.periods) with ordinality each(p, at) where {AsOf.Of("d")}";

    /// <summary>Every account at the view's moment, in the order of the members' ids.</summary>
    public static ValueTask<IReadOnlyList<Account>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select key, periods from read.{Stored} d where {AsOf.Of("d")} order by key", Read, ct);

    private static Account Read(Npgsql.NpgsqlDataReader r) => new(r.Id<MemberId>(0), r.Json<IReadOnlyList<Domain.Members.Dues>>(1));
}
