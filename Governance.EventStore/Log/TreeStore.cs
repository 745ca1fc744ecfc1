using Npgsql;
using NpgsqlTypes;

namespace Governance.EventStore.Log;

/// <summary>The tree of an association as the database has it.</summary>
/// <param name="Size">Leaves, which are events.</param>
/// <param name="Root">32 bytes.</param>
/// <param name="Checkpoint">The signed checkpoint of this size; null while a log that was published further is being followed again.</param>
public sealed record TreeHead(long Size, ReadOnlyMemory<byte> Root, SignedNote? Checkpoint);

/// <summary>The rows of <c>tree_head</c> and <c>tree_tile</c>.</summary>
internal static class TreeStore
{
    /// <summary>The head of an association's tree, held until the transaction ends; made, empty, when there is none.</summary>
    public static async ValueTask<TreeHead> HoldAsync(string tenant, NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var make = new NpgsqlCommand("insert into governance.tree_head (tenant_id, size, root) values ($1, 0, $2) on conflict (tenant_id) do nothing", connection))
        {
            make.Parameters.Add(Text(tenant));
            make.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = MerkleTree.EmptyRoot.ToArray() });
            await make.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        return (await HeadAsync(tenant, connection, " for update", ct).ConfigureAwait(false))!;
    }

    /// <summary>The head of an association's tree; null when it has none yet.</summary>
    public static ValueTask<TreeHead?> HeadAsync(string tenant, NpgsqlConnection connection, CancellationToken ct) => HeadAsync(tenant, connection, "", ct);

    public static async ValueTask<IReadOnlyList<string>> TenantsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select tenant_id from governance.tree_head order by tenant_id", connection);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var tenants = new List<string>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            tenants.Add(reader.GetString(0));
        return tenants;
    }

    /// <summary>Those of some tiles that there are; a tile may hold more than it did at the size that is asked about.</summary>
    public static async ValueTask<Dictionary<Tile, ReadOnlyMemory<byte>>> TilesAsync(
        string tenant, IReadOnlyCollection<Tile> tiles, NpgsqlConnection connection, CancellationToken ct)
    {
        var found = new Dictionary<Tile, ReadOnlyMemory<byte>>(tiles.Count);
        if (tiles.Count == 0)
            return found;
        await using var command = new NpgsqlCommand(
            "select t.level, t.tile, t.hashes from unnest($2, $3) as asked (level, tile) join governance.tree_tile t on t.tenant_id = $1 and t.level = asked.level and t.tile = asked.tile",
            connection);
        command.Parameters.Add(Text(tenant));
        AddPlaces(command, tiles);
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            found.Add(new Tile(reader.GetInt16(0), reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2));
        return found;
    }

    /// <summary>Writes tiles over those that there are, and the head.</summary>
    public static async ValueTask WriteAsync(
        string tenant, IReadOnlyCollection<KeyValuePair<Tile, ReadOnlyMemory<byte>>> tiles, TreeHead head, NpgsqlConnection connection, CancellationToken ct)
    {
        if (tiles.Count > 0)
        {
            await using var write = new NpgsqlCommand(
                """
                insert into governance.tree_tile (tenant_id, level, tile, hashes) select $1, * from unnest($2, $3, $4)
                on conflict (tenant_id, level, tile) do update set hashes = excluded.hashes
                """,
                connection);
            write.Parameters.Add(Text(tenant));
            AddPlaces(write, [.. tiles.Select(tile => tile.Key)]);
            write.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. tiles.Select(tile => tile.Value.ToArray())] });
            await write.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }

        await using var move = new NpgsqlCommand("update governance.tree_head set size = $2, root = $3, checkpoint = $4 where tenant_id = $1", connection);
        move.Parameters.Add(Text(tenant));
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = head.Size });
        move.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = head.Root.ToArray() });
        move.Parameters.Add(new NpgsqlParameter { Value = (object?)head.Checkpoint?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await move.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    private static async ValueTask<TreeHead?> HeadAsync(string tenant, NpgsqlConnection connection, string held, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select size, root, checkpoint from governance.tree_head where tenant_id = $1{held}", connection);
        command.Parameters.Add(Text(tenant));
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        if (!await reader.ReadAsync(ct).ConfigureAwait(false))
            return null;
        var checkpoint = reader.IsDBNull(2) ? null
            : SignedNote.Parse(reader.GetString(2)) ?? throw new InvalidDataException($"The checkpoint that the database holds for {tenant} is no signed note.");
        return new TreeHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), checkpoint);
    }

    private static void AddPlaces(NpgsqlCommand command, IReadOnlyCollection<Tile> tiles)
    {
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. tiles.Select(tile => (short)tile.Level)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. tiles.Select(tile => tile.Index)] });
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
