using System.Globalization;
using System.Text;

namespace Governance.EventStore.Vault;

/// <summary>An erasure as the journal has it.</summary>
/// <param name="At">When it was carried out, UTC, in microseconds.</param>
public sealed record JournaledErasure(string Association, Guid Person, DateTimeOffset At);

/// <summary>
/// Who was erased, in a file (mode 0600) outside the database and its backups, so that a backup from before an erasure does not bring the person back.
/// A line for each: association, person, time; nothing that names anybody. Only ever added to. Hosts of one database share it and add at once.
/// </summary>
/// <remarks>
/// A line is added by one write at the end of the file and is on the disk before <see cref="Write"/> returns. It begins with a line end too, so that
/// what a power cut left of another line stays apart from it: a line that is shorter than a whole one was acknowledged to nobody and is passed over.
/// </remarks>
public sealed class ErasureJournal(string path)
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // Two identifiers, a time and what parts them.
    private const int LineLength = 36 + 1 + 36 + 1 + 27;

    private readonly string _path = Path.GetFullPath(path);
    private readonly Lock _writing = new();
    private HashSet<(string, Guid)>? _known;

    /// <summary>Where the file is.</summary>
    public string Place => _path;

    /// <summary>Every erasure, in the order of writing; one that hosts wrote at once is there more than once.</summary>
    /// <exception cref="InvalidDataException">A whole line is no erasure: the file was altered.</exception>
    public IReadOnlyList<JournaledErasure> Read()
    {
        if (!File.Exists(_path))
            return [];
        var erasures = new List<JournaledErasure>();
        var number = 0;
        foreach (var line in File.ReadLines(_path, Encoding.ASCII))
        {
            number++;
            if (line.Length < LineLength || line.Contains('\0', StringComparison.Ordinal))
                continue;
            erasures.Add(Parse(line) ?? throw new InvalidDataException(
                $"Line {number} of the journal of erasures {_path} is no erasure: the file was altered. Put back a copy of it; without it persons whose data was erased may be shown again."));
        }

        return erasures;
    }

    /// <summary>Adds an erasure, durably; one that this journal is known to have is not added again.</summary>
    public void Write(string association, Guid person, DateTimeOffset at)
    {
        lock (_writing)
        {
            _known ??= [.. Read().Select(erasure => (erasure.Association, erasure.Person))];
            if (_known.Contains((association, person)))
                return;
            var line = string.Create(CultureInfo.InvariantCulture, $"\n{Guid.ParseExact(association, "D"):D} {person:D} {at.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\n");
            DurableFile.Append(_path, Encoding.ASCII.GetBytes(line));
            _known.Add((association, person));
        }
    }

    private static JournaledErasure? Parse(string line) =>
        line.Split(' ') is [var association, var person, var at]
        && Guid.TryParseExact(association, "D", out var of) && Guid.TryParseExact(person, "D", out var who)
        && DateTimeOffset.TryParseExact(at, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var when)
            ? new(of.ToString("D"), who, when)
            : null;
}
