using Governance.Api.Kernel.Hosting;
using Governance.Projections.Runtime;
using Known = Governance.Projections.People;

namespace Governance.Api.People;

/// <summary>
/// Carries out each erasure that was recorded and not carried out, because a host stopped in between. Not by a follower: the transaction of its batch would keep the key's former row from
/// being vacuumed away.
/// </summary>
public sealed class Erasures(ReadDatabase reads, PersonErasure erasure, TimeProvider time, ILogger<Erasures> logger) : PeriodicWork(Every, time, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var destroyed = 0;
        foreach (var (association, person) in await Known.ErasedWithAKeyAsync(reads, ct))
        {
            if (await erasure.CarryOutAsync(association, person, ct))
                destroyed++;
        }

        return destroyed;
    }
}
