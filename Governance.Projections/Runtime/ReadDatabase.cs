using Governance.Domain.Kernel;
using Governance.EventStore;
using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>Where read models are queried.</summary>
/// <param name="models">The models that answers are made of: nothing is known past the position that all of them have reached.</param>
public sealed class ReadDatabase(NpgsqlDataSource database, EventLog log, EventLogOptions options, IReadOnlyList<ReadModel> models)
{
    private readonly string[] _names = [.. models.Select(model => model.Name)];
    private readonly string _progression = $"\"{options.EventsSchema}\".mt_event_progression";

    /// <summary>
    /// An association at an instant of effective time, as known now, or as known at the end of an earlier instant. All tables of one view show
    /// the same position of the log, however far each has come.
    /// </summary>
    /// <param name="instant">Usually now, or the end of a day asked for.</param>
    public async ValueTask<ReadView> ViewAsync(
        AssociationId association, DateTimeOffset instant, DateTimeOffset? recordedAsOf = null, CancellationToken ct = default)
    {
        var reached = await ReachedAsync(ct).ConfigureAwait(false);
        var position = recordedAsOf is { } recorded ? Math.Min(reached, await log.PositionAtAsync(recorded, ct).ConfigureAwait(false)) : reached;
        return new(this, association, new AsOf(instant, position));
    }

    /// <summary>The position that every read model has reached; 0 before all are built.</summary>
    public async ValueTask<long> ReachedAsync(CancellationToken ct = default)
    {
        await using var command = database.CreateCommand($"select count(*), min(last_seq_id) from {_progression} where name = any($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = _names });
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await reader.ReadAsync(ct).ConfigureAwait(false);
        return reader.GetInt64(0) == _names.Length && !reader.IsDBNull(1) ? reader.GetInt64(1) : 0;
    }

    /// <summary>Rows of a query whose tables are restricted by <see cref="AsOf.Of"/>.</summary>
    /// <param name="parameters">Named, such as <c>("body", id.Value)</c> for <c>@body</c>; null is passed as null.</param>
    public ValueTask<IReadOnlyList<T>> ListAsync<T>(
        ReadView view, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        ListAsync(
            sql,
            read,
            ct,
            [("tenant", view.Association.Value), ("instant", view.AsOf.Instant.UtcDateTime), ("position", view.AsOf.Position), .. parameters]);

    /// <summary>Rows of a query over all associations: where they are, not what is in them.</summary>
    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new NpgsqlParameter(name, value ?? DBNull.Value));
        await using var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>The only row of such a query, or null.</summary>
    public async ValueTask<T?> FindAsync<T>(
        ReadView view, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters)
        where T : class =>
        await ListAsync(view, sql, read, ct, parameters).ConfigureAwait(false) is { Count: > 0 } rows ? rows[0] : null;
}
