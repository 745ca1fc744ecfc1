using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>Hints that the log has grown, or that a follower has moved, on any host. A hint may be lost: whoever waits looks from time to time.</summary>
internal sealed class LogHints(NpgsqlDataSource database, FollowerOptions options, TimeProvider time)
{
    private TaskCompletionSource _append = New(), _move = New(), _look = New();

    /// <summary>Ends with the next append that is heard of.</summary>
    public Task NextAppend => Volatile.Read(ref _append).Task;

    /// <summary>Ends with the next move of any follower that is heard of.</summary>
    public Task NextMove => Volatile.Read(ref _move).Task;

    /// <summary>Ends when the log is to be looked at although nobody gave a hint, for all followers at once.</summary>
    public Task NextLook => Volatile.Read(ref _look).Task;

    public void Appended() => Interlocked.Exchange(ref _append, New()).TrySetResult();

    public void Moved() => Interlocked.Exchange(ref _move, New()).TrySetResult();

    [SuppressMessage("Design", "CA1031", Justification = "Hints may be lost; followers poll meanwhile.")]
    public async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
                connection.Notification += (_, notification) =>
                {
                    if (notification.Channel == Checkpoints.MoveChannel)
                        Moved();
                    else
                        Appended();
                };
                await using (var listen = new NpgsqlCommand($"listen {AppendHint.Channel}; listen {Checkpoints.MoveChannel}", connection))
                    await listen.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
                Appended();
                while (true)
                    await connection.WaitAsync(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                options.OnFault?.Invoke("listen", fault);
                await DelayAsync(options.TakeOverEvery, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Has the log looked at from time to time.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await DelayAsync(options.PollEvery, ct).ConfigureAwait(false);
            Interlocked.Exchange(ref _look, New()).TrySetResult();
        }
    }

    /// <summary>Waits, and returns early rather than throw when the host stops.</summary>
    public Task DelayAsync(TimeSpan delay, CancellationToken ct) =>
        Task.Delay(delay, time, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
