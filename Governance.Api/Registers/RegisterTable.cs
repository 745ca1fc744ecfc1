using System.Globalization;
using Governance.Api.Access;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Registers;

namespace Governance.Api.Registers;

/// <summary>A register as a table asked for.</summary>
/// <param name="Slug">Short name of the association.</param>
/// <param name="Until">What took effect later is left out; null leaves nothing out.</param>
/// <param name="Meeting">Whose attendance it is; null for the other registers.</param>
/// <param name="Reveal">Told of whom the table names.</param>
public sealed record TableAsked(string Slug, TimeZoneInfo Zone, DateTimeOffset? Until, MeetingId? Meeting, Action<IEnumerable<PersonId>> Reveal)
{
    public DateTimeOffset Cut => Until ?? DateTimeOffset.MaxValue;
}

/// <summary>A table that somebody sends for a register.</summary>
/// <param name="Register">Key of the register.</param>
/// <param name="Meeting">Whose attendance it is; null for the other registers.</param>
public sealed record ImportRegisterRequest(string Register, string Table, MeetingId? Meeting = null);

/// <summary>One of the registers that go out as a table and come in as one.</summary>
public abstract class RegisterTable
{
    /// <summary>Lines of a table at most.</summary>
    public const int MostLines = 5_000;

    /// <summary>Size of a table at most, in KiB.</summary>
    public const int MostKibibytes = 3 * 1024;

    /// <summary>The column that names the document which a line comes from; it is read and not written.</summary>
    public const string SourceColumn = "source";

    public static IReadOnlyList<RegisterTable> All { get; } = [new MembersTable(), new PeopleTable(), new MandatesTable(), new WorkingGroupsTable(), new AttendanceTable()];

    /// <summary>As addresses call it: <c>members</c>.</summary>
    public abstract string Key { get; }

    /// <summary>Under which its import is recorded: <c>ImportMembers</c>.</summary>
    public abstract string Command { get; }

    /// <summary>Who may have it as a table.</summary>
    public abstract Permission Reads { get; }

    /// <summary>Who may import it.</summary>
    public abstract Permission Keeps { get; }

    /// <summary>Keys of the columns, in the order in which they are written.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Those by which a reader recognises a line.</summary>
    public virtual IReadOnlyList<string> Subject => ["name"];

    /// <summary>True of attendance, which is that of one meeting.</summary>
    public virtual bool OfMeeting => false;

    /// <summary>The column that names the decision behind a fact; null where none does.</summary>
    public virtual string? ColumnOfDecision(IEvent @event) => null;

    /// <summary>The columns that are read, with their headings in both languages.</summary>
    public IReadOnlyList<TableColumn> Headings => [.. Columns.Append(SourceColumn).Select(RegisterWording.Column)];

    /// <summary>The rows of the register, in an order that the same register always has; null when what is asked for is not there.</summary>
    public abstract ValueTask<IReadOnlyList<IReadOnlyList<string?>>?> RowsAsync(RegisterStreams streams, TableAsked asked, CancellationToken ct);

    /// <summary>What an import would record of the lines that can be read. What cannot is among the faults of the table, and then nothing is recorded.</summary>
    /// <param name="told">Gets the people of the register of whom the answer tells.</param>
    public abstract ValueTask<RegisterPlan> PlanAsync(CsvTable table, string slug, MeetingId? meeting, Deciding deciding, ISet<PersonId> told, CancellationToken ct);

    protected static string? Written(EffectiveTime? on, TimeZoneInfo zone) => on?.Written(zone);

    protected static string? Written(bool? flag) => flag is { } known ? RegisterWording.Flag(known) : null;

    protected static string? Written(Enum? value) => value is null ? null : Wording.Name(value);

    protected static string? Written(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    protected static void Tell(ISet<PersonId> told, NameBook people) => told.UnionWith(people.Told.Select(PersonId.Of));

    protected static string? Written<T>(T? id) where T : struct, IIdentifier<T> => id?.Value.ToString("D");

    // The order in which people look something up, and for what is called the same an order all the same.
    protected static string Sorted(string? name, Guid id) => PlainLetters.Of(name ?? "\uFFFF") + "\u0000" + id.ToString("D");

    /// <summary>The lines that could be read, so that what else is wrong with the file is said as well; those that one at fault belongs with are left out.</summary>
    /// <param name="thing">What a line tells of.</param>
    protected static List<Numbered<T>> Sound<T, TThing>(CsvTable table, IReadOnlyList<Numbered<T>> lines, Func<T, TThing> thing)
    {
        var faulty = table.Faults.Select(f => f.Line).ToHashSet();
        var left = lines.Where(l => faulty.Contains(l.Line)).Select(l => thing(l.Content)).ToHashSet();
        return [.. lines.Where(l => !left.Contains(thing(l.Content)))];
    }

    /// <summary>Seals what is not sealed yet, all at once.</summary>
    /// <param name="known">What is recorded, in clear: it stays as it is sealed.</param>
    /// <param name="pretend">True where nothing will be recorded: nothing is sealed then.</param>
    protected static async ValueTask<IReadOnlyDictionary<(PersonId, string), Sealed>> SealAsync(
        Deciding deciding, IEnumerable<(PersonId Person, string? Text)> texts, IReadOnlyDictionary<(PersonId, string), Sealed> known, bool pretend, CancellationToken ct)
    {
        var missing = texts.Where(t => t.Text is not null).Select(t => (t.Person, Text: t.Text!)).Distinct().Where(t => !known.ContainsKey(t)).ToList();
        var sealedTexts = pretend ? [.. missing.Select(t => new Sealed(t.Person, "-"))] : await deciding.SealAllAsync(missing, ct);
        return known.Concat(missing.Zip(sealedTexts, (t, s) => KeyValuePair.Create(t, s))).ToDictionary();
    }

    /// <summary>A name or address that is to be sealed: what is wrong with it is said while it can be read.</summary>
    protected static string? Personal(CsvTable table, CsvRow row, string column)
    {
        if (table.Text(row, column) is not { } text)
            return null;
        if (Texts.Name(column, text) is { } wrong)
            table.Fault(row, column, Wording.Sentence(wrong));
        return text;
    }
}
