using Npgsql;

namespace Governance.EventStore.Following;

/// <summary>
/// Something that follows the log in order: a read model, deadlines, notifications. What it writes commits together with its checkpoint,
/// so each event is handled once, whatever crashes.
/// </summary>
public abstract class Follower
{
    /// <summary>Unique and stable: its checkpoint is kept under it. A follower that changes takes a new name and is built beside the old one.</summary>
    public abstract string Name { get; }

    /// <summary>Events handed over at once at most.</summary>
    public virtual int BatchSize => 1000;

    /// <summary>True to be given events as stored, before upcasting.</summary>
    public virtual bool ReadsAsStored => false;

    /// <summary>False for a stream of which no event concerns it: where a batch has no other, the checkpoint alone is moved.</summary>
    public virtual bool Concerns(string stream) => true;

    /// <summary>False where nobody who waits for what they did to be shown waits for it.</summary>
    public virtual bool IsAwaited => true;

    /// <summary>
    /// False where all that it writes is in the same transaction as its checkpoint and means nothing outside of it: what a crash of the database takes back
    /// is then written again from the log, and a commit need not wait for the disk.
    /// </summary>
    public virtual bool CommitsDurably => true;

    /// <summary>Least time between two of its rounds that found events, where each costs more than its transaction; null for that of every follower.</summary>
    public virtual TimeSpan? GatherFor => null;

    /// <summary>
    /// Handles events in order of position, writing through the connection and inside the transaction given. It may be called again with
    /// the same events when the transaction did not commit. An exception that is not transient parks the event's association for this follower;
    /// <see cref="SetAsideException"/> until it can be followed, which is tried again without anybody's asking.
    /// </summary>
    public abstract ValueTask HandleAsync(
        IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct);

    /// <summary>Empties all that it wrote, inside the transaction given, before a rebuild from the first event.</summary>
    public abstract ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct);
}
