using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Governance.Api.Minutes;

/// <summary>
/// Documents as accessible PDF (PDF/UA-1, ISO 14289-1) by WeasyPrint, in a process of its own with bounds on time and memory, and nothing fetched.
/// </summary>
public sealed partial class WeasyPrint(ILogger<WeasyPrint> logger)
{
    /// <summary>How long one may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    // The document comes in whole, fonts included, so that no address needs to be opened: whatever asks for one is refused. Limits are set before anything is read.
    // Of what WeasyPrint says of its progress the numbers alone are passed on.
    private const string Script =
        """
        import logging, re, resource, sys
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (180, 180))
        try:
            import weasyprint
        except ImportError:
            sys.exit(3)
        class Progress(logging.Handler):
            def emit(self, record):
                step = re.match(r"Step (\d+)(?:.* Page (\d+)$)?", record.getMessage())
                if step:
                    sys.stderr.write("%s %s\n" % (step[1], step[2] or 0))
                    sys.stderr.flush()
        progress = logging.getLogger("weasyprint.progress")
        progress.setLevel(logging.INFO)
        progress.handlers = [Progress()]
        logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
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

    // As WeasyPrint numbers its steps.
    private const int Layout = 5;

    /// <summary>Makes a PDF; see <see cref="MakePdf"/>.</summary>
    public async Task<PdfMade> MakeAsync(string html, Action<PdfStep> reached, CancellationToken ct)
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
            return new PdfMade.Missing();
        }

        using (process)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Timeout);
            try
            {
                using var made = new MemoryStream();
                var reading = process.StandardOutput.BaseStream.CopyToAsync(made, limit.Token);
                var following = FollowAsync(process.StandardError, reached, limit.Token);
                try
                {
                    await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(html), limit.Token);
                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // It ended before it read: its code says why.
                }

                await Task.WhenAll(reading, following);
                await process.WaitForExitAsync(limit.Token);
                if (process.ExitCode == 0)
                    return new PdfMade.Whole(made.ToArray());
                LogFailed(logger, process.ExitCode);
                return process.ExitCode == 3 ? new PdfMade.Missing() : new PdfMade.Failed();
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                LogFailed(logger, -1);
                return new PdfMade.Failed();
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }

    // What else is said there may quote the document, and goes nowhere.
    private static async Task FollowAsync(StreamReader said, Action<PdfStep> reached, CancellationToken ct)
    {
        while (await said.ReadLineAsync(ct) is { } line)
        {
            if (line.Split(' ') is [var number, var page] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
                && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            {
                reached(step < Layout ? new(PdfStage.Reading) : step == Layout ? new(PdfStage.LayingOut, at) : new(PdfStage.Writing));
            }
        }
    }

    // The text of what went wrong may quote the document, and stays out of the log.
    [LoggerMessage(LogLevel.Error, "A document could not be made as PDF: WeasyPrint ended with code {Code}")]
    private static partial void LogFailed(ILogger logger, int code);
}
