using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

public sealed record MoveSeat(string Seat, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if (Texts.Check("seat", Seat, 1, 500, lines: true) is { } wrong)
            return wrong;
        return association.At(On) switch
        {
            Association.Active a when a.Seat == Seat => Kernel.Decision.NoChange,
            Association.Active => association.Accept(On, new SeatMoved(Seat, Decision)),
            _ => association.Missing(On),
        };
    }
}
