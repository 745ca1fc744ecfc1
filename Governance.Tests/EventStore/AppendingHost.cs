using System.Diagnostics;
using System.Globalization;
using System.Text;
using Governance.Api.Ballots;
using Governance.Api.Documents;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Tests.Architecture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Governance.Tests.EventStore;

/// <summary>
/// The real host in a process of its own, which gives the commands of the sample's history to many associations at once, as fast as it may, and prints
/// what was acknowledged. Started again it gives the same commands under the same keys, as a client does that was not answered.
/// </summary>
internal sealed class AppendingHost : IDisposable
{
    public const string DatabaseVariable = "GOVERNANCE_TEST_APPENDS_TO";
    private const string DirectoryVariable = "GOVERNANCE_TEST_APPENDS_FROM";
    private const string NowVariable = "GOVERNANCE_TEST_APPENDS_ON";
    private const string Acknowledged = "acknowledged ";
    private const int Associations = 32;

    private readonly Process _process;

    private AppendingHost(Process process) => _process = process;

    /// <param name="dataDirectory">Where the master key lies.</param>
    /// <param name="now">The day of the history's « now »: the same for each start, so that the commands are the same.</param>
    public static AppendingHost Start(string connectionString, string dataDirectory, DateTimeOffset now)
    {
        var assembly = typeof(AppendingHost).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true };
        info.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        info.Environment[DatabaseVariable] = connectionString;
        info.Environment[DirectoryVariable] = dataDirectory;
        info.Environment[NowVariable] = now.ToString("O", CultureInfo.InvariantCulture);
        return new AppendingHost(Process.Start(info)!);
    }

    /// <summary>The event ids of the next append that was acknowledged, or null when the host has ended.</summary>
    public async Task<IReadOnlyList<Guid>?> NextAcknowledgedAsync(CancellationToken ct)
    {
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            // The host's own log passes here too, and a host that is killed may leave half a line behind: whoever read it was told nothing.
            if (line.StartsWith(Acknowledged, StringComparison.Ordinal) && line.EndsWith('.'))
                return [.. line[Acknowledged.Length..^1].Split(' ').Select(Guid.Parse)];
        }

        return null;
    }

    /// <summary>Waits until the host has ended by itself; 0 when everything that it gave was taken.</summary>
    public async Task<int> EndedAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing of the host's own runs any more.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>What the process itself does.</summary>
    public static async Task RunAsync()
    {
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(Environment.GetEnvironmentVariable(DirectoryVariable)!, "http://127.0.0.1:0")
        {
            ConnectionString = Environment.GetEnvironmentVariable(DatabaseVariable),
        },
        // The clock of today would close the ballots of the past between a host that is killed in the middle of their history and the next.
        services => services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(BallotDeadlines))));
        await app.StartAsync();
        var sample = Path.Combine(Checkout.Root, HostSettings.DefaultSample);
        HistoryFile history;
        using (var text = File.OpenText(sample))
            history = HistoryFile.Read(text);
        var now = DateTimeOffset.Parse(Environment.GetEnvironmentVariable(NowVariable)!, CultureInfo.InvariantCulture);
        var importer = new Importer(
            app.Services.GetRequiredService<CommandRunner>(), new StandingClock(now), Importables.All.ToDictionary(i => i.Key, i => Printed(i.Value)),
            app.Services.GetRequiredService<ImportsUnderWay>(), new FilesBeside(Path.GetDirectoryName(sample)!, app.Services.GetRequiredService<DocumentIntake>()));
        await Task.WhenAll(Enumerable.Range(1, Associations).Select(number => Task.Run(async () =>
        {
            var report = await importer.ImportAsync(history with { Association = string.Create(CultureInfo.InvariantCulture, $"reseau-{number}") });
            if (report.Faults is [var fault, ..])
                throw new InvalidOperationException($"Line {fault.Line} was refused: {fault.Sentence}");
        })));
        await app.StopAsync();
    }

    /// <summary>A command whose events are printed once they are acknowledged.</summary>
    private static Importable Printed(Importable command) => command with
    {
        RunAsync = async (runner, request, context, ct) =>
        {
            var result = await command.RunAsync(runner, request, context, ct);
            if (result is CommandResult.Done done)
                Say(Acknowledged + string.Join(' ', done.Events.Select(e => e.Value.ToString("D"))) + ".\n");
            return result;
        },
    };

    private static void Say(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes(line));
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
