using Governance.Api.Kernel.Hosting;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Npgsql;
using Known = Governance.Projections.People;

namespace Governance.Api.People;

/// <summary>
/// Carries out each erasure that was recorded and not carried out, because a host stopped in between. Not by a follower: the transaction of its batch would keep the key's former row from
/// being vacuumed away.
/// </summary>
public sealed class Erasures(ReadDatabase reads, NpgsqlDataSource database, PersonErasure erasure, TimeProvider time, ILogger<Erasures> logger) : PeriodicWork(Every, time, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(10);

    private TimeSpan _pause = TimeSpan.Zero;
    private DateTimeOffset _purgeFrom = DateTimeOffset.MinValue;

    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var destroyed = 0;
        foreach (var (association, person) in await Known.ErasedWithAKeyAsync(reads, ct))
        {
            if (await erasure.CarryOutAsync(association, person, ct))
                destroyed++;
        }

        await PurgeAsync(ct);
        return destroyed;
    }

    // Each try takes the table for itself: while one who reads for hours stands in the way, they become rare.
    private async Task PurgeAsync(CancellationToken ct)
    {
        if (Time.GetUtcNow() < _purgeFrom)
            return;
        var due = await FormerRows.PurgeDueAsync(database, ct);
        _pause = due == 0 ? TimeSpan.Zero : _pause == TimeSpan.Zero ? Every : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _purgeFrom = Time.GetUtcNow() + _pause;
    }
}
