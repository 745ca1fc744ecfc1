using Governance.Benchmarks;
using Governance.EventStore.Embedded;

// Each benchmark starts on a private cluster of its own settings: durable, as in production.
IReadOnlyList<Benchmark> benchmarks = [new AppendBenchmark(), new ReadStreamBenchmark(), new ReadAllBenchmark(), new CommandBenchmark(), new StartBenchmark(), new RebuildBenchmark(), new ProofBenchmark(), new TallyBenchmark(), new StormBenchmark(), new PastDayBenchmark(), new AssemblyBenchmark(), new MinutesBenchmark(), new SearchBenchmark()];

var chosen = args.Length == 0 ? benchmarks : [.. benchmarks.Where(benchmark => args.Contains(benchmark.Name, StringComparer.Ordinal))];
if (chosen.Count == 0 || args.Except(benchmarks.Select(benchmark => benchmark.Name), StringComparer.Ordinal).Any())
{
    Console.Error.WriteLine($"Usage: ./run bench [NAME]..., where NAME is one of: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 2;
}

var directory = Directory.CreateTempSubdirectory("governance-bench-").FullName;
try
{
    await using var server = await PrivatePostgres.StartAsync(directory);
    var met = true;
    foreach (var benchmark in chosen)
    {
        var report = new Report(benchmark.Name, benchmark.Question);
        await benchmark.RunAsync(server, report);
        met &= await report.FinishAsync(server);
    }

    return met ? 0 : 1;
}
finally
{
    Directory.Delete(directory, recursive: true);
}
