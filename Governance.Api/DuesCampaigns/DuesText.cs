namespace Governance.Api.DuesCampaigns;

/// <summary>The words of the pages of dues (DuesText.resx, DuesText.en.resx).</summary>
public sealed class DuesText;
