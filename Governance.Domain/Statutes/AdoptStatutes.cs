using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>Adopts a draft, which never changes any more.</summary>
/// <param name="InForceFrom">When it begins to hold.</param>
/// <param name="Transcribed">From a document of before the system, which may not tell by what they were adopted.</param>
public sealed record AdoptStatutes(
    StatutesVersionId Version, EffectiveTime InForceFrom, DecisionReference? Decision, EffectiveTime On, bool Transcribed = false)
{
    /// <summary>
    /// The decision comes first: where only the day, month or year of adoption is given and the decision falls into it, the
    /// statutes are adopted at the decision, so that the assembly that adopts them voted under the old ones.
    /// </summary>
    /// <param name="decision">The ballot that <see cref="Decision"/> names.</param>
    /// <param name="zone">The association's clocks.</param>
    public Decision Decide(Timeline<StatutesVersions> statutes, Timeline<Ballot>? decision, TimeZoneInfo zone) =>
        statutes.Latest.Find(Version) is StatutesVersion.Adopted known && IsThis(known, zone)
            ? Kernel.Decision.NoChange
            : statutes.OfDraft(Version, _ => Adopt(statutes, decision, zone));

    private bool IsThis(StatutesVersion.Adopted known, TimeZoneInfo zone) =>
        known.Decision == Decision && InForceFrom.NotBefore(known.InForceFrom, zone) == known.InForceFrom;

    private Decision Adopt(Timeline<StatutesVersions> statutes, Timeline<Ballot>? decision, TimeZoneInfo zone)
    {
        var adopted = On;
        // The first are those of the founders; from then on the statutes themselves say who changes them.
        if (Decision is null && !Transcribed && statutes.At(On) is var known && known.InForceAt(On.Instant) is not null)
            return new DecisionNotNamed(DecisionKind.Statutes, known.RulesAt(On.Instant).Authority(DecisionKind.Statutes).Article);
        if (Decision is not null)
        {
            ArgumentNullException.ThrowIfNull(decision);
            if (decision.Stands(DecisionKind.Statutes, DecisionKind.Extraordinary) is { } refused)
                return refused;
            if (On.NotBefore(decision.DecidedOn(), zone) is not { } lifted)
                return new DecisionTakenLater(decision.DecidedOn());
            adopted = lifted;
        }

        return InForceFrom.NotBefore(adopted, zone) is { } inForce
            ? statutes.Accept(adopted, new StatutesAdopted(Version, inForce, Decision))
            : new InForceBeforeAdoption(InForceFrom, adopted);
    }
}

internal static class Periods
{
    /// <summary>
    /// The time itself, or the other where it is later and falls into the day, month, quarter, half-year or year given.
    /// </summary>
    /// <returns>Null when the time lies before the other altogether.</returns>
    public static EffectiveTime? NotBefore(this EffectiveTime time, EffectiveTime other, TimeZoneInfo zone)
    {
        if (time >= other)
            return time;
        return other.Instant < time.PeriodEnd(zone) ? new(other.Instant, time.Precision) : null;
    }
}
