using System.Text.Json.Serialization;
using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.Ballots;

/// <summary>A mandate of the body that is not on the roll of a ballot, and why, with the figures that it was judged on.</summary>
/// <param name="Person">Who holds the mandate.</param>
/// <param name="Member">The member that it represents, whose standing leaves it out.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "reason")]
[JsonDerivedType(typeof(DuesLate), "dues-late")]
[JsonDerivedType(typeof(MembershipTooRecent), "membership-too-recent")]
[JsonDerivedType(typeof(MembershipSuspended), "membership-suspended")]
[JsonDerivedType(typeof(NotAMember), "not-a-member")]
public abstract record LeftOut(MandateId Mandate, PersonId Person, MemberId Member);

/// <param name="OwedCents">Still owed for the period.</param>
/// <param name="AsOf">The instant at which they had to be paid: the convocation, the record date or the vote.</param>
/// <param name="GraceDays">How many days after the day they were due they could still be paid.</param>
public sealed record DuesLate(
    MandateId Mandate, PersonId Person, MemberId Member, string Period, int OwedCents, EffectiveTime DueOn, EffectiveTime AsOf, int GraceDays)
    : LeftOut(Mandate, Person, Member);

/// <param name="Days">Since how many days it was a member.</param>
/// <param name="NeededDays">Since how many it had to be.</param>
public sealed record MembershipTooRecent(MandateId Mandate, PersonId Person, MemberId Member, EffectiveTime Since, int Days, int NeededDays)
    : LeftOut(Mandate, Person, Member);

public sealed record MembershipSuspended(MandateId Mandate, PersonId Person, MemberId Member, EffectiveTime Since) : LeftOut(Mandate, Person, Member);

public sealed record NotAMember(MandateId Mandate, PersonId Person, MemberId Member, MembershipStanding Standing) : LeftOut(Mandate, Person, Member);
