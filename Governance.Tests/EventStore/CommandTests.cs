using System.Text;
using Governance.EventStore;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>A command is in the log once, however often it is sent.</summary>
public class CommandTests : LogTest
{
    [Fact]
    public async Task A_repeated_command_is_answered_as_the_first_time_and_writes_nothing()
    {
        var request = new AppendRequest(
            Association, [new("body:1", 0), new("member:1", 0)], [Event("member:1"), Event("body:1"), Event("member:1")], Command("k"), Answer: "as told"u8.ToArray());
        var first = await AppendedAsync(request);
        await AppendedAsync(To("member:1", 2));

        // Decided again, it would have other events and other expectations: neither counts.
        var again = Assert.IsType<AppendResult.CommandRepeated>(await Log.AppendAsync(
            new AppendRequest(Association, [new("member:1", 3)], [Event("member:1")], Command("k"), Answer: "otherwise"u8.ToArray()), Ct));

        Assert.Equal((first.LastPosition, first.RecordedAt, "as told"), (again.LastPosition, again.RecordedAt, Encoding.UTF8.GetString(again.Answer.Span)));
        Assert.Equal([new("body:1", 1), new("member:1", 2)], again.Versions);
        Assert.Equal(4, await Log.LastPositionAsync(Ct));
        var known = await Log.FindCommandAsync(Association, Command("k"), Ct);
        Assert.True(known!.SameRequest);
        Assert.Equal(first.LastPosition, known.LastPosition);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        await AppendedAsync(To("member:1", 0, command: Command("k")));
        Assert.IsType<AppendResult.CommandKeyReused>(await Log.AppendAsync(To("member:2", 0, command: Command("k", "another body")), Ct));
        Assert.False((await Log.FindCommandAsync(Association, Command("k", "another body"), Ct))!.SameRequest);
        Assert.Equal(1, await Log.LastPositionAsync(Ct));
    }

    [Fact]
    public async Task A_key_belongs_to_its_actor_and_association_alone()
    {
        await AppendedAsync(To("member:1", 0, command: Command("k")));
        await AppendedAsync(To("member:2", 0, command: Command("k", actor: "secretary")));
        await AppendedAsync(To("member:1", 0, tenant: OtherAssociation, command: Command("k")));
        // Joined without their lengths these would be the same text as the first.
        await AppendedAsync(To("member:3", 0, command: new CommandKey("chairk", "", "body"u8.ToArray()) with { IdempotencyKey = "x" }));
        await AppendedAsync(To("member:4", 0, command: new CommandKey("chair", "kx", "body"u8.ToArray())));
    }

    [Fact]
    public async Task A_refused_command_is_not_kept_and_may_be_sent_again()
    {
        await AppendedAsync(To("member:1", 0));
        Assert.IsType<AppendResult.VersionConflict>(await Log.AppendAsync(To("member:1", 0, command: Command("k")), Ct));
        Assert.Null(await Log.FindCommandAsync(Association, Command("k"), Ct));
        await AppendedAsync(To("member:1", 1, command: Command("k")));
    }

    [Fact]
    public async Task A_command_that_changes_nothing_is_kept_too()
    {
        await AppendedAsync(To("member:1", 0));
        await AppendedAsync(new AppendRequest(Association, [new("member:1", 1)], [], Command("k"), Answer: "no change"u8.ToArray()));
        await AppendedAsync(To("member:1", 1));

        var again = Assert.IsType<AppendResult.CommandRepeated>(await Log.AppendAsync(new AppendRequest(Association, [new("member:1", 1)], [], Command("k")), Ct));
        Assert.Equal((1, "no change", 0), (again.LastPosition, Encoding.UTF8.GetString(again.Answer.Span), again.Versions.Count));
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_is_written_once()
    {
        await using var otherHost = new EventLog(Database, Options, TimeProvider.System);
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            await (i % 2 == 0 ? Log : otherHost).AppendAsync(To("member:1", 0, command: Command("k")), Ct)));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(99, results.OfType<AppendResult.CommandRepeated>().Count());
    }

    [Fact]
    public async Task Keys_are_kept_thirty_days()
    {
        await AppendedAsync(To("member:1", 0, command: Command("old")));
        await AppendedAsync(To("member:2", 0, command: Command("new")));
        await ExecuteAsync("update governance.command set created = created - interval '30 days 1 minute' where first_position = 1");

        Assert.Equal(1, await Log.PurgeCommandsAsync(Ct));
        Assert.Null(await Log.FindCommandAsync(Association, Command("old"), Ct));
        Assert.NotNull(await Log.FindCommandAsync(Association, Command("new"), Ct));
    }
}

/// <summary>The same of appends that all go the way of a group.</summary>
public sealed class CommandTestsOfGroups : CommandTests
{
    protected override EventLogOptions Options => base.Options with { AppendsAlone = false };
}
