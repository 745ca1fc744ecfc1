namespace Governance.Api.Ballots;

/// <summary>Words of secret ballots, on the pages of ballots (SecretText.resx, SecretText.en.resx).</summary>
public sealed class SecretText;
