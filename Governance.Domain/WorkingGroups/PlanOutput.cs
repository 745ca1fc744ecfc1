using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>The group means to bring something out: a kit, a note, a webinar.</summary>
/// <param name="Title">Names the output within its group.</param>
/// <param name="Due">Meant to be out by the end of this day, month, quarter; null when not said.</param>
public sealed record PlanOutput(string Title, EffectiveTime? Due, string? Description, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("description", Description)) is { } wrong)
            return wrong;
        var planned = new OutputPlanned(Title, Due, Description);
        return group.At(On) switch
        {
            WorkingGroup.Active known when known.Outputs.GetValueOrDefault(Title) => new OutputAlreadyPublished(Title),
            WorkingGroup.Active when group.Effective.Any(e => e.Event.Equals(planned)) => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, planned),
            _ => group.NotActive(On),
        };
    }
}
