using System.CommandLine;
using Governance.Api.Access;

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
            await using var app = await GovernanceHost.BuildAsync(settings, ct: ct);
            await app.StartAsync(ct);
            var address = app.Urls.First();
            Console.WriteLine(AccessWording.Say("start.serving", address));
            await WelcomeAsync(app.Services, settings, address, ct);
            await app.WaitForShutdownAsync(ct);
            return 0;
        });
        return command;
    }

    private static async Task WelcomeAsync(IServiceProvider provider, HostSettings settings, string address, CancellationToken ct)
    {
        if (settings.SampleFile is { } sample && await Import.Sample.LoadAsync(provider, sample, ct) is { Count: > 0 } accounts)
        {
            Console.WriteLine(AccessWording.Say("start.sample"));
            foreach (var account in accounts)
                Console.WriteLine($"  {account.Login,-32} {account.Password}");
        }

        // Nobody can sign in yet: whoever sees the terminal makes the first administrator.
        if (await provider.GetRequiredService<AccountStore>().AnyAsync(ct))
            return;
        var secret = await provider.GetRequiredService<AccountLinks>().NewSetupAsync(ct);
        Console.WriteLine(AccessWording.Say("start.setup", $"{address}/setup/{secret}"));
    }
}
