using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Governance.Api.Proofs.Bundles;
using Governance.EventStore;
using Governance.EventStore.Embedded;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Npgsql;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>The evidence of a million events: its tree made again, its bundle exported and verified.</summary>
internal sealed class ProofBenchmark : Benchmark
{
    private const int Events = 1_000_000;
    private const double TreeSeconds = 10, VerifySeconds = 20, ExportRate = 100_000, Megabytes = 500, ProofMs = 5;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromMinutes(5);

    public override string Name => "proof";

    public override string Question =>
        $"An association of {Events:#,0} events: each read from the database and brought to its envelope, the tree over all of them made anew; the bundle exported to a file; the "
        + "file verified by `verify` in a process of its own, with its peak of memory; then, with the log published, the inclusion of one event after the other proved, and that the log "
        + "of one size begins with that of another, each with the signed checkpoint, sizes and events at random. Beside them the bare read of the same events, and SHA-256 of the same bytes.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "events /s", "seconds", "beside the bare read", "beside SHA-256", "peak MB", "median ms", "p99 ms");
        var file = Path.Combine(Path.GetTempPath(), $"governance-bench-{Guid.NewGuid():N}.zip");
        try
        {
            await using var database = await NewDatabaseAsync(server);
            await using var log = new EventLog(database, new EventLogOptions(), TimeProvider.System);
            await Histories.WriteAsync(log, Events, Histories.OfMember);

            var read = await TimeAsync(async () =>
            {
                await foreach (var _ in Stored(log)) { }
            });
            var bytes = 0L;
            var root = Array.Empty<byte>();
            var tree = await TimeAsync(async () =>
            {
                var frontier = new TreeFrontier();
                await foreach (var part in ReadAhead.InPartsAsync(Stored(log), static stored => Leaf(stored)))
                {
                    foreach (var (length, hash) in part)
                    {
                        bytes += length;
                        frontier.Append(hash);
                    }
                }

                root = frontier.Root();
            });
            var block = RandomNumberGenerator.GetBytes((int)(bytes / Events));
            var hashing = await TimeAsync(() =>
            {
                for (var i = 0; i < Events; i++)
                    SHA256.HashData(block);
                return Task.CompletedTask;
            });

            var signer = new NoteSigner("governance/" + Histories.Tenant, RandomNumberGenerator.GetBytes(32));
            var contents = new BundleContents(
                Guid.Parse(Histories.Tenant), signer.Key.Name, "Benchmark", Events, SignedNote.Sign(new Checkpoint(signer.Key.Name, Events, root).Text, signer).ToString(),
                signer.Key + "\n", [], [], "<!doctype html>", DateTimeOffset.UtcNow, default, [], []);
            var export = await TimeAsync(async () =>
            {
                await using var output = File.Create(file);
                await BundleWriter.WriteAsync(output, contents, BundleWriter.Leaves(Stored(log)), CancellationToken.None);
            });

            var (verify, peak) = await VerifyAsync(file);
            var (included, consistent) = await ProofsAsync(database, log);
            report.Row(Cells("bare read", read, read, hashing, null), "", null);
            report.Row(Cells($"SHA-256 of {bytes / Events:0} bytes each", hashing, read, hashing, null), "", null);
            report.Row(Cells("tree made again", tree, read, hashing, null), $"under {TreeSeconds:0} s", tree.TotalSeconds < TreeSeconds);
            report.Row(Cells("export", export, read, hashing, null), $"at least {Report.Number(ExportRate)} /s", Events / export.TotalSeconds >= ExportRate);
            report.Row(Cells("verify", verify, read, hashing, peak), $"under {VerifySeconds:0} s and {Megabytes:0} MB", verify.TotalSeconds < VerifySeconds && peak < Megabytes);
            report.Row(Cells("inclusion proved", included), $"p99 under {ProofMs:0} ms", included.P99Ms < ProofMs);
            report.Row(Cells("consistency proved", consistent), $"p99 under {ProofMs:0} ms", consistent.P99Ms < ProofMs);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IAsyncEnumerable<StoredEvent> Stored(EventLog log) => log.ReadAllAsync(0, tenant: Histories.Tenant, asStored: true);

    private static (int Length, byte[] Hash) Leaf(StoredEvent stored)
    {
        var bytes = EventEnvelope.Bytes(stored);
        return (bytes.Length, MerkleTree.LeafHash(bytes));
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var before = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(before);
    }

    private static string[] Cells(string what, TimeSpan took, TimeSpan read, TimeSpan hashing, double? peak) =>
    [
        what, Report.Number(Events / took.TotalSeconds), Report.Number(took.TotalSeconds, "0.0"), Report.Number(read / took, "0.00"), Report.Number(hashing / took, "0.00"),
        peak is { } megabytes ? Report.Number(megabytes) : "", "", "",
    ];

    private static string[] Cells(string what, Load.Run proofs) => [what, "", "", "", "", "", Report.Number(proofs.MedianMs, "0.00"), Report.Number(proofs.P99Ms, "0.00")];

    /// <summary>Publishes the log, and asks it for proofs, one at a time.</summary>
    private static async Task<(Load.Run Inclusion, Load.Run Consistency)> ProofsAsync(NpgsqlDataSource database, EventLog log)
    {
        var directory = Directory.CreateTempSubdirectory("governance-bench-log-");
        try
        {
            var keys = new LogKeys(directory.FullName);
            await using (var host = new FollowerHost(database, log, [new TransparencyLogFollower(keys)], new FollowerOptions(), TimeProvider.System))
            {
                host.Start();
                if (!await host.WaitForAsync(TransparencyLogFollower.FollowerName, Events, Patience))
                    throw new InvalidOperationException("The log was not published in time.");
            }

            var transparency = new TransparencyLog(database, log, keys);
            var random = new Random(1);
            var inclusion = await Load.MeasureAsync(1, Measured, async caller =>
            {
                var size = random.NextInt64(Events) + 1;
                _ = await transparency.ProofAsync(Histories.Tenant, random.NextInt64(size), size) ?? throw new InvalidOperationException("A proof was not given.");
            });
            var consistency = await Load.MeasureAsync(1, Measured, async caller =>
            {
                var size = random.NextInt64(Events) + 1;
                await transparency.ConsistencyAsync(Histories.Tenant, random.NextInt64(size) + 1, size);
                _ = await transparency.CheckpointAsync(Histories.Tenant, size) ?? throw new InvalidOperationException("A checkpoint was not given.");
            });
            return (inclusion, consistency);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<(TimeSpan Took, double PeakMegabytes)> VerifyAsync(string file)
    {
        var before = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Governance.Api.dll"), "verify", file]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!process.HasExited)
        {
            if (await PeakAsync(process.Id) is { } now)
                peak = now;
            await Task.Delay(50);
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The bundle was not verified:\n{await output}");
        return (Stopwatch.GetElapsedTime(before), peak);
    }

    // The most that was resident at once, which the kernel keeps.
    private static async Task<double?> PeakAsync(int process)
    {
        try
        {
            var line = (await File.ReadAllLinesAsync($"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
