using System.Globalization;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;

namespace Governance.Api.Kernel.Http;

/// <summary>What is wrong with a table, at one place.</summary>
/// <param name="Line">From 1, as a spreadsheet counts the lines of the file.</param>
/// <param name="Column">Its heading in the reader's language; empty for the line as a whole.</param>
/// <param name="Value">What stands there; empty for nothing.</param>
/// <param name="Sentence">What is wrong, and how to mend it.</param>
public sealed record TableFault(int Line, string Column, string Value, string Sentence);

/// <summary>A column that a table can have.</summary>
/// <param name="Key">As programs name it: <c>admitted_on</c>.</param>
/// <param name="Names">Other headings under which it is known, in any case and with or without accents; the first is the one of the reader's language.</param>
public sealed record TableColumn(string Key, params IReadOnlyList<string> Names)
{
    public string Name => Names.Count > 0 ? Names[0] : Key;
}

/// <summary>A table of known columns, in any order, that somebody sends.</summary>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> _at;
    private readonly Dictionary<string, TableColumn> _columns;
    private readonly List<TableFault> _faults;

    private CsvTable(IEnumerable<TableColumn> columns, Dictionary<string, int> at, IReadOnlyList<CsvRow> rows, List<TableFault> faults)
    {
        _columns = columns.ToDictionary(c => c.Key);
        (_at, Rows, _faults) = (at, rows, faults);
    }

    /// <summary>The rows below the headings; none when the headings are at fault.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    public IReadOnlyList<TableFault> Faults => _faults;

    public bool Has(string column) => _at.ContainsKey(column);

    /// <param name="needed">Keys of the columns that have to be there.</param>
    /// <param name="ignoresOthers">True where a table may have more columns than are read, such as a bank's.</param>
    public static CsvTable Read(string text, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> needed, int mostRows, bool ignoresOthers = false)
    {
        var faults = new List<TableFault>();
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = Csv.Read(text, out var unclosed);
        if (unclosed is { } open)
            faults.Add(new(open, "", "", Wording.Shape("table.unclosed")));
        else if (rows.Count < 2)
            faults.Add(new(1, "", "", Wording.Shape("table.empty")));
        else if (rows.Count - 1 > mostRows)
            faults.Add(new(rows[mostRows + 1].Line, "", "", Wording.Shape("table.too-long", mostRows, rows.Count - 1)));
        else
            Headings(rows[0], columns, needed, ignoresOthers, at, faults);
        if (faults.Count > 0)
            return new(columns, at, [], faults);
        foreach (var row in rows.Skip(1).Where(row => row.Cells.Skip(rows[0].Cells.Count).Any(cell => cell.Trim().Length > 0)))
            faults.Add(new(row.Line, "", "", Wording.Shape("table.too-wide", row.Cells.Count, rows[0].Cells.Count)));
        return new(columns, at, [.. rows.Skip(1)], faults);
    }

    private static void Headings(
        CsvRow row, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> needed, bool ignoresOthers, Dictionary<string, int> at, List<TableFault> faults)
    {
        var names = new Dictionary<string, TableColumn>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            foreach (var name in column.Names.Append(column.Key))
                names.TryAdd(Plain(name), column);
        }

        for (var i = 0; i < row.Cells.Count; i++)
        {
            var heading = row.Cells[i].Trim();
            if (names.TryGetValue(Plain(heading), out var column))
            {
                if (!at.TryAdd(column.Key, i))
                    faults.Add(new(row.Line, heading, heading, Wording.Shape("table.column-twice")));
            }
            else if (heading.Length > 0 && !ignoresOthers)
            {
                faults.Add(new(row.Line, heading, heading, Wording.Shape("table.unknown-column", string.Join(", ", columns.Select(c => c.Name)))));
            }
        }

        foreach (var missing in needed.Where(n => !at.ContainsKey(n)))
            faults.Add(new(row.Line, columns.First(c => c.Key == missing).Name, "", Wording.Shape("table.missing-column")));
    }

    private static string Plain(string heading) => string.Concat(PlainLetters.Of(heading).Where(char.IsLetterOrDigit));

    public string Heading(string column) => _columns.TryGetValue(column, out var known) ? known.Name : column;

    public void Fault(CsvRow row, string column, string sentence) => _faults.Add(new(row.Line, Heading(column), Text(row, column) ?? "", sentence));

    /// <summary>What a cell says, without blanks around it; null when it says nothing.</summary>
    public string? Text(CsvRow row, string column) =>
        _at.TryGetValue(column, out var at) && at < row.Cells.Count && row.Cells[at].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A day, a period or a minute, as people or registers write it; null, and a fault when it says something else.</summary>
    public EffectiveTime? Time(CsvRow row, string column, TimeZoneInfo zone)
    {
        if (Text(row, column) is not { } text)
            return null;
        if (PeriodReading.TryRead(text, zone, out var time))
            return time;
        Fault(row, column, Wording.Shape("table.time"));
        return null;
    }

    public bool? Flag(CsvRow row, string column)
    {
        if (Text(row, column) is not { } text)
            return null;
        switch (PlainLetters.Of(text))
        {
            case "oui" or "yes" or "true" or "vrai" or "x" or "1":
                return true;
            case "non" or "no" or "false" or "faux" or "0":
                return false;
        }

        Fault(row, column, Wording.Shape("table.flag"));
        return null;
    }

    /// <summary>A number with decimals after a comma or a point, exactly: <c>0,25</c> is a quarter.</summary>
    public static bool TryReadDecimal(string text, out Fraction value)
    {
        const int MostDigits = 18;
        value = default;
        if (text.Split(',', '.') is not [{ Length: > 0 and <= MostDigits } whole, { Length: > 0 and <= MostDigits } decimals] || !(whole + decimals).All(char.IsAsciiDigit))
            return false;
        value = new(System.Numerics.BigInteger.Parse(whole + decimals, CultureInfo.InvariantCulture), System.Numerics.BigInteger.Pow(10, decimals.Length));
        return true;
    }

    public int? Number(CsvRow row, string column)
    {
        if (Text(row, column) is not { } text)
            return null;
        // Spreadsheets part thousands with one of the blanks.
        if (int.TryParse(string.Concat(text.Where(c => c is not (' ' or '\u00A0' or '\u202F'))), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        Fault(row, column, Wording.Shape("table.number"));
        return null;
    }

    /// <summary>One of the domain's words, as the interface calls it in either language or as the API does.</summary>
    public T? Choice<T>(CsvRow row, string column) where T : struct, Enum
    {
        if (Text(row, column) is not { } text)
            return null;
        if (ChoiceReading.Read<T>(text) is { } chosen)
            return chosen;
        Fault(row, column, Wording.Shape("table.choice", string.Join(", ", Enum.GetValues<T>().Select(value => Wording.Name(value)))));
        return null;
    }
}

/// <summary>One of the domain's words as people type it.</summary>
public static class ChoiceReading
{
    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("fr-FR"), CultureInfo.GetCultureInfo("en-GB")];

    /// <summary>As the interface calls it in either language, or as the API does; null when it is none.</summary>
    public static T? Read<T>(string text) where T : struct, Enum
    {
        var word = PlainLetters.Of(text.Trim());
        foreach (var value in Enum.GetValues<T>())
        {
            var key = "name." + EventCatalogue.NameOf(typeof(T)) + "." + value;
            if (word == PlainLetters.Of(FormOptions.Value(value)) || Languages.Any(l => Wording.Template(key, l) is { } name && PlainLetters.Of(name) == word))
                return value;
        }

        return null;
    }
}
