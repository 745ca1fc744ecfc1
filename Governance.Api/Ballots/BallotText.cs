namespace Governance.Api.Ballots;

/// <summary>Words of the pages of ballots (BallotText.resx, BallotText.en.resx).</summary>
public sealed class BallotText;
