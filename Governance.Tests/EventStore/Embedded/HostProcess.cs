using System.Diagnostics;
using Governance.EventStore.Embedded;
using Governance.Tests.EventStore;
using Governance.Tests.EventStore.Embedded;

/// <summary>
/// Lets this assembly run as a second host that can be killed: .NET calls <c>Initialize</c> before <c>Main</c> of a process that names the
/// assembly in DOTNET_STARTUP_HOOKS, and the runtime prescribes the name and the absence of a namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(AppendingHost.DatabaseVariable) is not null)
        {
            AppendingHost.RunAsync().Wait();
            Environment.Exit(0);
        }

        if (Environment.GetEnvironmentVariable(HostProcess.DataDirectoryVariable) is not { } directory)
            return;
        PrivatePostgres.StartAsync(directory, notice => Console.WriteLine($"{notice.Change} {notice.ServerProcessId}")).Wait();
        Console.In.ReadToEnd(); // serves until its input closes or it is killed
        Environment.Exit(0);
    }
}

namespace Governance.Tests.EventStore.Embedded
{
    /// <summary>A host in a process of its own.</summary>
    internal sealed class HostProcess : IDisposable
    {
        public const string DataDirectoryVariable = "GOVERNANCE_TEST_HOST_OF";

        private readonly Process _process;

        private HostProcess(Process process) => _process = process;

        /// <summary>Starts it and waits for its first line, for example <c>Started 4711</c>.</summary>
        public static async Task<(HostProcess Host, string FirstNotice)> StartAsync(string dataDirectory, CancellationToken cancellation)
        {
            var assembly = typeof(HostProcess).Assembly.Location;
            var info = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            info.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
            info.Environment[DataDirectoryVariable] = dataDirectory;
            var process = Process.Start(info)!;
            var line = await process.StandardOutput.ReadLineAsync(cancellation);
            return (new HostProcess(process), line ?? throw new InvalidOperationException("the host ended before its server was ready"));
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
}
