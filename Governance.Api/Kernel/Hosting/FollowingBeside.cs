using Governance.EventStore;
using Governance.EventStore.Following;
using Npgsql;

namespace Governance.Api.Kernel.Hosting;

/// <summary>Runs a follower beside the read models, which do not wait for it, as long as the host runs. What it has parked is tried again when the host starts: nothing makes it anew.</summary>
public abstract class FollowingBeside(NpgsqlDataSource database, EventLog log, Follower follower, TimeProvider time, ILogger logger) : IHostedService, IAsyncDisposable
{
    /// <summary>Tells how far it has come.</summary>
    public FollowerHost Following { get; } = new(
        database, log, [follower], new FollowerOptions { OnFault = (name, fault) => logger.LogError(fault, "{Follower} met a fault", name) }, time);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Following.RetryParkedAsync(cancellationToken);
        Following.Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Following.StopAsync();

    /// <summary>Of a host that is dropped without being stopped too: it would try for good what its closed database cannot give it.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Following.DisposeAsync();
    }
}
