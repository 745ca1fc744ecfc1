using Governance.Api.Kernel.Hosting;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Known = Governance.Projections.People;

namespace Governance.Api.People;

/// <summary>
/// Destroys the key of each person whose erasure was recorded. Not by a follower: the transaction of its batch would keep the key's former row from
/// being vacuumed away.
/// </summary>
public sealed class Erasures(ReadDatabase reads, PersonVault vault, TimeProvider time, ILogger<Erasures> logger) : PeriodicWork(Every, time, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var destroyed = 0;
        foreach (var (association, person) in await Known.ErasedWithAKeyAsync(reads, ct))
        {
            if (await vault.EraseAsync(association.ToString(), person.Value, ct))
                destroyed++;
        }

        return destroyed;
    }
}
