namespace Governance.Api.Roadmaps;

/// <summary>Words of the pages of roadmaps and workstreams (RoadmapText.resx, RoadmapText.en.resx).</summary>
public sealed class RoadmapText;
