using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Following;
using Npgsql;

namespace Governance.Projections.Runtime;

/// <summary>
/// Keeps one read model up with the log. The streams that a batch touches are read again, once each, and only what changed is written.
/// One follower a model: a fault stops one model for one association, and a model with a new number is built alone.
/// </summary>
public sealed class ReadModelFollower(ReadModel model, EventLog log, EventCatalogue catalogue) : Follower
{
    private readonly RowReplay _replay = model.Replay(catalogue);

    public ReadModel Model => model;

    public override bool CommitsDurably => false;

    public override string Name => model.Name;

    public override bool Concerns(string stream) => model.FollowsStream(stream);

    public override ValueTask HandleAsync(
        IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) =>
        ApplyAsync(batch, model.Table, connection, ct);

    public override async ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"truncate {model.Table}", connection, transaction);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Takes in events that come right after what a table holds.</summary>
    internal async ValueTask ApplyAsync(IReadOnlyList<StoredEvent> batch, string table, NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = new RowCopy(table, model.ColumnDefinitions.Count);
        foreach (var ofTenant in batch.Where(model.Follows).GroupBy(e => e.Tenant, StringComparer.Ordinal))
        {
            var association = AssociationOf(ofTenant.Key);
            var touched = ofTenant.GroupBy(e => e.Stream, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
            if (!model.NeedsWholeStreams)
            {
                foreach (var events in touched.Values)
                    _replay.Give(association, events, events[0].Position - 1, rows);
                continue;
            }

            // Of a stream that begins in the batch everything is there.
            var begun = touched.Where(stream => stream.Value[0].Version > 1).Select(stream => stream.Key).ToList();
            var streams = begun.Count == 0 ? null : await log.ReadStreamsAsync(ofTenant.Key, begun, batch[^1].Position, ct).ConfigureAwait(false);
            foreach (var (stream, events) in touched)
                _replay.Give(association, events[0].Version > 1 ? streams![stream].Events : events, events[0].Position - 1, rows);
        }

        await rows.WriteAsync(connection, ct).ConfigureAwait(false);
    }

    internal static AssociationId AssociationOf(string tenant) =>
        Guid.TryParseExact(tenant, "D", out var id) ? new AssociationId(id) : throw new InvalidDataException($"« {tenant} » is no association's id.");
}
