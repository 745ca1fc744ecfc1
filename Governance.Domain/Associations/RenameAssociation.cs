using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

public sealed record RenameAssociation(string Name, string ShortName, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if ((Texts.Name("name", Name) ?? Texts.Name("shortName", ShortName)) is { } wrong)
            return wrong;
        return association.At(On) switch
        {
            Association.Active a when a.Name == Name && a.ShortName == ShortName => Kernel.Decision.NoChange,
            Association.Active => association.Accept(On, new AssociationRenamed(Name, ShortName, Decision)),
            _ => association.Missing(On),
        };
    }
}
