namespace Governance.Api.Minutes;

/// <summary>The words of minutes and of their pages (MinutesText.resx, MinutesText.en.resx).</summary>
public sealed class MinutesText;
