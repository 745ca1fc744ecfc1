using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Tests.Architecture;
using Xunit;

namespace Governance.Tests.Api.Tallies;

/// <summary>The examples of docs/tally are judged as they say, and are what the schema says.</summary>
public sealed class TallyExamplesTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(Checkout.Read("docs/tally/tally.schema.json"))!.AsObject();

    public static TheoryData<string> Inputs => [.. TallyRun.Inputs];

    public static TheoryData<string> JsonFiles => [.. Directory.EnumerateFiles(TallyRun.Examples, "*.json").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_example_comes_to_the_outcome_beside_it_byte_for_byte(string name)
    {
        var run = TallyRun.Of(Path.Combine(TallyRun.Examples, name));

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(TallyRun.Examples, Path.GetFileNameWithoutExtension(name) + ".outcome.json")),
            Encoding.UTF8.GetBytes(run.Output));
    }

    [Fact]
    public void Every_method_has_an_example()
    {
        var shown = TallyRun.Inputs.Where(name => name.EndsWith(".json", StringComparison.Ordinal))
            .Select(name => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(TallyRun.Examples, name)))!["method"]!);
        var known = Schema["$defs"]!["input"]!["properties"]!["method"]!["enum"]!.AsArray().Select(m => (string)m!).ToList();

        Assert.Equal(8, known.Count);
        Assert.Equal(known.Order(StringComparer.Ordinal), shown.Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(TallyRun.Inputs, name => name.EndsWith(".blt", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void An_example_is_what_the_schema_says(string name) =>
        Assert.Null(Fault(Definition(name.EndsWith(".outcome.json", StringComparison.Ordinal) ? "outcome" : "input"), JsonNode.Parse(File.ReadAllText(Path.Combine(TallyRun.Examples, name))), "$"));

    [Theory]
    [InlineData("""{"method": "motion"}""")]
    [InlineData("""{"method": "motion", "papers": [], "colour": 1}""")]
    [InlineData("""{"method": "lottery", "papers": []}""")]
    [InlineData("""{"method": "motion", "papers": [{"count": "3"}]}""")]
    public void What_is_no_vote_is_not_what_the_schema_says(string json)
    {
        Assert.NotNull(Fault(Definition("input"), JsonNode.Parse(json), "$"));
        Assert.Equal(2, TallyRun.OfText(json).ExitCode);
    }

    [Fact]
    public void The_rule_that_is_printed_can_be_the_rule_of_a_file()
    {
        var input = JsonNode.Parse(File.ReadAllText(Path.Combine(TallyRun.Examples, "motion.json")))!;
        var printed = JsonNode.Parse(TallyRun.OfText(input.ToJsonString()).Output)!["rule"]!.DeepClone();
        foreach (var field in new[] { "members", "presence" })
            printed[field] = input["rule"]![field]!.DeepClone();
        var outcome = TallyRun.OfText(input.ToJsonString()).Output;
        input["rule"] = printed;

        Assert.Equal(outcome, TallyRun.OfText(input.ToJsonString()).Output);
    }

    private static JsonObject Definition(string name) => Schema["$defs"]![name]!.AsObject();

    /// <summary>As much of JSON Schema as this schema uses.</summary>
    /// <returns>Null when the value is what the schema says.</returns>
    private static string? Fault(JsonObject schema, JsonNode? value, string at)
    {
        if (schema["$ref"] is { } reference)
            return Fault(Definition(((string)reference!)["#/$defs/".Length..]), value, at);
        if (schema["oneOf"] is JsonArray choices)
        {
            var faults = choices.Select(choice => Fault(choice!.AsObject(), value, at)).ToList();
            return faults.Count(f => f is null) == 1 ? null : $"{at} is not one: {string.Join("; ", faults)}";
        }

        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return $"{at} is none of the words";
        if (schema.TryGetPropertyValue("const", out var only) && !JsonNode.DeepEquals(only, value))
            return $"{at} is not {only}";
        if (schema["type"] is { } type && !(type is JsonArray types ? types.Select(t => (string)t!) : [(string)type!]).Contains(TypeOf(value)))
            return $"{at} is of type {TypeOf(value)}";
        if (value is JsonObject fields)
        {
            if (schema["required"] is JsonArray required && required.FirstOrDefault(name => !fields.ContainsKey((string)name!)) is { } missing)
                return $"{at}.{missing} is missing";
            var properties = schema["properties"]?.AsObject();
            return fields.Select(field => properties?[field.Key] is { } known ? Fault(known.AsObject(), field.Value, $"{at}.{field.Key}")
                : schema["additionalProperties"] is JsonObject rest ? Fault(rest, field.Value, $"{at}.{field.Key}")
                : $"{at}.{field.Key} is unknown").FirstOrDefault(fault => fault is not null);
        }

        return value is JsonArray list && schema["items"] is { } items
            ? list.Select((item, i) => Fault(items.AsObject(), item, $"{at}[{i}]")).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        _ => "boolean",
    };
}
