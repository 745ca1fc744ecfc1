using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Api.DuesCampaigns;

/// <summary>
/// Whose accounts of dues somebody reads with all that stands in them: references of payments, what the member declared, what became of reminders. The
/// secretariat, the treasurers and the auditors read all of them; whoever represents a member, that member's. Amounts, days and standing are everybody's.
/// </summary>
/// <param name="All">True when every account is open; <paramref name="Members"/> is empty then.</param>
public sealed record OpenAccounts(bool All, IReadOnlySet<MemberId> Members)
{
    public bool To(MemberId member) => All || Members.Contains(member);

    /// <summary>What a member owes and has paid, as it may be read.</summary>
    public Dues Of(MemberId member, Dues dues) => To(member) ? dues : dues.WithoutReferences();
}
