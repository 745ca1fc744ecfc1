using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Governance.Api.Kernel.Hosting;

namespace Governance.Benchmarks;

/// <summary>The host as a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;
    private TimeSpan _host, _generator, _busy;
    private long _at;
    private bool _ended;

    private HostProcess(Process process, IPEndPoint endPoint)
    {
        (_process, EndPoint) = (process, endPoint);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{endPoint.Port}"));
        _client = new HttpClient { BaseAddress = Address };
    }

    public IPEndPoint EndPoint { get; }

    public Uri Address { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>Resident memory, in MB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>The most resident memory that it ever held, in MB.</summary>
    public Task<double> PeakMegabytesAsync() => Memory.PeakAsync(_process.Id);

    /// <summary>Starts a host and waits for its first answer.</summary>
    /// <param name="connection">Its database; null for a private one in the data directory.</param>
    public static async Task<HostProcess> StartAsync(string data, string? connection = null, bool sample = false)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
            [typeof(GovernanceHost).Assembly.Location, "serve", "--data", data, "--urls", $"http://{endPoint}", .. sample ? (string[])["--sample"] : []])
            start.ArgumentList.Add(argument);
        if (connection is not null)
            start.Environment["ConnectionStrings__Governance"] = connection;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is { } said) Console.Error.WriteLine(said); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new HostProcess(process, endPoint);
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The host ended with {process.ExitCode}.");
            try
            {
                using var answer = await host._client.GetAsync(new Uri("/sign-in", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10);
            }
        }

        host.FirstAnswer = clock.Elapsed;
        return host;
    }

    /// <summary>Ends once no read model is behind.</summary>
    public async Task FollowedAsync()
    {
        while (Regex.IsMatch(await _client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)), "\"behind\":[1-9]"))
            await Task.Delay(50);
    }

    /// <summary>How the time of the processors was shared since the last call: this process, the host, and what else ran.</summary>
    public async Task<(double Generator, double Host, double Others)> MeasureAsync()
    {
        using var own = Process.GetCurrentProcess();
        _process.Refresh();
        var (host, generator, at) = (_process.TotalProcessorTime, own.TotalProcessorTime, Stopwatch.GetTimestamp());
        var busy = await BusyAsync();
        var elapsed = Stopwatch.GetElapsedTime(_at, at) * Environment.ProcessorCount;
        var answer = ((generator - _generator) / elapsed, (host - _host) / elapsed, ((busy - _busy) - (generator - _generator) - (host - _host)) / elapsed);
        (_host, _generator, _busy, _at) = (host, generator, busy, at);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        _ended = true;
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Ticks of a hundredth of a second: all but idle and waiting for disks.
    private static async Task<TimeSpan> BusyAsync()
    {
        var cells = (await File.ReadAllLinesAsync("/proc/stat"))[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(cell => long.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
        return TimeSpan.FromMilliseconds(10) * (cells.Sum() - cells[3] - cells[4]);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
