using System.Collections.Concurrent;
using Governance.Api.Minutes;
using Governance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Governance.Tests.Api.Minutes;

/// <summary>PDFs that are asked for, while a press that the tests hold makes them.</summary>
public sealed class PdfJobsTests : IDisposable
{
    private static readonly AssociationId Ours = AssociationId.Of(Guid.CreateVersion7()), Others = AssociationId.Of(Guid.CreateVersion7());
    private static readonly string Long = new('x', 2_000_000);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<PdfMade>> _press = new();
    private readonly ConcurrentQueue<string> _stopped = new();
    private readonly Clock _clock = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly PdfJobs _jobs;

    public PdfJobsTests() => _jobs = new(MakeAsync, _clock, NullLogger<PdfJobs>.Instance);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task The_same_text_is_made_once_for_all_who_ask_and_kept_for_those_who_come_later()
    {
        var first = _jobs.Ask(Ours, "text")!;
        Assert.Same(first, _jobs.Ask(Ours, "text"));
        Assert.NotEqual(first.Id, _jobs.Ask(Others, "text")!.Id);
        Assert.Null(_jobs.Find(Others, first.Id));

        await FinishAsync("text", new PdfMade.Whole([1, 2]));

        Assert.Equal([1, 2], Assert.IsType<PdfMade.Whole>(await first.Made.WaitAsync(Stop)).Bytes);
        Assert.Same(first, _jobs.Ask(Ours, "text"));
    }

    [Fact]
    public void The_name_of_one_confirms_to_nobody_what_text_it_is_made_of()
    {
        var job = _jobs.Ask(Ours, "text")!;
        using var elsewhere = new PdfJobs(MakeAsync, _clock, NullLogger<PdfJobs>.Instance);

        Assert.NotEqual(job.Id, elsewhere.Ask(Ours, "text")!.Id);
        Assert.Null(elsewhere.Find(Ours, job.Id));
    }

    [Fact]
    public async Task A_short_document_does_not_wait_for_a_long_one_and_long_ones_are_made_one_at_a_time()
    {
        var long1 = _jobs.Ask(Ours, Long)!;
        await BegunAsync(Long);
        var long2 = _jobs.Ask(Ours, Long + "2")!;
        var small = _jobs.Ask(Ours, "text")!;

        await FinishAsync("text", new PdfMade.Whole([1]));
        await small.Made.WaitAsync(Stop);

        Assert.Equal((0, 1), (_jobs.Ahead(long1), _jobs.Ahead(long2)));
        Assert.Equal(PdfStage.Waiting, long2.Step.Stage);
        Assert.False(_press.ContainsKey(Long + "2"));
        await FinishAsync(Long, new PdfMade.Whole([1]));
        await FinishAsync(Long + "2", new PdfMade.Whole([2]));
        Assert.IsType<PdfMade.Whole>(await long2.Made.WaitAsync(Stop));
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_given_up_and_made_anew_for_whoever_asks_again()
    {
        var job = _jobs.Ask(Ours, "text")!;
        await BegunAsync("text");
        using var reader = new CancellationTokenSource();
        var waiting = _jobs.WaitAsync(job, TimeSpan.FromHours(1), reader.Token);
        for (var second = 0; second < 60; second++)
            _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.False(job.Made.IsCompleted);

        await reader.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await PassUntilAsync(() => job.Made.IsCanceled);

        Assert.Contains("text", _stopped);
        Assert.Null(_jobs.Find(Ours, job.Id));
        Assert.NotSame(job, _jobs.Ask(Ours, "text"));
    }

    [Fact]
    public async Task Whoever_asks_about_one_keeps_it_going()
    {
        var job = _jobs.Ask(Ours, "text")!;
        await BegunAsync("text");
        for (var ask = 0; ask < 20; ask++)
        {
            _clock.Pass(PdfJobs.Patience / 2);
            Assert.Same(job, _jobs.Find(Ours, job.Id));
        }

        Assert.False(job.Made.IsCompleted);
    }

    [Fact]
    public async Task One_that_failed_says_so_and_is_tried_again_when_it_is_asked_for_again()
    {
        var job = _jobs.Ask(Ours, "text")!;
        await FinishAsync("text", new PdfMade.Failed());
        Assert.IsType<PdfMade.Failed>(await job.Made.WaitAsync(Stop));
        Assert.Same(job, _jobs.Find(Ours, job.Id));

        _press.TryRemove("text", out _);
        var again = _jobs.Ask(Ours, "text")!;
        (await BegunAsync("text")).SetException(new InvalidOperationException("A fault of the press."));
        Assert.IsType<PdfMade.Failed>(await again.Made.WaitAsync(Stop));
    }

    [Fact]
    public async Task A_finished_one_is_forgotten_after_a_while()
    {
        var job = _jobs.Ask(Ours, "text")!;
        await FinishAsync("text", new PdfMade.Whole([1]));
        await job.Made.WaitAsync(Stop);

        await PassUntilAsync(() => _jobs.Find(Ours, job.Id) is null);
    }

    [Fact]
    public void Too_many_at_once_are_not_taken()
    {
        for (var number = 0; number < PdfJobs.MostUnmade; number++)
            Assert.NotNull(_jobs.Ask(Ours, $"text {number}"));

        Assert.Null(_jobs.Ask(Ours, "one too many"));
        Assert.NotNull(_jobs.Ask(Ours, "text 1"));
    }

    private async Task<PdfMade> MakeAsync(string html, Action<PdfStep> reached, CancellationToken ct)
    {
        reached(new(PdfStage.LayingOut, 1));
        try
        {
            return await _press.GetOrAdd(html, _ => New()).Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            _stopped.Enqueue(html);
            throw;
        }
    }

    private async Task FinishAsync(string html, PdfMade made) => (await BegunAsync(html)).TrySetResult(made);

    /// <summary>Once the press has it in hand.</summary>
    private async Task<TaskCompletionSource<PdfMade>> BegunAsync(string html)
    {
        TaskCompletionSource<PdfMade>? begun;
        while (!_press.TryGetValue(html, out begun))
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return begun;
    }

    private async Task PassUntilAsync(Func<bool> so)
    {
        while (!so())
        {
            Stop.ThrowIfCancellationRequested();
            _clock.Pass(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    private static TaskCompletionSource<PdfMade> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
