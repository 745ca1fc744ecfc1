using System.Collections.Immutable;
using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;

namespace Governance.Api.DuesCampaigns;

/// <summary>One member in a campaign.</summary>
/// <param name="Bracket">The name of its bracket: the one it was called by, or that it will be; null when none covers it.</param>
/// <param name="ToCallCents">What it would be called today; null when it is called, or for nothing.</param>
/// <param name="Dues">What was called and paid; null when it was not called.</param>
/// <param name="GraceEnds">The last day on which a payment still counts as one in time.</param>
/// <param name="Reminder">The last one.</param>
public sealed record CampaignMember(
    NamedMember Member, MembershipStanding Standing, int? DeclaredNumber, string? DeclaredCategory, string? Bracket, DuesCampaignCall? Call, int? ToCallCents,
    Dues? Dues, DuesState? State, DateOnly? GraceEnds, Projections.DuesReminders.Reminder? Reminder);

/// <summary>How far a campaign is, in cents and in members.</summary>
/// <param name="Late">Members late beyond the grace.</param>
/// <param name="Uncalled">Members that are not called, for whatever reason.</param>
public sealed record CampaignProgress(
    long CalledCents, long PaidCents, long OwedCents, long LateCents, int Called, int Settled, int InTime, int InGrace, int Late, int ToCall, int Uncalled);

/// <summary>A campaign at one moment, with everybody in it.</summary>
/// <param name="Grace">The rule that gives the days of grace, and its article.</param>
/// <param name="Members">Who is a member or was called, by name.</param>
/// <param name="Whole">False when references of payments, declarations and reminders are left out, but for the members that the reader represents.</param>
public sealed record CampaignFile(
    Projections.DuesCampaigns.Campaign Campaign, Applied<EligibilityRule> Grace, CampaignProgress Progress, IReadOnlyList<CampaignMember> Members, bool Whole)
{
    public bool IsOpen => Campaign.Closed is null;

    /// <summary>Null when there was no such campaign at that moment.</summary>
    public static async ValueTask<CampaignFile?> FindAsync(
        ReadView view, DuesCampaignId id, Applied<EligibilityRule> rule, TimeZoneInfo zone, PersonNames people, CancellationToken ct)
    {
        if (await Projections.DuesCampaigns.FindAsync(view, id, ct) is not { } campaign)
            return null;
        var accounts = (await Projections.Dues.OfPeriodAsync(view, campaign.Period, ct)).ToDictionary(a => a.Member, a => a.Periods.First(p => p.Period == campaign.Period));
        var register = await RegisterAsync(view, accounts.ContainsKey, ct);
        return Of(campaign, accounts, register, await IndividualsAsync(view, register, people, ct), await Projections.DuesReminders.OfAsync(view, id, ct), view, rule, zone);
    }

    /// <summary>Every campaign at a moment, the latest period first: the register and the accounts are read once for all of them.</summary>
    public static async ValueTask<IReadOnlyList<CampaignFile>> ListAsync(
        ReadView view, Applied<EligibilityRule> rule, TimeZoneInfo zone, PersonNames people, CancellationToken ct)
    {
        var campaigns = await Projections.DuesCampaigns.ListAsync(view, ct);
        if (campaigns.Count == 0)
            return [];
        var accounts = (await Projections.Dues.ListAsync(view, ct)).SelectMany(a => a.Periods, (a, dues) => (a.Member, Dues: dues)).ToLookup(a => a.Dues.Period, StringComparer.Ordinal);
        var called = accounts.SelectMany(period => period).Select(a => a.Member).ToHashSet();
        var register = await RegisterAsync(view, called.Contains, ct);
        var individuals = await IndividualsAsync(view, register, people, ct);
        var files = new List<CampaignFile>(campaigns.Count);
        foreach (var campaign in campaigns)
        {
            files.Add(Of(
                campaign, accounts[campaign.Period].ToDictionary(a => a.Member, a => a.Dues), register, individuals, await Projections.DuesReminders.OfAsync(view, campaign.Id, ct), view, rule, zone));
        }

        return files;
    }

    // Who is a member, or was called.
    private static async ValueTask<IReadOnlyList<Projections.Members.Entry>> RegisterAsync(ReadView view, Func<MemberId, bool> called, CancellationToken ct) =>
        [.. (await Projections.Members.RegisterAsync(view, ct)).Where(e => e.Standing is MembershipStanding.Active or MembershipStanding.Suspended || called(e.Id))];

    private static ValueTask<IReadOnlyDictionary<Guid, string?>> IndividualsAsync(ReadView view, IReadOnlyList<Projections.Members.Entry> register, PersonNames people, CancellationToken ct) =>
        people.OfMembersAsync(view, register.Where(e => e.Individual is not null).Select(e => e.Id), ct);

    private static CampaignFile Of(
        Projections.DuesCampaigns.Campaign campaign, IReadOnlyDictionary<MemberId, Dues> accounts, IReadOnlyList<Projections.Members.Entry> register,
        IReadOnlyDictionary<Guid, string?> individuals, IReadOnlyDictionary<MemberId, Projections.DuesReminders.Reminder> reminders, ReadView view, Applied<EligibilityRule> rule, TimeZoneInfo zone)
    {
        var state = State(campaign);
        var members = register.Where(e => e.Standing is MembershipStanding.Active or MembershipStanding.Suspended || accounts.ContainsKey(e.Id))
            .Select(e => Of(e)).OrderBy(m => m.Member.Name, StringComparer.CurrentCulture).ToList();
        return new(campaign, rule, ProgressOf(members), members, Whole: true);

        CampaignMember Of(Projections.Members.Entry entry)
        {
            var (dues, declared, call) = (accounts.GetValueOrDefault(entry.Id), state.Declared.GetValueOrDefault(entry.Id), state.Called.GetValueOrDefault(entry.Id));
            var toCall = dues is null && campaign.Closed is null && entry.Standing is MembershipStanding.Active or MembershipStanding.Suspended
                ? state.Of(entry.Id, entry.Since, EffectiveTime.At(view.AsOf.Instant), zone)?.Call.AmountCents
                : null;
            return new(
                MemberNames.Of(entry, individuals), entry.Standing, declared?.Number, declared?.Category, dues is not null ? call?.Bracket : state.BracketOf(entry.Id)?.Name,
                dues is null ? null : call, toCall, dues, dues is null ? null : DuesStanding.StateOf(dues, view.AsOf.Instant, rule.Content.GraceDays, zone),
                dues?.GraceEnds(rule.Content.GraceDays, zone), reminders.GetValueOrDefault(entry.Id));
        }
    }

    /// <summary>The campaign as somebody may read it to whom these accounts are open.</summary>
    public CampaignFile To(OpenAccounts open) => open.All ? this : this with
    {
        Campaign = Campaign with { Declared = [.. Campaign.Declared.Where(d => open.To(d.Member))] },
        Members =
        [
            .. Members.Select(m => open.To(m.Member.Id) ? m : m with
            {
                DeclaredNumber = null, DeclaredCategory = null, Dues = m.Dues?.WithoutReferences(), Reminder = null,
            }),
        ],
        Whole = false,
    };

    /// <summary>How far a campaign is, from the accounts of all who are in it.</summary>
    public static CampaignProgress ProgressOf(IReadOnlyList<CampaignMember> members)
    {
        var called = members.Where(m => m.Dues is not null).ToList();
        int Count(params DuesState[] states) => called.Count(m => states.Contains(m.State!.Value));
        return new(
            called.Sum(m => (long)m.Dues!.AmountCents), called.Sum(m => (long)m.Dues!.PaidCents), called.Sum(m => (long)m.Dues!.OwedCents),
            called.Where(m => m.State == DuesState.Late).Sum(m => (long)m.Dues!.OwedCents), called.Count, Count(DuesState.Paid, DuesState.Waived), Count(DuesState.Open),
            Count(DuesState.InGrace), Count(DuesState.Late), members.Count(m => m.ToCallCents is not null), members.Count - called.Count);
    }

    // The read model's row as the domain judges it.
    private static DuesCampaign.Known State(Projections.DuesCampaigns.Campaign c) => new DuesCampaign.Open(
        new(c.Id, c.Period, c.From, c.Until, c.DueOn, c.Measure, c.LateAdmission, c.DaysToPay, c.MeasureName, c.Decision))
    {
        Brackets = [.. c.Brackets],
        Declared = c.Declared.ToImmutableDictionary(d => d.Member, d => new DuesBasis(d.Number, d.Category)),
        Called = c.Calls.ToImmutableDictionary(call => call.Member),
    };
}
