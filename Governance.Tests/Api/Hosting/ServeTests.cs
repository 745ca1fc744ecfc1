using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Governance.Api.Kernel.Hosting;
using Governance.Tests.Architecture;
using Xunit;

namespace Governance.Tests.Api.Hosting;

/// <summary>The host as somebody starts it in a terminal.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-serve-{Guid.NewGuid():N}")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Nobody_reaches_the_sample_before_it_is_whole_the_address_comes_last_and_an_interrupt_stops_everything()
    {
        var port = FreePort();
        using var host = Start(port, null, "--sample", Path.Combine(Checkout.Root, HostSettings.DefaultSample));
        var lines = new List<string>();
        var loading = 0;
        while (await host.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            lines.Add(line);
            if (line.Contains(" / ", StringComparison.Ordinal))
            {
                loading++;
                Assert.False(await ListensAsync(port), $"It listens at {line}.");
            }

            if (line.StartsWith("Governance", StringComparison.Ordinal) && line.EndsWith($":{port}", StringComparison.Ordinal))
                break;
        }

        Assert.True(loading > 1);
        Assert.True(await ListensAsync(port));
        var accounts = lines.FindIndex(line => line.Contains("secretariat@", StringComparison.Ordinal));
        Assert.InRange(accounts, 0, lines.Count - 2);
        var server = Path.Combine(_directory, "postgresql", "cluster", "postmaster.pid");
        Assert.True(File.Exists(server));

        await Process.Start("kill", ["-INT", host.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExitAsync(Stop);
        await host.WaitForExitAsync(Stop);
        Assert.Equal(0, host.ExitCode);
        Assert.False(await ListensAsync(port));
        Assert.False(File.Exists(server));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_to_be_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        using var host = Start(port, await PostgreSql.CloneConnectionStringAsync());
        var error = await host.StandardError.ReadToEndAsync(Stop);
        await host.WaitForExitAsync(Stop);

        Assert.Equal(1, host.ExitCode);
        Assert.StartsWith($"http://127.0.0.1:{port} est déjà pris", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private Process Start(int port, string? connectionString, params string[] arguments)
    {
        var info = new ProcessStartInfo(
            "dotnet", [typeof(GovernanceHost).Assembly.Location, "serve", "--data", _directory, "--urls", $"http://127.0.0.1:{port}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = connectionString is not null,
        };
        if (connectionString is not null)
            info.Environment["ConnectionStrings__Governance"] = connectionString;
        return Process.Start(info)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, Stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
