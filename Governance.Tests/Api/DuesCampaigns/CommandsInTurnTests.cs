using Governance.Api.DuesCampaigns;
using Governance.Api.Kernel.Commands;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Api.DuesCampaigns;

/// <summary>More members than one command takes are called and reminded in parts.</summary>
public sealed class CommandsInTurnTests
{
    private readonly List<(string Key, string Part)> _given = [];

    [Fact]
    public async Task A_part_without_anybody_late_is_passed_over_and_those_after_it_are_reminded()
    {
        var result = await RunAsync(["none", "late", "none"], part => part == "late" ? Done : new CommandResult.Refused(new NobodyToRemind()));

        Assert.Same(Done, result);
        Assert.Equal(["none", "late", "none"], _given.Select(g => g.Part));
        Assert.IsType<NobodyToRemind>(Assert.IsType<CommandResult.Refused>(await RunAsync(["none"], _ => new CommandResult.Refused(new NobodyToRemind()))).Refusal);
    }

    [Fact]
    public async Task Anything_else_stops_it_and_is_said()
    {
        var result = await RunAsync(["first", "second"], _ => new CommandResult.Refused(new NobodyToWriteTo()));

        Assert.IsType<NobodyToWriteTo>(Assert.IsType<CommandResult.Refused>(result).Refusal);
        Assert.Equal(["first"], _given.Select(g => g.Part));
    }

    [Fact]
    public async Task Asked_again_after_an_interruption_a_part_has_the_key_that_it_had_and_no_other_part_has_it()
    {
        await RunAsync(["first", "second"], _ => Done);
        var before = _given.ToDictionary(g => g.Part, g => g.Key);
        _given.Clear();

        // What was done is left out now, so that the second comes first.
        await RunAsync(["second"], _ => Done);

        Assert.Equal(before["second"], Assert.Single(_given).Key);
        Assert.NotEqual(before["first"], before["second"]);
    }

    private static readonly CommandResult Done = new CommandResult.Done(1, DateTimeOffset.UnixEpoch, [], new Dictionary<string, Guid>(), 1);

    private Task<CommandResult> RunAsync(IReadOnlyList<string> parts, Func<string, CommandResult> result) => CommandsInTurn.RunAsync(
        parts, "key", (part, key) =>
        {
            _given.Add((key, part));
            return Task.FromResult(result(part));
        },
        refusal => refusal is NobodyToRemind);
}
