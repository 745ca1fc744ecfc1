using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

public sealed record ChangePurpose(string Purpose, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if (Texts.Text("purpose", Purpose) is { } wrong)
            return wrong;
        return association.At(On) switch
        {
            Association.Active a when a.Purpose == Purpose => Kernel.Decision.NoChange,
            Association.Active => association.Accept(On, new PurposeChanged(Purpose, Decision)),
            _ => association.Missing(On),
        };
    }
}
