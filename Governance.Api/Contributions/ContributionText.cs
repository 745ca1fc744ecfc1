namespace Governance.Api.Contributions;

/// <summary>Words of the pages of contributions (ContributionText.resx, ContributionText.en.resx).</summary>
public sealed class ContributionText;
