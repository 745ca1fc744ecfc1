using System.Text;
using Governance.Api.Access;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.DuesCampaigns;

public static class DuesEndpoints
{
    /// <summary>Campaigns of dues, under <c>/api/{slug}</c>.</summary>
    public static void MapDues(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/dues-campaigns", DuesCampaignUseCases.Open, created: "dues-campaigns/{campaign}");
        api.MapCommand("/dues-campaigns/{campaign}/brackets", DuesCampaignUseCases.SetBracket);
        api.MapCommand("/dues-campaigns/{campaign}/brackets/removal", DuesCampaignUseCases.RemoveBracket);
        api.MapCommand("/dues-campaigns/{campaign}/declarations", DuesCampaignUseCases.Declare);
        api.MapCommand("/dues-campaigns/{campaign}/calls", DuesCampaignUseCases.Call);
        api.MapCommand("/dues-campaigns/{campaign}/reminders", DuesCampaignUseCases.Remind);
        api.MapCommand("/dues-campaigns/{campaign}/reminders/sent", DuesCampaignUseCases.RecordReminder);
        api.MapCommand("/dues-campaigns/{campaign}/reminders/failed", DuesCampaignUseCases.RecordReminderFailure);
        api.MapCommand("/dues-campaigns/{campaign}/payments", DuesCampaignUseCases.RecordPayments);
        api.MapCommand("/dues-campaigns/{campaign}/closing", DuesCampaignUseCases.Close);

        api.MapRead("/dues-campaigns", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Projections.DuesCampaigns.ListAsync(await scope.ViewAsync(reads, ct), ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ListDuesCampaigns")
            .Produces<IReadOnlyList<Projections.DuesCampaigns.Campaign>>()
            .ProducesProblems(400, 401, 403, 503);
        api.MapRead("/dues-campaigns/{campaign:guid}", async (Guid campaign, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, CancellationToken ct) =>
                ReadAnswers.Of(await FileAsync(campaign, scope, reads, dues, people, ct)))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("members")
            .WithName("GetDuesCampaign")
            .Produces<CampaignFile>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/members/{member:guid}/dues", async (Guid member, RequestScope scope, DuesReader dues, CancellationToken ct) =>
                ReadAnswers.Of(await dues.StandingAsync(scope, MemberId.Of(member), ct) is { } standing
                    ? DuesStandingAnswer.Of(standing, MemberId.Of(member), await dues.OpenToAsync(scope, ct))
                    : null))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("member")
            .WithName("GetDuesStanding")
            .Produces<DuesStandingAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    /// <summary>A campaign as a request asks for it and whoever asks may read it; null when there was none.</summary>
    public static async ValueTask<CampaignFile?> FileAsync(Guid campaign, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, CancellationToken ct) =>
        (await CampaignFile.FindAsync(
            await scope.ViewAsync(reads, ct), DuesCampaignId.Of(campaign), await dues.RuleAsync(scope, ct), scope.Association.Zone, people, ct))
            ?.To(await dues.OpenToAsync(scope, ct));

    /// <summary>The table of a campaign, for spreadsheets.</summary>
    internal static async Task<IResult> TableAsync(
        HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        if (await FileAsync(campaign, scope, reads, dues, people, ct) is not { } file)
            return Face.ErrorPages.Page(StatusCodes.Status404NotFound);
        var zone = scope.Association.Zone;
        string? Day(EffectiveTime? on) => on is { } time ? DateWording.Iso(LocalTime.DayOf(time.Instant, zone)) : null;
        var rows = file.Members.Select(m => Csv.Row(
            m.Member.Name ?? "–", m.DeclaredNumber is { } number ? CountWording.Number(number) : m.DeclaredCategory, m.Bracket, Day(m.Dues?.CalledOn),
            m.Dues is { } owed ? DuesWords.Cell(owed.AmountCents) : null, m.Dues is { } due ? Day(due.DueOn) : null,
            m.Dues is { } paid ? DuesWords.Cell(paid.PaidCents) : null, Day(m.Dues?.PaidOn), m.Dues is { } rest ? DuesWords.Cell(rest.OwedCents) : null,
            m.Dues is { } dues ? DuesWords.Word(dues, m.State!.Value, m.GraceEnds!.Value, zone, t) : t[m.ToCallCents is null ? "State.NotCalled" : "State.ToCall"],
            Day(m.Reminder?.Sent), string.Join(" ; ", (m.Dues?.Payments ?? []).Select(p => string.Join(' ', new[]
            {
                Day(p.On), DuesWords.Cell(p.AmountCents), p.Means is { } means ? Wording.Name(means) : null, p.Reference,
            }.Where(part => part is not null))))));
        http.Response.Headers["Cache-Control"] = "no-store";
        var headings = new[] { "Member", "Declared", "Bracket", "CalledOn", "Amount", "DueOn", "Paid", "PaidOn", "Owed", "State", "Reminded", "Payments" }.Select(c => t["Column." + c].Value);
        return Results.File(Encoding.UTF8.GetBytes(Csv.Mark + Csv.Row(headings) + string.Concat(rows)), Csv.ContentType, "cotisations.csv");
    }
}

/// <summary>One period in the standing of a member.</summary>
/// <param name="Events">Ids of the events that it rests on, in order.</param>
public sealed record DuesPeriodAnswer(Dues Dues, DuesState State, DateOnly DueDay, DateOnly GraceEnds, IReadOnlyList<EventId> Events);

/// <summary>Whether a member is up to date with its dues, and why.</summary>
/// <param name="Article">Where the days of grace and what follows stand.</param>
public sealed record DuesStandingAnswer(
    DateTimeOffset At, bool UpToDate, IReadOnlyList<DuesPeriodAnswer> Periods, string Article, int GraceDays, DuesConsequence Consequence, bool SuspensionProposed)
{
    public static DuesStandingAnswer Of(DuesStanding standing, MemberId member, OpenAccounts open) => new(
        standing.At, standing.UpToDate,
        [.. standing.Periods.Select(p => new DuesPeriodAnswer(open.Of(member, p.Dues), p.State, p.DueDay, p.GraceEnds, [.. p.Events.Select(e => e.Id)]))],
        standing.Rule.Article, standing.Rule.Content.GraceDays, standing.Consequence, standing.SuspensionProposed);
}
