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

        public Rota Rota { get; init; } = Rota.None;

        /// <summary>What each centre watches for all.</summary>
        public ImmutableDictionary<MemberId, IReadOnlyList<string>> Sources { get; init; } = ImmutableDictionary<MemberId, IReadOnlyList<string>>.Empty;
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
        (InUse tool, SharedToolLeft e) when tool.Centres.Contains(e.Centre) => tool with { Centres = tool.Centres.Remove(e.Centre), Sources = tool.Sources.Remove(e.Centre) },
        (InUse tool, SharedToolCentresCounted e) => tool with { Counted = e.Centres, Network = e.Network },
        (InUse tool, RotaSet e) => tool with { Rota = tool.Rota.With(new Turns(e.Week, e.Order)) },
        (InUse tool, DutySwapProposed e) => tool with { Rota = tool.Rota.With(new DutySwap(e.By, e.Week, e.With, e.Their)) },
        (InUse tool, DutySwapAnswered e) when new DutySwap(e.By, e.Week, e.With, e.Their) is var swap && tool.Rota.Proposed.Contains(swap)
            => tool with { Rota = e.Answer == DutyAnswer.Agreed ? tool.Rota.Agreed(swap) : tool.Rota.Without(swap) },
        (InUse tool, SourcesEntrusted e) when tool.Centres.Contains(e.Centre) => tool with { Sources = tool.Sources.SetItem(e.Centre, e.Sources) },
        (InUse tool, SharedToolMerged e) => new Merged(tool.Id, tool.Name, e.Into),
        (InUse tool, SharedToolRetired) => new Retired(tool.Id, tool.Name),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
