namespace Governance.Api.Associations;

/// <summary>Words of the page that founds an association (FoundingText.resx French, FoundingText.en.resx English).</summary>
public sealed class FoundingText;
