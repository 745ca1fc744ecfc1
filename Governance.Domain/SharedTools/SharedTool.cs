using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>A tool that centres keep together, from its launch to its end.</summary>
public abstract record SharedTool : IState<SharedTool>
{
    private SharedTool() { }

    public sealed record Unlaunched : SharedTool;

    /// <param name="BeingReworked">A rework has begun and no release has come out of it yet.</param>
    /// <param name="Counted">How many centres take part, where only the number is known.</param>
    public sealed record InUse(
        SharedToolId Id, string Name, string? Purpose, string? KeptBy, bool BeingReworked, ImmutableHashSet<MemberId> Centres, int? Counted) : SharedTool
    {
        /// <summary>Out of how many centres in all.</summary>
        public int? Network { get; init; }
    }

    /// <summary>A working group carries on what the tool was for.</summary>
    public sealed record Merged(SharedToolId Id, string Name, WorkingGroupId Into) : SharedTool;

    public sealed record Retired(SharedToolId Id, string Name) : SharedTool;

    public static SharedTool Initial { get; } = new Unlaunched();

    public static StreamId Stream(SharedToolId id) => new($"shared-tool:{id}");

    public SharedTool Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unlaunched, SharedToolLaunched e) => new InUse(e.Tool, e.Name, e.Purpose, e.KeptBy, false, [], null),
        (InUse tool, SharedToolReworked) => tool with { BeingReworked = true },
        (InUse tool, SharedToolReleased) => tool with { BeingReworked = false },
        (InUse tool, SharedToolJoined e) when !tool.Centres.Contains(e.Centre) => tool with { Centres = tool.Centres.Add(e.Centre) },
        (InUse tool, SharedToolLeft e) when tool.Centres.Contains(e.Centre) => tool with { Centres = tool.Centres.Remove(e.Centre) },
        (InUse tool, SharedToolCentresCounted e) => tool with { Counted = e.Centres, Network = e.Network },
        (InUse tool, SharedToolMerged e) => new Merged(tool.Id, tool.Name, e.Into),
        (InUse tool, SharedToolRetired) => new Retired(tool.Id, tool.Name),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
