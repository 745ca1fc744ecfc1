using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Governance.Api.Kernel.Commands;

/// <summary>
/// New identifiers for one command. The same name gives the same identifier however often the command is decided again.
/// </summary>
public sealed class IdSource
{
    private readonly Func<string, Guid> _make;
    private readonly Dictionary<string, Guid> _made = new(StringComparer.Ordinal);

    private IdSource(Func<string, Guid> make, bool derived)
    {
        _make = make;
        IsDerived = derived;
    }

    /// <summary>True when the same command makes the same identifiers for ever.</summary>
    public bool IsDerived { get; }

    /// <summary>Made so far, by name.</summary>
    public IReadOnlyDictionary<string, Guid> Made => _made;

    /// <summary>UUIDv7, ordered by time.</summary>
    public static IdSource Fresh(TimeProvider time) => new(_ => Guid.CreateVersion7(time.GetUtcNow()), derived: false);

    /// <summary>
    /// Derived from the key of the source's entry, so that an import that is repeated makes the same identifiers: UUIDv7 in form, the time being that of
    /// the history, the rest taken from SHA-256.
    /// </summary>
    /// <param name="key">Unique for the entry in its association.</param>
    /// <param name="instant">Not before 1970.</param>
    public static IdSource Derived(string association, string key, DateTimeOffset instant) =>
        new(name => Derive($"{association}\n{key}\n{name}", instant), derived: true);

    public Guid New(string name)
    {
        if (!_made.TryGetValue(name, out var id))
            _made[name] = id = _make(name);
        return id;
    }

    /// <summary>An identifier that was made before the command was given, told to the client with those made for it.</summary>
    public void Name(string name, Guid id) => _made[name] = id;

    private static Guid Derive(string text, DateTimeOffset instant)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), bytes);
        Span<byte> milliseconds = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(milliseconds, Math.Max(0, instant.ToUnixTimeMilliseconds()));
        milliseconds[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes[..16], bigEndian: true);
    }
}
