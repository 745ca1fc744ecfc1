using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

public sealed record DissolveAssociation(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return association.At(On) switch
        {
            Association.Dissolved => Kernel.Decision.NoChange,
            Association.Active => association.Accept(On, new AssociationDissolved(Reason, Decision)),
            _ => association.Missing(On),
        };
    }
}
