namespace Governance.Api.Gatherings;

/// <summary>The words of the pages of gatherings (GatheringText.resx, GatheringText.en.resx).</summary>
public sealed class GatheringText;
