using Governance.Domain.Kernel;

namespace Governance.Api.Minutes;

/// <summary>A PDF that somebody asked for: being made, made, or failed.</summary>
public sealed class PdfJob
{
    private readonly TaskCompletionSource<PdfMade> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PdfStep _step = new(PdfStage.Waiting);

    internal PdfJob(string id, AssociationId association, long number, SemaphoreSlim turn, DateTimeOffset asked) =>
        (Id, Association, Number, Turn, AskedAt) = (id, association, number, turn, asked);

    /// <summary>HMAC-SHA-256, lower-case hexadecimal, of the association and of the text that it is made of, under a key of this run of the host.</summary>
    public string Id { get; }

    public PdfStep Step => Volatile.Read(ref _step);

    /// <summary>Ends when it is made or has failed; cancelled when nobody waited any more.</summary>
    public Task<PdfMade> Made => _made.Task;

    internal AssociationId Association { get; }

    internal long Number { get; }

    internal SemaphoreSlim Turn { get; }

    // Under the lock of the jobs.
    internal DateTimeOffset AskedAt { get; set; }

    internal int Waiting { get; set; }

    internal bool IsOver => _made.Task.IsCompleted;

    internal byte[]? Bytes => _made.Task is { IsCompletedSuccessfully: true, Result: PdfMade.Whole whole } ? whole.Bytes : null;

    internal void Reach(PdfStep step) => Volatile.Write(ref _step, step);

    internal void End(PdfMade? made)
    {
        Reach(new(PdfStage.Done));
        if (made is null)
            _made.TrySetCanceled();
        else
            _made.TrySetResult(made);
    }
}
