using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Governance.EventStore;
using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.EventStore.Log;

public sealed class CanonicalJsonTests
{
    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));

    // RFC 8785, section 3.2.2: the example, without its numbers, of which most are fractions.
    [Fact]
    public void The_example_of_the_standard_has_its_published_form() => Assert.Equal(
        """{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Canonical(
            """
            {
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """));

    // RFC 8785, section 3.2.3.
    [Fact]
    public void Members_are_sorted_as_the_standards_example_sorts_them() => Assert.Equal(
        ["Carriage Return", "One", "Control\u007f", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
        JsonDocument.Parse(Canonical(
            """
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control\u007f",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """)).RootElement.EnumerateObject().Select(member => member.Value.GetString()));

    [Theory]
    [InlineData("""{"a":"\b\t\n\f\r\u0000\u001F\u007f"}""", "{\"a\":\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\"}")]
    [InlineData("""[ -0, 0, -1, 9007199254740991, -9007199254740991 ]""", "[0,0,-1,9007199254740991,-9007199254740991]")]
    [InlineData("""{"b":{"d":1,"c":[]},"a":{}}""", """{"a":{},"b":{"c":[],"d":1}}""")]
    [InlineData("""{"b": 1, "aa": {"z": [{"y": "é", "x": null}, true], "Z": "a/b"}, "": -0}""", """{"":0,"aa":{"Z":"a/b","z":[{"x":null,"y":"é"},true]},"b":1}""")]
    public void Each_value_has_one_form(string json, string canonical) => Assert.Equal(canonical, Canonical(json));

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("{\"\\ude00\":1}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"b\":[{\"a\":1,\"c\":3,\"a\":2}]}")]
    [InlineData("{\"a\":1")]
    [InlineData("")]
    public void What_has_no_form_is_a_fault(string json) => Assert.Throws<InvalidDataException>(() => Canonical(json));

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(500)]
    public void Objects_of_any_number_of_members_are_sorted(int members)
    {
        var names = Enumerable.Range(0, members).Select(n => $"{n * 7919 % members}").ToList();
        Assert.Equal(
            "{" + string.Join(",", names.Order(StringComparer.Ordinal).Select(name => $"\"{name}\":{name}")) + "}",
            Canonical("{" + string.Join(", ", names.Select(name => $"\"{name}\": {name}")) + "}"));
    }

    [Fact]
    public void The_canonical_form_of_a_canonical_form_is_itself() => Prop.ForAll(Values(4).ToArbitrary(), json =>
    {
        var once = Canonical(json);
        return Canonical(once) == once && JsonElement.DeepEquals(JsonDocument.Parse(once).RootElement, JsonDocument.Parse(json).RootElement);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Whether_a_text_is_canonical_is_told_as_if_it_were_written_again() => Prop.ForAll(Values(4).ToArbitrary(), json =>
    {
        var once = Canonical(json);
        return CanonicalJson.Is(Encoding.UTF8.GetBytes(once)) && CanonicalJson.Is(Encoding.UTF8.GetBytes(json)) == (json == once);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"b\":1,\"a\":2}")]
    [InlineData("{\"a\":-0}")]
    [InlineData("{\"a\":1.0}")]
    [InlineData("{\"a\":9007199254740992}")]
    [InlineData("{\"a\":\"\\u0041\"}")]
    [InlineData("{\"a\":\"\\/\"}")]
    [InlineData("{\"a\":[1, 2]}")]
    [InlineData("{\"a\":1} ")]
    [InlineData(" {\"a\":1}")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":{\"b\":1},\"a\":2}")]
    [InlineData("")]
    public void What_is_not_canonical_is_not_taken_for_it(string json) => Assert.False(CanonicalJson.Is(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void The_order_of_members_and_the_white_space_between_them_change_nothing() => Prop.ForAll(Members(3).ToArbitrary(), members =>
        Canonical("{" + string.Join(',', members) + "}") == Canonical("{ \n" + string.Join(" ,\t", members.Reverse()) + "}"))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void An_event_is_its_envelope_as_it_was_stored()
    {
        var stored = new StoredEvent(
            912, new Guid("0197a000-0000-7000-8000-00000000000a"), "0197a000-0000-7000-8000-000000000001", 17, "member:7", 3, "member_admitted",
            """{"name": "Équipe \"Sud\"", "dues": 12}"""u8.ToArray(), """{"on": "2024-01-01", "actor": "chair"}"""u8.ToArray(),
            new DateTimeOffset(2026, 11, 27, 1, 2, 3, TimeSpan.Zero).AddMicroseconds(120_000), "c-1", null);

        Assert.Equal(
            """
            {"association":"0197a000-0000-7000-8000-000000000001","correlation":"c-1","data":{"dues":12,"name":"Équipe \"Sud\""},
            "headers":{"actor":"chair","on":"2024-01-01"},"id":"0197a000-0000-7000-8000-00000000000a","index":17,"recorded":"2026-11-27T01:02:03.120000Z",
            "stream":"member:7","type":"member_admitted","version":3}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(EventEnvelope.Bytes(stored)));
        Assert.Equal(EventEnvelope.Bytes(stored), CanonicalJson.Of(EventEnvelope.Bytes(stored)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventEnvelope.Bytes(stored with { TenantIndex = 0 }));
    }

    private static readonly Gen<string> Strings =
        from text in Gen.Elements("a", "b", "é", "€", "\u0080", "\ufb33", "\U0001F600", "\u0001", "\"", "\\", "\n", "/", " ").ListOf()
        select JsonSerializer.Serialize(string.Concat(text));

    private static Gen<string> Values(int depth) => depth == 0
        ? Gen.OneOf(Strings, Gen.Choose(int.MinValue, int.MaxValue).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.Elements("true", "false", "null"))
        : Gen.OneOf(
            Values(0),
            Values(depth - 1).ListOf().Select(items => "[" + string.Join(", ", items.Take(4)) + "]"),
            Members(depth).Select(members => "{" + string.Join(", ", members) + "}"));

    private static Gen<string[]> Members(int depth) =>
        from names in Strings.ListOf()
        from value in Values(depth - 1)
        select names.Distinct().Take(5).Select(name => $"{name} : {value}").ToArray();
}
