using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.People;
using Governance.Api.WorkingGroups;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.EventStore.Embedded;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>Whole commands on streams that exist, beside raw inserts.</summary>
internal sealed class CommandBenchmark : Benchmark
{
    private const int Callers = 64, Streams = 1000, Rounds = 3;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    public override string Name => "command";

    public override string Question =>
        $"{Callers} callers give commands to {Streams:N0} working groups, chosen at random: permission, shape, load, decide, append with idempotency key, as the API runs them. "
        + "Beside raw Npgsql inserting one event's rows in one transaction each, with as many connections, in alternating runs.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("callers", "raw /s", "commands /s", "ratio", "median ms", "p99 ms");
        await using var rawDatabase = await NewDatabaseAsync(server);
        await using var raw = await RawCallers.OpenAsync(rawDatabase, Callers, RawForm.Transaction);
        await using var database = await NewDatabaseAsync(server);
        await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
        var keys = Directory.CreateTempSubdirectory("governance-bench-keys-");
        var master = MasterKey.AtPath(Path.Combine(keys.FullName, "master.key"));
        var vault = new PersonVault(database, master);
        var boxes = new BallotBoxes(new BallotSecrets(Path.Combine(keys.FullName, "ballots")), new SealedPapers(database));
        var erasure = new PersonErasure(new ErasureJournal(Path.Combine(keys.FullName, "erasures.journal")), vault, new AccountStore(database, new InstallationKey(_ => new byte[32]), TimeProvider.System), TimeProvider.System);
        var runner = new CommandRunner(log, EventCatalogue.All, vault, erasure, new DocumentStore(database, vault, master), boxes, new RecentStreams(), TimeProvider.System, new byte[32], new TransparencyLog(database, log, new LogKeys(Path.Combine(keys.FullName, "log"))));
        var association = AssociationId.Of(Guid.CreateVersion7());
        var groups = Enumerable.Range(0, Streams).Select(_ => WorkingGroupId.Of(Guid.CreateVersion7())).ToArray();
        await Parallel.ForEachAsync(
            groups,
            async (group, ct) => await GiveAsync(runner, association, WorkingGroupUseCases.Create, new CreateWorkingGroupRequest("Groupe", Group: group)));

        var commands = Enumerable.Range(0, Callers).Select(_ => 0).ToArray();
        async Task OnceAsync(int caller) => await GiveAsync(
            runner, association, WorkingGroupUseCases.CountCentres,
            new CountGroupCentresRequest(groups[Random.Shared.Next(Streams)], (++commands[caller] * Callers) + caller));

        await Load.MeasureAsync(Callers, Load.WarmUp, raw.InsertAsync);
        await Load.MeasureAsync(Callers, Load.WarmUp, OnceAsync);
        var raws = new List<Load.Run>();
        var runs = new List<Load.Run>();
        for (var round = 0; round < Rounds; round++)
        {
            raws.Add(await Load.MeasureAsync(Callers, Measured, raw.InsertAsync));
            runs.Add(await Load.MeasureAsync(Callers, Measured, OnceAsync));
        }

        var ratio = Median(runs.Zip(raws, (run, other) => run.Rate / other.Rate));
        report.Row(
            [
                $"{Callers}", Report.Number(Median(raws.Select(r => r.Rate))), Report.Number(Median(runs.Select(r => r.Rate))), Report.Number(ratio, "0.00"),
                Report.Number(Median(runs.Select(r => r.MedianMs)), "0.00"), Report.Number(Median(runs.Select(r => r.P99Ms)), "0.00"),
            ],
            "ratio at least 2.0", ratio >= 2);
        keys.Delete(recursive: true);
    }

    private static async Task GiveAsync<T>(CommandRunner runner, AssociationId association, UseCase<T> useCase, T request) where T : class
    {
        var result = await runner.RunAsync(useCase, request, new CommandContext
        {
            Association = association,
            Zone = TimeZoneInfo.Utc,
            Actor = Actor.System,
            Now = DateTimeOffset.UtcNow,
            IdempotencyKey = Guid.NewGuid().ToString("N"),
            Ids = IdSource.Fresh(TimeProvider.System),
        });
        if (result is not CommandResult.Done)
            throw new InvalidOperationException($"A command was answered {result}.");
    }
}
