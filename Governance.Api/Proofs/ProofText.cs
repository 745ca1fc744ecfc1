namespace Governance.Api.Proofs;

/// <summary>The words of proofs on pages (ProofText.resx, ProofText.en.resx).</summary>
public sealed class ProofText;
