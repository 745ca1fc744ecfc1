namespace Governance.Api.Face.Components;

/// <summary>One line of a working: what was counted, how much, and the events it comes from.</summary>
public sealed record WorkingLine(string Label, string Value, string? EventsHref = null);
