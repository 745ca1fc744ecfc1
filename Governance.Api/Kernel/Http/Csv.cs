namespace Governance.Api.Kernel.Http;

/// <summary>Tables as spreadsheets read them (RFC 4180, in UTF-8).</summary>
public static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Spreadsheets tell the encoding by its mark.</summary>
    public const string Mark = "\uFEFF";

    /// <summary>A row with its line end.</summary>
    public static string Row(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>The rows of a table that have anything in them, each with the line that it begins on, from 1. Cells are parted by what parts the headings: a comma, a semicolon or a tab.</summary>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var rest = text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : text;
        var headings = rest.Split('\n', 2)[0];
        var between = new[] { ';', '\t', ',' }.MaxBy(c => headings.Count(h => h == c));
        var rows = new List<(int, IReadOnlyList<string>)>();
        var (cells, cell, quoted, line, begun) = (new List<string>(), new System.Text.StringBuilder(), false, 1, 1);
        for (var i = 0; i <= rest.Length; i++)
        {
            var c = i < rest.Length ? rest[i] : '\n';
            if (quoted && i < rest.Length)
            {
                if (c == '"' && i + 1 < rest.Length && rest[i + 1] == '"')
                    cell.Append(rest[i++]);
                else if (c == '"')
                    quoted = false;
                else
                    cell.Append(c);
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == between || c == '\n')
            {
                cells.Add(Unmarked(cell.ToString().TrimEnd('\r')));
                cell.Clear();
                if (c == '\n')
                {
                    if (cells.Exists(one => one.Trim().Length > 0))
                        rows.Add((begun, cells));
                    (cells, begun) = ([], line + 1);
                }
            }
            else
            {
                cell.Append(c);
            }

            line += c == '\n' ? 1 : 0;
        }

        return rows;
    }

    // What a row of ours begins with so that a spreadsheet takes it for a text.
    private static string Unmarked(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    // A spreadsheet takes a cell that begins so for a formula.
    private static string Cell(string? text) => text is null ? ""
        : "\"" + (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text).Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
