using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Nothing more is owed under the convention.</summary>
/// <param name="Reason">Why, where it ends otherwise than foreseen.</param>
public sealed record EndConvention(string? Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if (Texts.OptionalText("reason", Reason) is { } wrong)
            return wrong;
        return convention.At(On) switch
        {
            Convention.Ended => Decision.NoChange,
            Convention.Signed => convention.Accept(On, new ConventionEnded(Reason)),
            _ => convention.NotSigned(On),
        };
    }
}
