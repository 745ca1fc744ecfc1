using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Governance.Api.Kernel.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Governance.Tests.Api.Hosting;

/// <summary>A second host of the same installation, in a process of its own that can be killed.</summary>
internal sealed class SecondHost : IDisposable
{
    private readonly Process _process;

    private SecondHost(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it on the database and the keys of another host, and waits until it listens.</summary>
    public static async Task<SecondHost> StartAsync(Host of, CancellationToken cancellation)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        var address = $"http://127.0.0.1:{port}";
        free.Stop();
        var info = new ProcessStartInfo("dotnet", [typeof(GovernanceHost).Assembly.Location, "serve", "--data", of.DataDirectory, "--urls", address]) { RedirectStandardOutput = true };
        info.Environment["ConnectionStrings__Governance"] = of.App.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString;
        var process = Process.Start(info)!;
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("Governance", StringComparison.Ordinal) && line.EndsWith($":{port}", StringComparison.Ordinal))
                return new(process, new(address));
        }

        throw new InvalidOperationException("The host ended before it listened.");
    }

    /// <summary>SIGKILL: nothing of the host's own runs any more.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
