using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <param name="Reference">Where it can be found.</param>
public sealed record PublishOutput(string Title, string? Reference, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("reference", Reference)) is { } wrong)
            return wrong;
        return group.At(On) switch
        {
            WorkingGroup.Active known when known.Outputs.GetValueOrDefault(Title) => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, new OutputPublished(Title, Reference)),
            _ => group.NotActive(On),
        };
    }
}
