using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <param name="Line">Its number, as whoever gives the payments counts them.</param>
/// <param name="On">The day of the payment.</param>
public sealed record DuesPaymentLine(int Line, MemberId Member, int AmountCents, EffectiveTime On, PaymentMeans? Means = null, string? Reference = null);

/// <summary>Records payments of many members for one period: all of them, or none and what is wrong with each. Those that are known change nothing.</summary>
public sealed record RecordDuesPayments(string Period, IReadOnlyList<DuesPaymentLine> Lines, EffectiveTime On)
{
    public const int MostLines = 500;

    /// <param name="members">Those that the lines name.</param>
    public Decision Decide(IReadOnlyDictionary<MemberId, Timeline<Member>> members)
    {
        if (Texts.Number("lines", Lines.Count, 1, MostLines) is { } wrong)
            return wrong;
        var after = members.ToDictionary();
        List<Fact> facts = [];
        List<PaymentFault> faults = [];
        foreach (var line in Lines)
        {
            var member = after[line.Member];
            switch (NotYetHappened.Of(line.On, On.Instant) is { } ahead ? ahead : new RecordDuesPayment(Period, line.AmountCents, line.On, line.Means, line.Reference).Decide(member))
            {
                case Decision.Refused(var refusal):
                    faults.Add(new(line.Line, refusal));
                    break;
                case Decision.Accepted(var recorded):
                    facts.AddRange(recorded);
                    after[line.Member] = member.After(recorded);
                    break;
            }
        }

        if (faults.Count > 0)
            return new PaymentsUnfit(faults);
        return facts.Count > 0 ? Decision.Accept(facts) : Decision.NoChange;
    }
}
