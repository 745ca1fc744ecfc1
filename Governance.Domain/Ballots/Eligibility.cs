using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>The rule on who may vote, with what it is judged on. A mandate that represents no member is its holder's own, and no dues or seniority are asked of it.</summary>
/// <param name="Members">The members whom the mandates of the body represent.</param>
/// <param name="Opening">When the roll is frozen.</param>
/// <param name="Convened">When the convocation went out; null between meetings, where the opening itself convenes.</param>
public sealed record Eligibility(
    EligibilityRule Rule, IReadOnlyDictionary<MemberId, Timeline<Member>> Members, DateTimeOffset Opening, EffectiveTime? Convened, TimeZoneInfo Zone)
{
    /// <summary>The instant at which dues must be paid. A day means its end: who pays on it has paid in time.</summary>
    public EffectiveTime DuesAsOf => Rule.Dues switch
    {
        DuesPaidBy.Convocation when Convened is { } convened => convened.Precision == Precision.Instant
            ? convened
            : new(convened.PeriodEnd(Zone).AddTicks(-TimeSpan.TicksPerMicrosecond), convened.Precision),
        DuesPaidBy.RecordDate => new(LocalTime.EndOf(LocalTime.DayOf(Opening, Zone).AddDays(-(Rule.RecordDateDays ?? 0)), Zone), Precision.Day),
        _ => EffectiveTime.At(Opening),
    };

    /// <summary>Why a mandate is left out of the roll; null when it is on it.</summary>
    public LeftOut? LeavesOut(MandateId mandate, PersonId person, MemberId represented)
    {
        var member = Members[represented];
        switch (member.At(Opening))
        {
            case Member.Suspended suspended:
                return new MembershipSuspended(mandate, person, represented, suspended.SuspendedOn);
            case Member.Active active:
                var days = LocalTime.DayOf(Opening, Zone).DayNumber - LocalTime.DayOf(active.Since.Instant, Zone).DayNumber;
                if (days < Rule.SeniorityDays)
                    return new MembershipTooRecent(mandate, person, represented, active.Since, days, Rule.SeniorityDays);
                break;
            case var otherwise:
                return new NotAMember(mandate, person, represented, otherwise.Standing);
        }

        var asOf = DuesAsOf;
        return Rule.Dues != DuesPaidBy.NotRequired && member.At(asOf).Dues.Find(d => d.LateAt(asOf.Instant, Rule.GraceDays, Zone)) is { } late
            ? new DuesLate(mandate, person, represented, late.Period, late.OwedCents, late.DueOn, asOf, Rule.GraceDays)
            : null;
    }
}
