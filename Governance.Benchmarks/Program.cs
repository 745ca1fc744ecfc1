using System.Globalization;
using Governance.Benchmarks;
using Governance.Benchmarks.Federation;
using Governance.EventStore.Embedded;

// A process that another benchmark starts.
if (args is [FederationRebuild.Word, var of, var upTo])
    return await FederationRebuild.RunAsync(of, long.Parse(upTo, CultureInfo.InvariantCulture));

var options = BenchmarkOptions.Read(args);

// Each benchmark starts on a private cluster of its own settings: durable, as in production.
IReadOnlyList<Benchmark> benchmarks = [new AppendBenchmark(), new ReadStreamBenchmark(), new ReadAllBenchmark(), new CommandBenchmark(), new StartBenchmark(), new RebuildBenchmark(), new ProofBenchmark(), new TallyBenchmark(), new StormBenchmark(), new PastDayBenchmark(), new AssemblyBenchmark(), new MinutesBenchmark(), new SearchBenchmark(), new FederationBenchmark(options.Federation, options.Data, options.Rounds)];

// What takes as long as the federation is run where it is named.
var chosen = options.Names.Count == 0 ? [.. benchmarks.Where(benchmark => benchmark is not FederationBenchmark)] : benchmarks.Where(benchmark => options.Names.Contains(benchmark.Name, StringComparer.Ordinal)).ToList();
if (options.Help || options.Fault || options.Names.Except(benchmarks.Select(benchmark => benchmark.Name), StringComparer.Ordinal).Any())
{
    var said = options.Help ? Console.Out : Console.Error;
    said.WriteLine($"Usage: ./run bench [NAME]..., where NAME is one of: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    said.WriteLine("       ./run bench federation [--data DIR] [--associations N] [--members N] [--years N] [--until YYYY-MM-DD] [--rounds N]");
    return options.Help ? 0 : 2;
}

var temporary = options.Data is null ? Directory.CreateTempSubdirectory("governance-bench-").FullName : null;
try
{
    await using var server = await PrivatePostgres.StartAsync(temporary ?? Path.Combine(options.Data!, "postgres"));
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
    if (temporary is not null)
        Directory.Delete(temporary, recursive: true);
}
