using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Ends a body, and with it every mandate in it.</summary>
public sealed record DissolveBody(string Reason, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> body)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        return body.At(On) switch
        {
            Body.Dissolved => Kernel.Decision.NoChange,
            Body.Constituted => body.Accept(On, new BodyDissolved(Reason, Decision)),
            _ => body.Missing(On),
        };
    }
}
