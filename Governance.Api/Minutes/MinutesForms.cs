using Governance.Api.Kernel.Http;

namespace Governance.Api.Minutes;

public static class MinutesForms
{
    private const string Minutes = "/{slug}/meetings/{meeting}/minutes";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["minutes.passage-not-worded"] = "way",
        ["minutes.not-the-signatory"] = "as",
        ["minutes.approved-by-another-body"] = "decision",
        ["minutes.approved-in-their-own-meeting"] = "decision",
    };

    /// <summary>Forms of the pages of minutes.</summary>
    public static void MapMinutesForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<DraftMinutesRequest, MinutesActPage>(Minutes + "/draft", MinutesUseCases.Draft, then: Minutes);
        app.MapForm<AmendMinutesRequest, MinutesActPage>(Minutes + "/amendment", MinutesUseCases.Amend, then: Minutes, fields: Fields);
        app.MapForm<SignMinutesRequest, SignMinutesPage>(Minutes + "/signature", MinutesUseCases.Sign, then: Minutes, fields: Fields);
        app.MapForm<ApproveMinutesRequest, MinutesActPage>(Minutes + "/approval", MinutesUseCases.Approve, then: Minutes, fields: Fields);
        app.MapForm<CorrectMinutesRequest, MinutesActPage>(Minutes + "/erratum", MinutesUseCases.Correct, then: Minutes, fields: Fields);
    }
}
