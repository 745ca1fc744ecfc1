using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Has the version in preparation commit to something.</summary>
/// <param name="Domain">The domain that it belongs to: objectives of one domain share its name.</param>
public sealed record AddObjective(ObjectiveId Objective, string Domain, string Commitment, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if ((Texts.Name("domain", Domain) ?? Texts.Text("commitment", Commitment)) is { } wrong)
            return wrong;
        return convention.At(On) is Convention.Known { File.Prepared.Terms: var terms } && terms.Objectives.Contains(new ConventionObjective(Objective, Domain, Commitment))
            ? Decision.NoChange
            : convention.Revise(On, (_, _) => null, new ObjectiveAdded(Objective, Domain, Commitment));
    }
}
