using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>
/// A member pays dues, all or a part, on the day from which the payment holds. A reference tells it from every other payment of the period; without one the
/// same amount on the same day is one payment.
/// </summary>
/// <param name="AmountCents">1 cent up to what is still owed.</param>
public sealed record RecordDuesPayment(string Period, int AmountCents, EffectiveTime On, PaymentMeans? Means = null, string? Reference = null)
{
    public Decision Decide(Timeline<Member> member)
    {
        if ((Texts.Name("period", Period) ?? Texts.Number("amountCents", AmountCents, 1, CallDues.MostCents) ?? Texts.OptionalName("reference", Reference)) is { } wrong)
            return wrong;
        if (member.At(On) is Member.Unknown)
            return member.Stands(On);
        foreach (var e in member.Effective)
        {
            if (e.Event is not DuesPaid before || before.Period != Period || before.Reference != Reference)
                continue;
            if (before.AmountCents == AmountCents && e.On == On)
                return Decision.NoChange;
            if (Reference is not null)
                return new PaymentReferenceTaken(Reference, new(before.AmountCents));
        }

        if (member.At(On).DuesOf(Period) is null)
            return new DuesNotCalled(Period);
        return member.Latest.DuesOf(Period) is { } known && AmountCents > known.OwedCents
            ? new DuesOverpaid(Period, new(known.OwedCents))
            : member.Accept(On, new DuesPaid(Period, AmountCents, Means, Reference));
    }
}
