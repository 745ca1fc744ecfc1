using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Governance.Api.Access;
using Microsoft.AspNetCore.Connections;

namespace Governance.Api.Kernel.Hosting;

/// <summary><c>serve</c>: the host, until it is told to stop.</summary>
public static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls") { Description = "Where to listen; http://localhost:5080 without it." };

    private static readonly Option<string?> Sample = new("--sample")
    {
        Description = "Load a sample history, with its accounts, when the private database is empty.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Make()
    {
        var command = new Command("serve", "Serve the interface and the API.") { Urls, Sample };
        command.SetAction(async (arguments, ct) =>
        {
            var settings = new HostSettings(
                arguments.GetValue(CommandLine.Data)!,
                arguments.GetValue(Urls),
                arguments.GetResult(Sample) is null ? null : arguments.GetValue(Sample) ?? HostSettings.DefaultSample);
            return await HostCommand.RunAsync(settings, app => ServeAsync(app, settings, ct), ct);
        });
        return command;
    }

    /// <summary>Loads the sample, then listens, then says where and for whom: who reads the address finds everything there.</summary>
    private static async Task<int> ServeAsync(WebApplication app, HostSettings settings, CancellationToken ct)
    {
        // Asked first, so that nobody waits for a sample to learn it.
        if (await TakenAsync(app.Configuration[WebHostDefaults.ServerUrlsKey]!) is { } taken)
            return await RefuseAsync(taken);
        var accounts = settings.SampleFile is { } sample ? await Import.Sample.LoadAsync(app.Services, sample, ct) : [];
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            return await RefuseAsync(app.Configuration[WebHostDefaults.ServerUrlsKey]!);
        }

        var address = app.Urls.First();
        if (accounts.Count > 0)
        {
            Console.WriteLine(AccessWording.Say("start.sample"));
            foreach (var account in accounts)
                Console.WriteLine($"  {account.Login,-32} {account.Password}");
        }

        // Nobody can sign in yet: whoever sees the terminal makes the first administrator.
        if (!await app.Services.GetRequiredService<AccountStore>().AnyAsync(ct))
            Console.WriteLine(AccessWording.Say("start.setup", $"{address}/setup/{await app.Services.GetRequiredService<AccountLinks>().NewSetupAsync(ct)}"));
        Console.WriteLine(AccessWording.Say("start.serving", address));
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static async Task<int> RefuseAsync(string address)
    {
        await Console.Error.WriteLineAsync(AccessWording.Say("start.taken", address));
        return 1;
    }

    /// <summary>The first of the addresses at which something listens already; null when none does.</summary>
    private static async Task<string?> TakenAsync(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
                continue;
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.TryParse(address.Host, out var ip) && !ip.Equals(IPAddress.Any) ? ip : IPAddress.Loopback, address.Port);
                return url;
            }
            catch (SocketException)
            {
                // Nothing answers there.
            }
        }

        return null;
    }
}
