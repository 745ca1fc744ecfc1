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

    // When something was last set aside.
    private long? _setAside;

    /// <summary>What a round came upon.</summary>
    private enum Found
    {
        Nothing,
        Events,

        /// <summary>A checkpoint that another holds, or has moved.</summary>
        Held,
    }

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

    private async Task FollowAsync(CancellationToken ct)
    {
        while (true)
        {
            // Asked before the look at the log: an append between the two is not missed.
            var (appended, look, moved) = (hints.NextAppend, hints.NextLook, hints.NextMove);
            var begun = time.GetTimestamp();
            var found = await RoundAsync(ct).ConfigureAwait(false);
            if (found == Found.Nothing)
                await Task.WhenAny(appended, look).WaitAsync(ct).ConfigureAwait(false);
            else if (found == Found.Held)
                await Task.WhenAny(appended, look, moved).WaitAsync(ct).ConfigureAwait(false);
            if (found != Found.Nothing && (Follower.GatherFor ?? options.GatherFor) - time.GetElapsedTime(begun) is { Ticks: > 0 } left)
                await hints.DelayAsync(left, ct).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Tries again what was parked and is asked for, then handles what the log holds after the checkpoint.</summary>
    private async Task<Found> RoundAsync(CancellationToken ct)
    {
        var standing = await standings.AskAsync(ct).ConfigureAwait(false);
        // What was set aside a moment ago is left alone: appends wake a follower far more often than it can have changed.
        var asked = _setAside is { } since && time.GetElapsedTime(since) < options.TakeOverEvery ? [] : standing.Parked[Follower.Name].Where(tenant => tenant.RetryAsked).ToList();
        var checkpoint = standing.CheckpointOf(Follower.Name);
        // Most rounds find nothing, or nothing that concerns the follower, and need no turn and no connection of their own to learn it.
        if (asked.Count == 0)
        {
            if (checkpoint >= standing.Last)
                return Found.Nothing;
            if (await StepAsync(checkpoint, standing.Last, ct).ConfigureAwait(false) is { } found)
                return found;
        }

        await turns.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (asked.Count > 0)
            {
                await using var connection = await database.OpenWatchedConnectionAsync(ct).ConfigureAwait(false);
                foreach (var tenant in asked)
                    await RetryAsync(tenant.Tenant, connection, ct).ConfigureAwait(false);
            }

            return checkpoint < standing.Last && await CatchUpAsync(checkpoint, ct).ConfigureAwait(false) ? Found.Events : Found.Nothing;
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>
    /// Steps over the last events of the log together with others that they do not concern; null where they do, or where it is further behind. Those of a parked
    /// association that concern it are passed by where the checkpoint is held: here it might not be parked any more.
    /// </summary>
    private async Task<Found?> StepAsync(long checkpoint, long last, CancellationToken ct)
    {
        if (last - checkpoint > Follower.BatchSize
            || await pages.SharedAfterAsync(checkpoint, Follower.BatchSize, ct).ConfigureAwait(false) is not { Count: > 0 } page
            || !MayStepOver(checkpoint, page))
            return null;
        // Held by a rebuild, or moved by a host that believed itself alone: it is read again once somebody has moved.
        if (!await steps.MoveAsync(Follower.Name, checkpoint, page[^1].Position, ct).ConfigureAwait(false))
            return Found.Held;
        LastFault = null;
        return Found.Events;
    }

    /// <summary>Handles what the log holds after the checkpoint, reading ahead while a batch is handled; false when there was nothing.</summary>
    private async Task<bool> CatchUpAsync(long checkpoint, CancellationToken ct)
    {
        await using var connection = await database.OpenWatchedConnectionAsync(ct).ConfigureAwait(false);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = Channel.CreateBounded<IReadOnlyList<StoredEvent>>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAheadAsync(checkpoint, ahead.Writer, abandon.Token);
        var found = false;
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(ct).ConfigureAwait(false))
            {
                found = true;
                checkpoint = await HandleAsync(checkpoint, batch, connection, ct).ConfigureAwait(false);
                LastFault = null;
                hints.Moved();
            }
        }
        catch (CheckpointMovedException)
        {
            // A rebuild, or a host that believed itself alone: what was written is rolled back, and the checkpoint is read again.
        }
        finally
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return found;
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
    private async Task<long> HandleAsync(long checkpoint, IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, CancellationToken ct)
    {
        var last = batch[^1].Position;
        try
        {
            if (MayStepOver(checkpoint, batch))
                await checkpoints.MoveAsync(Follower.Name, checkpoint, last, durably: false, connection, ct).ConfigureAwait(false);
            else
                await CommitAsync(checkpoint, last, batch, connection, ct).ConfigureAwait(false);
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
                    await CommitAsync(checkpoint, e.Position, [e], connection, ct).ConfigureAwait(false);
                    break;
                }
                catch (Exception fault) when (IsOfTheEvents(fault, connection))
                {
                    Note(fault);
                    if (attempt >= options.Attempts || fault is SetAsideException)
                    {
                        await ParkAsync(checkpoint, e, fault, connection, ct).ConfigureAwait(false);
                        break;
                    }
                }

                await Task.Delay(options.RetryAfter, time, ct).ConfigureAwait(false);
            }

            checkpoint = e.Position;
        }

        return checkpoint;
    }

    /// <summary>Handles those of the events whose associations are not parked, which holds as long as the checkpoint is held.</summary>
    private async Task CommitAsync(long from, long to, IReadOnlyList<StoredEvent> events, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        var parked = await HoldAtAsync(from, connection, ct).ConfigureAwait(false);
        var followed = parked.Count == 0 ? events : [.. events.Where(e => !parked.Contains(e.Tenant))];
        if (!MayStepOver(from, followed) && followed.Count > 0)
            await Follower.HandleAsync(InPresentShape(followed), connection, transaction, ct).ConfigureAwait(false);
        await checkpoints.MoveAsync(Follower.Name, from, to, durably: Follower.CommitsDurably && followed.Count > 0, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Passes by an event that could not be handled, and by its association from now on.</summary>
    private async Task ParkAsync(long from, StoredEvent e, Exception fault, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        var parked = await HoldAtAsync(from, connection, ct).ConfigureAwait(false);
        // One that a rebuild has parked meanwhile stays parked from where that one stopped.
        if (!parked.Contains(e.Tenant))
            await checkpoints.ParkAsync(Follower.Name, new(e.Tenant, e.Position, Saying(fault)), fault is SetAsideException, connection, ct).ConfigureAwait(false);
        await checkpoints.MoveAsync(Follower.Name, from, e.Position, durably: true, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Holds the checkpoint where it was read; gives what is parked.</summary>
    private async ValueTask<IReadOnlySet<string>> HoldAtAsync(long from, NpgsqlConnection connection, CancellationToken ct)
    {
        var (checkpoint, parked) = await checkpoints.HoldAsync(Follower.Name, connection, ct).ConfigureAwait(false);
        return checkpoint == from ? parked : throw new CheckpointMovedException(Follower.Name, from);
    }

    /// <summary>Handles what a parked association missed, up to the checkpoint, page by page; it stays parked from the first page that fails.</summary>
    private async Task RetryAsync(string tenant, NpgsqlConnection connection, CancellationToken ct)
    {
        while (true)
        {
            Stopped? at = null;
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
                var (checkpoint, _) = await checkpoints.HoldAsync(Follower.Name, connection, ct).ConfigureAwait(false);
                // A rebuild may have followed it meanwhile, or have parked it elsewhere, which nobody has asked to be tried again.
                if (await checkpoints.AskedAgainFromAsync(Follower.Name, tenant, connection, ct).ConfigureAwait(false) is not { } position)
                    return;
                var index = await log.TenantIndexAtAsync(tenant, position - 1, ct).ConfigureAwait(false);
                var page = await log.ReadTenantPageAsync(tenant, index, checkpoint, Follower.BatchSize, asStored: true, ct).ConfigureAwait(false);
                if (page.Count == 0)
                {
                    await checkpoints.UnparkAsync(Follower.Name, tenant, connection, ct).ConfigureAwait(false);
                    await transaction.CommitAsync(ct).ConfigureAwait(false);
                    return;
                }

                at = new(tenant, position, "");
                await Follower.HandleAsync(InPresentShape(page), connection, transaction, ct).ConfigureAwait(false);
                await checkpoints.ParkFromAsync(Follower.Name, tenant, page[^1].Position + 1, connection, ct).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
            }
            catch (Exception fault) when (at is not null && IsOfTheEvents(fault, connection))
            {
                Note(fault);
                await checkpoints.StillParkedAsync(Follower.Name, at with { Error = Saying(fault) }, fault is SetAsideException, connection, ct).ConfigureAwait(false);
                return;
            }
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

    private static string Saying(Exception fault) => $"{fault.GetType().Name}: {fault.Message}";

    private void Note(Exception fault)
    {
        if (fault is SetAsideException)
        {
            _setAside = time.GetTimestamp();
            return;
        }

        LastFault = Saying(fault);
        options.OnFault?.Invoke(Follower.Name, fault);
    }
}
