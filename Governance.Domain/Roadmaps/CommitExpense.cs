using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>
/// Enters an expense that the association has committed itself to, or has paid already. Money can be spent before the work starts (the page marks it) and
/// after it is over (a bill comes late), but not before the workstream was proposed. Entered again as paid, what was committed is paid.
/// </summary>
/// <param name="Year">The calendar year of the roadmap whose budget it counts against.</param>
/// <param name="AmountCents">Above 0, whole cents of euros.</param>
/// <param name="Paper">The paper that shows it: a quote, an order, a bill.</param>
/// <param name="Convention">The convention whose money it uses; it must fund the workstream. Null for the association's own.</param>
/// <param name="Paid">It is paid already, the same amount on the same paper.</param>
public sealed record CommitExpense(
    ExpenseId Expense, int Year, string Purpose, int AmountCents, string Paper, ConventionId? Convention, bool Paid, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Roadmap> roadmap)
    {
        if ((Texts.Name("purpose", Purpose) ?? Texts.Name("paper", Paper) ?? Texts.Number("amountCents", AmountCents, 1, int.MaxValue)) is { } wrong)
            return wrong;
        if (roadmap.YearOutside(Year) is { } outside)
            return outside;
        var (committed, paid) = (new ExpenseCommitted(Expense, Year, Purpose, AmountCents, Paper, Convention), new ExpensePaid(Expense, AmountCents, Paper));
        if (workstream.Latest is Workstream.Known latest && latest.Plan.Find(Expense) is { } known)
        {
            return known switch
            {
                _ when !Holds(workstream, committed) => new ExpenseAlreadyEntered(known.Purpose),
                _ when !Paid || Holds(workstream, paid) => Decision.NoChange,
                { Paid: { } before } => new ExpenseAlreadyPaid(before.On),
                { Cancelled: not null } => new ExpenseIsCancelled(),
                _ => workstream.Accept(On, paid),
            };
        }

        return workstream.At(On) switch
        {
            Workstream.Known w when Convention is { } convention && w.Plan.Funding.GetValueOrDefault(convention, []).Count == 0 => new ConventionFundsItNot(),
            Workstream.Known when Paid => workstream.Accept(On, committed, paid),
            Workstream.Known => workstream.Accept(On, committed),
            _ => workstream.Stands(On),
        };
    }

    private bool Holds(Timeline<Workstream> workstream, IEvent @event) => workstream.Effective.Any(e => e.On == On && @event.Equals(e.Event));
}
