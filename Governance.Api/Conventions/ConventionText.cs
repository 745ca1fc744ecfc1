namespace Governance.Api.Conventions;

/// <summary>Words of the pages of conventions (ConventionText.resx, ConventionText.en.resx).</summary>
public sealed class ConventionText;
