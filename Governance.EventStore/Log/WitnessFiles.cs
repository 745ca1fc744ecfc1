using System.Security.Cryptography;
using System.Text;
using Governance.EventStore.Vault;

namespace Governance.EventStore.Log;

/// <summary>
/// What a witness of one log keeps, in files (mode 0600) of one directory: its key, the keys of the log that it knows, the last checkpoint that it cosigned, all that
/// it cosigned before, and what contradicts them. One process at a time: the directory is locked.
/// </summary>
public sealed class WitnessFiles : IDisposable
{
    private const string PrivateKey = "witness.key", PublicKey = "witness.pub", Keys = "log-keys.txt", Last = "cosigned.txt", History = "history.txt",
        Contradiction = "contradiction.txt", Unproven = "unproven.txt", NewOrigin = "new-origin.txt", ChangedKeys = "keys-changed.txt";

    private readonly string _directory;
    private readonly FileStream _lock;

    private WitnessFiles(string directory, FileStream held, Cosigner cosigner) => (_directory, _lock, Cosigner) = (directory, held, cosigner);

    /// <summary>Its own key.</summary>
    public Cosigner Cosigner { get; }

    /// <summary>Where what contradicts lies.</summary>
    public string ContradictionPath => PathOf(Contradiction);

    /// <summary>Where the last checkpoint that was signed, and not shown to go on from the one before, lies.</summary>
    public string UnprovenPath => PathOf(Unproven);

    /// <summary>Where the first note of a log that was begun anew lies.</summary>
    public string NewOriginPath => PathOf(NewOrigin);

    /// <summary>Where the list of keys lies that is not the one seen before.</summary>
    public string ChangedKeysPath => PathOf(ChangedKeys);

    /// <summary>True once two checkpoints that contradict each other lie here.</summary>
    public bool HasContradiction => File.Exists(ContradictionPath);

    /// <summary>The last checkpoint that was cosigned, with all its signatures; null when none was.</summary>
    public SignedNote? LastCosigned { get; private set; }

    /// <summary>The keys of the log that were seen; null before the first round.</summary>
    public string? LogKeys => File.Exists(PathOf(Keys)) ? File.ReadAllText(PathOf(Keys)) : null;

    /// <summary>Opens a directory, making it with a new key when there is none.</summary>
    /// <param name="name">What the witness is called: given to a new key. Null calls it by its key.</param>
    /// <returns>Null when another process has it open.</returns>
    /// <exception cref="WitnessFilesException">A file does not hold what it should, or the key has another name.</exception>
    /// <exception cref="KeyFileException">The file of the private key holds none, or others than its owner may read it.</exception>
    public static WitnessFiles? Open(string directory, string? name)
    {
        directory = Path.GetFullPath(directory);
        Directory.CreateDirectory(directory, DurableFile.OwnerOnly | UnixFileMode.UserExecute);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(directory, "lock"), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = DurableFile.OwnerOnly });
        }
        catch (IOException)
        {
            return null;
        }

        try
        {
            var files = new WitnessFiles(directory, held, Key(directory, name));
            files.LastCosigned = files.ReadNote(Last);
            files.CompleteHistory();
            return files;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a cosigned checkpoint as the last, durably. Whoever gives it out does so afterwards: nothing that was given out is forgotten.</summary>
    public void Keep(SignedNote cosigned)
    {
        ArgumentNullException.ThrowIfNull(cosigned);
        var again = LastCosigned?.Text == cosigned.Text;
        DurableFile.Replace(PathOf(Last), Encoding.UTF8.GetBytes(cosigned.ToString()));
        LastCosigned = cosigned;
        if (!again)
            CompleteHistory();
    }

    /// <summary>Keeps the keys of the log, durably.</summary>
    public void KeepLogKeys(string keys) => DurableFile.Replace(PathOf(Keys), Encoding.UTF8.GetBytes(keys));

    /// <summary>Keeps two checkpoints that contradict each other; the first two that were found stay.</summary>
    /// <param name="proof">What shows that the second does not begin with the first, as a note is written; null where the two say it themselves.</param>
    public void KeepContradiction(SignedNote one, SignedNote other, string? proof) =>
        DurableFile.TryCreate(ContradictionPath, Encoding.UTF8.GetBytes($"{SignedNote.Apart([one, other])}{(proof is null ? "" : SignedNote.Divider + proof)}"));

    /// <summary>Keeps a checkpoint that its log signed and did not prove.</summary>
    public void KeepUnproven(SignedNote checkpoint) => DurableFile.Replace(UnprovenPath, Encoding.UTF8.GetBytes(checkpoint.ToString()));

    /// <summary>Keeps the first note of a log that was begun anew; one that the old log did not sign takes the place of none.</summary>
    public void KeepNewOrigin(SignedNote first, bool isSigned)
    {
        var bytes = Encoding.UTF8.GetBytes(first.ToString());
        if (!DurableFile.TryCreate(NewOriginPath, bytes) && isSigned)
            DurableFile.Replace(NewOriginPath, bytes);
    }

    /// <summary>Keeps a list of keys that is not the one that was seen before; the first that was found stays.</summary>
    public void KeepChangedKeys(string keys) => DurableFile.TryCreate(ChangedKeysPath, Encoding.UTF8.GetBytes(keys));

    /// <summary>A checkpoint of a size that was cosigned before; null when none was. Reads the whole history: it is asked for where something is wrong.</summary>
    public SignedNote? CosignedBefore(long size)
    {
        var text = new StringBuilder();
        foreach (var line in (File.Exists(PathOf(History)) ? File.ReadLines(PathOf(History)) : []).Append(SignedNote.Divider.TrimEnd()))
        {
            if (line + "\n" != SignedNote.Divider)
            {
                text.Append(line).Append('\n');
                continue;
            }

            if (SignedNote.Parse(text.ToString()) is { } note && Checkpoint.Parse(note.Text)?.Size == size)
                return note;
            text.Clear();
        }

        return null;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Adds the last checkpoint to the history when it is not there: a process that was killed may have left it out, or half written.</summary>
    private void CompleteHistory()
    {
        if (LastCosigned is not { } last)
            return;
        using var file = new FileStream(PathOf(History), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = DurableFile.OwnerOnly });
        // A line that was cut ends here, and spoils no note but its own.
        var end = End(file);
        var cut = end.Length > 0 && !end.EndsWith('\n');
        if (SignedNote.Parted(end).LastOrDefault()?.Text == last.Text)
            return;
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((cut ? "\n" : "") + SignedNote.Apart([last])));
        file.Flush(flushToDisk: true);
        DurableFile.FlushDirectory(_directory);
    }

    /// <summary>The end of the history with its last note, whole: more is not read, however many there are.</summary>
    private static string End(FileStream file)
    {
        for (var most = 4096L; ; most *= 4)
        {
            var bytes = new byte[Math.Min(most, file.Length)];
            file.Seek(-bytes.Length, SeekOrigin.End);
            file.ReadExactly(bytes);
            var end = Encoding.UTF8.GetString(bytes);
            // What was written last begins behind the last line that parts two notes.
            if (bytes.Length == file.Length || end.Contains("\n" + SignedNote.Divider, StringComparison.Ordinal))
                return end;
        }
    }

    private static Cosigner Key(string directory, string? name)
    {
        var (privatePath, publicPath) = (Path.Combine(directory, PrivateKey), Path.Combine(directory, PublicKey));
        if (!File.Exists(privatePath))
        {
            if (File.Exists(publicPath))
                throw new WitnessFilesException(WitnessFilesFault.KeyMissing, privatePath, publicPath);
            KeyFile.TryCreate(privatePath, KeyKind.Witness, RandomNumberGenerator.GetBytes(Ed25519.KeyBytes));
        }

        var seed = KeyFile.Find(privatePath, KeyKind.Witness)!;
        if (!File.Exists(publicPath))
        {
            var called = name ?? $"witness/{Convert.ToHexStringLower(Ed25519.PublicKeyOf(seed).AsSpan(0, 4))}";
            if (!VerifierKey.IsName(called))
                throw new WitnessFilesException(WitnessFilesFault.NameMalformed, called);
            DurableFile.TryCreate(publicPath, Encoding.UTF8.GetBytes(new Cosigner(called, seed).Key + "\n"));
        }

        return WitnessKey.Parse(File.ReadAllText(publicPath).TrimEnd()) is { } key && new Cosigner(key.Name, seed) is var cosigner && cosigner.Key.ToString() == key.ToString()
            && (name is null || name == key.Name)
            ? cosigner
            : throw new WitnessFilesException(WitnessFilesFault.KeyOther, publicPath, privatePath);
    }

    private SignedNote? ReadNote(string name) =>
        !File.Exists(PathOf(name)) ? null : SignedNote.Parse(File.ReadAllText(PathOf(name))) ?? throw new WitnessFilesException(WitnessFilesFault.NoNote, PathOf(name));

    private string PathOf(string name) => Path.Combine(_directory, name);
}
