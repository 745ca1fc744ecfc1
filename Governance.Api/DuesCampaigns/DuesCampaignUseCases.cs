using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;

namespace Governance.Api.DuesCampaigns;

/// <param name="Until">The last day of the period.</param>
/// <param name="DueOn">The last day on which dues are paid in time.</param>
/// <param name="MeasureName">What members declare; null where nothing is declared.</param>
/// <param name="LateAdmission">What a member admitted after the period began is called.</param>
/// <param name="DaysToPay">How many days a member has from its call, where that leaves it more.</param>
public sealed record OpenDuesCampaignRequest(
    string Period, EffectiveTime From, EffectiveTime Until, EffectiveTime DueOn, DuesMeasure Measure = DuesMeasure.None, string? MeasureName = null,
    LateAdmission LateAdmission = LateAdmission.NotCalled, int DaysToPay = 30, IReadOnlyList<DuesBracket>? Brackets = null, DecisionReference? Decision = null,
    DuesCampaignId? Campaign = null);

/// <param name="AmountCents">0 for who owes nothing.</param>
/// <param name="From">The least number that is in it.</param>
/// <param name="Below">The least number that is above it.</param>
public sealed record SetDuesBracketRequest(
    DuesCampaignId Campaign, string Name, int AmountCents, int? From = null, int? Below = null, string? Category = null, DecisionReference? Decision = null);

public sealed record RemoveDuesBracketRequest(DuesCampaignId Campaign, string Name);

public sealed record DeclareDuesBasisRequest(DuesCampaignId Campaign, MemberId Member, int? Number = null, string? Category = null);

/// <param name="Members">Whom it is about: who is called already, or in no bracket, is left out.</param>
public sealed record CallDuesCampaignRequest(DuesCampaignId Campaign, IReadOnlyList<MemberId> Members);

/// <param name="Members">Whom it is about: who owes nothing, or was reminded today, is left out.</param>
public sealed record RemindOfDuesRequest(DuesCampaignId Campaign, IReadOnlyList<MemberId> Members, bool LateOnly = false);

/// <param name="Person">To whom; null where it went to the member itself.</param>
/// <param name="Proof">What shows it.</param>
public sealed record RecordDuesReminderRequest(DuesCampaignId Campaign, MemberId Member, NoticeChannel Channel, PersonId? Person = null, string? Proof = null);

/// <param name="Reason">Null where there was no address.</param>
public sealed record RecordDuesReminderFailureRequest(DuesCampaignId Campaign, MemberId Member, NoticeChannel Channel, PersonId? Person = null, string? Reason = null);

public sealed record CloseDuesCampaignRequest(DuesCampaignId Campaign, string? Remark = null);

/// <summary>Payments of one campaign: all of them are recorded, or none.</summary>
public sealed record RecordDuesPaymentsRequest(DuesCampaignId Campaign, IReadOnlyList<DuesPaymentLine> Lines);

/// <summary>What can be asked of campaigns of dues.</summary>
public static class DuesCampaignUseCases
{
    public static UseCase<OpenDuesCampaignRequest> Open { get; } = new(
        nameof(OpenDuesCampaign),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var id = request.Campaign ?? deciding.NewId<DuesCampaignId>("campaign");
            if (request.Campaign is not null)
                deciding.NameId("campaign", id);
            var (campaign, register) = await deciding.ReadAsync<DuesCampaign, RegisterOfDuesCampaigns>(DuesCampaign.Stream(id), RegisterOfDuesCampaigns.Stream, ct);
            var plan = new DuesCampaignOpened(
                id, request.Period, request.From, request.Until, request.DueOn, request.Measure, request.LateAdmission, request.DaysToPay, request.MeasureName, request.Decision);
            return new OpenDuesCampaign(plan, request.Brackets ?? [], deciding.On).Decide(campaign, register);
        });

    public static UseCase<SetDuesBracketRequest> SetBracket { get; } = Of<SetDuesBracketRequest>(
        nameof(SetDuesBracket), r => r.Campaign,
        (r, campaign, on) => new SetDuesBracket(new(r.Name, r.AmountCents, r.From, r.Below, r.Category, r.Decision), on).Decide(campaign));

    public static UseCase<RemoveDuesBracketRequest> RemoveBracket { get; } = Of<RemoveDuesBracketRequest>(
        nameof(RemoveDuesBracket), r => r.Campaign, (r, campaign, on) => new RemoveDuesBracket(r.Name, on).Decide(campaign));

    public static UseCase<DeclareDuesBasisRequest> Declare { get; } = new(
        nameof(DeclareDuesBasis),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var (campaign, member) = await deciding.ReadAsync<DuesCampaign, Member>(DuesCampaign.Stream(request.Campaign), Member.Stream(request.Member), ct);
            return new DeclareDuesBasis(request.Member, request.Number, request.Category, deciding.On).Decide(campaign, member);
        });

    public static UseCase<CallDuesCampaignRequest> Call { get; } = new(
        nameof(CallDuesCampaign),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var campaign = await deciding.ReadAsync<DuesCampaign>(DuesCampaign.Stream(request.Campaign), ct);
            return new CallDuesCampaign(deciding.On).Decide(campaign, await MembersAsync(request.Members, deciding, ct), deciding.Zone);
        });

    public static UseCase<RemindOfDuesRequest> Remind { get; } = new(
        nameof(RemindOfDues),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var (campaign, reminders) = await deciding.ReadAsync<DuesCampaign, DuesReminders>(
                DuesCampaign.Stream(request.Campaign), DuesReminders.Stream(request.Campaign), ct);
            var members = await MembersAsync(request.Members, deciding, ct);
            return new RemindOfDues(request.LateOnly, deciding.On).Decide(campaign, reminders, members, await deciding.ReadBodiesAsync(ct), deciding.Zone);
        })
    { Dating = Dating.Now };

    public static UseCase<RecordDuesReminderRequest> RecordReminder { get; } = new(
        nameof(RecordDuesReminder),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var (campaign, reminders) = await deciding.ReadAsync<DuesCampaign, DuesReminders>(
                DuesCampaign.Stream(request.Campaign), DuesReminders.Stream(request.Campaign), ct);
            return new RecordDuesReminder(request.Member, request.Person, request.Channel, request.Proof, deciding.On).Decide(campaign, reminders, deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static UseCase<RecordDuesReminderFailureRequest> RecordReminderFailure { get; } = new(
        nameof(RecordDuesReminderFailure),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var (campaign, reminders) = await deciding.ReadAsync<DuesCampaign, DuesReminders>(
                DuesCampaign.Stream(request.Campaign), DuesReminders.Stream(request.Campaign), ct);
            return new RecordDuesReminderFailure(request.Member, request.Person, request.Channel, request.Reason, deciding.On).Decide(campaign, reminders);
        })
    { Dating = Dating.Happened };

    public static UseCase<CloseDuesCampaignRequest> Close { get; } = Of<CloseDuesCampaignRequest>(
        nameof(CloseDuesCampaign), r => r.Campaign, (r, campaign, on) => new CloseDuesCampaign(r.Remark, on).Decide(campaign));

    public static UseCase<RecordDuesPaymentsRequest> RecordPayments { get; } = new(
        nameof(RecordDuesPayments),
        Permission.KeepMembers,
        async (request, deciding, ct) =>
        {
            var campaign = await deciding.ReadAsync<DuesCampaign>(DuesCampaign.Stream(request.Campaign), ct);
            if (campaign.Latest is not DuesCampaign.Known { Period: var period })
                return new DuesCampaignNotFound();
            var named = request.Lines.Select(l => l.Member).Distinct().ToList();
            if (Texts.Number("lines", request.Lines.Count, 1, RecordDuesPayments.MostLines) is { } wrong)
                return wrong;
            var members = named.Zip(await deciding.ReadAllAsync<Member>([.. named.Select(Member.Stream)], ct)).ToDictionary(m => m.First, m => m.Second);
            return new RecordDuesPayments(period, request.Lines, deciding.On).Decide(members);
        })
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Open), Import.Importable.Of(SetBracket), Import.Importable.Of(RemoveBracket), Import.Importable.Of(Declare), Import.Importable.Of(Call),
        Import.Importable.Of(RecordReminder), Import.Importable.Of(RecordReminderFailure), Import.Importable.Of(RecordPayments), Import.Importable.Of(Close),
    ];

    private static async ValueTask<IReadOnlyList<Timeline<Member>>> MembersAsync(IReadOnlyList<MemberId> members, Deciding deciding, CancellationToken ct) =>
        // The domain refuses too many of them; they are not read for that.
        members.Count > CallDuesCampaign.MostMembers
            ? [.. members.Select(m => new Timeline<Member>(Member.Stream(m), 0, []))]
            : await deciding.ReadAllAsync<Member>([.. members.Distinct().Select(Member.Stream)], ct);

    private static UseCase<T> Of<T>(string name, Func<T, DuesCampaignId> campaign, Func<T, Timeline<DuesCampaign>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepMembers, request => DuesCampaign.Stream(campaign(request)), decide);
}
