using Governance.Api.Kernel.Hosting;

namespace Governance.Api.Access;

/// <summary>Removes recorded reads of personal data that are older than they are kept.</summary>
public sealed class ReadExpiry(ReadRecord record, TimeProvider time, ILogger<ReadExpiry> logger) : PeriodicWork(Every, time, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    public override Task<int> RoundAsync(CancellationToken ct) => record.ExpireAsync(ct);
}
