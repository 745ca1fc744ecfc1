namespace Governance.Api.SharedTools;

/// <summary>The words of the pages of shared tools (SharedToolText.resx, SharedToolText.en.resx).</summary>
public sealed class SharedToolText;
