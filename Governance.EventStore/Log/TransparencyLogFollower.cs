using Governance.EventStore.Following;
using Npgsql;

namespace Governance.EventStore.Log;

/// <summary>
/// Adds each event to the tree of its association, in order, and signs a checkpoint after each batch. The checkpoint lies outside of the database
/// before the transaction ends: what anybody can read was published.
/// </summary>
public sealed class TransparencyLogFollower(LogKeys keys) : Follower
{
    public const string FollowerName = "transparency_log";

    public override string Name => FollowerName;

    public override bool ReadsAsStored => true;

    public override bool IsAwaited => false;

    /// <summary>A publication waits for the disk twice: a busy log is published twice a second, and a quiet one at once.</summary>
    public override TimeSpan? GatherFor => TimeSpan.FromMilliseconds(500);

    /// <exception cref="LogNotTheSameException">The events lead to another root than was published.</exception>
    public override async ValueTask HandleAsync(
        IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        foreach (var own in batch.GroupBy(e => e.Tenant, StringComparer.Ordinal))
            await AppendAsync(own.Key, [.. own], connection, ct).ConfigureAwait(false);
    }

    public override async ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from governance.tree_tile; delete from governance.tree_head", connection, transaction);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private async ValueTask AppendAsync(string association, IReadOnlyList<StoredEvent> events, NpgsqlConnection connection, CancellationToken ct)
    {
        var head = await TreeStore.HoldAsync(association, connection, ct).ConfigureAwait(false);
        // Asked once a batch: a log may have been begun anew meanwhile.
        var number = keys.NumberOf(association);
        if (head.Checkpoint is not null && number == 0)
            throw new LogNotTheSameException(association, LogDifference.KeysMissing, head.Size, head.Size);
        number = Math.Max(1, number);
        var published = keys.LastPublished(association, number) is { } note ? Checkpoint.Parse(note.Text) : null;
        Demand(association, published, head.Size, head.Root);

        var tiles = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        var stored = await TreeStore.TilesAsync(association, [.. TreeFrontier.PartialAt(head.Size)], connection, ct).ConfigureAwait(false);
        var frontier = TreeFrontier.At(head.Size, tile => stored.GetValueOrDefault(tile), (tile, hashes) => tiles[tile] = hashes);
        foreach (var e in events)
        {
            if (e.TenantIndex != frontier.Size + 1)
                throw new InvalidDataException($"Event {e.TenantIndex} of {association} does not follow on {frontier.Size}.");
            frontier.Append(EventEnvelope.LeafHash(e));
            if (frontier.Size == published?.Size)
                Demand(association, published, frontier.Size, frontier.Root());
        }

        foreach (var (tile, hashes) in frontier.Partial())
            tiles[tile] = hashes;
        var root = frontier.Root();
        // A log that was published further than it is followed here says nothing until it is there again.
        var signed = published?.Size > frontier.Size ? null : Signed(association, number, frontier.Size, root);
        if (signed is not null)
            keys.Publish(association, number, signed);
        await TreeStore.WriteAsync(association, tiles, new TreeHead(frontier.Size, root, signed), connection, ct).ConfigureAwait(false);
    }

    private SignedNote Signed(string association, int number, long size, byte[] root)
    {
        var signer = LogKeys.InForce(keys.Keys(association, number), size).Signer ?? throw new LogNotTheSameException(association, LogDifference.KeysMissing, size, size);
        return SignedNote.Sign(new Checkpoint(signer.Key.Name, size, root).Text, signer);
    }

    private static void Demand(string association, Checkpoint? published, long size, ReadOnlyMemory<byte> root)
    {
        if (published?.Size == size && !published.Root.Span.SequenceEqual(root.Span))
            throw new LogNotTheSameException(association, LogDifference.Other, published.Size, size);
    }
}
