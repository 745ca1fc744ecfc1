using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Roadmaps;

/// <summary>Says what a workstream may cost in a year, in the place of what was said before.</summary>
/// <param name="Year">A calendar year of its roadmap.</param>
/// <param name="AmountCents">Whole cents of euros; 0 takes the year's budget away.</param>
public sealed record PlanBudget(int Year, int AmountCents, DecisionReference? Decision, EffectiveTime On)
{
    /// <param name="decision">The ballot behind it, null where none is named: about the workstream, or about the association's budget.</param>
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Roadmap> roadmap, Timeline<Ballot>? decision)
    {
        if (Texts.Number("amountCents", AmountCents, 0, int.MaxValue) is { } wrong)
            return wrong;
        if (roadmap.YearOutside(Year) is { } outside)
            return outside;
        if (decision?.Latest is Ballot.Held { Draft.Decision: var kind and not (DecisionKind.RoadmapItem or DecisionKind.Budget) })
            return new DecisionOfKindNotAsked(kind, DecisionKind.Budget);
        return workstream.At(On) switch
        {
            Workstream.Live w when w.Plan.Budget.GetValueOrDefault(Year) == AmountCents => Kernel.Decision.NoChange,
            Workstream.Live => workstream.Accept(On, new BudgetPlanned(Year, AmountCents, Decision)),
            _ => workstream.Stands(On),
        };
    }
}
