using System.Diagnostics;

namespace Governance.EventStore.Embedded;

/// <summary>
/// A PostgreSQL server of the host's own, for whoever has none: durable settings, reached through a Unix socket by the users of this machine
/// who run the host, gone when the host goes. Several hosts may name the same directory: one runs the server, the others use it, and one
/// of them starts it again when the first goes, killed or stopped. Connections break meanwhile; what was committed stays.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan LockPollEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AdoptionPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly PrivateCluster _cluster;
    private readonly Action<PrivatePostgresNotice> _notice;
    private readonly ManualResetEvent _stopping = new(false);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private PrivatePostgres(PrivateCluster cluster, Action<PrivatePostgresNotice> notice)
    {
        _cluster = cluster;
        _notice = notice;
        ConnectionString = cluster.ConnectionString;
    }

    /// <summary>Npgsql's form; names the socket, so it has no password in it. The same after any restart.</summary>
    public string ConnectionString { get; }

    /// <summary>Process id of the server, this host's or the one that it shares; null while there is none.</summary>
    public int? ServerProcessId => _cluster.ReadServerState()?.ProcessId;

    /// <inheritdoc cref="StartAsync(string, Action{PrivatePostgresNotice}, CancellationToken)"/>
    public static Task<PrivatePostgres> StartAsync(string dataDirectory, CancellationToken cancellation = default) =>
        StartAsync(dataDirectory, static _ => { }, cancellation);

    /// <summary>Gives a server that takes connections on the data under <paramref name="dataDirectory"/>, made there if it is empty.</summary>
    /// <param name="dataDirectory">Belongs to this server alone; created when missing.</param>
    /// <param name="notice">Told of each change, on the thread that keeps the server: it must return soon and not throw.</param>
    /// <param name="cancellation">Gives the start up; nothing is left running.</param>
    /// <exception cref="PrivatePostgresException">PostgreSQL is missing, or the data cannot be used; says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        string dataDirectory, Action<PrivatePostgresNotice> notice, CancellationToken cancellation = default)
    {
        var server = Begin(dataDirectory, notice);
        try
        {
            await server.ReadyAsync(cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sets about starting, and returns at once: where it will be reached is known before it takes connections.</summary>
    /// <inheritdoc cref="StartAsync(string, Action{PrivatePostgresNotice}, CancellationToken)"/>
    public static PrivatePostgres Begin(string dataDirectory, Action<PrivatePostgresNotice> notice)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        ArgumentNullException.ThrowIfNull(notice);
        var server = new PrivatePostgres(PrivateCluster.In(dataDirectory), notice);
        // Its own thread, never one of the pool: the server is interrupted when the thread that started it ends.
        new Thread(server.Keep) { IsBackground = true, Name = "private PostgreSQL" }.Start();
        return server;
    }

    /// <summary>Waits until it takes connections.</summary>
    /// <exception cref="PrivatePostgresException">PostgreSQL is missing, or the data cannot be used; says what to do.</exception>
    public Task ReadyAsync(CancellationToken cancellation = default) => _ready.Task.WaitAsync(cancellation);

    /// <summary>Stops the server in order when this host runs it; otherwise leaves it to the host that does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _stopping.Set();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Keep()
    {
        try
        {
            using var held = WaitForLock(out var adopted);
            if (held is not null)
                RunServer(adopted);
            _ready.TrySetCanceled();
            _ended.SetResult();
        }
        catch (Exception e) // whatever it is reaches the caller, who waits on one of the two
        {
            if (_ready.TrySetException(e))
                _ended.SetResult();
            else
                _ended.SetException(e);
        }
    }

    /// <returns>The lock; null when the host stops first.</returns>
    private FileStream? WaitForLock(out bool adopted)
    {
        adopted = false;
        var waited = Stopwatch.StartNew();
        FileStream? held;
        while ((held = _cluster.TryLock()) is null)
        {
            if (!adopted && _cluster.ReadServerState() is { Ready: true } state && Directory.Exists($"/proc/{state.ProcessId}"))
            {
                adopted = true;
                _notice(new(PrivatePostgresChange.Adopted, state.ProcessId, $"Using the PostgreSQL server (process {state.ProcessId}) of another host on the same data."));
                _ready.TrySetResult();
            }

            if (!adopted && waited.Elapsed > AdoptionPatience)
                throw new PrivatePostgresException(
                    $"Another host holds `{_cluster.Data}` and its server does not become ready. Its log ends with:\n{_cluster.LogTail()}");
            if (_stopping.WaitOne(LockPollEvery))
                return null;
        }

        return held;
    }

    private void RunServer(bool adopted)
    {
        var failures = 0;
        do
        {
            try
            {
                RunOnce(adopted ? PrivatePostgresChange.TookOver : PrivatePostgresChange.Started);
                adopted = false;
                failures = 0;
            }
            catch (Exception e) when (_ready.Task.IsCompleted && e is (PrivatePostgresException or IOException or UnauthorizedAccessException))
            {
                failures++;
                _notice(new(PrivatePostgresChange.StartFailed, 0, e.Message));
            }
        }
        while (!_stopping.WaitOne(PauseAfter(failures)));
    }

    private void RunOnce(PrivatePostgresChange change)
    {
        var binaries = _cluster.Initialise();
        ServerProcess.ClearLeftovers(_cluster, _stopping);
        if (_stopping.WaitOne(TimeSpan.Zero))
            return;

        using var server = ServerProcess.Start(_cluster, binaries);
        try
        {
            if (server.WaitUntilReady(_cluster, _stopping))
            {
                _notice(new(change, server.Id, $"PostgreSQL {binaries.Major} runs as process {server.Id} on `{_cluster.Data}`."));
                _ready.TrySetResult();
                if (server.WaitForExit(_stopping))
                    _notice(new(PrivatePostgresChange.Died, server.Id, $"PostgreSQL (process {server.Id}) ended unasked and is started again."));
            }
            else if (!_stopping.WaitOne(TimeSpan.Zero))
            {
                throw new PrivatePostgresException(
                    $"PostgreSQL did not start on `{_cluster.Data}`. Its log, `{_cluster.Log}`, ends with:\n{_cluster.LogTail()}");
            }
        }
        finally
        {
            server.Stop();
        }
    }

    private static TimeSpan PauseAfter(int failures) => failures == 0
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 100 << Math.Min(failures, 10)));
}
