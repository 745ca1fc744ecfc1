using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Governance.Api.Face;

namespace Governance.Api.Minutes;

/// <summary>
/// Documents as accessible PDF (PDF/UA-1, ISO 14289-1) by WeasyPrint, in a process of its own: one at a time on a host, with bounds on time and memory, and
/// nothing fetched. The last ones are kept in memory by the hash of what they were made from, and not made twice.
/// </summary>
public sealed partial class MinutesPdf(ILogger<MinutesPdf> logger) : IDisposable
{
    /// <summary>How long one may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    // Kept at once, and no longer than the process: the register keeps none of it.
    private const int Kept = 8;

    // The document comes in whole, fonts included, so that no address needs to be opened: whatever asks for one is refused. Limits are set before anything is read.
    private const string Script =
        """
        import resource, sys
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (180, 180))
        try:
            import weasyprint
        except ImportError:
            sys.exit(3)
        def fetch(url, *_, **__):
            if url.startswith("data:"):
                return weasyprint.default_url_fetcher(url)
            raise ValueError("Nothing is fetched.")
        # The option was renamed with WeasyPrint 59.
        option = "variant" if int(weasyprint.__version__.split(".")[0]) < 59 else "pdf_variant"
        html = sys.stdin.buffer.read().decode("utf-8")
        sys.stdout.buffer.write(weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=fetch).write_pdf(**{option: "pdf/ua-1"}))
        """;

    private const string Python = "/usr/bin/python3";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, byte[]> _made = [];
    private readonly Queue<string> _order = [];

    public abstract record Result
    {
        private Result() { }

        public sealed record Made(byte[] Bytes) : Result;

        /// <summary>WeasyPrint is not installed on this machine.</summary>
        public sealed record Missing : Result;

        /// <summary>It took too long or too much, or the document is none.</summary>
        public sealed record Failed : Result;
    }

    /// <param name="html">Whole, with all that it shows in itself: see <see cref="Style"/>.</param>
    public async Task<Result> MakeAsync(string html, CancellationToken ct)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)));
        await _turn.WaitAsync(ct);
        try
        {
            if (_made.TryGetValue(key, out var before))
                return new Result.Made(before);
            var result = await RunAsync(html, ct);
            if (result is Result.Made { Bytes: var bytes })
            {
                _made[key] = bytes;
                _order.Enqueue(key);
                if (_order.Count > Kept)
                    _made.Remove(_order.Dequeue());
            }

            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The style of printed documents, its fonts inside.</summary>
    public static string Style { get; } = string.Concat(Font("normal"), Font("italic")) +
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
        tr { break-inside: avoid; }
        .number { text-align: right; }
        .to-sign { width: 34mm; }
        .annex { break-before: page; }
        .signatures > div { margin: 6mm 0; break-inside: avoid; }
        .signature-place { min-height: 18mm; border-bottom: .5pt solid #000; }
        .erratum { border-left: 2pt solid #855000; padding-left: 4mm; }
        .footing { margin-top: 8mm; font-size: 8pt; overflow-wrap: anywhere; }
        """;

    public void Dispose() => _turn.Dispose();

    private async Task<Result> RunAsync(string html, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-I");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return new Result.Missing();
        }

        using (process)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Timeout);
            try
            {
                using var made = new MemoryStream();
                var reading = process.StandardOutput.BaseStream.CopyToAsync(made, limit.Token);
                var faults = process.StandardError.ReadToEndAsync(limit.Token);
                try
                {
                    await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(html), limit.Token);
                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // It ended before it read: its code says why.
                }

                await Task.WhenAll(reading, faults);
                await process.WaitForExitAsync(limit.Token);
                if (process.ExitCode == 0)
                    return new Result.Made(made.ToArray());
                LogFailed(logger, process.ExitCode);
                return process.ExitCode == 3 ? new Result.Missing() : new Result.Failed();
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                LogFailed(logger, -1);
                return new Result.Failed();
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }

    // The text of what went wrong may quote the document, and stays out of the log.
    [LoggerMessage(LogLevel.Error, "A document could not be made as PDF: WeasyPrint ended with code {Code}")]
    private static partial void LogFailed(ILogger logger, int code);

    private static string Font(string style) =>
        $"@font-face {{ font-family: \"Document\"; font-style: {style}; src: url(data:font/woff2;base64,{Convert.ToBase64String(FaceFiles.Content($"fonts/source-serif-4-latin-wght-{style}.woff2"))}) format(\"woff2\"); }}\n";
}
