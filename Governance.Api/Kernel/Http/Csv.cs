namespace Governance.Api.Kernel.Http;

/// <summary>Tables as spreadsheets read them (RFC 4180, in UTF-8).</summary>
public static class Csv
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Spreadsheets tell the encoding by its mark.</summary>
    public const string Mark = "\uFEFF";

    /// <summary>A row with its line end.</summary>
    public static string Row(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    // A spreadsheet takes a cell that begins so for a formula.
    private static string Cell(string? text) => text is null ? ""
        : "\"" + (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text).Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
