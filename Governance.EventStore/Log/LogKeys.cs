using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.EventStore.Vault;

namespace Governance.EventStore.Log;

/// <summary>A key of a log.</summary>
/// <param name="From">The tree size from which it signs; 0 for the first.</param>
/// <param name="Rotation">The note by which it took the place of the key before, signed by both; null for the first.</param>
/// <param name="Signer">Null where the private key is not, or no longer, here.</param>
public sealed record LogKey(VerifierKey Key, long From, SignedNote? Rotation, NoteSigner? Signer);

/// <summary>
/// What of the log of each association lies outside the database, in files (mode 0600) of one directory beside the master key: the private keys, the notes
/// by which they were replaced, and the last checkpoint that was published. Hosts of one database share the directory; two databases never do.
/// </summary>
/// <remarks>
/// A log that could not go on as it was begins anew under a next origin: <c>governance/{association}</c>, then <c>governance/{association}/2</c> and
/// so on. Keys are read again when one of their files is another, so that what one host or an operator writes holds for all; checkpoints are read each time.
/// </remarks>
public sealed class LogKeys(string directory)
{
    private const string PrivateKey = "key", PublicKey = "pub", Rotation = "rotation", FirstNote = "origin", Published = "checkpoint";

    private readonly string _directory = Path.GetFullPath(directory);
    private readonly ConcurrentDictionary<(string Association, int Number), (string Stamp, IReadOnlyList<LogKey> Keys)> _read = [];

    /// <summary>Where the files are.</summary>
    public string Place => _directory;

    /// <summary>The name of the n-th log of an association, from 1.</summary>
    public static string Origin(string association, int number) => number == 1 ? $"governance/{association}" : string.Create(CultureInfo.InvariantCulture, $"governance/{association}/{number}");

    /// <summary>The number of the log that a name names; null when it is none of this association.</summary>
    public static int? NumberOf(string association, string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var number = origin == Origin(association, 1) ? 1
            : int.TryParse(origin.AsSpan(origin.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var later) ? later : 0;
        return number > 0 && Origin(association, number) == origin ? number : null;
    }

    /// <summary>The associations that have files here.</summary>
    public IReadOnlyList<string> Associations() => !Directory.Exists(_directory) ? [] :
    [
        .. Directory.EnumerateFiles(_directory).Select(path => Path.GetFileName(path).Split('.')[0])
            .Where(name => Guid.TryParseExact(name, "D", out _)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>The number of the present log of an association; 0 when it has no key here.</summary>
    public int NumberOf(string association)
    {
        if (!Directory.Exists(_directory))
            return 0;
        // A later log is begun once its first note is there; the files of the first are there with its key.
        var names = Directory.EnumerateFiles(_directory, $"{association}.*").Select(path => Path.GetFileName(path).Split('.')).ToList();
        return names.Select(name => name switch
        {
            [_, var number, FirstNote] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var begun) => begun,
            [_, "1", ..] => 1,
            _ => 0,
        }).DefaultIfEmpty(0).Max();
    }

    /// <summary>The keys of the present log, in the order in which they sign; the first is made when there is none.</summary>
    /// <exception cref="LogNotTheSameException">Checkpoints were published, and the first key is not here.</exception>
    /// <exception cref="InvalidDataException">A note does not hold what it should.</exception>
    /// <exception cref="KeyFileException">A file does not hold a key, or others than its owner may read it.</exception>
    public IReadOnlyList<LogKey> Keys(string association) => Keys(association, Math.Max(1, NumberOf(association)));

    /// <summary>The same where the number of the present log is known.</summary>
    internal IReadOnlyList<LogKey> Keys(string association, int number)
    {
        if (_read.TryGetValue((association, number), out var before) && Stamp(association, number, before.Keys.Count) == before.Stamp)
            return before.Keys;
        var known = before.Keys?.Count ?? 0;
        var stamp = Stamp(association, number, known);
        var keys = Read(association, number);
        // What changes while it is read leaves a stamp of before, and is read again next time.
        _read[(association, number)] = (keys.Count == known ? stamp : "", keys);
        return keys;
    }

    /// <summary>What the files of the keys are, without reading them: those that there are and the next that there could be.</summary>
    private string Stamp(string association, int number, int count) => string.Join('\n',
        from key in Enumerable.Range(1, count + 1)
        from kind in new[] { PrivateKey, PublicKey, Rotation }
        let file = new FileInfo(PathOf(association, number, kind, key))
        select file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks} {file.Length} {(int)file.UnixFileMode}") : "-");

    private List<LogKey> Read(string association, int number)
    {
        var origin = Origin(association, number);
        var keys = new List<LogKey> { new(Make(association, number, 1), 0, null, Signer(association, number, 1)) };
        for (var next = 2; ReadNote(PathOf(association, number, Rotation, next)) is { } note; next++)
        {
            if (KeyRotation.Parse(note.Text) is not var (of, verifier, size) || of != origin || size <= keys[^1].From || !note.IsSignedBy(keys[^1].Key) || !note.IsSignedBy(verifier))
                throw new InvalidDataException($"{PathOf(association, number, Rotation, next)} is not a rotation that the key before it signed.");
            keys.Add(new(verifier, size, note, Signer(association, number, next)));
        }

        return keys;
    }

    /// <summary>The keys of the present log; none when they are not here, and nothing is made.</summary>
    public IReadOnlyList<LogKey> Known(string association) =>
        NumberOf(association) is > 0 and var number && File.Exists(PathOf(association, number, PublicKey, 1)) ? Keys(association) : [];

    /// <summary>The key that signs a tree of a size.</summary>
    public static LogKey InForce(IReadOnlyList<LogKey> keys, long size)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Last(key => key.From <= size);
    }

    /// <summary>The last checkpoint of the present log that was published; null when none was.</summary>
    public SignedNote? LastPublished(string association) => NumberOf(association) is > 0 and var number ? LastPublished(association, number) : null;

    /// <summary>The same where the number of the present log is known.</summary>
    internal SignedNote? LastPublished(string association, int number) => ReadNote(PathOf(association, number, Published));

    /// <summary>The first notes of the logs that were begun anew, in order; each names the checkpoint at which the log before it ended.</summary>
    public IReadOnlyList<SignedNote> FirstNotes(string association) =>
        [.. Enumerable.Range(1, NumberOf(association)).Select(number => ReadNote(PathOf(association, number, FirstNote))).OfType<SignedNote>()];

    /// <summary>Keeps a checkpoint as the last that was published, durably.</summary>
    internal void Publish(string association, int number, SignedNote checkpoint) =>
        DurableFile.Replace(PathOf(association, number, Published), Encoding.UTF8.GetBytes(checkpoint.ToString()));

    /// <summary>Makes a new key that signs from a size on.</summary>
    internal LogKey Rotate(string association, long from)
    {
        var keys = Keys(association);
        var number = NumberOf(association);
        if (keys[^1].Signer is not { } old)
            throw new InvalidDataException($"The private key that signs for {Origin(association, number)} is not in {_directory}: only it can sign the one after it.");
        var next = keys.Count + 1;
        // A key without its rotation is of an attempt that was cut short: it is used by nobody yet.
        var made = Make(association, number, next);
        var signer = Signer(association, number, next)!;
        var text = new KeyRotation(Origin(association, number), made, from).Text;
        DurableFile.TryCreate(PathOf(association, number, Rotation, next), Encoding.UTF8.GetBytes(SignedNote.Sign(text, old, signer).ToString()));
        return Keys(association)[next - 1];
    }

    /// <summary>Begins a log anew, from the number after every one that is known; its first note names the checkpoint at which the one before ended.</summary>
    /// <param name="old">That checkpoint.</param>
    internal SignedNote Begin(string association, Checkpoint old, VerifierKey? oldKey)
    {
        var number = Math.Max(NumberOf(association), NumberOf(association, old.Origin) ?? 1) + 1;
        var before = Known(association) is [.., var last] ? last.Signer : null;
        var made = Make(association, number, 1);
        var text = new NewOrigin(Origin(association, number), made, old, oldKey).Text;
        var note = SignedNote.Sign(text, before is null ? [Signer(association, number, 1)!] : [Signer(association, number, 1)!, before]);
        DurableFile.TryCreate(PathOf(association, number, FirstNote), Encoding.UTF8.GetBytes(note.ToString()));
        return note;
    }

    /// <summary>The public key, made with its private key when there is neither.</summary>
    private VerifierKey Make(string association, int number, int key)
    {
        var (path, origin) = (PathOf(association, number, PublicKey, key), Origin(association, number));
        if (!File.Exists(path))
        {
            if (key == 1 && File.Exists(PathOf(association, number, Published)))
                throw new LogNotTheSameException(association, LogDifference.KeysMissing, LastPublished(association) is { } note ? Checkpoint.Parse(note.Text)?.Size ?? 0 : 0, 0);
            var seed = RandomNumberGenerator.GetBytes(Ed25519.KeyBytes);
            KeyFile.TryCreate(PathOf(association, number, PrivateKey, key), KeyKind.Signing, seed);
            CryptographicOperations.ZeroMemory(seed);
            DurableFile.TryCreate(path, Encoding.UTF8.GetBytes(Signer(association, number, key)!.Key + "\n"));
        }

        return VerifierKey.Parse(File.ReadAllText(path).Trim()) is { } read && read.Name == origin ? read
            : throw new InvalidDataException($"{path} does not hold the public key of {origin}.");
    }

    private NoteSigner? Signer(string association, int number, int key) =>
        KeyFile.Find(PathOf(association, number, PrivateKey, key), KeyKind.Signing) is { } seed ? new NoteSigner(Origin(association, number), seed) : null;

    private static SignedNote? ReadNote(string path) =>
        !File.Exists(path) ? null : SignedNote.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} does not hold a signed note.");

    /// <summary>What names a file names an association, and nothing else.</summary>
    internal static void DemandIdentifier(string association)
    {
        if (!Guid.TryParseExact(association, "D", out var id) || id.ToString("D") != association)
            throw new ArgumentException("An association is named by its identifier.", nameof(association));
    }

    private string PathOf(string association, int number, string kind, int? key = null)
    {
        DemandIdentifier(association);
        return Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{association}.{number}{(key is null ? "" : $".{key}")}.{kind}"));
    }
}
