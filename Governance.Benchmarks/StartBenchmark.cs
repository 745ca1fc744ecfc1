using Governance.EventStore.Embedded;

namespace Governance.Benchmarks;

/// <summary>The host as a process of its own: import of the sample, memory after it, first answer after a start.</summary>
internal sealed class StartBenchmark : Benchmark
{
    private const int Starts = 5;
    private const double LimitSeconds = 2, LimitMegabytes = 300;

    public override string Name => "start";

    public override string Question =>
        "The host is started as a process with its private database: once on an empty one, where it imports the sample network, then again and again on what is there. "
        + "Measured from the start of the process to the first answer of the sign-in page, and the memory of the process (resident) once the import is done and after.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "median", "worst");
        var data = Directory.CreateTempSubdirectory("governance-bench-start-");
        try
        {
            var (importing, afterImport) = await StartAsync(data.FullName);
            report.Row(["first start with the sample, s", Report.Number(importing, "0.00"), Report.Number(importing, "0.00")], "", null);
            report.Row(
                ["memory after the import, MB", Report.Number(afterImport), Report.Number(afterImport)], $"at most {LimitMegabytes:0} MB", afterImport <= LimitMegabytes);

            var starts = new List<(double Seconds, double Megabytes)>();
            for (var i = 0; i < Starts; i++)
                starts.Add(await StartAsync(data.FullName));
            var seconds = starts.ConvertAll(s => s.Seconds);
            report.Row(
                ["first answer after a start, s", Report.Number(Median(seconds), "0.00"), Report.Number(seconds.Max(), "0.00")],
                $"median under {LimitSeconds:0} s", Median(seconds) < LimitSeconds);
            var memory = starts.ConvertAll(s => s.Megabytes);
            report.Row(["memory after a start, MB", Report.Number(Median(memory)), Report.Number(memory.Max())], "", null);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<(double Seconds, double Megabytes)> StartAsync(string data)
    {
        await using var host = await HostProcess.StartAsync(data, sample: true);
        await host.FollowedAsync();
        return (host.FirstAnswer.TotalSeconds, host.Megabytes);
    }
}
