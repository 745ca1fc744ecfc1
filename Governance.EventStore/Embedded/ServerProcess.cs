using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Governance.EventStore.Embedded;

/// <summary>One run of the server as a direct child of the host.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Interrupt = 2; // fast shutdown: sessions are ended, everything is written
    private const int Quit = 3; // immediate shutdown: recovery follows at the next start, nothing committed is lost
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>
    /// Starts the server. The kernel interrupts it when the calling <em>thread</em> ends (prctl(2), PR_SET_PDEATHSIG), so that thread must
    /// live as long as the server is wanted; a host that is killed leaves no server behind.
    /// </summary>
    public static ServerProcess Start(PrivateCluster cluster, PostgresBinaries binaries)
    {
        // The shell only appends the output to the log; each program replaces the one before it, so the process stays one and the same.
        var info = Subprocess.Describe("/bin/sh",
        [
            "-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "postgres", cluster.Log,
            "setsid", .. cluster.Owner.RunAs(), "--pdeathsig=INT", binaries.Server, .. cluster.ServerArguments(),
        ], redirect: false);
        return new ServerProcess(Subprocess.Start(info));
    }

    /// <summary>Waits until the server takes connections: at once when it was stopped in order, after recovery when it was not.</summary>
    /// <returns>False when it ended instead, or when <paramref name="stopping"/> was set.</returns>
    public bool WaitUntilReady(PrivateCluster cluster, WaitHandle stopping)
    {
        while (!_process.HasExited)
        {
            if (cluster.ReadServerState() is { Ready: true } state && state.ProcessId == Id)
                return true;
            if (stopping.WaitOne(PollEvery))
                return false;
        }

        return false;
    }

    /// <returns>True when the server has ended, false when <paramref name="stopping"/> was set first.</returns>
    public bool WaitForExit(WaitHandle stopping)
    {
        using var giveUp = new CancellationTokenSource();
        var exit = _process.WaitForExitAsync(giveUp.Token);
        var first = WaitHandle.WaitAny([stopping, ((IAsyncResult)exit).AsyncWaitHandle]);
        giveUp.Cancel();
        return first == 1;
    }

    public void Stop()
    {
        foreach (var signal in (int[])[Interrupt, Quit])
        {
            if (_process.HasExited)
                return;
            _ = Send(Id, signal);
            if (_process.WaitForExit(Patience))
                return;
        }

        throw new PrivatePostgresException($"PostgreSQL (process {Id}) does not stop.");
    }

    public void Dispose() => _process.Dispose();

    /// <summary>
    /// Ends what an earlier host left on the data: a server on its way down, or sessions that outlived a killed server. Needs the lock.
    /// The stale postmaster.pid is then removed: its number may now be a stranger's, over which the server would refuse to start, or the new
    /// server's own, which would look ready too soon. Nobody is left who could rely on it.
    /// </summary>
    public static void ClearLeftovers(PrivateCluster cluster, WaitHandle stopping)
    {
        if (cluster.ReadServerState() is not { } stale)
            return;

        var waited = Stopwatch.StartNew();
        var asked = false;
        for (var left = ProcessesOn(cluster.Data); left.Count > 0; left = ProcessesOn(cluster.Data))
        {
            if (left.Contains(stale.ProcessId) && !asked)
            {
                asked = true;
                _ = Send(stale.ProcessId, Interrupt);
            }

            if (waited.Elapsed > Patience)
                throw new PrivatePostgresException(
                    $"Processes of an earlier server still use `{cluster.Data}`: {string.Join(", ", left)}. End them and start again.");
            if (stopping.WaitOne(PollEvery))
                return;
        }

        File.Delete(Path.Combine(cluster.Data, "postmaster.pid"));
    }

    /// <returns>Process ids whose working directory is the data directory: the server and all its sessions change into it.</returns>
    private static List<int> ProcessesOn(string data)
    {
        List<int> found = [];
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                if (new FileInfo(Path.Combine(entry, "cwd")).LinkTarget == data)
                    found.Add(id);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is another user's and so none of ours.
            }
        }

        return found;
    }

    private static int Send(int processId, int signal) => kill(processId, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
