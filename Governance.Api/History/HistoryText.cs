namespace Governance.Api.History;

/// <summary>The words of what happened, around the sentences themselves (HistoryText.resx, HistoryText.en.resx).</summary>
public sealed class HistoryText;
