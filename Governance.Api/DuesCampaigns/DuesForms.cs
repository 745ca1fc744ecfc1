using System.Globalization;
using System.Text;
using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Governance.Api.DuesCampaigns;

public static class DuesForms
{
    private const string All = "/{slug}/dues";
    private const string One = All + "/{campaign:guid}";

    /// <summary>Name of the query value by which the campaign's page knows whose payment was just recorded.</summary>
    public const string Paid = "paid";

    /// <summary>The field of an uploaded table.</summary>
    public const string FileField = "file";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["dues-campaign.period-taken"] = "period",
        ["dues-campaign.period-order"] = "until",
        ["dues-campaign.measure-name"] = "measureName",
        ["dues-campaign.bracket-unfit"] = "brackets",
        ["dues-campaign.brackets-overlap"] = "brackets",
        ["dues-campaign.basis-unfit"] = "declared",
        ["dues-campaign.basis-in-no-bracket"] = "declared",
        ["dues-campaign.basis-in-use"] = "declared",
        ["member.dues-overpaid"] = "amount",
        ["member.dues-not-called"] = "member",
        ["member.payment-reference"] = "reference",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    /// <summary>Forms and tables of the pages of dues.</summary>
    public static void MapDuesForms(this IEndpointRouteBuilder app)
    {
        app.MapFormPost(All + "/open", Permission.KeepMembers, OpenAsync).ShowsAgain<OpenDuesCampaignPage>();
        app.MapFormPost(One + "/brackets", Permission.KeepMembers, SetBracketsAsync).ShowsAgain<DuesActPage>();
        app.MapForm<RemoveDuesBracketRequest, DuesActPage>(One + "/brackets/removal", DuesCampaignUseCases.RemoveBracket, then: All + "/{campaign}", fields: Fields);
        app.MapFormPost(One + "/declaration", Permission.KeepMembers, DeclareAsync).ShowsAgain<DuesActPage>();
        app.MapFormPost(One + "/call", Permission.KeepMembers, CallAsync).ShowsAgain<DuesActPage>();
        app.MapFormPost(One + "/reminder", Permission.KeepMembers, RemindAsync).ShowsAgain<DuesActPage>();
        app.MapForm<RecordDuesReminderRequest, DuesActPage>(One + "/reminder-sent", DuesCampaignUseCases.RecordReminder, then: All + "/{campaign}", fields: Fields);
        app.MapForm<CloseDuesCampaignRequest, DuesActPage>(One + "/closing", DuesCampaignUseCases.Close, then: All + "/{campaign}", fields: Fields);
        app.MapFormPost(One + "/payments", Permission.KeepMembers, PayAsync).ShowsAgain<DuesCampaignPage>();
        app.MapFormPost(One + "/payments/table", Permission.KeepMembers, PayTableAsync).ShowsAgain<PaymentsTablePage>();
        app.MapRead(One + "/campaign.csv", DuesEndpoints.TableAsync).RequirePermission(Permission.KeepMembers).RevealsPeople("members").ExcludeFromDescription();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, RequestScope scope, CommandEntrance entrance, IStringLocalizer<DuesText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new List<FieldError>();
        EffectiveTime Day(string field)
        {
            if (DateReading.Read(values.GetValueOrDefault(field)) is { } day)
                return EffectiveTime.On(day, scope.Association.Zone);
            errors.Add(new(field, Wording.Shape("expected-date")));
            return default;
        }

        var (from, until, due) = (Day("from"), Day("until"), Day("dueOn"));
        var measure = Enum.TryParse<DuesMeasure>(values.GetValueOrDefault("measure"), ignoreCase: true, out var asked) ? asked : DuesMeasure.None;
        var late = Enum.GetValues<LateAdmission>().FirstOrDefault(l => FormOptions.Value(l) == values.GetValueOrDefault("lateAdmission"));
        var decision = Guid.TryParse(values.GetValueOrDefault("decision"), out var ballot) ? new DecisionReference(BallotId.Of(ballot)) : null;
        var (brackets, wrong) = BracketReading.Read(values.GetValueOrDefault("brackets", ""), measure, decision, t);
        errors.AddRange(wrong.Select(w => new FieldError("brackets", w)));
        if (brackets.Count == 0 && wrong.Count == 0)
            errors.Add(new("brackets", t["Brackets.None"]));
        if (!int.TryParse(values.GetValueOrDefault("daysToPay", "30"), NumberStyles.None, CultureInfo.InvariantCulture, out var days))
            errors.Add(new("daysToPay", t["DaysUnread"]));
        if (errors.Count > 0)
            return Forms.Again<OpenDuesCampaignPage>(http, new(values, key, errors), StatusCodes.Status400BadRequest);
        var result = await entrance.RunAsync(
            http, DuesCampaignUseCases.Open,
            new(values.GetValueOrDefault("period", ""), from, until, due, measure, values.GetValueOrDefault("measureName") is { Length: > 0 } name ? name : null, late, days, brackets, decision),
            key);
        return result is CommandResult.Done done
            ? Results.LocalRedirect($"/{scope.Association.Slug}/dues/{done.Ids["campaign"]}?{AsOfReading.WaitFor}={done.Position}")
            : Again<OpenDuesCampaignPage>(http, values, key, result);
    }

    // One after the other: where one is refused, those before it stand, and the page says which is.
    private static async Task<IResult> SetBracketsAsync(
        HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, CommandEntrance entrance, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (await Projections.DuesCampaigns.FindAsync(await scope.ViewAsync(reads, ct), DuesCampaignId.Of(campaign), ct) is not { } known)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var decision = Guid.TryParse(values.GetValueOrDefault("decision"), out var ballot) ? new DecisionReference(BallotId.Of(ballot)) : null;
        var (brackets, wrong) = BracketReading.Read(values.GetValueOrDefault("brackets", ""), known.Measure, decision, t);
        if (wrong.Count > 0 || brackets.Count == 0)
            return Forms.Again<DuesActPage>(http, new(values, key, [.. wrong.DefaultIfEmpty(t["Brackets.None"]).Select(w => new FieldError("brackets", w))]), StatusCodes.Status400BadRequest);
        return await EachAsync(http, campaign, scope, brackets, values, key, (bracket, key) => entrance.RunAsync(
            http, DuesCampaignUseCases.SetBracket,
            new(DuesCampaignId.Of(campaign), bracket.Name, bracket.AmountCents, bracket.From, bracket.Below, bracket.Category, bracket.Decision), key));
    }

    private static async Task<IResult> DeclareAsync(HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, CommandEntrance entrance, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (await Projections.DuesCampaigns.FindAsync(await scope.ViewAsync(reads, ct), DuesCampaignId.Of(campaign), ct) is not { } known)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var errors = new List<FieldError>();
        var member = Member(values, errors, t);
        var text = values.GetValueOrDefault("declared", "").Trim();
        var number = 0;
        if (known.Measure == DuesMeasure.Number && !int.TryParse(string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '€')), NumberStyles.None, CultureInfo.InvariantCulture, out number))
            errors.Add(new("declared", t["NumberUnread"]));
        if (errors.Count > 0)
            return Forms.Again<DuesActPage>(http, new(values, key, errors), StatusCodes.Status400BadRequest);
        var result = await entrance.RunAsync(
            http, DuesCampaignUseCases.Declare,
            new(known.Id, member!.Value, known.Measure == DuesMeasure.Number ? number : null, known.Measure == DuesMeasure.Number ? null : text), key);
        return Problems.Of(result) is null ? Back(scope, campaign, result) : Again<DuesActPage>(http, values, key, result);
    }

    // So many at once as one call takes, until nobody is left; interrupted, it goes on where it was.
    private static async Task<IResult> CallAsync(
        HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, CommandEntrance entrance, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (await DuesEndpoints.FileAsync(campaign, scope, reads, dues, people, ct) is not { } file)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        return await InPartsAsync(http, campaign, scope, [.. file.Members.Where(m => m.ToCallCents is not null).Select(m => m.Member.Id)], values, key, t["Act.call.Nobody"],
            (members, key) => entrance.RunAsync(http, DuesCampaignUseCases.Call, new(DuesCampaignId.Of(campaign), members), key));
    }

    private static async Task<IResult> RemindAsync(
        HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, CommandEntrance entrance, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (await DuesEndpoints.FileAsync(campaign, scope, reads, dues, people, ct) is not { } file)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var one = Guid.TryParse(values.GetValueOrDefault("member"), out var id) ? MemberId.Of(id) : (MemberId?)null;
        var lateOnly = values.GetValueOrDefault("lateOnly", "").EndsWith("true", StringComparison.Ordinal);
        var asked = file.Members.Where(m => m.Dues is { OwedCents: > 0 } && (one is null || m.Member.Id == one)).Select(m => m.Member.Id);
        return await InPartsAsync(
            http, campaign, scope, [.. asked], values, key, t["Act.reminder.Nobody"],
            (members, key) => entrance.RunAsync(http, DuesCampaignUseCases.Remind, new(DuesCampaignId.Of(campaign), members, lateOnly && one is null), key),
            passes: refusal => refusal is NobodyToRemind or NobodyToWriteTo or RemindedToday);
    }

    private static async Task<IResult> InPartsAsync(
        HttpContext http, Guid campaign, RequestScope scope, IReadOnlyList<MemberId> members, IReadOnlyDictionary<string, string> values, string key, string nobody,
        Func<IReadOnlyList<MemberId>, string, Task<CommandResult>> act, Func<Refusal, bool>? passes = null) => members.Count == 0
        ? Forms.Again<DuesActPage>(http, new(values, key, [new("", nobody)]), StatusCodes.Status409Conflict)
        : await EachAsync(http, campaign, scope, members.Chunk(CallDuesCampaign.MostMembers), values, key, act, passes);

    private static async Task<IResult> EachAsync<T>(
        HttpContext http, Guid campaign, RequestScope scope, IEnumerable<T> all, IReadOnlyDictionary<string, string> values, string key, Func<T, string, Task<CommandResult>> act,
        Func<Refusal, bool>? passes = null)
    {
        var result = await CommandsInTurn.RunAsync(all, key, act, passes);
        return Problems.Of(result) is null ? Back(scope, campaign, result) : Again<DuesActPage>(http, values, key, result);
    }

    // Back to the same form with the cursor in it (an address with a place in the page would keep the cursor out of it), the day and the means as they were: the next payment is typed at once.
    private static async Task<IResult> PayAsync(HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, CommandEntrance entrance, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (await Projections.DuesCampaigns.FindAsync(await scope.ViewAsync(reads, ct), DuesCampaignId.Of(campaign), ct) is not { } known)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var errors = new List<FieldError>();
        var member = Member(values, errors, t);
        if (MoneyWording.ReadCents(values.GetValueOrDefault("amount")) is not { } cents)
        {
            errors.Add(new("amount", t["AmountUnread"]));
            cents = 0;
        }

        EffectiveTime? on = null;
        if (values.GetValueOrDefault("effective") is { Length: > 0 } text)
        {
            if (DateReading.Read(text) is { } day)
                on = EffectiveTime.On(day, scope.Association.Zone);
            else
                errors.Add(new("effective", Wording.Shape("expected-date")));
        }

        if (errors.Count > 0)
            return Forms.Again<DuesCampaignPage>(http, new(values, key, errors), StatusCodes.Status400BadRequest);
        PaymentMeans? means = Enum.GetValues<PaymentMeans>().Where(m => FormOptions.Value(m) == values.GetValueOrDefault("means")).Select(m => (PaymentMeans?)m).FirstOrDefault();
        var result = await entrance.RunAsync(
            http, MemberUseCases.RecordDuesPayment, new(member!.Value, known.Period, cents, means, values.GetValueOrDefault("reference") is { Length: > 0 } reference ? reference : null), key, on);
        if (Problems.Of(result) is not null)
            return Again<DuesCampaignPage>(http, values, key, result);
        var query = new Dictionary<string, string?>
        {
            [AsOfReading.WaitFor] = (result as CommandResult.Done)?.Position.ToString(CultureInfo.InvariantCulture),
            [Paid] = member.ToString(),
            ["means"] = means is { } by ? FormOptions.Value(by) : null,
            ["effective"] = values.GetValueOrDefault("effective"),
        };
        return Results.LocalRedirect(QueryHelpers.AddQueryString($"/{scope.Association.Slug}/dues/{campaign}", query.Where(q => !string.IsNullOrEmpty(q.Value))));
    }

    private static async Task<IResult> PayTableAsync(
        HttpContext http, Guid campaign, RequestScope scope, ReadDatabase reads, DuesReader dues, PersonNames people, CommandEntrance entrance, IStringLocalizer<DuesText> t, CancellationToken ct)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (await DuesEndpoints.FileAsync(campaign, scope, reads, dues, people, ct) is not { } file)
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        var text = values.GetValueOrDefault("table", "");
        if (http.Request.Form.Files.GetFile(FileField) is { Length: > 0 } sent)
        {
            using var reader = new StreamReader(sent.OpenReadStream(), Encoding.UTF8);
            text = await reader.ReadToEndAsync(ct);
        }

        var typed = new Dictionary<string, string>(values) { ["table"] = text };
        var (lines, faults) = PaymentTable.Read(text, [.. file.Members.Select(m => (m.Member.Id, m.Member.Name))], scope.Association.Zone, t);
        if (faults.Count > 0)
            return Faulty(faults, StatusCodes.Status400BadRequest);
        var result = await entrance.RunAsync(http, DuesCampaignUseCases.RecordPayments, new(DuesCampaignId.Of(campaign), lines), key);
        return result switch
        {
            CommandResult.Refused { Refusal: PaymentsUnfit unfit } => Faulty(PaymentTable.Of(unfit, t), StatusCodes.Status409Conflict),
            _ when Problems.Of(result) is not null => Again<PaymentsTablePage>(http, typed, key, result),
            _ => Back(scope, campaign, result),
        };

        IResult Faulty(IReadOnlyList<TableFault> found, int status) => Forms.Again<PaymentsTablePage>(http, new(typed, key, [.. found.Select(f => new FieldError(
            "table", f.Column.Length > 0 ? t["Table.At", f.Line, f.Column, f.Sentence] : t["Table.AtLine", f.Line, f.Sentence]))]), status);
    }

    private static MemberId? Member(IReadOnlyDictionary<string, string> values, List<FieldError> errors, IStringLocalizer<DuesText> t)
    {
        if (Guid.TryParse(values.GetValueOrDefault("member"), out var id))
            return MemberId.Of(id);
        errors.Add(new("member", t["MemberMissing"]));
        return null;
    }

    private static IResult Back(RequestScope scope, Guid campaign, CommandResult result) => Results.LocalRedirect(
        $"/{scope.Association.Slug}/dues/{campaign}" + (result is CommandResult.Done done ? $"?{AsOfReading.WaitFor}={done.Position}" : ""));

    private static IResult Again<TPage>(HttpContext http, IReadOnlyDictionary<string, string> values, string key, CommandResult result) where TPage : IComponent =>
        Forms.Again<TPage>(http, new(values, key, Forms.Errors(result, Fields)), Problems.Of(result)!.Status!.Value);
}
