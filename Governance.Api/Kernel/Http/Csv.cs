using System.Text;

namespace Governance.Api.Kernel.Http;

/// <summary>A row of a table.</summary>
/// <param name="Line">That it begins on, from 1.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells);

/// <summary>Tables as spreadsheets read and write them (RFC 4180, in UTF-8).</summary>
public static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Spreadsheets tell the encoding by its mark.</summary>
    public const string Mark = "\uFEFF";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A row with its line end.</summary>
    public static string Row(params IEnumerable<string?> cells) => Row(',', cells);

    /// <summary>A row with its line end.</summary>
    /// <param name="between">What parts its cells: one of those that <see cref="Read"/> knows.</param>
    public static string Row(char between, IEnumerable<string?> cells) => string.Join(between, cells.Select(Cell)) + "\r\n";

    /// <summary>The text of a file: UTF-8, UTF-16 with its mark, or else as French spreadsheets save without being asked (Windows-1252).</summary>
    /// <param name="assumed">True when it was none of the first two, so that its accents have to be looked at.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, out bool assumed)
    {
        assumed = false;
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            assumed = true;
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>
    /// The rows of a table that have anything in them. Cells are parted by what parts the headings: a comma, a semicolon or a tab; a first line <c>sep=;</c> says so itself.
    /// Line ends inside of a cell are read as <c>\n</c>.
    /// </summary>
    /// <param name="unclosed">The line on which a cell begins whose quotation mark is never closed; null when there is none.</param>
    public static IReadOnlyList<CsvRow> Read(string text, out int? unclosed)
    {
        var rest = text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : text;
        var first = rest.Split('\n', 2)[0].TrimEnd('\r');
        var says = first is ['s', 'e', 'p', '=', _];
        // What stands in a heading between quotation marks parts nothing.
        var unquoted = string.Concat(first.Split('"').Where((_, i) => i % 2 == 0));
        var between = says ? first[4] : new[] { ';', '\t', ',' }.MaxBy(c => unquoted.Count(h => h == c));
        var rows = new List<CsvRow>();
        var (cells, cell, quoted, wasQuoted, line, begun, opened) = (new List<string>(), new StringBuilder(), false, false, 1, 1, 1);
        for (var i = 0; i <= rest.Length; i++)
        {
            var c = i < rest.Length ? rest[i] : '\n';
            // A line ends with any of the three marks that systems use.
            if (c == '\r')
            {
                if (i + 1 < rest.Length && rest[i + 1] == '\n')
                    continue;
                c = '\n';
            }

            if (quoted && i < rest.Length)
            {
                if (c == '"' && i + 1 < rest.Length && rest[i + 1] == '"')
                    cell.Append(rest[i++]);
                else if (c == '"')
                    quoted = false;
                else
                    cell.Append(c);
            }
            else if (c == '"' && cell.Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted, opened) = (true, true, line);
            }
            else if (c == between || c == '\n')
            {
                cells.Add(Unmarked(cell.ToString()));
                cell.Clear();
                wasQuoted = false;
                if (c == '\n')
                {
                    if (cells.Exists(one => one.Trim().Length > 0) && !(says && begun == 1))
                        rows.Add(new(begun, cells));
                    (cells, begun) = ([], line + 1);
                }
            }
            else
            {
                cell.Append(c);
            }

            line += c == '\n' ? 1 : 0;
        }

        unclosed = quoted ? opened : null;
        return rows;
    }

    // A spreadsheet takes a cell that begins so for a formula: the apostrophe makes it a text, and one that begins with an apostrophe of its own before such a
    // letter gets another, so that each is read back as it was.
    private static bool IsMarked(ReadOnlySpan<char> text) => text.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..];

    // What a row of ours begins with so that a spreadsheet takes it for a text.
    private static string Unmarked(string cell) => cell is ['\'', ..] && IsMarked(cell) ? cell[1..] : cell;

    private static string Cell(string? text) => text is null ? ""
        : "\"" + (IsMarked(text) ? "'" + text : text).Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
