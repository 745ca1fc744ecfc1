namespace Governance.Api.Face.Components;

/// <summary>One bar of a <see cref="BarChart"/>.</summary>
/// <param name="Label">What is counted.</param>
/// <param name="Value">How many, at least zero, in the chart's unit.</param>
/// <param name="Threshold">How many are needed; marked on the bar.</param>
/// <param name="Text">The value as shown; null shows the number.</param>
/// <param name="Href">Page of the events behind the value.</param>
/// <param name="ThresholdText">The threshold as shown; null shows the number.</param>
/// <param name="IsLimit">The threshold is not to be passed: a budget, a delay.</param>
/// <param name="Of">How many there are in all: the right end of this bar, whatever the chart's scale; null takes that.</param>
/// <param name="Mark">What is said of it beside its label, as a state: « siège ».</param>
public sealed record Bar(
    string Label, long Value, long? Threshold = null, string? Text = null, string? Href = null, string? ThresholdText = null, BarMark? Mark = null, bool IsLimit = false,
    long? Of = null);

public sealed record BarMark(StateKind Kind, string Word);
