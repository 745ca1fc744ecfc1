using System.Globalization;
using Governance.Api.Access;
using Governance.Api.DuesCampaigns;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Members;

public static class MemberForms
{
    private const string Register = "/{slug}/members";
    private const string Member = Register + "/{member}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["member.name-taken"] = "name.organisation",
        ["member.name-form"] = "name.organisation",
        ["member.hearing-too-early"] = "effective",
        ["member.exclusion-notice"] = "hearingOn",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    /// <summary>Forms of the pages of members.</summary>
    public static void MapMemberForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<AdmitMemberRequest, AdmitMemberPage>(Register + "/admit", MemberUseCases.Admit, then: Member, fields: Fields);
        app.MapForm<ApplyForMembershipRequest, AdmitMemberPage>(Register + "/apply", MemberUseCases.Apply, then: Member, fields: Fields);
        app.MapForm<AdmitMemberRequest, MemberActPage>(Member + "/admission", MemberUseCases.Admit, then: Member, fields: Fields);
        app.MapForm<MemberReasonRequest, MemberActPage>(Member + "/application/refusal", MemberUseCases.RefuseApplication, then: Member, fields: Fields);
        app.MapForm<RenameMemberRequest, MemberActPage>(Member + "/name", MemberUseCases.Rename, then: Member, fields: Fields);
        app.MapForm<MemberReasonRequest, MemberActPage>(Member + "/suspension", MemberUseCases.Suspend, then: Member, fields: Fields);
        app.MapForm<MemberDecisionRequest, MemberActPage>(Member + "/reinstatement", MemberUseCases.Reinstate, then: Member, fields: Fields);
        app.MapForm<ResignMemberRequest, MemberActPage>(Member + "/resignation", MemberUseCases.Resign, then: Member, fields: Fields);
        app.MapForm<NotifyExclusionRequest, MemberActPage>(Member + "/exclusion/notice", MemberUseCases.NotifyExclusion, then: Member, fields: Fields);
        app.MapForm<HearExclusionRequest, MemberActPage>(Member + "/exclusion/hearing", MemberUseCases.HearExclusion, then: Member, fields: Fields);
        app.MapForm<MemberReasonRequest, MemberActPage>(Member + "/exclusion/end", MemberUseCases.DropExclusion, then: Member, fields: Fields);
        app.MapForm<MemberDecisionRequest, MemberActPage>(Member + "/exclusion", MemberUseCases.Exclude, then: Member, fields: Fields);
        app.MapForm<MemberDecisionRequest, MemberActPage>(Member + "/readmission", MemberUseCases.Readmit, then: Member, fields: Fields);
        app.MapFormPost(Member + "/dues", Permission.KeepMembers, CallDuesAsync).ShowsAgain<MemberPage>();
        app.MapFormPost(Member + "/dues/payments", Permission.KeepMembers, RecordDuesPaymentAsync).ShowsAgain<MemberPage>();
        app.MapFormPost(Member + "/dues/returns", Permission.KeepMembers, ReturnDuesPaymentAsync).ShowsAgain<MemberPage>();
        app.MapFormPost(Member + "/dues/reductions", Permission.KeepMembers, ReduceDuesAsync).ShowsAgain<MemberPage>();
    }

    private static async Task<IResult> CallDuesAsync(HttpContext http, string member, CommandEntrance entrance, IStringLocalizer<MemberText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new List<FieldError>();
        var amount = Amount(values, t, errors);
        var due = Day(values, "dueOn", http, errors);
        if (due is null && errors.TrueForAll(e => e.Field != "dueOn"))
            errors.Add(new("dueOn", Wording.Shape("expected-date")));
        return await RunAsync(http, values, key, member, errors, id => entrance.RunAsync(
            http, MemberUseCases.CallDues, new CallDuesRequest(id, values.GetValueOrDefault("period", ""), amount ?? 0, due!.Value), key));
    }

    private static async Task<IResult> RecordDuesPaymentAsync(HttpContext http, string member, CommandEntrance entrance, IStringLocalizer<MemberText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new List<FieldError>();
        var amount = Amount(values, t, errors);
        var on = Day(values, "effective", http, errors);
        PaymentMeans? means = Enum.GetValues<PaymentMeans>().Where(m => FormOptions.Value(m) == values.GetValueOrDefault("means")).Select(m => (PaymentMeans?)m).FirstOrDefault();
        return await RunAsync(http, values, key, member, errors, id => entrance.RunAsync(
            http, MemberUseCases.RecordDuesPayment, new RecordDuesPaymentRequest(id, values.GetValueOrDefault("period", ""), amount ?? 0, means, Text(values, "reference")), key, on));
    }

    private static async Task<IResult> ReturnDuesPaymentAsync(HttpContext http, string member, CommandEntrance entrance, IStringLocalizer<MemberText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new List<FieldError>();
        var amount = Amount(values, t, errors);
        var on = Day(values, "effective", http, errors);
        return await RunAsync(http, values, key, member, errors, id => entrance.RunAsync(
            http, MemberUseCases.ReturnDuesPayment,
            new ReturnDuesPaymentRequest(id, values.GetValueOrDefault("period", ""), amount ?? 0, values.GetValueOrDefault("reason", ""), Text(values, "reference")), key, on));
    }

    private static async Task<IResult> ReduceDuesAsync(HttpContext http, string member, CommandEntrance entrance, IStringLocalizer<MemberText> t)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = new List<FieldError>();
        var amount = BracketReading.Cents(values.GetValueOrDefault("amount"));
        if (amount is null)
            errors.Add(new("amount", t["AmountUnread"]));
        var decision = Guid.TryParse(values.GetValueOrDefault("decision"), out var ballot) ? new DecisionReference(BallotId.Of(ballot)) : null;
        return await RunAsync(http, values, key, member, errors, id => entrance.RunAsync(
            http, MemberUseCases.ReduceDues, new ReduceDuesRequest(id, values.GetValueOrDefault("period", ""), amount ?? 0, values.GetValueOrDefault("reason", ""), decision), key));
    }

    private static string? Text(IReadOnlyDictionary<string, string> values, string field) => values.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;

    private static int? Amount(IReadOnlyDictionary<string, string> values, IStringLocalizer<MemberText> t, List<FieldError> errors)
    {
        var amount = MoneyWording.ReadCents(values.GetValueOrDefault("amount"));
        if (amount is null)
            errors.Add(new("amount", t["AmountUnread"]));
        return amount;
    }

    private static EffectiveTime? Day(IReadOnlyDictionary<string, string> values, string field, HttpContext http, List<FieldError> errors)
    {
        if (values.GetValueOrDefault(field) is not { Length: > 0 } text)
            return null;
        if (DateReading.Read(text) is { } day)
            return EffectiveTime.On(day, http.Features.Get<RequestScope>()!.Association.Zone);
        errors.Add(new(field, Wording.Shape("expected-date")));
        return null;
    }

    private static async Task<IResult> RunAsync(
        HttpContext http, IReadOnlyDictionary<string, string> values, string key, string member, List<FieldError> errors, Func<MemberId, Task<CommandResult>> act)
    {
        if (!Guid.TryParseExact(member, "D", out var id))
            return ErrorPages.Page(StatusCodes.Status404NotFound);
        if (errors.Count > 0)
            return Forms.Again<MemberPage>(http, new(values, key, errors), StatusCodes.Status400BadRequest);
        var result = await act(MemberId.Of(id));
        if (Problems.Of(result) is { } problem)
            return Forms.Again<MemberPage>(http, new(values, key, Forms.Errors(result)), problem.Status!.Value);
        var address = $"/{http.Request.RouteValues["slug"]}/members/{member}";
        return Results.LocalRedirect(
            (result is CommandResult.Done done ? QueryHelpers.AddQueryString(address, AsOfReading.WaitFor, done.Position.ToString(CultureInfo.InvariantCulture)) : address) + "#dues");
    }
}
