using Governance.Api.Kernel.Http;

namespace Governance.Api.Members;

public static class MemberForms
{
    /// <summary>Forms of the pages of members.</summary>
    public static void MapMemberForms(this IEndpointRouteBuilder app) =>
        app.MapForm<AdmitMemberRequest, AdmitMemberPage>(
            "/{slug}/members/admit",
            MemberUseCases.Admit,
            then: "/{slug}/members/{member}",
            fields: new Dictionary<string, string>
            {
                ["member.name-taken"] = "name.organisation",
                ["member.name-form"] = "name.organisation",
            });
}
