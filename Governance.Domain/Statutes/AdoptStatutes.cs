using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>Adopts a draft, which never changes any more.</summary>
/// <param name="InForceFrom">When it begins to hold.</param>
public sealed record AdoptStatutes(StatutesVersionId Version, EffectiveTime InForceFrom, DecisionReference? Decision, EffectiveTime On)
{
    /// <summary>
    /// The decision comes first: where only the day, month or year of adoption is given and the decision falls into it, the
    /// statutes are adopted at the decision, so that the assembly that adopts them voted under the old ones.
    /// </summary>
    /// <param name="decision">The ballot that <see cref="Decision"/> names.</param>
    public Decision Decide(Timeline<StatutesVersions> statutes, Timeline<Ballot>? decision) =>
        statutes.Latest.Find(Version) is StatutesVersion.Adopted known && IsThis(known)
            ? Kernel.Decision.NoChange
            : statutes.OfDraft(Version, _ => Adopt(statutes, decision));

    private bool IsThis(StatutesVersion.Adopted known) =>
        known.Decision == Decision && InForceFrom.NotBefore(known.InForceFrom) == known.InForceFrom;

    private Decision Adopt(Timeline<StatutesVersions> statutes, Timeline<Ballot>? decision)
    {
        var adopted = On;
        if (Decision is not null)
        {
            ArgumentNullException.ThrowIfNull(decision);
            if (decision.Stands(DecisionKind.Statutes, DecisionKind.Extraordinary) is { } refused)
                return refused;
            if (On.NotBefore(decision.DecidedOn()) is not { } lifted)
                return new DecisionTakenLater(decision.DecidedOn());
            adopted = lifted;
        }

        return InForceFrom.NotBefore(adopted) is { } inForce
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
    public static EffectiveTime? NotBefore(this EffectiveTime time, EffectiveTime other)
    {
        if (time >= other)
            return time;

        // Longest of each: a day of 25 hours when clocks go back, a leap year.
        var length = time.Precision switch
        {
            Precision.Day => TimeSpan.FromHours(25),
            Precision.Month => TimeSpan.FromDays(31),
            Precision.Quarter => TimeSpan.FromDays(92),
            Precision.HalfYear => TimeSpan.FromDays(184),
            Precision.Year => TimeSpan.FromDays(366),
            _ => TimeSpan.Zero,
        };
        return other.Instant - time.Instant < length ? new(other.Instant, time.Precision) : null;
    }
}
