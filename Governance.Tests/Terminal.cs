using System.Diagnostics;
using Governance.Api.Kernel.Hosting;

namespace Governance.Tests;

/// <summary>Programs as an operator runs them in a terminal.</summary>
internal static class Terminal
{
    public sealed record Ended(int ExitCode, string Output, string Error);

    /// <summary>The product's own command line, on a database and a directory of keys.</summary>
    public static Task<Ended> RunAsync(string dataDirectory, string connectionString, CancellationToken ct, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(GovernanceHost).Assembly.Location, .. arguments, "--data", dataDirectory]);
        info.Environment["ConnectionStrings__Governance"] = connectionString;
        return RunAsync(info, ct);
    }

    /// <summary>Another program.</summary>
    public static async Task<Ended> RunAsync(ProcessStartInfo info, CancellationToken ct)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        using var process = Process.Start(info)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>A sentence without its line end and the marks of typography.</summary>
    public static string Plain(string text) => text.Trim().Replace('\u00a0', ' ').Replace('\u202f', ' ').Replace('\'', '’');
}
