using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.People;

/// <summary>
/// Before anything is served: whoever the journal of erasures names is erased in this database too, and the log says so again where a backup from before
/// was restored. Any number of hosts may do it at once, and it may be cut off anywhere.
/// </summary>
public sealed partial class ErasureReplay(
    ErasureJournal journal, PersonVault vault, PersonErasure erasure, CommandRunner runner, EventLog log, EventCatalogue catalogue, TimeProvider time, ILogger<ErasureReplay> logger)
{
    // Bounds what one round trip brings.
    private const int ReadAtOnce = 500;

    /// <returns>How many people had a key, or no erasure in the log, in spite of the journal.</returns>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var erased = await vault.ErasedAsync(ct);
        // Erased before there was a journal, or while it was not at its place.
        foreach (var one in erased)
            journal.Write(one.Association, one.Person, one.At);
        var done = erased.Select(one => (one.Association, one.Person)).ToHashSet();
        var again = 0;
        foreach (var lines in journal.Read().GroupBy(line => line.Association))
        {
            var association = AssociationId.Of(Guid.Parse(lines.Key));
            foreach (var people in lines.Select(line => PersonId.Of(line.Person)).Distinct().Chunk(ReadAtOnce))
                again += await RunAsync(association, people, done, ct);
        }

        if (again > 0)
            LogAgain(logger, again);
        return again;
    }

    private async Task<int> RunAsync(AssociationId association, IReadOnlyList<PersonId> people, HashSet<(string, Guid)> done, CancellationToken ct)
    {
        var again = new HashSet<PersonId>();
        foreach (var person in people)
        {
            // One of whom this database has no key is marked all the same: a history that is imported again must not bring them back.
            if (!done.Contains((association.ToString(), person.Value)) && await erasure.CarryOutAsync(association, person, ct))
                again.Add(person);
        }

        var streams = await log.ReadStreamsAsync(association.ToString(), [.. people.Select(person => Person.Stream(person).Value)], ct: ct);
        foreach (var person in people)
        {
            var stream = Person.Stream(person);
            var (version, events) = (streams[stream.Value].Version, streams[stream.Value].Events);
            if (new Timeline<Person>(stream, version, [.. events.Select(catalogue.Recorded)]).Latest is not Person.Registered)
                continue;
            var key = $"erasure again {person} {version}";
            var result = await runner.RunAsync(PeopleUseCases.EraseAgain, new ErasePersonAgainRequest(person), CommandContext.OfSystem(association, key, time) with { CorrelationId = key }, ct);
            if (result is not (CommandResult.Done or CommandResult.Unchanged))
                throw new InvalidOperationException($"The erasure of {person} in {association}, which the journal has, could not be recorded again: {result}.");
            again.Add(person);
        }

        return again.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal of erasures names {Count} people whom this database still had: they were erased again. Most likely a backup was restored")]
    private static partial void LogAgain(ILogger logger, int count);
}
