using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Contributions;

/// <summary>Calls with the contributions made for them.</summary>
public sealed record ContributionsAnswer(IReadOnlyList<ContributionCalls.Call> Calls, IReadOnlyList<Projections.Contributions.Entry> Contributions);

public static class ContributionEndpoints
{
    /// <summary>Reads and commands of contributions, under <c>/api/{slug}</c>.</summary>
    public static void MapContributions(this IEndpointRouteBuilder api)
    {
        api.MapRead("/contributions", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                return ReadAnswers.Of(new ContributionsAnswer(await ContributionCalls.ListAsync(view, ct), await Projections.Contributions.ListAsync(view, ct)));
            })
            .RequirePermission(Permission.ReadRegister).WithName("ListContributions").Produces<ContributionsAnswer>().ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/contributions/{contribution:guid}", async (Guid contribution, RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Projections.Contributions.FindAsync(await scope.ViewAsync(reads, ct), new ContributionId(contribution), ct)))
            .RequirePermission(Permission.ReadRegister).WithName("GetContribution").Produces<Projections.Contributions.Entry>().ProducesProblems(400, 401, 403, 404, 503);

        const string One = "/contributions/{contribution}";
        api.MapCommand("/contribution-calls", ContributionUseCases.Call);
        api.MapCommand("/contributions", ContributionUseCases.Propose, created: "contributions/{contribution}");
        api.MapCommand(One + "/discussions", ContributionUseCases.Discuss);
        api.MapCommand(One + "/validation", ContributionUseCases.Validate);
        api.MapCommand(One + "/observations", ContributionUseCases.Collect);
        api.MapCommand(One + "/analysis", ContributionUseCases.Analyse);
        api.MapCommand(One + "/debates", ContributionUseCases.Debate);
        api.MapCommand(One + "/presentation", ContributionUseCases.Present);
        api.MapCommand(One + "/publication", ContributionUseCases.Publish);
        api.MapCommand(One + "/setting-aside", ContributionUseCases.SetAside);
    }

    private const string Page = "/{slug}/contributions/{contribution}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
        ["contribution.observer-not-a-member"] = "centre",
    };

    /// <summary>Forms of the pages of contributions.</summary>
    public static void MapContributionForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<CallForContributionsRequest, ContributionActPage>("/{slug}/contributions/call", ContributionUseCases.Call, then: "/{slug}/contributions", fields: Fields);
        app.MapForm<ProposeSubjectRequest, ContributionActPage>("/{slug}/contributions/new", ContributionUseCases.Propose, then: Page, fields: Fields);
        app.MapForm<DiscussSubjectRequest, ContributionActPage>(Page + "/discussions", ContributionUseCases.Discuss, then: Page, fields: Fields);
        app.MapForm<ValidateSubjectRequest, ContributionActPage>(Page + "/validation", ContributionUseCases.Validate, then: Page, fields: Fields);
        app.MapForm<CollectObservationRequest, ContributionActPage>(Page + "/observations", ContributionUseCases.Collect, then: Page, fields: Fields);
        app.MapForm<AnalyseObservationsRequest, ContributionActPage>(Page + "/analysis", ContributionUseCases.Analyse, then: Page, fields: Fields);
        app.MapForm<DebateTeachingsRequest, ContributionActPage>(Page + "/debates", ContributionUseCases.Debate, then: Page, fields: Fields);
        app.MapForm<PresentContributionRequest, ContributionActPage>(Page + "/presentation", ContributionUseCases.Present, then: Page, fields: Fields);
        app.MapForm<PublishContributionRequest, ContributionActPage>(Page + "/publication", ContributionUseCases.Publish, then: Page, fields: Fields);
        app.MapForm<SetContributionAsideRequest, ContributionActPage>(Page + "/setting-aside", ContributionUseCases.SetAside, then: Page, fields: Fields);
    }
}
