namespace Governance.Domain.Roadmaps;

/// <summary>What was planned and what became of it, exact to the cent.</summary>
/// <param name="Planned">What it may cost.</param>
/// <param name="Committed">What is committed and neither paid nor cancelled.</param>
/// <param name="Paid">What was paid.</param>
public sealed record Spending(long Planned, long Committed, long Paid)
{
    public static Spending None { get; } = new(0, 0, 0);

    /// <summary>What can still be committed; below zero once more is engaged than planned.</summary>
    public long Left => Planned - Committed - Paid;

    public bool IsOverBudget => Left < 0;

    public static Spending operator +(Spending left, Spending right) =>
        new(left.Planned + right.Planned, left.Committed + right.Committed, left.Paid + right.Paid);

    /// <summary>What expenses come to, beside a budget in whole cents of euros.</summary>
    public static Spending Of(long planned, IEnumerable<Expense> expenses) => expenses.Aggregate(new Spending(planned, 0, 0), (sum, expense) => expense switch
    {
        { Paid: { } paid } => sum with { Paid = sum.Paid + paid.Cents },
        { Cancelled: null } => sum with { Committed = sum.Committed + expense.Cents },
        _ => sum,
    });

    /// <summary>By calendar year, in order: every year that has a budget or an expense.</summary>
    /// <param name="budget">Whole cents of euros by year.</param>
    public static IReadOnlyList<(int Year, Spending Spending)> ByYear(IReadOnlyDictionary<int, int> budget, IReadOnlyList<Expense> expenses) =>
    [
        .. budget.Keys.Union(expenses.Select(e => e.Year)).Order()
            .Select(year => (year, Of(budget.GetValueOrDefault(year), expenses.Where(e => e.Year == year)))),
    ];
}
