using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Says what an objective of the version in preparation is measured by.</summary>
/// <param name="Counts">The deliveries that count towards it.</param>
public sealed record AddIndicator(IndicatorId Indicator, ObjectiveId Objective, string Name, DeliveryKind Counts, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if (Texts.Name("name", Name) is { } wrong)
            return wrong;
        return convention.At(On) is Convention.Known { File.Prepared.Terms: var terms } && terms.Find(Indicator) is { } known
            && (known.Objective, known.Name, known.Counts) == (Objective, Name, Counts)
                ? Decision.NoChange
                : convention.Revise(
                    On,
                    (prepared, _) => prepared.Objectives.Exists(o => o.Id == Objective) ? null : new ObjectiveNotFound(),
                    new IndicatorAdded(Indicator, Objective, Name, Counts));
    }
}
