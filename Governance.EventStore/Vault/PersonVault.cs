using Npgsql;

namespace Governance.EventStore.Vault;

/// <summary>Seals what names a person with a key of that person, so that erasing the key erases the person from every event, backup and index.</summary>
public sealed class PersonVault(NpgsqlDataSource database, MasterKey master)
{
    /// <summary>Base64 of the sealed text; null when the person was erased.</summary>
    public ValueTask<string?> SealAsync(string tenant, Guid person, string plaintext, CancellationToken ct = default)
    {
        _ = (database, master);
        throw new NotSupportedException();
    }

    /// <summary>Opens many at once, in the order asked; null for a person who was erased.</summary>
    public ValueTask<IReadOnlyList<string?>> OpenAsync(
        string tenant, IReadOnlyList<(Guid Person, string Ciphertext)> texts, CancellationToken ct = default) => throw new NotSupportedException();

    /// <summary>Destroys a person's key for good; false when there was none left to destroy.</summary>
    public ValueTask<bool> EraseAsync(string tenant, Guid person, CancellationToken ct = default) => throw new NotSupportedException();
}
