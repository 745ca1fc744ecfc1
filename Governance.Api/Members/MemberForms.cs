using Governance.Api.Kernel.Http;

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
    }
}
