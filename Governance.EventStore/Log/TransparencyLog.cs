using Npgsql;

namespace Governance.EventStore.Log;

/// <summary>A tree as the database has it, beside one made from the events.</summary>
/// <param name="Size">Leaves of both.</param>
/// <param name="WrongTiles">Tiles that are not what the events give, or are missing.</param>
public sealed record TreeComparison(string Association, long Size, ReadOnlyMemory<byte> Root, ReadOnlyMemory<byte> Recomputed, IReadOnlyList<Tile> WrongTiles)
{
    public bool Equal => WrongTiles.Count == 0 && Root.Span.SequenceEqual(Recomputed.Span);
}

/// <summary>The transparency log of each association: its tree, its signed checkpoints, and proofs from them (RFC 9162, C2SP tlog-tiles).</summary>
public sealed class TransparencyLog(NpgsqlDataSource database, EventLog log, LogKeys keys)
{
    // Clocks of two machines are this far apart at most; a cosignature of later is not taken.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    public LogKeys Keys => keys;

    /// <summary>Who is registered as a witness, and what they cosigned.</summary>
    public LogWitnesses Witnesses { get; } = new(Path.Combine(keys.Place, "witnesses"));

    /// <summary>The head of an association's tree; null when none of its events was taken in yet.</summary>
    public async ValueTask<TreeHead?> HeadAsync(string association, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        return await TreeStore.HeadAsync(association, connection, ct).ConfigureAwait(false);
    }

    /// <summary>The first <paramref name="width"/> hashes of a tile, 32 bytes each; null when the tree has not so many.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TileAsync(string association, Tile tile, int width, CancellationToken ct = default)
    {
        if (tile.Level >= Tile.Levels)
            return null;
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var tiles = await TreeStore.TilesAsync(association, [tile], connection, ct).ConfigureAwait(false);
        return tiles.TryGetValue(tile, out var hashes) && hashes.Length >= width * MerkleTree.HashBytes ? hashes[..(width * MerkleTree.HashBytes)] : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>The hash of a leaf.</summary>
    /// <param name="index">From 0, below a size that the tree has.</param>
    public async ValueTask<byte[]> LeafHashAsync(string association, long index, CancellationToken ct = default)
    {
        LeafRange leaf = new(index, index + 1);
        return (await HashesAsync(association, [leaf], ct).ConfigureAwait(false)).Of(leaf);
    }

    /// <summary>The hashes of some leaves, 32 bytes each, one behind the other.</summary>
    /// <param name="from">From 0.</param>
    /// <param name="to">Behind the last; not beyond the size that the tree has.</param>
    public async ValueTask<ReadOnlyMemory<byte>> LeafHashesAsync(string association, long from, long to, CancellationToken ct = default)
    {
        var hashes = new byte[checked((int)((to - from) * MerkleTree.HashBytes))];
        // A tile at a time: what is read at once is bounded, however many leaves there are.
        for (long at = from, next; at < to; at = next)
        {
            next = Math.Min(to, ((at / Tile.FullWidth) + 1) * Tile.FullWidth);
            var tile = new Tile(0, at / Tile.FullWidth);
            var first = (int)(at % Tile.FullWidth);
            var stored = await TileAsync(association, tile, first + (int)(next - at), ct).ConfigureAwait(false) ?? throw new InvalidDataException($"Tile {tile.Index} of level 0 is missing or too short.");
            stored.Span[(first * MerkleTree.HashBytes)..].CopyTo(hashes.AsSpan((int)((at - from) * MerkleTree.HashBytes)));
        }

        return hashes;
    }

    /// <summary>The root that the tree had at a size, 32 bytes.</summary>
    /// <param name="size">Not beyond the size that the tree has.</param>
    public async ValueTask<byte[]> RootAsync(string association, long size, CancellationToken ct = default)
    {
        LeafRange all = new(0, size);
        return (await HashesAsync(association, [all], ct).ConfigureAwait(false)).Of(all);
    }

    /// <summary>The inclusion proof of a leaf.</summary>
    /// <param name="size">Not beyond the size that the tree has.</param>
    public async ValueTask<IReadOnlyList<byte[]>> InclusionAsync(string association, long index, long size, CancellationToken ct = default) =>
        InclusionProof.Make(index, size, await HashesAsync(association, InclusionProof.Ranges(index, size), ct).ConfigureAwait(false));

    /// <summary>The proof that the tree of one size begins with that of another.</summary>
    /// <param name="newSize">Not beyond the size that the tree has.</param>
    public async ValueTask<IReadOnlyList<byte[]>> ConsistencyAsync(string association, long oldSize, long newSize, CancellationToken ct = default) =>
        ConsistencyProof.Make(oldSize, newSize, await HashesAsync(association, ConsistencyProof.Ranges(oldSize, newSize), ct).ConfigureAwait(false));

    /// <summary>The signed checkpoint of a size, with the cosignatures that were handed in of it: signed by the key that was in force; null when that key is no longer here.</summary>
    /// <param name="size">Not beyond the size that the tree has.</param>
    public async ValueTask<SignedNote?> CheckpointAsync(string association, long size, CancellationToken ct = default)
    {
        if (await HeadAsync(association, ct).ConfigureAwait(false) is { Checkpoint: { } last } head && head.Size == size)
            return Cosigned(association, last);
        return LogKeys.InForce(keys.Keys(association), size).Signer is { } signer
            ? Cosigned(association, SignedNote.Sign(new Checkpoint(signer.Key.Name, size, await RootAsync(association, size, ct).ConfigureAwait(false)).Text, signer))
            : null;
    }

    /// <summary>A checkpoint of the present log with the cosignatures that were handed in of it.</summary>
    public SignedNote Cosigned(string association, SignedNote checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var cosignatures = CosignedLast(association).Where(cosigned => cosigned.Note.Text == checkpoint.Text).Select(cosigned => cosigned.Note.Signatures[^1]);
        return checkpoint with { Signatures = [.. checkpoint.Signatures, .. cosignatures] };
    }

    /// <summary>What each registered witness cosigned last of the present log, the largest first.</summary>
    public IReadOnlyList<LastCosigned> CosignedLast(string association) => Witnesses.Of(association, Math.Max(1, keys.NumberOf(association)));

    /// <summary>The checkpoints that the registered witnesses cosigned last, the largest first, each with all that cosigned it.</summary>
    public IReadOnlyList<SignedNote> CosignedNotes(string association) =>
    [
        .. CosignedLast(association).GroupBy(cosigned => cosigned.Note.Text, StringComparer.Ordinal)
            .Select(same => same.First().Note with { Signatures = [same.First().Note.Signatures[0], .. same.Select(cosigned => cosigned.Note.Signatures[^1])] }),
    ];

    /// <summary>
    /// Takes a checkpoint that a witness cosigned and keeps it, durably, when it is one of this log, a registered witness cosigned it, and it goes on from what that
    /// one handed in before.
    /// </summary>
    /// <param name="now">Nothing is taken that was cosigned later.</param>
    public async ValueTask<HandedIn> TakeAsync(string association, SignedNote note, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (Checkpoint.Parse(note.Text) is not { } checkpoint || checkpoint.Text != note.Text)
            return HandedIn.Malformed;
        var number = keys.NumberOf(association);
        if (number == 0 || checkpoint.Origin != LogKeys.Origin(association, number))
            return HandedIn.OtherLog;
        // Who is nobody here costs a comparison of names, and no signature is checked for them.
        var known = Witnesses.Registered(association).Select(witness => (Witness: witness, At: witness.Cosigned(note))).Where(each => each.At is not null).ToList();
        if (known.Count == 0)
            return HandedIn.UnknownWitness;
        var inForce = LogKeys.InForce(keys.Keys(association), checkpoint.Size).Key;
        if (!note.IsSignedBy(inForce) || await HeadAsync(association, ct).ConfigureAwait(false) is not { } head || checkpoint.Size > head.Size
            || !(await RootAsync(association, checkpoint.Size, ct).ConfigureAwait(false)).AsSpan().SequenceEqual(checkpoint.Root.Span))
            return HandedIn.NotOfTheLog;
        // A note may bring what others cosigned: each is taken for itself.
        return known.Select(each => Take(association, number, each.Witness, each.At!.Value)).Min();

        HandedIn Take(string of, int origin, WitnessKey witness, long at)
        {
            if (at > (now + Ahead).ToUnixTimeSeconds())
                return HandedIn.NotYet;
            if (Witnesses.Last(of, origin, witness) is { } before)
            {
                if ((before.Checkpoint.Size, before.UnixSeconds) == (checkpoint.Size, at))
                    return HandedIn.Kept;
                if (before.Checkpoint.Size > checkpoint.Size || before.UnixSeconds > at)
                    return HandedIn.Older;
            }

            var own = new[] { Of(note, inForce.Name, inForce.Id), Of(note, witness.Name, witness.Id) };
            Witnesses.Keep(of, origin, new LastCosigned(witness, note with { Signatures = own }, checkpoint, at));
            return HandedIn.Kept;
        }
    }

    private static NoteSignature Of(SignedNote note, string name, uint id) => note.Signatures.Last(signature => signature.Name == name && signature.KeyId == id);

    /// <summary>A leaf with its proof and the checkpoint of a size, to be kept; null when the key that signed at that size is no longer here.</summary>
    public async ValueTask<TlogProof?> ProofAsync(string association, long index, long size, CancellationToken ct = default) =>
        await CheckpointAsync(association, size, ct).ConfigureAwait(false) is { } checkpoint
            ? new TlogProof(index, await InclusionAsync(association, index, size, ct).ConfigureAwait(false), checkpoint)
            : null;

    /// <summary>Finds out, before anything is published again, whether the database still holds each log that was published.</summary>
    /// <exception cref="LogNotTheSameException">It does not.</exception>
    public async Task DemandSameAsync(CancellationToken ct = default)
    {
        // A system without the library is told so now, and not when the first event comes.
        Ed25519.PublicKeyOf(new byte[Ed25519.KeyBytes]);
        foreach (var association in keys.Associations())
            await DemandSameAsync(association, ct).ConfigureAwait(false);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        foreach (var association in await TreeStore.TenantsAsync(connection, ct).ConfigureAwait(false))
        {
            var head = await TreeStore.HeadAsync(association, connection, ct).ConfigureAwait(false);
            if (head?.Checkpoint is not { } checkpoint)
                continue;
            var (number, known) = (keys.NumberOf(association), keys.Known(association));
            var isOfThis = Checkpoint.Parse(checkpoint.Text)?.Origin == LogKeys.Origin(association, Math.Max(1, number));
            if (known.Count == 0 || (isOfThis && !known.Any(key => checkpoint.IsSignedBy(key.Key))))
                throw new LogNotTheSameException(association, LogDifference.KeysMissing, head.Size, head.Size);
        }
    }

    /// <summary>Replaces the key that signs for an association; the new one signs from the next event on.</summary>
    /// <returns>The new key, with the note that both signed.</returns>
    public async Task<LogKey> RotateAsync(string association, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        // Held, so that no checkpoint of these sizes is being signed meanwhile.
        var head = await TreeStore.HoldAsync(association, connection, ct).ConfigureAwait(false);
        var published = keys.LastPublished(association) is { } note ? Checkpoint.Parse(note.Text)!.Size : 0;
        var before = keys.Keys(association)[^1].From;
        var made = keys.Rotate(association, Math.Max(Math.Max(head.Size, published), before) + 1);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return made;
    }

    /// <summary>Begins the log of an association anew under the next origin, with a new key; its first note names the checkpoint at which the one before ended.</summary>
    /// <returns>That note; null when the association has no log yet.</returns>
    public async Task<SignedNote?> BeginAnewAsync(string association, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        var head = await TreeStore.HoldAsync(association, connection, ct).ConfigureAwait(false);
        if ((keys.LastPublished(association) ?? head.Checkpoint) is not { } ended || Checkpoint.Parse(ended.Text) is not { } old)
            return null;
        var oldKey = keys.Known(association).FirstOrDefault(key => ended.IsSignedBy(key.Key))?.Key;
        var first = keys.Begin(association, old, oldKey);
        var signer = keys.Keys(association)[^1].Signer!;
        var checkpoint = SignedNote.Sign(new Checkpoint(signer.Key.Name, head.Size, head.Root).Text, signer);
        keys.Publish(association, keys.NumberOf(association), checkpoint);
        await TreeStore.WriteAsync(association, [], head with { Checkpoint = checkpoint }, connection, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return first;
    }

    /// <summary>Makes each tree again from the events and compares.</summary>
    public async Task<IReadOnlyList<TreeComparison>> CompareAsync(CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var comparisons = new List<TreeComparison>();
        foreach (var association in await TreeStore.TenantsAsync(connection, ct).ConfigureAwait(false))
        {
            var head = (await TreeStore.HeadAsync(association, connection, ct).ConfigureAwait(false))!;
            var full = new List<KeyValuePair<Tile, ReadOnlyMemory<byte>>>();
            var wrong = new List<Tile>();
            var frontier = new TreeFrontier((tile, hashes) => full.Add(new(tile, hashes)));
            await foreach (var e in log.ReadAllAsync(0, tenant: association, asStored: true, ct: ct).ConfigureAwait(false))
            {
                if (frontier.Size == head.Size)
                    break;
                frontier.Append(EventEnvelope.LeafHash(e));
                if (full.Count > 0)
                    wrong.AddRange(await WrongAsync(association, full, connection, ct).ConfigureAwait(false));
                full.Clear();
            }

            full.AddRange(frontier.Partial().Select(partial => new KeyValuePair<Tile, ReadOnlyMemory<byte>>(partial.Tile, partial.Hashes)));
            wrong.AddRange(await WrongAsync(association, full, connection, ct).ConfigureAwait(false));
            comparisons.Add(new(association, head.Size, head.Root, frontier.Root(), wrong));
        }

        return comparisons;
    }

    private static async ValueTask<IEnumerable<Tile>> WrongAsync(
        string association, IReadOnlyList<KeyValuePair<Tile, ReadOnlyMemory<byte>>> due, NpgsqlConnection connection, CancellationToken ct)
    {
        var stored = await TreeStore.TilesAsync(association, [.. due.Select(tile => tile.Key)], connection, ct).ConfigureAwait(false);
        // The follower may have gone on meanwhile: a tile that was not full may hold more by now.
        return due.Where(tile => !stored.TryGetValue(tile.Key, out var hashes) || !hashes.Span.StartsWith(tile.Value.Span)).Select(tile => tile.Key).ToList();
    }

    private async Task DemandSameAsync(string association, CancellationToken ct)
    {
        if (keys.LastPublished(association) is not { } note)
            return;
        var published = Checkpoint.Parse(note.Text);
        var held = await log.TenantIndexAtAsync(association, long.MaxValue, ct).ConfigureAwait(false);
        if (published is null || !note.IsSignedBy(LogKeys.InForce(keys.Keys(association), published.Size).Key) || published.Origin != LogKeys.Origin(association, keys.NumberOf(association)))
            throw new LogNotTheSameException(association, LogDifference.NotSigned, published?.Size ?? 0, held);
        if (held < published.Size)
            throw new LogNotTheSameException(association, LogDifference.Shorter, published.Size, held);
        if (!(await RootOfEventsAsync(association, published.Size, ct).ConfigureAwait(false)).AsSpan().SequenceEqual(published.Root.Span))
            throw new LogNotTheSameException(association, LogDifference.Other, published.Size, held);
    }

    /// <summary>The root at a size: from the tiles, and from the events where the tree is not there yet.</summary>
    private async Task<byte[]> RootOfEventsAsync(string association, long size, CancellationToken ct)
    {
        var followed = (await HeadAsync(association, ct).ConfigureAwait(false))?.Size ?? 0;
        if (followed >= size)
            return await RootAsync(association, size, ct).ConfigureAwait(false);
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        var stored = await TreeStore.TilesAsync(association, [.. TreeFrontier.PartialAt(followed)], connection, ct).ConfigureAwait(false);
        var frontier = TreeFrontier.At(followed, tile => stored.GetValueOrDefault(tile));
        while (frontier.Size < size)
        {
            foreach (var e in await log.ReadTenantPageAsync(association, frontier.Size, limit: (int)Math.Min(1000, size - frontier.Size), asStored: true, ct: ct).ConfigureAwait(false))
                frontier.Append(EventEnvelope.LeafHash(e));
        }

        return frontier.Root();
    }

    private async ValueTask<TileHashes> HashesAsync(string association, IReadOnlyList<LeafRange> ranges, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        return new TileHashes(await TreeStore.TilesAsync(association, TileHashes.Needed(ranges), connection, ct).ConfigureAwait(false));
    }
}
