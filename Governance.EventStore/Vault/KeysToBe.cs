using System.Security.Cryptography;

namespace Governance.EventStore.Vault;

/// <summary>
/// Keys of people who had none, made for one decision and kept nowhere. They become those people's with the append of the events that are sealed with them; a decision
/// that is refused, or made again, leaves none behind.
/// </summary>
public sealed class KeysToBe
{
    private readonly Dictionary<Guid, (byte[] Key, byte[] Wrapped)> _made = [];

    /// <summary>As an append takes them; null where none was made.</summary>
    public IReadOnlyList<NewPersonKey>? ForAppend => _made.Count == 0 ? null : [.. _made.Select(made => new NewPersonKey(made.Key, made.Value.Wrapped))];

    /// <summary>Once nothing more is sealed with them: what is left is wrapped.</summary>
    public void Forget()
    {
        foreach (var (key, _) in _made.Values)
            CryptographicOperations.ZeroMemory(key);
    }

    internal byte[] Of(Guid person, Func<byte[], byte[]> wrap)
    {
        if (_made.TryGetValue(person, out var before))
            return before.Key;
        var key = RandomNumberGenerator.GetBytes(PersonVault.KeyBytes);
        _made[person] = (key, wrap(key));
        return key;
    }
}
