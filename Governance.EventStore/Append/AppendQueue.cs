using System.Data;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Governance.EventStore;

/// <summary>
/// Group commit: callers leave their appends in a bounded queue; one of them at a time drains it, one round trip and one commit a group.
/// The first caller of an idle queue sends its own group, so a lone caller waits for no other thread.
/// </summary>
internal sealed class AppendQueue(NpgsqlDataSource database, EventLogOptions options, AppendHint hint, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Queue<AppendItem> _queue = new();
    private readonly List<AppendItem> _held = [];
    private readonly HashSet<Guid> _commands = [];
    private readonly AppendGroup _group = new();
    private readonly CancellationTokenSource _closing = new();
    private long _queuedBytes;
    private bool _running;
    private bool _closed;
    private AppendAlone _alone = new();
    private TaskCompletionSource? _idle;
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command, _commandAlone, _commandWithSecrets;

    public bool TryEnqueue(AppendItem item)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EventLog));
            if (_queue.Count >= options.QueueLength || _queuedBytes + item.Bytes > options.QueueBytes)
                return false;
            _queue.Enqueue(item);
            _queuedBytes += item.Bytes;
            if (_running)
                return true;
            _running = true;
        }

        // The writer outlives the request that happens to start it: it must not carry that request's ambient values along.
        using (ExecutionContext.SuppressFlow())
            _ = RunAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        Task idle;
        lock (_gate)
        {
            _closed = true;
            idle = _running ? (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await idle.ConfigureAwait(false);
        await DisconnectAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        while (Take() is { } items)
        {
            if (await WriteAsync(items).ConfigureAwait(false) is { } appended)
            {
                if (Rest())
                {
                    items[0].CompleteHere(appended);
                    return;
                }

                items[0].Complete(appended);
            }

            // Those who were just answered may come back at once: let them, or the next group is a first one alone and all the others wait for it.
            if (items.Length > 1)
                await Task.Yield();
        }
    }

    /// <summary>The next group, or null once nothing is left: then the queue is idle.</summary>
    private AppendItem[]? Take()
    {
        var items = new List<AppendItem>();
        var bytes = 0L;
        lock (_gate)
        {
            _commands.Clear();
            var held = _held.Count;
            for (var i = 0; i < held; i++)
                TakeOne(_held[i]);
            _held.RemoveRange(0, held);
            while (items.Count < options.GroupLength && _queue.TryPeek(out var next) && (items.Count == 0 || bytes + next.Bytes <= options.GroupBytes))
            {
                _queue.Dequeue();
                _queuedBytes -= next.Bytes;
                if (next.TryTake())
                    TakeOne(next);
            }

            if (items.Count > 0)
                return ByTenant(items);
            Rest();
            return null;
        }

        void TakeOne(AppendItem item)
        {
            // Two of the same command cannot be judged in one statement: the second waits for the next group and finds the first.
            if (item.Command is { } command && !_commands.Add(command))
            {
                _held.Add(item);
                return;
            }

            items.Add(item);
            bytes += item.Bytes;
        }
    }

    /// <summary>True when nothing waits: then the queue is idle, and whoever comes next writes.</summary>
    private bool Rest()
    {
        lock (_gate)
        {
            if (_queue.Count > 0 || _held.Count > 0)
                return false;
            _running = false;
            _idle?.TrySetResult();
            return true;
        }
    }

    /// <summary>Neighbours of one association share a row of its index; among themselves they keep their order.</summary>
    private static AppendItem[] ByTenant(List<AppendItem> items)
    {
        var first = items[0].Request.Tenant;
        return items.TrueForAll(item => string.Equals(item.Request.Tenant, first, StringComparison.Ordinal))
            ? [.. items]
            : [.. items.OrderBy(item => item.Request.Tenant, StringComparer.Ordinal)];
    }

    /// <summary>Writes a group and answers each of its items, save the one that was written alone: its answer is given back. Never throws.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is an answer to those who wait.")]
    private async Task<AppendResult?> WriteAsync(ReadOnlyMemory<AppendItem> items)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var command = _command ?? await ConnectAsync().ConfigureAwait(false);
                DateTimeOffset? now = ReferenceEquals(time, TimeProvider.System) ? null : time.GetUtcNow();
                if (options.AppendsAlone && AppendAlone.Takes(items.Span))
                {
                    _alone.Fill(items.Span[0], now);
                    if (await AppendAlone.SendAsync(_commandAlone!, items.Span[0]).ConfigureAwait(false) is { } appended)
                    {
                        hint.Tell();
                        return appended;
                    }
                }

                _group.Fill(items.Span, now);
                var results = await _group.SendAsync(_group.HasSecrets ? _commandWithSecrets! : command, items).ConfigureAwait(false);
                hint.Tell();
                Answer(items.Span, results);
                return null;
            }
            catch (PostgresException fault) when (IsOfItsContent(fault))
            {
                // The server has answered that it rolled back: nothing of this group is in the log.
                if (items.Length > 1)
                {
                    foreach (var half in (ReadOnlyMemory<AppendItem>[])[items[..(items.Length / 2)], items[(items.Length / 2)..]])
                    {
                        if (await WriteAsync(half).ConfigureAwait(false) is { } appended)
                            half.Span[0].Complete(appended);
                    }
                }
                else if (fault.SqlState == PostgresErrorCodes.UniqueViolation && fault.ConstraintName == "idx_mt_events_event_id")
                {
                    items.Span[0].Complete(new AppendResult.EventIdTaken());
                }
                else if (fault.SqlState == PostgresErrorCodes.UniqueViolation && fault.ConstraintName == "person_key_once")
                {
                    items.Span[0].Complete(new AppendResult.PersonKeyTaken());
                }
                else if (fault.SqlState == PostgresErrorCodes.QueryCanceled)
                {
                    items.Span[0].Complete(new AppendResult.Unavailable(items.Span[0].InDoubt));
                }
                else
                {
                    items.Span[0].Fail(fault);
                }

                return null;
            }
            catch (PostgresException fault) when (IsRolledBack(fault))
            {
                // Not now, but perhaps soon: a lock that another host holds, a deadlock, a server that starts.
            }
            catch (NpgsqlException)
            {
                // The connection was lost. What was sent may be committed: the next try asks for it under the lock before it writes again.
                Doubt(items.Span, _command is not null);
                await DisconnectAsync().ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is IOException or TimeoutException || _connection is { FullState: not ConnectionState.Open })
            {
                Doubt(items.Span, _command is not null);
                await DisconnectAsync().ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                await DisconnectAsync().ConfigureAwait(false);
                Fail(items.Span, fault);
                return null;
            }

            items = GiveUp(items);
            if (items.IsEmpty)
                return null;
            await PauseAsync(pause).ConfigureAwait(false);
        }
    }

    private static void Answer(ReadOnlySpan<AppendItem> items, AppendResult[] results)
    {
        for (var i = 0; i < items.Length; i++)
            items[i].Complete(results[i]);
    }

    private static void Fail(ReadOnlySpan<AppendItem> items, Exception fault)
    {
        foreach (var item in items)
            item.Fail(fault);
    }

    private static void Doubt(ReadOnlySpan<AppendItem> items, bool sent)
    {
        foreach (var item in items)
            item.InDoubt |= sent;
    }

    /// <summary>Answers those whose time is over; gives the others.</summary>
    private ReadOnlyMemory<AppendItem> GiveUp(ReadOnlyMemory<AppendItem> items)
    {
        var now = time.GetTimestamp();
        var left = new List<AppendItem>(items.Length);
        foreach (var item in items.Span)
        {
            if (item.GivesUpAt <= now || _closing.IsCancellationRequested)
                item.Complete(new AppendResult.Unavailable(item.InDoubt));
            else
                left.Add(item);
        }

        return left.Count == items.Length ? items : left.ToArray();
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The log is closing: the next failure answers everyone.
        }
    }

    /// <summary>True when the same items would be refused again: another try as they are is useless, and one of them is the cause.</summary>
    private static bool IsOfItsContent(PostgresException fault) =>
        fault.SqlState.AsSpan(0, 2) is "21" or "22" or "23" or "42" or "54" or "P0" or "XX"
        || fault.SqlState == PostgresErrorCodes.QueryCanceled;

    /// <summary>True when the server says itself that it rolled back, and the connection lives on.</summary>
    private static bool IsRolledBack(PostgresException fault) =>
        fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.DiskFull;

    private async ValueTask<NpgsqlCommand> ConnectAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
        _connection = await WriterSession.OpenAsync(database, options, CancellationToken.None).ConfigureAwait(false);
        // A little longer than the server's own limit, so that the server's answer comes first.
        var timeout = options.StatementTimeout + TimeSpan.FromSeconds(5);
        // Its parameters belong to the command of one connection.
        _alone = new AppendAlone();
        _commandAlone = await _alone.PrepareAsync(_connection, timeout, CancellationToken.None).ConfigureAwait(false);
        _commandWithSecrets = await _group.PrepareAsync(_connection, withSecrets: true, timeout, CancellationToken.None).ConfigureAwait(false);
        return _command = await _group.PrepareAsync(_connection, withSecrets: false, timeout, CancellationToken.None).ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A connection that is lost already may fail to close.")]
    private async ValueTask DisconnectAsync()
    {
        var connection = _connection;
        (_command, _commandAlone, _commandWithSecrets) = (null, null, null);
        _connection = null;
        if (connection is null)
            return;
        try
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nothing more can be done with it.
        }
    }
}
