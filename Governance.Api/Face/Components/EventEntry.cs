using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Components;

namespace Governance.Api.Face.Components;

/// <summary>One line of what happened, ready to be shown.</summary>
/// <param name="Day">Day it took effect, on the association's clocks.</param>
/// <param name="Precision">How closely that day is known; the date is never shown more exactly.</param>
/// <param name="Sentence">Who did what, with its links.</param>
public sealed record EventEntry(DateOnly Day, Precision Precision, RenderFragment Sentence)
{
    public EventEntry(DateOnly day, Precision precision, string sentence)
        : this(day, precision, builder => builder.AddContent(0, sentence))
    {
    }

    /// <summary>Short facts after the sentence: « 14 pour, 2 contre ».</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>« art. 12 ».</summary>
    public string? Article { get; init; }

    public string? ArticleHref { get; init; }

    /// <summary>Entries that this one stands for: it opens on them.</summary>
    public IReadOnlyList<EventEntry> Inside { get; init; } = [];

    /// <summary>Permanent address of the event.</summary>
    public string? Href { get; init; }

    /// <summary>Page that proves the event belongs to the log.</summary>
    public string? ProofHref { get; init; }

    /// <summary>Said when it was written down after the fact: « saisi le 2 novembre 2023 ».</summary>
    public string? RecordedNote { get; init; }
}
