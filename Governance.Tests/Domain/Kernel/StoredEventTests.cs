using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Domain.Kernel;
using Governance.Tests.Architecture;
using Xunit;

namespace Governance.Tests.Domain.Kernel;

/// <summary>What is stored is read for ever: names and shapes change by addition only, and knowingly.</summary>
/// <remarks>
/// A new event or field: approve <c>stored-shapes.received.txt</c>, which the failing test leaves beside the test's assembly, and add
/// an example of the new form to <c>stored-events.jsonl</c>. Lines that are there already are never changed.
/// </remarks>
public sealed class StoredEventTests
{
    private const string Approved = "Governance.Tests/Domain/Kernel/stored-shapes.txt";
    private const string Corpus = "Governance.Tests/Domain/Kernel/stored-events.jsonl";

    public static TheoryData<int, string> Stored =>
        [.. Lines().Select((line, i) => new TheoryDataRow<int, string>(i + 1, (string)line["type"]!))];

    [Fact]
    public void Names_and_shapes_are_those_approved()
    {
        var actual = StoredShapes.Describe(EventCatalogue.All);
        if (actual != Checkout.Read(Approved))
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "stored-shapes.received.txt"), actual);

        Assert.Equal(Checkout.Read(Approved).Split('\n'), actual.Split('\n'));
    }

    [Fact]
    public void Every_event_has_a_stored_example() =>
        Assert.Equal(EventCatalogue.All.Names.Order(StringComparer.Ordinal), Lines().Select(line => (string)line["type"]!).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Stored))]
    public void What_was_stored_is_read_whole(int line, string type)
    {
        var stored = Lines().ElementAt(line - 1)["data"]!;
        var read = EventCatalogue.All.Read(type, Encoding.UTF8.GetBytes(stored.ToJsonString()));
        var again = JsonNode.Parse(EventCatalogue.All.Write(read))!;

        Assert.Empty(Lost(stored, again, type));
    }

    [Fact]
    public void What_no_event_has_is_not_read()
    {
        Assert.Throws<JsonException>(() => EventCatalogue.All.Read("seat_moved", "{\"seat\":\"Lyon\",\"floor\":3}"u8));
        Assert.Throws<JsonException>(() => EventCatalogue.All.Read("seat_moved", "{}"u8));
        Assert.Throws<KeyNotFoundException>(() => EventCatalogue.All.Read("seat_burnt", "{}"u8));
    }

    [Fact]
    public void Numbers_are_whole_and_everything_else_is_text()
    {
        foreach (var line in Lines())
        {
            foreach (var number in Leaves(line["data"]!).Where(v => v.GetValueKind() == JsonValueKind.Number))
                Assert.Matches("^-?[0-9]+$", number.ToJsonString());
        }
    }

    private static IEnumerable<JsonNode> Lines() =>
        Checkout.Read(Corpus).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);

    /// <summary>The paths whose stored value is not in what is written back.</summary>
    private static IEnumerable<string> Lost(JsonNode? stored, JsonNode? again, string path) => (stored, again) switch
    {
        (JsonObject before, JsonObject after) => before.SelectMany(p => Lost(p.Value, after[p.Key], $"{path}.{p.Key}")),
        (JsonArray before, JsonArray after) when before.Count == after.Count => before.SelectMany((v, i) => Lost(v, after[i], $"{path}[{i}]")),
        _ => JsonNode.DeepEquals(stored, again) ? [] : [path],
    };

    private static IEnumerable<JsonValue> Leaves(JsonNode? node) => node switch
    {
        JsonObject thing => thing.SelectMany(p => Leaves(p.Value)),
        JsonArray list => list.SelectMany(Leaves),
        JsonValue value => [value],
        _ => [],
    };
}
