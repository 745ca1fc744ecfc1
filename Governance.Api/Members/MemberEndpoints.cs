using Governance.Api.Kernel.Http;

namespace Governance.Api.Members;

public static class MemberEndpoints
{
    /// <summary>Commands on members, under <c>/api/{slug}</c>.</summary>
    public static void MapMembers(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/members", MemberUseCases.Admit, created: "members/{member}");
        api.MapCommand("/members/applications", MemberUseCases.Apply, created: "members/{member}");
        api.MapCommand("/members/{member}/application/refusal", MemberUseCases.RefuseApplication);
        api.MapCommand("/members/{member}/name", MemberUseCases.Rename);
        api.MapCommand("/members/{member}/dues", MemberUseCases.CallDues);
        api.MapCommand("/members/{member}/dues/payments", MemberUseCases.RecordDuesPayment);
        api.MapCommand("/members/{member}/dues/returns", MemberUseCases.ReturnDuesPayment);
        api.MapCommand("/members/{member}/dues/reductions", MemberUseCases.ReduceDues);
        api.MapCommand("/members/{member}/suspension", MemberUseCases.Suspend);
        api.MapCommand("/members/{member}/reinstatement", MemberUseCases.Reinstate);
        api.MapCommand("/members/{member}/resignation", MemberUseCases.Resign);
        api.MapCommand("/members/{member}/exclusion/notice", MemberUseCases.NotifyExclusion);
        api.MapCommand("/members/{member}/exclusion/hearing", MemberUseCases.HearExclusion);
        api.MapCommand("/members/{member}/exclusion/end", MemberUseCases.DropExclusion);
        api.MapCommand("/members/{member}/exclusion", MemberUseCases.Exclude);
        api.MapCommand("/members/{member}/readmission", MemberUseCases.Readmit);
    }
}
