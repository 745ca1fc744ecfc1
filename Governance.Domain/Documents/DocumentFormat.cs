using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>A form of content that is kept.</summary>
/// <param name="Extension">Of a file, without the dot.</param>
/// <param name="ShownInPlace">A browser may show it in its own window; anything else is only saved.</param>
public sealed record DocumentFormat(string MediaType, string Extension, bool ShownInPlace)
{
    public static DocumentFormat Pdf { get; } = new("application/pdf", "pdf", true);
    public static DocumentFormat Png { get; } = new("image/png", "png", true);
    public static DocumentFormat Jpeg { get; } = new("image/jpeg", "jpg", true);
    public static DocumentFormat Text { get; } = new("text/plain", "txt", false);
    public static DocumentFormat Csv { get; } = new("text/csv", "csv", false);
    public static DocumentFormat OpenText { get; } = new("application/vnd.oasis.opendocument.text", "odt", false);
    public static DocumentFormat OpenSpreadsheet { get; } = new("application/vnd.oasis.opendocument.spreadsheet", "ods", false);
    public static DocumentFormat WordText { get; } = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", false);
    public static DocumentFormat ExcelSpreadsheet { get; } = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", false);

    /// <summary>Every form that is taken.</summary>
    public static ImmutableArray<DocumentFormat> All { get; } = [Pdf, Png, Jpeg, Text, Csv, OpenText, OpenSpreadsheet, WordText, ExcelSpreadsheet];

    /// <summary>The form of a media type; null when it is not taken.</summary>
    public static DocumentFormat? Of(string? mediaType) => All.FirstOrDefault(format => string.Equals(format.MediaType, mediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The form that a file says it has: by the ending of its name, which browsers know better than types, or else by the type that came with it.
    /// </summary>
    public static DocumentFormat? Declared(string? fileName, string? mediaType)
    {
        var dot = fileName?.LastIndexOf('.') ?? -1;
        var extension = dot < 0 ? "" : fileName![(dot + 1)..].ToLowerInvariant();
        return All.FirstOrDefault(format => format.Extension == (extension == "jpeg" ? "jpg" : extension)) ?? Of(mediaType);
    }

    /// <summary>Which extensions are taken, as a sentence lists them.</summary>
    public static string Listed { get; } = string.Join(", ", All.Select(format => format.Extension));
}

/// <summary>
/// Looks at a content as it passes, in parts of any length, and says whether it is of the form that was declared: by its own bytes, not by its name.
/// </summary>
public sealed class ContentLook
{
    private const int HeadBytes = 128, LongestName = 17;
    private static readonly byte[] Zip = [0x50, 0x4b, 0x03, 0x04];

    private readonly byte[] _head = new byte[HeadBytes];
    private byte[] _tail = [];
    private int _headLength;
    private bool _hasControls, _hasWord, _hasExcel;

    /// <summary>Bytes seen.</summary>
    public long Size { get; private set; }

    /// <summary>The next part of the content.</summary>
    public void See(ReadOnlySpan<byte> part)
    {
        Size += part.Length;
        var taken = Math.Min(HeadBytes - _headLength, part.Length);
        part[..taken].CopyTo(_head.AsSpan(_headLength));
        _headLength += taken;
        _hasControls |= part.ContainsAnyInRange((byte)0, (byte)8) || part.ContainsAnyInRange((byte)14, (byte)26);
        // A name may lie across parts.
        Find([.. _tail, .. part[..Math.Min(part.Length, LongestName)]]);
        Find(part);
        _tail = [.. _tail, .. part[^Math.Min(part.Length, LongestName)..]];
        if (_tail.Length > LongestName)
            _tail = _tail[^LongestName..];
    }

    /// <summary>True when what was seen is of a form.</summary>
    public bool Is(DocumentFormat format)
    {
        var head = _head.AsSpan(0, _headLength);
        if (format == DocumentFormat.Pdf)
            return head.StartsWith("%PDF-"u8);
        if (format == DocumentFormat.Png)
            return head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        if (format == DocumentFormat.Jpeg)
            return head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]);
        if (format == DocumentFormat.Text || format == DocumentFormat.Csv)
            return !_hasControls && !head.StartsWith("%PDF-"u8);
        if (!head.StartsWith(Zip))
            return false;
        if (format == DocumentFormat.WordText)
            return _hasWord;
        if (format == DocumentFormat.ExcelSpreadsheet)
            return _hasExcel;
        // OpenDocument 1.3, part 2, 3.3: the first file is « mimetype », neither compressed nor encrypted.
        return _headLength > 38 && head[30..].StartsWith("mimetype"u8) && head[38..].StartsWith(System.Text.Encoding.ASCII.GetBytes(format.MediaType));
    }

    // The names of the files in a zip are not compressed.
    private void Find(ReadOnlySpan<byte> bytes)
    {
        _hasWord |= bytes.IndexOf("word/document.xml"u8) >= 0;
        _hasExcel |= bytes.IndexOf("xl/workbook.xml"u8) >= 0;
    }
}

/// <summary>What a content has to be, whatever it says.</summary>
public static class ContentRules
{
    /// <summary>A content that was seen whole, held against what it was declared to be and against the bound of the installation.</summary>
    /// <param name="mostBytes">The largest content that is kept.</param>
    /// <returns>The refusal; null when it may be kept.</returns>
    public static Refusal? Refuses(ContentLook seen, DocumentFormat declared, long mostBytes) =>
        seen.Size == 0 ? new DocumentEmpty()
        : seen.Size > mostBytes ? new DocumentTooLarge(mostBytes / 1024)
        : seen.Is(declared) ? null
        : new ContentNotAsDeclared(declared.Extension);

    internal static Refusal? Refuses(DocumentContent content) =>
        content.Size <= 0 ? new DocumentEmpty()
        : DocumentFormat.Of(content.MediaType) is null ? new DocumentFormatNotTaken(DocumentFormat.Listed)
        : null;
}
