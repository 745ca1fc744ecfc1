namespace Governance.EventStore;

/// <summary>An append that waits for its outcome.</summary>
internal sealed class AppendItem(AppendRequest request, int bytes, long givesUpAt)
{
    private const int Waiting = 0, Sent = 1, Withdrawn = 2;

    // Without the option that every continuation runs elsewhere: a lone caller goes on at once, see Complete.
    private readonly TaskCompletionSource<AppendResult> _outcome = new();
    private int _state;

    public AppendRequest Request { get; } = request;

    /// <summary>What makes its command one, or null.</summary>
    public Guid? Command { get; } = request.Command is { } key ? CommandId.Of(request.Tenant, key) : null;

    /// <summary>Bytes of what is to be stored.</summary>
    public int Bytes { get; } = bytes;

    /// <summary>Timestamp of the clock's ticks after which it is no longer tried again.</summary>
    public long GivesUpAt { get; } = givesUpAt;

    /// <summary>True once a commit was asked for and its answer was lost: it may be in the log.</summary>
    public bool InDoubt { get; set; }

    public Task<AppendResult> Outcome => _outcome.Task;

    /// <summary>False when its caller has gone.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Sent, Waiting) == Waiting;

    /// <summary>Gives up, only while it has not been sent: what may be in the log is never said to be refused.</summary>
    public void Withdraw(CancellationToken ct)
    {
        if (Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting)
            Elsewhere(() => _outcome.TrySetCanceled(ct));
    }

    /// <summary>Answers; the caller goes on in a thread of its own, so that the writer is free for the next group.</summary>
    public void Complete(AppendResult result) => Elsewhere(() => _outcome.TrySetResult(result));

    /// <summary>Answers, and the caller goes on in this thread: only for a writer that has nothing left to do.</summary>
    public void CompleteHere(AppendResult result) => _outcome.TrySetResult(result);

    public void Fail(Exception fault) => Elsewhere(() => _outcome.TrySetException(fault));

    private static void Elsewhere(Action answer) => ThreadPool.UnsafeQueueUserWorkItem(static answer => answer(), answer, preferLocal: true);
}
