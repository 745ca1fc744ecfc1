namespace Governance.Api.Face.Components;

/// <summary>One step above a page, from the widest to the nearest.</summary>
public sealed record Crumb(string Label, string Href);
