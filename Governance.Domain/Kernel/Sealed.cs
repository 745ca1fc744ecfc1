namespace Governance.Domain.Kernel;

/// <summary>
/// A personal text (a name, an e-mail address) that only the key of the person opens. The domain carries it and never
/// reads it; when the person's key is destroyed, nobody can.
/// </summary>
/// <param name="Person">Whose key seals it.</param>
/// <param name="Ciphertext">AES-GCM nonce, ciphertext and tag, base64.</param>
public sealed record Sealed(PersonId Person, string Ciphertext);
