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
        Contradiction = "contradiction.txt", Unproven = "unproven.txt", NewOrigin = "new-origin.txt";

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

    /// <summary>True once two checkpoints that contradict each other lie here.</summary>
    public bool HasContradiction => File.Exists(ContradictionPath);

    /// <summary>The last checkpoint that was cosigned, with all its signatures; null when none was.</summary>
    public SignedNote? LastCosigned { get; private set; }

    /// <summary>The keys of the log that were seen; null before the first round.</summary>
    public string? LogKeys => File.Exists(PathOf(Keys)) ? File.ReadAllText(PathOf(Keys)) : null;

    /// <summary>Opens a directory, making it with a new key when there is none.</summary>
    /// <param name="name">What the witness is called: given to a new key. Null calls it by its key.</param>
    /// <returns>Null when another process has it open.</returns>
    /// <exception cref="InvalidDataException">A file does not hold what it should, others than its owner may read the key, or the key has another name.</exception>
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

    /// <summary>Keeps the first note of a log that was begun anew.</summary>
    public void KeepNewOrigin(SignedNote first) => DurableFile.Replace(NewOriginPath, Encoding.UTF8.GetBytes(first.ToString()));

    /// <summary>A checkpoint of a size that was cosigned before; null when none was.</summary>
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
        if (LastCosigned is not { } last || Checkpoint.Parse(last.Text) is not { } checkpoint || CosignedBefore(checkpoint.Size)?.Text == last.Text)
            return;
        using var file = new FileStream(PathOf(History), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = DurableFile.OwnerOnly });
        // A line that was cut ends here, and spoils no note but its own.
        var cut = false;
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            cut = file.ReadByte() != '\n';
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((cut ? "\n" : "") + SignedNote.Apart([last])));
        file.Flush(flushToDisk: true);
        DurableFile.FlushDirectory(_directory);
    }

    private static Cosigner Key(string directory, string? name)
    {
        var (privatePath, publicPath) = (Path.Combine(directory, PrivateKey), Path.Combine(directory, PublicKey));
        if (!File.Exists(privatePath))
        {
            if (File.Exists(publicPath))
                throw new InvalidDataException($"{privatePath} is missing; {publicPath} is its public key.");
            DurableFile.TryCreate(privatePath, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Ed25519.KeyBytes)) + "\n"));
        }

        if ((File.GetUnixFileMode(privatePath) & ~DurableFile.OwnerOnly) != 0)
            throw new InvalidDataException($"{privatePath}: chmod 600.");
        if (Base64Text.Decode(File.ReadAllText(privatePath).TrimEnd()) is not { Length: Ed25519.KeyBytes } seed)
            throw new InvalidDataException($"{privatePath} does not hold a signing key: {Ed25519.KeyBytes} bytes in base64 are expected.");
        if (!File.Exists(publicPath))
        {
            var called = name ?? $"witness/{Convert.ToHexStringLower(Ed25519.PublicKeyOf(seed).AsSpan(0, 4))}";
            if (!VerifierKey.IsName(called))
                throw new InvalidDataException($"{called}: neither white space nor +.");
            DurableFile.TryCreate(publicPath, Encoding.UTF8.GetBytes(new Cosigner(called, seed).Key + "\n"));
        }

        return WitnessKey.Parse(File.ReadAllText(publicPath).TrimEnd()) is { } key && new Cosigner(key.Name, seed) is var cosigner && cosigner.Key.ToString() == key.ToString()
            && (name is null || name == key.Name)
            ? cosigner
            : throw new InvalidDataException($"{publicPath} is not the public key of {privatePath}{(name is null ? "" : $", called {name}")}.");
    }

    private SignedNote? ReadNote(string name) =>
        !File.Exists(PathOf(name)) ? null : SignedNote.Parse(File.ReadAllText(PathOf(name))) ?? throw new InvalidDataException($"{PathOf(name)} does not hold a signed note.");

    private string PathOf(string name) => Path.Combine(_directory, name);
}
