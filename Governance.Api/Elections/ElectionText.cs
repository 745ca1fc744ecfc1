namespace Governance.Api.Elections;

/// <summary>The words of the pages of elections (ElectionText.resx, ElectionText.en.resx).</summary>
public sealed class ElectionText;
