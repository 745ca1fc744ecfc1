using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.EventStore.Vault;

namespace Governance.Api.People;

/// <summary>
/// What makes a recorded erasure true, in an order that may be cut off anywhere and done again: the journal outside the database, the account, and last
/// the key, by whose absence it is known to be done.
/// </summary>
public sealed class PersonErasure(ErasureJournal journal, PersonVault vault, AccountStore accounts, TimeProvider time)
{
    /// <returns>False when there was no key left to destroy.</returns>
    /// <exception cref="IOException">The journal could not be written: nothing was destroyed.</exception>
    public async Task<bool> CarryOutAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        journal.Write(association.ToString(), person.Value, time.GetUtcNow());
        await accounts.ForgetAsync(association, person, ct);
        return await vault.EraseAsync(association.ToString(), person.Value, ct);
    }
}
