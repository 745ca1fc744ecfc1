using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;

namespace Governance.Api.Minutes;

/// <summary>
/// PDFs being made on this host, apart from the requests that ask for them. The same text is made once for all who ask; a short one never waits behind a
/// long one; what nobody waits for any more is given up. What is made stays in memory for a while, so many bytes at most, and nowhere else.
/// </summary>
public sealed partial class PdfJobs(MakePdf make, TimeProvider time, ILogger<PdfJobs> logger) : IDisposable
{
    /// <summary>How many may be asked for and not made yet.</summary>
    public const int MostUnmade = 40;

    /// <summary>From so many characters on a document is a long one: some eight hundred rows of a table. One long one and one short one are made at a time.</summary>
    public const int LongFrom = 200_000;

    /// <summary>What nobody has asked about for so long is given up. A page without scripts asks every few seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long one that is made, or has failed, is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private const long MostBytes = 64 << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // Of this run of the host alone: an address that is seen elsewhere says nothing of the text, not even to somebody who guesses it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PdfJob> _jobs = [];
    private readonly SemaphoreSlim _short = new(1), _long = new(1);
    private readonly CancellationTokenSource _closing = new();
    private long _asked;

    /// <summary>The PDF of a text, made already or from now on; one that has failed is tried again.</summary>
    /// <returns>Null where too many are being made.</returns>
    public PdfJob? Ask(AssociationId association, string html)
    {
        var id = Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{association}\n{html}")));
        PdfJob job;
        lock (_lock)
        {
            if (_jobs.TryGetValue(id, out var known) && (!known.IsOver || known.Bytes is not null))
            {
                known.AskedAt = time.GetUtcNow();
                return known;
            }

            if (_jobs.Values.Count(j => !j.IsOver) >= MostUnmade)
                return null;
            _jobs[id] = job = new PdfJob(id, association, ++_asked, html.Length - PrintStyle.Sheet.Length >= LongFrom ? _long : _short, time.GetUtcNow());
        }

        // It outlives the request that happened to come first.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => RunAsync(job, html));
        return job;
    }

    /// <summary>One that was asked for; null where this host does not know it, or no longer.</summary>
    public PdfJob? Find(AssociationId association, string id)
    {
        lock (_lock)
        {
            if (!_jobs.TryGetValue(id, out var job) || job.Association != association)
                return null;
            job.AskedAt = time.GetUtcNow();
            return job;
        }
    }

    /// <summary>How many are made before it, in its turn.</summary>
    public int Ahead(PdfJob job)
    {
        lock (_lock)
            return _jobs.Values.Count(j => j.Turn == job.Turn && !j.IsOver && j.Number < job.Number);
    }

    /// <returns>What it came to; null when it is not made yet after so long.</returns>
    public async Task<PdfMade?> WaitAsync(PdfJob job, TimeSpan patience, CancellationToken ct)
    {
        lock (_lock)
            job.Waiting++;
        try
        {
            return await job.Made.WaitAsync(patience, time, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            lock (_lock)
            {
                job.Waiting--;
                job.AskedAt = time.GetUtcNow();
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private async Task RunAsync(PdfJob job, string html)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var making = MakeAsync(job, html, stop.Token);
        while (!stop.IsCancellationRequested && await Task.WhenAny(making, Task.Delay(LookEvery, time, stop.Token)) != making)
        {
            if (IsForgotten(job))
                await stop.CancelAsync();
        }

        var made = await making;
        lock (_lock)
        {
            job.End(made);
            if (made is null)
                _jobs.Remove(job.Id);
            foreach (var oldest in _jobs.Values.Where(j => j.Bytes is not null && j != job).OrderBy(j => j.Number).ToList())
            {
                if (_jobs.Values.Sum(j => j.Bytes?.LongLength ?? 0) > MostBytes)
                    _jobs.Remove(oldest.Id);
            }
        }

        // Not waited for here, where the text and the file would be held meanwhile.
        _ = ForgetAsync(job.Id, job.Number, _closing.Token);
    }

    private async Task ForgetAsync(string id, long number, CancellationToken ct)
    {
        await Task.Delay(Kept, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (_jobs.GetValueOrDefault(id)?.Number == number)
                _jobs.Remove(id);
        }
    }

    /// <returns>Null when it was given up.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong with one is said to whoever waits for it.")]
    private async Task<PdfMade?> MakeAsync(PdfJob job, string html, CancellationToken ct)
    {
        try
        {
            await job.Turn.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            job.Reach(new(PdfStage.Reading));
            return await make(html, job.Reach, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
            return new PdfMade.Failed();
        }
        finally
        {
            job.Turn.Release();
        }
    }

    private bool IsForgotten(PdfJob job)
    {
        lock (_lock)
            return job.Waiting == 0 && time.GetUtcNow() - job.AskedAt > Patience;
    }

    [LoggerMessage(LogLevel.Error, "A document could not be made as PDF")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
