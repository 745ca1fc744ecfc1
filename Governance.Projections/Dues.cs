using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What members owe and have paid, period by period, on any date. Each period of a member is a row: a payment writes what it changes, and a page reads what it shows.</summary>
public sealed class Dues : TimelineModel<Dues.Entry>
{
    internal const string Stored = "dues_3";

    /// <param name="Called">Position of the call: of two on one day, which came first.</param>
    public sealed record Entry(MemberId Member, long Called, Domain.Members.Dues Period);

    /// <param name="Periods">In the order of the calls; at least one.</param>
    public sealed record Account(MemberId Member, IReadOnlyList<Domain.Members.Dues> Periods);

    /// <summary>A period over all members.</summary>
    public sealed record Total(string Period, long CalledCents, long PaidCents);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["member"];

    public override IReadOnlyList<Type> Events => [typeof(DuesCalled), typeof(DuesPaid), typeof(DuesPaymentReturned), typeof(DuesReduced)];

    public override IReadOnlyList<string> Indexes => ["(tenant, member)", "(tenant, period)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("member", e => e.Member.Value)
        .Int64("called", e => e.Called)
        .Text("period", e => e.Period.Period)
        .Int32("amount", e => e.Period.AmountCents)
        .Int32("reduced_from", e => e.Period.ReducedFromCents, optional: true)
        .Time("due_on", e => e.Period.DueOn)
        .Time("called_on", e => e.Period.CalledOn)
        .Int32("paid", e => e.Period.PaidCents)
        .Time("paid_on", e => e.Period.PaidOn, optional: true)
        .Json("payments", e => e.Period.Payments.Count > 0 ? e.Period.Payments : null, optional: true);

    // One period of an account does not depend on another.
    public override Guid Part(IEvent @event) => Keys.Of(Guid.Empty, @event switch
    {
        DuesCalled e => e.Period,
        DuesPaid e => e.Period,
        DuesPaymentReturned e => e.Period,
        DuesReduced e => e.Period,
        _ => throw new NotSupportedException($"{@event.GetType()} is of no period."),
    });

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var member = history[0].Stream.Thing();
        return Segments.Of<(long Called, ImmutableList<Domain.Members.Dues> Account), Entry>(
            Keys.Of(member, Part(history[0].Event)),
            history,
            (0, []),
            (known, e) => (
                e.Event is DuesCalled ? e.Position : known.Called,
                Domain.Members.Dues.After(known.Account, e.Event, e.On) ?? throw ImpossibleHistoryException.After("the dues of a member", e.Event, e.On)),
            known => new(new(member), known.Called, known.Account[0]));
    }

    private const string Selected = "member, period, amount, reduced_from, due_on, due_on_precision, called_on, called_on_precision, paid, paid_on, paid_on_precision, payments";
    private const string InOrder = "order by member, called_on, called";

    /// <summary>What a member owes and has paid at the view's moment; null when nothing was ever called.</summary>
    public static async ValueTask<Account?> FindAsync(ReadView view, MemberId member, CancellationToken ct = default) =>
        await AccountsAsync(view, "and member = @member", ct, ("member", member.Value)).ConfigureAwait(false) is [var account] ? account : null;

    /// <summary>Of the accounts of all who were called for a period by the view's moment that period alone, in the order of their ids.</summary>
    public static ValueTask<IReadOnlyList<Account>> OfPeriodAsync(ReadView view, string period, CancellationToken ct = default) =>
        AccountsAsync(view, "and period = @period", ct, ("period", period));

    /// <summary>Of the accounts on which something is owed at the view's moment those periods alone, in the order of the members' ids.</summary>
    public static ValueTask<IReadOnlyList<Account>> OwedAsync(ReadView view, CancellationToken ct = default) => AccountsAsync(view, "and amount > paid", ct);

    /// <summary>Every account at the view's moment, in the order of the members' ids.</summary>
    public static ValueTask<IReadOnlyList<Account>> ListAsync(ReadView view, CancellationToken ct = default) => AccountsAsync(view, "", ct);

    /// <summary>The periods that were called last, by the view's moment, with what all members owe in them.</summary>
    public static ValueTask<IReadOnlyList<Total>> LatestAsync(ReadView view, int periods, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select period, sum(amount), sum(paid) from read.{Stored} d where {AsOf.Of("d")} group by period order by max(called_on) desc, min(called) limit @periods",
        r => new Total(r.GetString(0), r.GetInt64(1), r.GetInt64(2)),
        ct,
        ("periods", periods));

    private static async ValueTask<IReadOnlyList<Account>> AccountsAsync(ReadView view, string which, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        var rows = await view.Database.ListAsync(view, $"select {Selected} from read.{Stored} d where {AsOf.Of("d")} {which} {InOrder}", Read, ct, parameters).ConfigureAwait(false);
        var accounts = new List<Account>();
        for (var (at, next) = (0, 0); at < rows.Count; at = next)
        {
            for (next = at + 1; next < rows.Count && rows[next].Member == rows[at].Member;)
                next++;
            accounts.Add(new(rows[at].Member, [.. rows.Skip(at).Take(next - at).Select(row => row.Period)]));
        }

        return accounts;
    }

    private static (MemberId Member, Domain.Members.Dues Period) Read(Npgsql.NpgsqlDataReader r) => (
        r.Id<MemberId>(0),
        new(r.GetString(1), r.GetInt32(2), r.Time(4), r.Time(6), r.GetInt32(8), r.TimeOrNull(9))
        {
            ReducedFromCents = r.Int32OrNull(3),
            Payments = r.JsonOrNull<IReadOnlyList<DuesPayment>>(11) ?? [],
        });
}
