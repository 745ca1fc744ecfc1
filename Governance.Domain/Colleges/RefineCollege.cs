using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Colleges;

/// <summary>Sets seats and weight of the college anew.</summary>
/// <param name="Remark">What the refinement is for.</param>
public sealed record RefineCollege(int? Seats, Fraction Weight, string Remark, DecisionReference? Decision, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> college)
    {
        if ((Texts.Number("seats", Seats, 1, BodyChecks.MaximumSeats) ?? CollegeChecks.Weight(Weight) ?? Texts.Text("remark", Remark)) is { } wrong)
            return wrong;
        switch (college.At(On))
        {
            case Body.Constituted { Kind: not BodyKind.College } b:
                return new NotACollege(b.Name);
            case Body.Constituted b when b.Seats == Seats && b.Weight == Weight:
                return Kernel.Decision.NoChange;
            case Body.Constituted b:
                var holders = b.Holders(On.Instant).Count;
                return Seats < holders
                    ? new FewerSeatsThanHolders(Seats.Value, holders)
                    : college.Accept(On, new CollegeRefined(Weight, Remark, Seats, Decision));
            default:
                return college.Missing(On);
        }
    }
}
