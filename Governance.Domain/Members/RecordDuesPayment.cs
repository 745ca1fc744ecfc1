using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>A member pays dues, all or a part, on the day from which the payment holds. The same amount for the same period on the same day is one payment.</summary>
/// <param name="AmountCents">1 cent up to what is still owed.</param>
public sealed record RecordDuesPayment(string Period, int AmountCents, EffectiveTime On)
{
    public Decision Decide(Timeline<Member> member)
    {
        if ((Texts.Name("period", Period) ?? Texts.Number("amountCents", AmountCents, 1, CallDues.MostCents)) is { } wrong)
            return wrong;
        if (member.At(On) is Member.Unknown)
            return member.Stands(On);
        var payment = new DuesPaid(Period, AmountCents);
        if (History.Of(member.Recorded).Ordered.Any(e => e.On == On && payment.Equals(e.Event)))
            return Decision.NoChange;
        if (member.At(On).DuesOf(Period) is null)
            return new DuesNotCalled(Period);
        return member.Latest.DuesOf(Period) is { } known && AmountCents > known.OwedCents
            ? new DuesOverpaid(Period, new(known.OwedCents))
            : member.Accept(On, payment);
    }
}
