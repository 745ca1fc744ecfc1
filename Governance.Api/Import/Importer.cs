using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Npgsql;

namespace Governance.Api.Import;

/// <summary>What came of an import.</summary>
/// <param name="Recorded">Entries recorded by this import.</param>
/// <param name="Known">Entries that had been recorded before, or that asked for what held already.</param>
/// <param name="Faults">Entries refused, each with its line and the reason; nothing of them was recorded.</param>
/// <param name="LastPosition">Position of the last event recorded; 0 when none was.</param>
public sealed record ImportReport(int Recorded, int Known, IReadOnlyList<ImportFault> Faults, long LastPosition);

/// <summary>
/// Gives the commands of a history one by one, in the order of the file, by the same path as everybody's commands. Each is recorded wholly or not at
/// all; an import that was stopped goes on where it was when it is started again. A refused founding ends it. While it lasts nothing is done for the association by the clock of today, and no other import into it begins.
/// </summary>
/// <param name="files">Those that entries name; null where there are none.</param>
public sealed class Importer(CommandRunner runner, TimeProvider time, IReadOnlyDictionary<string, Importable> useCases, ImportsUnderWay underWay, FilesBeside? files = null)
{
    /// <param name="progress">Told the number of entries done.</param>
    public async Task<ImportReport> ImportAsync(HistoryFile file, Action<int>? progress = null, CancellationToken ct = default)
    {
        var faults = new List<ImportFault>(file.Faults);
        var (recorded, known, done) = (0, 0, 0);
        var last = 0L;
        if (file.Association.Length == 0)
            return new(0, 0, faults, 0);
        await using var told = await underWay.BeginAsync(KeyedIdentifiers.Association(file.Association), ct);
        if (told is null)
            return new(0, 0, [new(1, ImportWording.Say("another-under-way")), .. faults], 0);
        foreach (var entry in file.Entries)
        {
            ct.ThrowIfCancellationRequested();
            if (await GiveUntilAnsweredAsync(file, entry, told, ct) is not { } given)
            {
                faults.Add(new(entry.Line, ImportWording.Say("broken-off")));
                break;
            }

            if (LeavesUnfounded(entry, given.Result))
            {
                faults.Add(new(entry.Line, $"{entry.Command} : {Reason(given.Result!)} {ImportWording.Say("not-founded")}"));
                break;
            }

            switch (given)
            {
                case (CommandResult.Done result, true):
                    recorded++;
                    last = result.Position;
                    break;
                case (CommandResult.Done or CommandResult.Unchanged, _):
                    known++;
                    break;
                case (null, _):
                    faults.Add(new(entry.Line, ImportWording.Say("unknown-command", entry.Command)));
                    break;
                case ({ } result, _):
                    faults.Add(new(entry.Line, $"{entry.Command} : {Reason(result)}"));
                    break;
            }

            progress?.Invoke(++done);
        }

        return new(recorded, known, [.. faults.OrderBy(f => f.Line)], last);
    }

    // Events are kept for good: none is written for an association that does not exist.
    private static bool LeavesUnfounded(HistoryEntry entry, CommandResult? result) =>
        entry.Command == nameof(FoundAssociation)
        && result is not (CommandResult.Done or CommandResult.Unchanged or CommandResult.Refused { Refusal: AssociationAlreadyFounded });

    // Under its key, as the same request: nothing of what follows is recorded before it is known what became of it. Null where that is not to be learnt.
    private async Task<(CommandResult? Result, bool IsNew)?> GiveUntilAnsweredAsync(HistoryFile file, HistoryEntry entry, ImportsUnderWay.UnderWay told, CancellationToken ct)
    {
        var (now, since) = (time.GetUtcNow(), time.GetTimestamp());
        while (await told.HoldsAsync(ct))
        {
            try
            {
                var given = await GiveAsync(file, entry, now, ct);
                if (given.Result is not (CommandResult.Unavailable or CommandResult.Contended))
                    return given;
            }
            catch (NpgsqlException away) when (away.IsTransient || away.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown)
            {
                // The server went away under what the command reads.
            }

            if (time.GetElapsedTime(since) > underWay.Patience)
                break;
            await Task.Delay(ImportsUnderWay.BetweenTries, ct);
        }

        return null;
    }

    private async Task<(CommandResult? Result, bool IsNew)> GiveAsync(HistoryFile file, HistoryEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        if (!useCases.TryGetValue(entry.Command, out var useCase))
            return (null, false);
        if (entry.Command == nameof(FoundAssociation) && AssociationDirectory.ReservedFault(file.Association) is { } reserved)
            return (new CommandResult.Malformed(new Dictionary<string, string[]> { ["slug"] = [reserved] }), false);
        var request = new EntryReader(file, now).Read(entry, EventCatalogue.Json.GetTypeInfo(useCase.Request));
        if (files is not null && await files.TakeInAsync(KeyedIdentifiers.Association(file.Association), request, ct) is { } missing)
            return (new CommandResult.Malformed(new Dictionary<string, string[]> { [FilesBeside.Field] = [missing] }), false);
        var result = await useCase.RunAsync(
            runner,
            request,
            new CommandContext
            {
                Association = KeyedIdentifiers.Association(file.Association),
                Zone = file.Zone,
                Actor = Actor.System,
                Now = now,
                Effective = entry.On,
                IdempotencyKey = entry.Key,
                Ids = entry.Ids(file.Association),
                Source = entry.Source,
                Transcribed = entry.On is not null,
                Illustrative = entry.Illustrative,
                CorrelationId = "import",
            },
            ct);
        return (result, result is CommandResult.Done { RecordedAt: var at } && at >= now);
    }

    private static string Reason(CommandResult result)
    {
        var problem = Problems.Of(result);
        return result is CommandResult.Malformed { Errors: var errors }
            ? string.Join(" ", errors.Select(field => $"{field.Key} : {string.Join(" ", field.Value)}"))
            : problem is null ? result.ToString()
            : problem.Detail ?? problem.Title ?? problem.Type!;
    }
}
