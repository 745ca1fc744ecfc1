using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

/// <summary>Adopts a draft, which never changes any more.</summary>
/// <param name="InForceFrom">When it begins to hold.</param>
/// <param name="Transcribed">From a document, which may not tell by what they were adopted where it is of before the recording.</param>
public sealed record AdoptStatutes(
    StatutesVersionId Version, EffectiveTime InForceFrom, DecisionReference? Decision, EffectiveTime On, bool Transcribed = false)
{
    /// <summary>
    /// The decision comes first: where only the day, month or year of adoption is given and the decision falls into it, the
    /// statutes are adopted at the decision, so that the assembly that adopts them voted under the old ones.
    /// </summary>
    /// <param name="decision">The ballot that <see cref="Decision"/> names.</param>
    /// <param name="recording">Since when the association is recorded here, with its clocks.</param>
    public Decision Decide(Timeline<StatutesVersions> statutes, Timeline<Ballot>? decision, Recording recording) =>
        statutes.Latest.Find(Version) is StatutesVersion.Adopted known && IsThis(known, recording.Zone)
            ? Kernel.Decision.NoChange
            : statutes.OfDraft(Version, _ => Adopt(statutes, decision, recording));

    private bool IsThis(StatutesVersion.Adopted known, TimeZoneInfo zone) =>
        known.Decision == Decision && InForceFrom.NotBefore(known.InForceFrom, zone) == known.InForceFrom;

    private Decision Adopt(Timeline<StatutesVersions> statutes, Timeline<Ballot>? decision, Recording recording)
    {
        var (adopted, zone) = (On, recording.Zone);
        // The first are those of the founders; from then on the statutes themselves say who changes them, also for a day before the first.
        if (Decision is null && statutes.Latest.Adopted is [var first, ..] && !(Transcribed && recording.Follows(On) && recording.Follows(InForceFrom)))
        {
            var rules = statutes.At(On).InForceAt(On.Instant) is { } then ? then.Rules : first.Rules;
            return new DecisionNotNamed(DecisionKind.Statutes, new RulesInForce(null, rules).Authority(DecisionKind.Statutes).Article);
        }

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
