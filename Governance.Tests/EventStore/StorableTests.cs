using System.Text;
using Governance.EventStore;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>What cannot be stored, or would come back in another form, is refused with its place, and nothing is written.</summary>
public sealed class StorableTests : LogTest
{
    [Theory]
    [InlineData("""{"a":"x\u0000"}""", "events/0/data/a", StorageFault.Nul)]
    [InlineData("""{"a":{"b":[1,{"c":"\ud83d"}]}}""", "events/0/data/a/b/1/c", StorageFault.LoneSurrogate)]
    [InlineData("""{"a":"\ude00"}""", "events/0/data/a", StorageFault.LoneSurrogate)]
    [InlineData("""{"a":"\ud83dx"}""", "events/0/data/a", StorageFault.LoneSurrogate)]
    [InlineData("""{"a":"\ud83d\n"}""", "events/0/data/a", StorageFault.LoneSurrogate)]
    [InlineData("""{"a":{"\u0000":1}}""", "events/0/data/a", StorageFault.Nul)]
    [InlineData("""{"a/b~c":1.5}""", "events/0/data/a~1b~0c", StorageFault.NotASafeInteger)]
    [InlineData("""{"list":[[1],[2,1e3]]}""", "events/0/data/list/1/1", StorageFault.NotASafeInteger)]
    [InlineData("""{"a":9007199254740992}""", "events/0/data/a", StorageFault.NotASafeInteger)]
    [InlineData("""{"a":-9007199254740992}""", "events/0/data/a", StorageFault.NotASafeInteger)]
    [InlineData("""{"a":99999999999999999999999}""", "events/0/data/a", StorageFault.NotASafeInteger)]
    [InlineData("""[1]""", "events/0/data", StorageFault.NotAnObject)]
    [InlineData("""{"a":}""", "events/0/data", StorageFault.NotJson)]
    [InlineData("", "events/0/data", StorageFault.NotJson)]
    public async Task Json_that_has_no_one_form_is_refused(string data, string place, StorageFault fault)
    {
        var result = await Log.AppendAsync(new AppendRequest(Association, [new("member:1", 0)], [Event("member:1", data)]), Ct);
        Assert.Equal(new AppendResult.Unstorable(place, fault), result);
        Assert.Equal(0, await Log.LastPositionAsync(Ct));
    }

    [Theory]
    [InlineData("""{"a":9007199254740991,"b":-9007199254740991,"c":0}""")]
    [InlineData("""{"a":"\ud83d\ude00 \\u0000 \"","":null}""")]
    [InlineData("""{}""")]
    public async Task Json_that_has_one_form_is_stored(string data) =>
        await AppendedAsync(new AppendRequest(Association, [new("member:1", 0)], [Event("member:1", data)]));

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var e = Event("member:1") with { Data = new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' } };
        Assert.Equal(
            new AppendResult.Unstorable("events/0/data", StorageFault.NotJson),
            await Log.AppendAsync(new AppendRequest(Association, [new("member:1", 0)], [e]), Ct));
    }

    [Theory]
    [InlineData("", StorageFault.Empty)]
    [InlineData("a\0b", StorageFault.Nul)]
    public async Task A_key_that_cannot_be_stored_is_refused_by_name(string key, StorageFault fault) =>
        Assert.Equal(
            new AppendResult.Unstorable("command.idempotencyKey", fault),
            await Log.AppendAsync(To("member:1", 0, command: new CommandKey("chair", key, "hash"u8.ToArray())), Ct));

    [Fact]
    public async Task Half_a_character_in_a_key_is_refused() =>
        Assert.Equal(
            new AppendResult.Unstorable("command.idempotencyKey", StorageFault.LoneSurrogate),
            await Log.AppendAsync(To("member:1", 0, command: Command("a" + '\ud800' + "b")), Ct));

    [Fact]
    public async Task What_is_longer_than_the_store_takes_is_refused()
    {
        Assert.Equal(new AppendResult.Unstorable("expected/0", StorageFault.TooLong), await Log.AppendAsync(To(new string('s', 256), 0), Ct));
        await using var small = new EventLog(Database, new EventLogOptions { EventsPerAppend = 2, BytesPerAppend = 1000 }, TimeProvider.System);
        Assert.Equal(new AppendResult.Unstorable("events", StorageFault.TooLong), await small.AppendAsync(To("member:1", 0, events: 3), Ct));
        var large = Event("member:1", $$"""{"a":"{{new string('x', 1000)}}"}""");
        Assert.Equal(
            new AppendResult.Unstorable("events/0", StorageFault.TooLong),
            await small.AppendAsync(new AppendRequest(Association, [new("member:1", 0)], [large]), Ct));
    }

    [Fact]
    public async Task A_neighbour_in_the_same_moment_is_not_touched_by_what_is_refused()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => await Log.AppendAsync(
            new AppendRequest(Association, [new($"member:{i}", 0)], [Event($"member:{i}", i % 4 == 0 ? """{"a":0.5}""" : """{"a":5}""")]), Ct)));
        Assert.Equal(10, results.OfType<AppendResult.Unstorable>().Count());
        Assert.Equal(30, results.OfType<AppendResult.Appended>().Count());
        Assert.Equal(30, Encoding.UTF8.GetString((await Log.ReadPageAsync(0, ct: Ct))[0].Data.Span) == """{"a": 5}""" ? await Log.LastPositionAsync(Ct) : -1);
    }
}
