using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Statutes;

public static class StatutesForms
{
    private const string Version = "/{slug}/statutes/{version}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["statutes.in-force-before-adoption"] = "inForceFrom",
        ["statutes.article-twice"] = "number",
        ["rule.without-article"] = "rule.article",
        ["history.before-beginning"] = "effective",
    };

    /// <summary>Forms of the pages of the statutes.</summary>
    public static void MapStatutesForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<DraftStatutesRequest, DraftStatutesPage>("/{slug}/statutes/draft", StatutesUseCases.Draft, then: Version, fields: Fields);
        app.MapForm<AmendArticleRequest, StatutesActPage>(Version + "/articles", StatutesUseCases.Amend, then: Version, fields: Fields);
        app.MapForm<RepealArticleRequest, StatutesActPage>(Version + "/articles/{number}/repeal", StatutesUseCases.Repeal, then: Version, fields: Fields);
        app.MapForm<SetRuleRequest, RulePage>(Version + "/rules", StatutesUseCases.Set, then: Version, fields: Fields, beside: Beside);
        app.MapForm<RemoveRuleRequest, StatutesActPage>(Version + "/rules/removal", StatutesUseCases.Remove, then: Version, fields: Fields);
        app.MapForm<AdoptStatutesRequest, StatutesActPage>(Version + "/adoption", StatutesUseCases.Adopt, then: Version, fields: Fields);
    }

    // What is wrong with a value of the rule stands beside it.
    private static string? Beside(Refusal refusal) => refusal switch
    {
        RuleFieldMissing { Field: var field } => "rule.content." + field,
        RuleFieldUnused { Field: var field } => "rule.content." + field,
        RuleNumberOutOfRange { Field: var field } => "rule.content." + field,
        RuleFractionOutOfRange { Field: var field } => "rule.content." + field,
        _ => null,
    };
}
