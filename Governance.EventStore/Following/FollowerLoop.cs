using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>Runs one follower as long as this host has its lock. It holds a connection only while it handles events.</summary>
/// <param name="turns">Shared by the followers of a host: how many of them may handle events at once.</param>
internal sealed class FollowerLoop(
    Follower follower, NpgsqlDataSource database, EventLog log, SharedPages pages, Checkpoints checkpoints, Standings standings, Steps steps, LogHints hints,
    SemaphoreSlim turns, FollowerOptions options, TimeProvider time)
{
    /// <summary>Batches read ahead of the one that is handled.</summary>
    private const int ReadAhead = 2;

    public Follower Follower { get; } = follower;

    public bool RunsHere { get; private set; }

    public string? LastFault { get; private set; }

    /// <summary>Follows until the lock is given up; whatever breaks, it begins again from the checkpoint.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A follower that ended would fall behind in silence.")]
    public async Task RunAsync(CancellationToken ct)
    {
        RunsHere = true;
        try
        {
            while (!ct.IsCancellationRequested)
            {
                try
                {
                    await FollowAsync(ct).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (ct.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception fault)
                {
                    Note(fault);
                }

                await hints.DelayAsync(options.TakeOverEvery, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            RunsHere = false;
        }
    }

    /// <summary>A connection whose host, when it dies without a word, is noticed within seconds, so that another goes on.</summary>
    public static async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        try
        {
            await using var settings = new NpgsqlCommand(
                "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set idle_in_transaction_session_timeout = 60000", connection);
            await settings.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        while (true)
        {
            // Asked before the look at the log: an append between the two is not missed.
            var (appended, look) = (hints.NextAppend, hints.NextLook);
            var begun = time.GetTimestamp();
            if (await RoundAsync(ct).ConfigureAwait(false) == 0)
                await Task.WhenAny(appended, look).WaitAsync(ct).ConfigureAwait(false);
            else if ((Follower.GatherFor ?? options.GatherFor) - time.GetElapsedTime(begun) is { Ticks: > 0 } left)
                await hints.DelayAsync(left, ct).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tries again what was parked and is asked for, then handles what the log holds after the checkpoint; gives how many events it passed.</summary>
    private async Task<long> RoundAsync(CancellationToken ct)
    {
        var standing = await standings.AskAsync(ct).ConfigureAwait(false);
        var parked = standing.Parked[Follower.Name].Select(tenant => tenant.Tenant).ToHashSet(StringComparer.Ordinal);
        var asked = standing.Parked[Follower.Name].Where(tenant => tenant.RetryAsked).ToList();
        var checkpoint = standing.CheckpointOf(Follower.Name);
        // Most rounds find nothing, or nothing that concerns the follower, and need no turn and no connection of their own to learn it.
        if (asked.Count == 0)
        {
            if (checkpoint >= standing.Last)
                return 0;
            if (await StepAsync(checkpoint, standing.Last, parked, ct).ConfigureAwait(false) is { } passed)
                return passed;
        }

        await turns.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (asked.Count > 0)
            {
                await using var connection = await OpenAsync(database, ct).ConfigureAwait(false);
                foreach (var tenant in asked)
                {
                    if (await RetryAsync(tenant, connection, ct).ConfigureAwait(false))
                        parked.Remove(tenant.Tenant);
                }
            }

            return checkpoint < standing.Last ? await CatchUpAsync(checkpoint, parked, ct).ConfigureAwait(false) : 0;
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Steps over the last events of the log together with others that they do not concern; null where they do, or where it is further behind.</summary>
    private async Task<long?> StepAsync(long checkpoint, long last, HashSet<string> parked, CancellationToken ct)
    {
        if (last - checkpoint > Follower.BatchSize
            || await pages.SharedAfterAsync(checkpoint, Follower.BatchSize, ct).ConfigureAwait(false) is not { Count: > 0 } page
            || !MayStepOver(checkpoint, Unparked(page, parked)))
            return null;
        try
        {
            await steps.MoveAsync(Follower.Name, checkpoint, page[^1].Position, ct).ConfigureAwait(false);
            LastFault = null;
        }
        catch (CheckpointMovedException)
        {
            // By a rebuild, or by a host that believed itself alone: it is read again.
        }

        return page.Count;
    }

    /// <summary>Handles what the log holds after the checkpoint, reading ahead while a batch is handled; gives how many events it passed.</summary>
    private async Task<long> CatchUpAsync(long checkpoint, HashSet<string> parked, CancellationToken ct)
    {
        await using var connection = await OpenAsync(database, ct).ConfigureAwait(false);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = Channel.CreateBounded<IReadOnlyList<StoredEvent>>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAheadAsync(checkpoint, ahead.Writer, abandon.Token);
        var passed = 0L;
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(ct).ConfigureAwait(false))
            {
                checkpoint = await HandleAsync(checkpoint, batch, parked, connection, ct).ConfigureAwait(false);
                passed += batch.Count;
                LastFault = null;
                hints.Moved();
            }
        }
        catch (CheckpointMovedException)
        {
            // A rebuild, or a host that believed itself alone: what was written is rolled back, and the checkpoint is read again.
            passed++;
        }
        finally
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return passed;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The fault goes to the reader of the channel.")]
    private async Task ReadAheadAsync(long after, ChannelWriter<IReadOnlyList<StoredEvent>> ahead, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var page = await pages.AfterAsync(after, Follower.BatchSize, ct).ConfigureAwait(false);
                if (page.Count > 0)
                    await ahead.WriteAsync(page, ct).ConfigureAwait(false);
                if (page.Count < Follower.BatchSize)
                    break;
                after = page[^1].Position;
            }

            ahead.Complete();
        }
        catch (Exception fault)
        {
            ahead.Complete(fault);
        }
    }

    /// <summary>Handles a batch, in one transaction when all goes well, event by event when not; gives the new checkpoint.</summary>
    private async Task<long> HandleAsync(long checkpoint, IReadOnlyList<StoredEvent> batch, HashSet<string> parked, NpgsqlConnection connection, CancellationToken ct)
    {
        var last = batch[^1].Position;
        try
        {
            var concern = Unparked(batch, parked);
            if (MayStepOver(checkpoint, concern))
                await checkpoints.MoveAsync(Follower.Name, checkpoint, last, durably: false, connection, ct).ConfigureAwait(false);
            else
                await CommitAsync(checkpoint, last, concern, connection, ct).ConfigureAwait(false);
            return last;
        }
        catch (Exception fault) when (IsOfTheEvents(fault, connection))
        {
            Note(fault);
        }

        foreach (var e in batch)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await CommitAsync(checkpoint, e.Position, Unparked([e], parked), connection, ct).ConfigureAwait(false);
                    break;
                }
                catch (Exception fault) when (IsOfTheEvents(fault, connection))
                {
                    Note(fault);
                    if (attempt >= options.Attempts)
                    {
                        await ParkAsync(checkpoint, e, fault, connection, ct).ConfigureAwait(false);
                        parked.Add(e.Tenant);
                        break;
                    }
                }

                await Task.Delay(options.RetryAfter, time, ct).ConfigureAwait(false);
            }

            checkpoint = e.Position;
        }

        return checkpoint;
    }

    private async Task CommitAsync(long from, long to, IReadOnlyList<StoredEvent> events, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (await checkpoints.HoldAsync(Follower.Name, connection, ct).ConfigureAwait(false) != from)
            throw new CheckpointMovedException(Follower.Name, from);
        if (events.Count > 0)
            await Follower.HandleAsync(InPresentShape(events), connection, transaction, ct).ConfigureAwait(false);
        await checkpoints.MoveAsync(Follower.Name, from, to, Follower.CommitsDurably, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Passes by an event that could not be handled, and by its association from now on.</summary>
    private async Task ParkAsync(long from, StoredEvent e, Exception fault, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        if (await checkpoints.HoldAsync(Follower.Name, connection, ct).ConfigureAwait(false) != from)
            throw new CheckpointMovedException(Follower.Name, from);
        await checkpoints.ParkAsync(Follower.Name, e, $"{fault.GetType().Name}: {fault.Message}", connection, ct).ConfigureAwait(false);
        await checkpoints.MoveAsync(Follower.Name, from, e.Position, durably: true, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Handles all that a parked association missed, up to the checkpoint, in one transaction; parks it again when that fails.</summary>
    private async Task<bool> RetryAsync(ParkedTenant parked, NpgsqlConnection connection, CancellationToken ct)
    {
        StoredEvent? first = null;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
            var checkpoint = await checkpoints.HoldAsync(Follower.Name, connection, ct).ConfigureAwait(false);
            var index = await log.TenantIndexAtAsync(parked.Tenant, parked.Position - 1, ct).ConfigureAwait(false);
            while (true)
            {
                var page = await log.ReadTenantPageAsync(parked.Tenant, index, checkpoint, Follower.BatchSize, asStored: true, ct).ConfigureAwait(false);
                if (page.Count == 0)
                    break;
                first ??= page[0];
                await Follower.HandleAsync(InPresentShape(page), connection, transaction, ct).ConfigureAwait(false);
                index = page[^1].TenantIndex;
            }

            await checkpoints.UnparkAsync(Follower.Name, parked.Tenant, connection, ct).ConfigureAwait(false);
            await transaction.CommitAsync(ct).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (first is not null && IsOfTheEvents(fault, connection))
        {
            Note(fault);
            await checkpoints.ParkAsync(Follower.Name, first, $"{fault.GetType().Name}: {fault.Message}", connection, ct).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>False for what another try from the checkpoint may mend: a lost connection, a server that stops, a lock, a disk that is full, a host that stops.</summary>
    private static bool IsOfTheEvents(Exception fault, NpgsqlConnection connection) =>
        fault is not (CheckpointMovedException or OperationCanceledException or NpgsqlException { IsTransient: true } or IOException or UnauthorizedAccessException)
        && connection.FullState == System.Data.ConnectionState.Open;

    /// <summary>Here and not when they are read: an event that cannot be brought to its present shape parks its own association alone.</summary>
    private IReadOnlyList<StoredEvent> InPresentShape(IReadOnlyList<StoredEvent> events) =>
        Follower.ReadsAsStored ? events : log.InPresentShape(events);

    /// <summary>Whether nothing is to be written of events but the checkpoint. The row of a follower that has none yet is made where its checkpoint is held.</summary>
    private bool MayStepOver(long checkpoint, IReadOnlyList<StoredEvent> events) => checkpoint > 0 && !events.Any(e => Follower.Concerns(e.Stream));

    private static IReadOnlyList<StoredEvent> Unparked(IReadOnlyList<StoredEvent> events, HashSet<string> parked) =>
        parked.Count == 0 ? events : [.. events.Where(e => !parked.Contains(e.Tenant))];

    private void Note(Exception fault)
    {
        LastFault = $"{fault.GetType().Name}: {fault.Message}";
        options.OnFault?.Invoke(Follower.Name, fault);
    }
}
