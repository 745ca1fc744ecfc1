using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Governance.Api.Kernel.Hosting;
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
            var (importing, afterImport) = await StartAsync(data.FullName, sample: true);
            report.Row(["first start with the sample, s", Report.Number(importing, "0.00"), Report.Number(importing, "0.00")], "", null);
            report.Row(
                ["memory after the import, MB", Report.Number(afterImport), Report.Number(afterImport)], $"at most {LimitMegabytes:0} MB", afterImport <= LimitMegabytes);

            var starts = new List<(double Seconds, double Megabytes)>();
            for (var i = 0; i < Starts; i++)
                starts.Add(await StartAsync(data.FullName, sample: true));
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

    private static async Task<(double Seconds, double Megabytes)> StartAsync(string data, bool sample)
    {
        var port = FreePort();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(GovernanceHost).Assembly.Location, "serve", "--data", data, "--urls", address, .. sample ? (string[])["--sample"] : []])
            start.ArgumentList.Add(argument);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { } said) Console.Error.WriteLine(said); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            while (true)
            {
                if (process.HasExited)
                    throw new InvalidOperationException($"The host ended with {process.ExitCode}.");
                try
                {
                    using var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
                    if (answer.StatusCode == HttpStatusCode.OK)
                        break;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(10);
                }
            }

            var seconds = clock.Elapsed.TotalSeconds;
            await FollowedAsync(client);
            process.Refresh();
            return (seconds, process.WorkingSet64 / (1024.0 * 1024));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    // The import has gone through every read model once none is behind.
    private static async Task FollowedAsync(HttpClient client)
    {
        while (true)
        {
            var ready = await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
            if (!System.Text.RegularExpressions.Regex.IsMatch(ready, "\"behind\":[1-9]"))
                return;
            await Task.Delay(50);
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
