using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>A tool that centres keep together. Stream <c>shared-tool:{id}</c>.</summary>
/// <param name="KeptBy">Who keeps it and how, in words.</param>
public sealed record SharedToolLaunched(SharedToolId Tool, string Name, string? Purpose = null, string? KeptBy = null) : IEvent;

/// <summary>A rework begins; it ends when a release goes online.</summary>
public sealed record SharedToolReworked(string Remark) : IEvent;

/// <summary>A version of it is online.</summary>
/// <param name="Release">What that version is called.</param>
public sealed record SharedToolReleased(string Release, string? Remark = null) : IEvent;

public sealed record SharedToolJoined(MemberId Centre) : IEvent;

public sealed record SharedToolLeft(MemberId Centre) : IEvent;

/// <summary>How many centres take part, where a document gives the number and not the names.</summary>
/// <param name="Network">How many centres there were in all; null when not said.</param>
public sealed record SharedToolCentresCounted(int Centres, int? Network = null) : IEvent;

/// <summary>A working group carries on what the tool was for.</summary>
public sealed record SharedToolMerged(WorkingGroupId Into) : IEvent;

public sealed record SharedToolRetired(string Reason) : IEvent;

/// <summary>Centres keep the tool a week each, in this order, from a week on; none named ends the turns.</summary>
/// <param name="Week">Its Monday.</param>
public sealed record RotaSet(IReadOnlyList<MemberId> Order, DateOnly Week) : IEvent;

/// <param name="Week">Monday of the week that <paramref name="By"/> gives away.</param>
/// <param name="Their">Monday of the week that <paramref name="With"/> gives for it.</param>
public sealed record DutySwapProposed(MemberId By, DateOnly Week, MemberId With, DateOnly Their) : IEvent;

public enum DutyAnswer
{
    Agreed,
    Declined,
}

/// <summary>What the centre that a swap was proposed to said of it.</summary>
public sealed record DutySwapAnswered(MemberId By, DateOnly Week, MemberId With, DateOnly Their, DutyAnswer Answer) : IEvent;

/// <summary>By joint decision a centre watches these sources for all, and no others any more.</summary>
public sealed record SourcesEntrusted(MemberId Centre, IReadOnlyList<string> Sources, DecisionReference? Decision = null) : IDecided;

public static class SharedToolEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(SharedToolLaunched), typeof(SharedToolReworked), typeof(SharedToolReleased), typeof(SharedToolJoined),
        typeof(SharedToolLeft), typeof(SharedToolCentresCounted), typeof(SharedToolMerged), typeof(SharedToolRetired),
        typeof(RotaSet), typeof(DutySwapProposed), typeof(DutySwapAnswered), typeof(SourcesEntrusted),
    ];
}
