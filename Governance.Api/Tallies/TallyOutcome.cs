using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Tallies;

/// <summary>What is printed: see docs/tally/tally.schema.json.</summary>
/// <param name="Counts">A <see cref="Counts"/> or a <see cref="MethodCounts"/>.</param>
internal sealed record TallyOutcome(
    string? Title,
    Verdict Verdict,
    IReadOnlyList<IReadOnlyList<string>> Ranking,
    IReadOnlyList<string> Elected,
    IReadOnlyList<string> Tied,
    object Counts,
    IReadOnlyList<object> Colleges,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Fraction? Base,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Fraction? Threshold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Comparison? Comparison,
    IReadOnlyList<Step> Steps,
    JsonObject Rule)
{
    // Read by people and never put into a page: nothing but what JSON itself asks for is escaped.
    private static readonly JsonSerializerOptions Json = new(EventCatalogue.Json) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TallyOutcome Of(string? title, Outcome outcome, TallyRules rule) => new(
        title, outcome.Verdict, [], [], [], outcome.Counts, outcome.Colleges, outcome.Base, outcome.Threshold, outcome.Comparison, outcome.Steps, rule.Written());

    public static TallyOutcome Of(string? title, MethodOutcome outcome, TallyRules rule) => new(
        title, outcome.Verdict, outcome.Ranking, outcome.Elected, outcome.Tied, outcome.Counts, outcome.Colleges, outcome.Base, outcome.Threshold, outcome.Comparison,
        outcome.Steps, rule.Written());

    public string Written() => JsonSerializer.Serialize(this, Json);
}
