using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>An expense that was committed will not be paid.</summary>
public sealed record CancelExpense(ExpenseId Expense, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return workstream.At(On) switch
        {
            Workstream.Known w when w.Plan.Find(Expense) is { } expense => expense switch
            {
                { Cancelled: not null } => Decision.NoChange,
                { Paid: { } paid } => new ExpenseAlreadyPaid(paid.On),
                _ => workstream.Accept(On, new ExpenseCancelled(Expense, Reason)),
            },
            Workstream.Known => new ExpenseNotFound(),
            _ => workstream.Stands(On),
        };
    }
}
