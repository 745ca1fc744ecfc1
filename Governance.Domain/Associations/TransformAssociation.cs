using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <summary>The same association goes on under a new name, purpose and statutes.</summary>
/// <param name="Statutes">The version of the statutes adopted with it.</param>
public sealed record TransformAssociation(
    string Name, string ShortName, string Purpose, StatutesVersionId Statutes, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if ((Texts.Name("name", Name) ?? Texts.Name("shortName", ShortName) ?? Texts.Text("purpose", Purpose)) is { } wrong)
            return wrong;
        return association.At(On) switch
        {
            Association.Active a when a.Name == Name && a.ShortName == ShortName && a.Purpose == Purpose && a.Statutes == Statutes
                => Kernel.Decision.NoChange,
            Association.Active => association.Accept(On, new AssociationTransformed(Name, ShortName, Purpose, Statutes, Decision)),
            _ => association.Missing(On),
        };
    }
}
