using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>Says what a workstream may cost in a year, in the place of what was said before.</summary>
/// <param name="Year">A calendar year of its roadmap.</param>
/// <param name="AmountCents">Whole cents of euros; 0 takes the year's budget away.</param>
public sealed record PlanBudget(int Year, int AmountCents, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Roadmap> roadmap)
    {
        if (Texts.Number("amountCents", AmountCents, 0, int.MaxValue) is { } wrong)
            return wrong;
        if (roadmap.YearOutside(Year) is { } outside)
            return outside;
        return workstream.At(On) switch
        {
            Workstream.Live w when w.Plan.Budget.GetValueOrDefault(Year) == AmountCents => Kernel.Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new BudgetPlanned(Year, AmountCents, Decision)),
            _ => workstream.Stands(On),
        };
    }
}
