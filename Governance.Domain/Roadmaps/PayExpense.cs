using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>An expense that was committed is paid: what it came to in the end, which may be more or less.</summary>
/// <param name="AmountCents">Above 0, whole cents of euros.</param>
/// <param name="Paper">The paper that shows it.</param>
public sealed record PayExpense(ExpenseId Expense, int AmountCents, string Paper, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if ((Texts.Name("paper", Paper) ?? Texts.Number("amountCents", AmountCents, 1, int.MaxValue)) is { } wrong)
            return wrong;
        var paid = new ExpensePaid(Expense, AmountCents, Paper);
        return workstream.At(On) switch
        {
            Workstream.Known w when w.Plan.Find(Expense) is { } expense => expense switch
            {
                { Paid: { } before } => workstream.Recorded.Any(e => e.On == On && paid.Equals(e.Event)) ? Decision.NoChange : new ExpenseAlreadyPaid(before.On),
                { Cancelled: not null } => new ExpenseIsCancelled(),
                _ => workstream.Accept(On, paid),
            },
            Workstream.Known => new ExpenseNotFound(),
            _ => workstream.Stands(On),
        };
    }
}
