using Governance.Api.Face;

namespace Governance.Api.Minutes;

/// <summary>How printed documents look.</summary>
internal static class PrintStyle
{
    /// <summary>The style of printed documents, its fonts inside.</summary>
    public static string Sheet { get; } = string.Concat(Font("normal"), Font("italic")) +
        """
        @page { size: A4; margin: 22mm 20mm 24mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "Document", serif; } }
        body { font: 11pt/1.45 "Document", serif; color: #000; }
        h1 { font-size: 17pt; text-align: center; margin: 0 0 2mm; }
        .subtitle { text-align: center; font-style: italic; margin: 0 0 8mm; }
        h2 { font-size: 13pt; margin: 7mm 0 2mm; break-after: avoid; }
        p { margin: 0 0 2.5mm; orphans: 3; widows: 3; text-align: justify; }
        blockquote { margin: 3mm 0 3mm 4mm; padding-left: 4mm; border-left: 1pt solid #888; }
        table { border-collapse: collapse; width: 100%; margin: 3mm 0 5mm; font-size: 9pt; line-height: 1.3; }
        caption { text-align: left; font-weight: bold; padding-bottom: 1.5mm; }
        th, td { border: .5pt solid #888; padding: 1.2mm 1.5mm; text-align: left; vertical-align: top; }
        thead th { background: #eee; }
        /* A table of fixed columns is laid out row by row: of thousands of rows the widest cell would be looked for in each. */
        table.long { table-layout: fixed; }
        tr { break-inside: avoid; }
        .number { text-align: right; }
        .to-sign { width: 34mm; }
        table.long th:first-child { width: 28%; }
        table.long .number, table.long.signed th:nth-child(3) { width: 12mm; }
        .annex { break-before: page; }
        .signatures > div { margin: 6mm 0; break-inside: avoid; }
        .signature-place { min-height: 18mm; border-bottom: .5pt solid #000; }
        .erratum { border-left: 2pt solid #855000; padding-left: 4mm; }
        .footing { margin-top: 8mm; font-size: 8pt; overflow-wrap: anywhere; }
        """;

    private static string Font(string style) =>
        $"@font-face {{ font-family: \"Document\"; font-style: {style}; src: url(data:font/woff2;base64,{Convert.ToBase64String(FaceFiles.Content($"fonts/source-serif-4-latin-wght-{style}.woff2"))}) format(\"woff2\"); }}\n";
}
