namespace Governance.Api.Statutes;

/// <summary>The words of the pages of the statutes (StatutesText.resx, StatutesText.en.resx).</summary>
public sealed class StatutesText;
