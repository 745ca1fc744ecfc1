namespace Governance.Api.Changes;

/// <summary>The words of comparisons of two moments (ChangesText.resx, ChangesText.en.resx).</summary>
public sealed class ChangesText;
