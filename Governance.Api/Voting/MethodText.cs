namespace Governance.Api.Voting;

/// <summary>Words of papers and outcomes by any method (MethodText.resx, MethodText.en.resx).</summary>
public sealed class MethodText;
