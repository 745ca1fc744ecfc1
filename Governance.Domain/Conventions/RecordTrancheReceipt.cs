using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Money of a tranche came in, whole or in part.</summary>
public sealed record RecordTrancheReceipt(TrancheId Tranche, int AmountCents, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if (ConventionChecks.Amount("amountCents", AmountCents, 1) is { } wrong)
            return wrong;
        if (convention.At(On) is not Convention.Signed { File: var file })
            return convention.NotSigned(On);
        if (file.InForce.Terms.Find(Tranche) is not { } tranche)
            return new TrancheNotFound();
        if (file.Receipts.Contains(new TrancheReceipt(Tranche, AmountCents, On)))
            return Decision.NoChange;
        // What is recorded as later counts too: a receipt of before comes on top of it.
        var all = (((Convention.Known)convention.Latest).File.Received(Tranche)) + AmountCents;
        return all > tranche.Cents
            ? new TrancheAboveAgreed(tranche.Title, ConventionChecks.Cents(tranche.Cents), ConventionChecks.Cents(all))
            : convention.Accept(On, new TrancheReceived(Tranche, AmountCents));
    }
}
