using System.ComponentModel;
using System.Diagnostics;

namespace Governance.EventStore.Embedded;

/// <summary>Short-lived commands, run to their end with a clean environment.</summary>
internal static class Subprocess
{
    /// <returns>Exit code and everything written to both outputs.</returns>
    /// <exception cref="PrivatePostgresException">The program is not on this machine.</exception>
    public static (int ExitCode, string Output) Run(string program, IEnumerable<string> arguments, string? input = null)
    {
        using var process = Start(Describe(program, arguments, redirect: true));
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    /// <returns>What the command wrote, trimmed.</returns>
    /// <exception cref="PrivatePostgresException">It is missing or failed.</exception>
    public static string Require(string program, IEnumerable<string> arguments, string? input = null)
    {
        var (code, output) = Run(program, arguments, input);
        return code == 0
            ? output.Trim()
            : throw new PrivatePostgresException($"`{program}` failed with exit code {code}: {output.Trim()}");
    }

    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, bool redirect)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            WorkingDirectory = "/", // an unprivileged child may not be allowed into the host's directory
        };
        // Neither secrets of the host nor PGDATA and its kin of whoever started it reach the server.
        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        info.Environment["LC_ALL"] = "C";
        info.Environment["TZ"] = "UTC";
        return info;
    }

    public static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new PrivatePostgresException(
                $"`{info.FileName}` cannot be run ({e.Message}). The private PostgreSQL needs Linux with util-linux and coreutils; "
                + "elsewhere give the connection string of a server of your own in ConnectionStrings__Governance.", e);
        }
    }
}
