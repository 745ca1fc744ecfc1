using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Governance.Tests;

public sealed class PostgreSqlTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("governance-sweep-");
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.Dispose();
        }

        _place.Delete(recursive: true);
    }

    [Fact]
    public void A_cluster_whose_run_was_killed_is_swept_and_its_server_ended()
    {
        var cluster = ClusterOf(Killed());
        var server = Working(cluster);
        File.WriteAllText(Path.Combine(cluster, "postmaster.pid"), $"{server.Id}\n{cluster}\n");

        PostgreSql.Sweep(_place.FullName);

        Assert.Empty(_place.GetDirectories());
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_stranger_who_has_the_number_of_a_server_of_before_goes_on()
    {
        var (cluster, stranger) = (ClusterOf(Killed()), Working(_place.FullName));
        File.WriteAllText(Path.Combine(cluster, "postmaster.pid"), $"{stranger.Id}\n{cluster}\n");

        PostgreSql.Sweep(_place.FullName);

        Assert.Empty(_place.GetDirectories());
        Assert.False(stranger.HasExited);
    }

    [Fact]
    public void What_a_run_under_way_uses_and_what_is_no_runs_stays()
    {
        ClusterOf(Environment.ProcessId);
        _place.CreateSubdirectory(PostgreSql.Prefix + "notes");
        // A run of another container: its number is nobody's here, and it holds its lock.
        var locked = Directory.GetParent(ClusterOf(Killed()))!;
        using var held = new FileStream(Path.Combine(locked.FullName, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        PostgreSql.Sweep(_place.FullName);

        Assert.Equal(3, _place.GetDirectories().Length);
    }

    [Fact]
    public void A_place_that_is_not_there_has_nothing_to_sweep() => PostgreSql.Sweep(Path.Combine(_place.FullName, "nowhere"));

    private string ClusterOf(int run) =>
        _place.CreateSubdirectory(PostgreSql.Prefix + run.ToString(CultureInfo.InvariantCulture)).CreateSubdirectory("cluster").FullName;

    private static int Killed()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }

    private Process Working(string folder)
    {
        var process = Process.Start(new ProcessStartInfo("sleep", ["600"]) { WorkingDirectory = folder })!;
        _started.Add(process);
        return process;
    }
}
