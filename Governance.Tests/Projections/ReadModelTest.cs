using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections.Runtime;
using Governance.Tests.Domain;
using Governance.Tests.EventStore;
using Npgsql;
using Xunit;

namespace Governance.Tests.Projections;

/// <summary>
/// Read models on a real PostgreSQL, in three words: <c>GivenAsync</c> records facts one by one, <c>WhenFollowedAsync</c> lets the models catch up in
/// batches of a size, and <c>ThenAsync</c> looks at an association as of a moment.
/// </summary>
public abstract class ReadModelTest : LogTest
{
    protected static AssociationId Ours { get; } = new(Guid.Parse(Association));

    protected static AssociationId Theirs { get; } = new(Guid.Parse(OtherAssociation));

    protected static IReadOnlyList<ReadModel> Models => ReadModels.All;

    protected ReadDatabase Reads { get; private set; } = null!;

    protected Rebuild Rebuild { get; private set; } = null!;

    protected RebuildCheck Check { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ReadModelTables.EnsureAsync(Database, Models, Ct);
        Reads = new ReadDatabase(Database, Log, Options, Models);
        Rebuild = new Rebuild(Database, Log, Options, EventCatalogue.All);
        Check = new RebuildCheck(Database, Rebuild, Options);
    }

    /// <summary>Records facts, one append each; gives the position of the last.</summary>
    protected async Task<long> GivenAsync(params IReadOnlyList<Fact> facts)
    {
        var position = 0L;
        foreach (var fact in facts)
            position = (await RecordAsync(Ours, fact)).Position;
        return position;
    }

    protected async Task<(EventId Id, long Position)> RecordAsync(AssociationId association, Fact fact, string actor = "chair")
    {
        var id = Guid.CreateVersion7();
        var version = (await Log.ReadStreamAsync(association.ToString(), fact.Stream.Value, ct: Ct)).Count;
        var headers = new EventHeaders(Instants.Write(fact.On.Instant), fact.On.Precision, actor, "Record" + fact.Event.GetType().Name, Source: "minutes");
        var appended = await AppendedAsync(new AppendRequest(
            association.ToString(),
            [new(fact.Stream.Value, version)],
            [
                new NewEvent(
                    id, fact.Stream.Value, fact.Stream.Kind, EventCatalogue.All.Name(fact.Event), EventCatalogue.DotnetName(fact.Event),
                    EventCatalogue.All.Write(fact.Event), headers.Write()),
            ]));
        return (new EventId(id), appended.LastPosition);
    }

    /// <summary>Lets every model catch up with the log, in batches of so many events, each in a transaction with its checkpoint.</summary>
    protected async Task WhenFollowedAsync(int batch = 1000, Func<Task>? afterEach = null)
    {
        var from = await Reads.ReachedAsync(Ct);
        while (await Log.ReadPageAsync(from, limit: batch, ct: Ct) is { Count: > 0 } page)
        {
            foreach (var model in Models)
                await HandleAsync(new ReadModelFollower(model, Log, EventCatalogue.All), page);
            from = page[^1].Position;
            if (afterEach is not null)
                await afterEach();
        }
    }

    /// <summary>An association at the end of a day in Paris, as known at a position (the last, when none is given).</summary>
    protected async Task<ReadView> ThenAsync(string day, long? knownAt = null, AssociationId? of = null)
    {
        var view = await Reads.ViewAsync(of ?? Ours, LocalTime.EndOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Story.Paris), ct: Ct);
        return knownAt is { } position ? view with { AsOf = view.AsOf with { Position = position } } : view;
    }

    /// <summary>Every model built again from the first event is, to the byte, what the live one is.</summary>
    protected async Task ThenRebuiltEqualAsync()
    {
        foreach (var comparison in await Check.RunAsync(Models, Ct))
            Assert.True(comparison.Equal, $"{comparison.Model} at {comparison.Position}: {comparison.Live} live, {comparison.Rebuilt} rebuilt\n{string.Join('\n', comparison.Differences)}");
    }

    private async Task HandleAsync(ReadModelFollower follower, IReadOnlyList<StoredEvent> page)
    {
        await using var connection = await Database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await follower.HandleAsync(page, connection, transaction, Ct);
        await using var move = new NpgsqlCommand(
            "insert into mt_event_progression (name, last_seq_id) values ($1, $2) on conflict (name) do update set last_seq_id = excluded.last_seq_id",
            connection,
            transaction);
        move.Parameters.Add(new NpgsqlParameter<string> { TypedValue = follower.Name });
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = page[^1].Position });
        await move.ExecuteNonQueryAsync(Ct);
        await transaction.CommitAsync(Ct);
    }
}
