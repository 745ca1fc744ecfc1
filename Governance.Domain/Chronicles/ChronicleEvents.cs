using Governance.Domain.Kernel;

namespace Governance.Domain.Chronicles;

/// <summary>What the facts of a network's life are about.</summary>
public enum ChronicleTheme
{
    Governance,
    Members,
    Roadmap,
    Partnership,
    WorkingGroups,
    SharedTools,
    Gathering,
    Recruitment,
}

/// <summary>A fact of the association's life that no other area keeps. Stream <c>chronicle</c>; its source is in the headers.</summary>
public sealed record ChronicleEntryRecorded(string Title, ChronicleTheme Theme, string? Text = null) : IEvent;

public static class ChronicleEvents
{
    public static IReadOnlyList<Type> Types { get; } = [typeof(ChronicleEntryRecorded)];
}
