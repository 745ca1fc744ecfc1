using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Says how many deliveries of a year the version in preparation commits to.</summary>
/// <param name="Target">From 0.</param>
public sealed record SetTarget(IndicatorId Indicator, int Year, int Target, EffectiveTime On)
{
    public const int Most = 100_000;

    public Decision Decide(Timeline<Convention> convention)
    {
        if (Texts.Number("target", Target, 0, Most) is { } wrong)
            return wrong;
        return convention.At(On) is Convention.Known { File.Prepared.Terms: var terms } && terms.Find(Indicator) is { } known
            && known.Targets.TryGetValue(Year, out var before) && before == Target
                ? Decision.NoChange
                : convention.Revise(
                    On,
                    (prepared, _) => prepared.Find(Indicator) is null ? new IndicatorNotFound() : ConventionChecks.Year(prepared, Year),
                    new TargetSet(Indicator, Year, Target));
    }
}
