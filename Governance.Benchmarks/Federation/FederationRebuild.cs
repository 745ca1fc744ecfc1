using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections.Runtime;
using Npgsql;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks.Federation;

/// <summary>All read models built from the first event, in a process of its own, so that what it holds of memory is the rebuild's.</summary>
internal static class FederationRebuild
{
    /// <summary>The word by which the process is started.</summary>
    public const string Word = "rebuild-up-to";

    // Bare reads that are counted; the median of them is told.
    private const int Reads = 3;

    /// <summary>Starts the process and waits for what it came to.</summary>
    /// <param name="upTo">The position up to which it builds; where it is the last of the log, the live read models are put in their place.</param>
    public static async Task<RebuiltFederation> StartAsync(string connection, long upTo)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(FederationRebuild).Assembly.Location, Word, connection, upTo.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The rebuild did not start.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<RebuiltFederation>(said.TrimEnd().Split('\n')[^1])!
            : throw new InvalidOperationException($"The rebuild ended with {process.ExitCode}: {said}");
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string connection, long upTo)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var options = new EventLogOptions();
        await using var log = new EventLog(database, options, TimeProvider.System);
        // The first read finds a cold cache: it is not counted. Others stand between the models, so that both find the same.
        await ReadAsync(log, upTo);
        var read = new List<double>();
        var rebuild = new Rebuild(database, log, options, EventCatalogue.All);
        var whole = upTo == await log.LastPositionAsync();
        var (took, stopped) = (new List<(string Model, double Seconds)>(), 0);
        foreach (var (at, model) in ReadModels.All.Index())
        {
            if (at % Math.Max(1, ReadModels.All.Count / Reads) == 0 && read.Count < Reads)
                read.Add(await ReadAsync(log, upTo));
            var started = Stopwatch.GetTimestamp();
            var built = whole ? await rebuild.RunAsync(model) : await PartAsync(database, rebuild, model, upTo);
            took.Add((model.Name, Stopwatch.GetElapsedTime(started).TotalSeconds));
            stopped += built.Stopped.Count;
            foreach (var stop in built.Stopped.Take(3))
                await Console.Error.WriteLineAsync($"{model.Name}: {stop.Tenant} @{stop.Position}: {stop.Error}");
        }

        var slowest = took.OrderByDescending(t => t.Seconds).Take(5).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Model} {t.Seconds:0.0} s")).ToList();
        Console.WriteLine(JsonSerializer.Serialize(new RebuiltFederation(upTo, read.Order().ElementAt(read.Count / 2), took.Sum(t => t.Seconds), await Memory.PeakAsync(Environment.ProcessId), slowest, stopped) { Commit = Measured.This }));
        return 0;
    }

    /// <summary>Seconds of the bare read.</summary>
    private static async Task<double> ReadAsync(EventLog log, long upTo)
    {
        var started = Stopwatch.GetTimestamp();
        await foreach (var _ in log.ReadAllAsync(0, upTo))
        {
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<Rebuilt> PartAsync(NpgsqlDataSource database, Rebuild rebuild, ReadModel model, long upTo)
    {
        var table = model.Table + "_part";
        var built = await rebuild.BuildAsync(model, table, upTo);
        await using var drop = database.CreateCommand($"drop table {table}");
        await drop.ExecuteNonQueryAsync();
        return built;
    }
}
