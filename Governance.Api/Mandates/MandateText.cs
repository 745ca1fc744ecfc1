namespace Governance.Api.Mandates;

/// <summary>The words of the pages of mandates (MandateText.resx, MandateText.en.resx).</summary>
public sealed class MandateText;
