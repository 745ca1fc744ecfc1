using Governance.EventStore;

namespace Governance.Api.Kernel.Hosting;

/// <summary>Deletes the keys of commands that nobody will repeat any more.</summary>
public sealed class CommandKeyExpiry(EventLog log, TimeProvider time, ILogger<CommandKeyExpiry> logger) : PeriodicWork(Every, time, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    public override async Task<int> RoundAsync(CancellationToken ct) => await log.PurgeCommandsAsync(ct);
}
