using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>
/// A payment of a member did not hold, from its day on. One that was entered by mistake is taken back instead, as any fact is.
/// </summary>
/// <param name="Reference">Of the payment, where it has one.</param>
public sealed record ReturnDuesPayment(string Period, int AmountCents, string Reason, string? Reference, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member)
    {
        if ((Texts.Name("period", Period) ?? Texts.Number("amountCents", AmountCents, 1, CallDues.MostCents) ?? Texts.Text("reason", Reason)
            ?? Texts.OptionalName("reference", Reference)) is { } wrong)
            return wrong;
        var returned = new DuesPaymentReturned(Period, AmountCents, Reason, Reference);
        if (member.Effective.Any(e => e.On == On && returned.Equals(e.Event)))
            return Decision.NoChange;
        if (member.At(On) is Member.Unknown)
            return member.Stands(On);
        if (member.At(On).DuesOf(Period) is not { } dues)
            return new DuesNotCalled(Period);
        var paid = Math.Min(Of(dues), Of(member.Latest.DuesOf(Period)!));
        return AmountCents > paid ? new PaymentNotThere(Period, new(paid)) : member.Accept(On, returned);
    }

    // What of the payment, or of all that has no reference, is still there.
    private int Of(Dues dues) => Math.Min(dues.PaidCents, dues.Payments.Where(p => p.Reference == Reference).Sum(p => p.AmountCents));
}
