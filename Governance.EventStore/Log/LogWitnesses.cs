using System.Globalization;
using System.Text;
using Governance.EventStore.Vault;

namespace Governance.EventStore.Log;

/// <summary>The last checkpoint that a witness cosigned, as it was handed in.</summary>
/// <param name="Note">Signed by the log and cosigned by this witness, and by nobody else.</param>
/// <param name="UnixSeconds">When it cosigned, by its own clock.</param>
public sealed record LastCosigned(WitnessKey Witness, SignedNote Note, Checkpoint Checkpoint, long UnixSeconds);

/// <summary>
/// The witnesses that the association of a log knows, and what each cosigned last: files (mode 0600) of a directory beside the keys of the log and outside the
/// database. Registered is who may hand something in: nobody is to trust a witness because the host of the log names it.
/// </summary>
/// <remarks>Of each witness the last cosignature alone is kept, since it stands for all before it: what is handed in takes no more room however long it goes on.</remarks>
public sealed class LogWitnesses(string directory)
{
    /// <summary>Witnesses of one association at most.</summary>
    public const int Most = 16;

    /// <summary>The keys that an association registered, in the order in which it did. A line that is no key lets nobody in, and stops no proof.</summary>
    public IReadOnlyList<WitnessKey> Registered(string association)
    {
        var path = PathOf(association, "keys");
        return !File.Exists(path) ? [] : [.. File.ReadLines(path).Select(WitnessKey.Parse).OfType<WitnessKey>().Take(Most)];
    }

    /// <summary>Registers a witness, durably.</summary>
    /// <returns>False when there are as many as there may be, or another key has its name or its id.</returns>
    public bool Register(string association, WitnessKey witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var registered = Registered(association);
        if (registered.Any(known => known.ToString() == witness.ToString()))
            return true;
        if (registered.Count >= Most || registered.Any(known => known.Name == witness.Name || known.Id == witness.Id))
            return false;
        Write(association, registered.Append(witness));
        return true;
    }

    /// <summary>Registers a witness no more; what it cosigned is shown no more.</summary>
    /// <returns>False when it was not registered.</returns>
    public bool Remove(string association, WitnessKey witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var registered = Registered(association);
        var left = registered.Where(known => known.ToString() != witness.ToString()).ToList();
        if (left.Count == registered.Count)
            return false;
        Write(association, left);
        return true;
    }

    /// <summary>What each registered witness cosigned last of the n-th log of an association, the largest first.</summary>
    public IReadOnlyList<LastCosigned> Of(string association, int number) =>
    [
        .. Registered(association).Select(witness => Last(association, number, witness)).OfType<LastCosigned>()
            .OrderByDescending(cosigned => cosigned.Checkpoint.Size).ThenBy(cosigned => cosigned.Witness.Name, StringComparer.Ordinal),
    ];

    /// <summary>What one of them cosigned last; null when it did nothing that is kept here.</summary>
    internal LastCosigned? Last(string association, int number, WitnessKey witness) =>
        PathOf(association, number, witness) is var path && File.Exists(path) && SignedNote.Parse(File.ReadAllText(path)) is { } note
        && Checkpoint.Parse(note.Text) is { } checkpoint && witness.Cosigned(note) is { } at
            ? new(witness, note, checkpoint, at)
            : null;

    /// <summary>Keeps what one of them cosigned, durably, in the place of what it cosigned before.</summary>
    internal void Keep(string association, int number, LastCosigned cosigned)
    {
        var (path, bytes) = (PathOf(association, number, cosigned.Witness), Encoding.UTF8.GetBytes(cosigned.Note.ToString()));
        if (!DurableFile.TryCreate(path, bytes))
            DurableFile.Replace(path, bytes);
    }

    private void Write(string association, IEnumerable<WitnessKey> witnesses)
    {
        var (path, bytes) = (PathOf(association, "keys"), Encoding.UTF8.GetBytes(string.Concat(witnesses.Select(witness => $"{witness}\n"))));
        if (!DurableFile.TryCreate(path, bytes))
            DurableFile.Replace(path, bytes);
    }

    // By its id: a name may hold what a file name may not.
    private string PathOf(string association, int number, WitnessKey witness) => PathOf(association, string.Create(CultureInfo.InvariantCulture, $"{number}.{witness.Id:x8}"));

    private string PathOf(string association, string name)
    {
        LogKeys.DemandIdentifier(association);
        return Path.Combine(directory, $"{association}.{name}");
    }
}
