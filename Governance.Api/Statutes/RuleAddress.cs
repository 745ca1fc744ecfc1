using Governance.Api.Kernel.Http;
using Governance.Domain.Voting;

namespace Governance.Api.Statutes;

/// <summary>How an address names a rule of a draft: its kind and its scope, of which a version has one at most.</summary>
public static class RuleAddress
{
    /// <summary><c>rule=quorum&amp;body=board</c>.</summary>
    public static string Query(Rule rule) =>
        "rule=" + FormOptions.Value(rule.Content.Kind)
        + (rule.Scope.Body is { } body ? "&body=" + FormOptions.Value(body) : "")
        + (rule.Scope.Decision is { } decision ? "&decision=" + FormOptions.Value(decision) : "");

    public static Rule? Find(IReadOnlyList<Rule> rules, string? kind, string? body, string? decision) => rules.FirstOrDefault(rule =>
        FormOptions.Value(rule.Content.Kind) == kind && Named(rule.Scope.Body) == body && Named(rule.Scope.Decision) == decision);

    private static string? Named<T>(T? value) where T : struct, Enum => value is { } given ? FormOptions.Value(given) : null;
}
