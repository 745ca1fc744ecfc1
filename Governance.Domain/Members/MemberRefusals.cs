using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Members;

public sealed record MemberNotFound : Refusal
{
    public override string Code => "member.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>What is asked does not go with where the member stands.</summary>
public sealed record MemberStandsOtherwise(MembershipStanding Standing) : Refusal
{
    public override string Code => "member.standing";
    public override IReadOnlyList<object> Arguments => [Standing];
}

/// <summary>A name is that of an organisation or, sealed, that of an individual: one of the two.</summary>
public sealed record MemberNameUnfit : Refusal
{
    public override string Code => "member.name-form";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>An organisation stays one, an individual too.</summary>
public sealed record MemberKindChanged : Refusal
{
    public override string Code => "member.kind-changed";
}

public sealed record MemberNameTaken(string Name) : Refusal
{
    public override string Code => "member.name-taken";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>An applicant is admitted under the name of the application.</summary>
public sealed record AdmittedUnderAnotherName : Refusal
{
    public override string Code => "member.admitted-under-another-name";
}

/// <summary>A placeholder says in its remark what it stands for.</summary>
public sealed record PlaceholderWithoutRemark : Refusal
{
    public override string Code => "member.placeholder-without-remark";
    public override RefusalKind Kind => RefusalKind.Shape;
}

public sealed record ExclusionAlreadyUnderWay(EffectiveTime HearingOn) : Refusal
{
    public override string Code => "member.exclusion-under-way";
    public override IReadOnlyList<object> Arguments => [HearingOn];
}

/// <summary>Nobody is excluded without having been told why and called to be heard.</summary>
public sealed record ExclusionNotNotified : Refusal
{
    public override string Code => "member.exclusion-not-notified";
}

public sealed record ExclusionNoticeTooShort(int Days, string? FromArticle) : Refusal
{
    public override string Code => "member.exclusion-notice";
    public override IReadOnlyList<object> Arguments => [Days];
    public override string? Article => FromArticle;
}

public sealed record HearingTooEarly(EffectiveTime HearingOn) : Refusal
{
    public override string Code => "member.hearing-too-early";
    public override IReadOnlyList<object> Arguments => [HearingOn];
}

public sealed record MemberAlreadyHeard(EffectiveTime HeardOn) : Refusal
{
    public override string Code => "member.already-heard";
    public override IReadOnlyList<object> Arguments => [HeardOn];
}

/// <summary>The right to be heard comes before the decision.</summary>
public sealed record MemberNotHeard(EffectiveTime HearingOn) : Refusal
{
    public override string Code => "member.not-heard";
    public override IReadOnlyList<object> Arguments => [HearingOn];
}

/// <summary>Dues of a period are called once of a member; another amount or day is a correction of the call.</summary>
public sealed record DuesAlreadyCalled(string Period, Cents Called) : Refusal
{
    public override string Code => "member.dues-called";
    public override IReadOnlyList<object> Arguments => [Period, Called];
}

/// <summary>Nothing was owed for the period at the time of the payment.</summary>
public sealed record DuesNotCalled(string Period) : Refusal
{
    public override string Code => "member.dues-not-called";
    public override IReadOnlyList<object> Arguments => [Period];
}

/// <summary>A payment of more than what is still owed.</summary>
public sealed record DuesOverpaid(string Period, Cents Owed) : Refusal
{
    public override string Code => "member.dues-overpaid";
    public override IReadOnlyList<object> Arguments => [Period, Owed];
}

/// <summary>A reference names one payment of a period.</summary>
public sealed record PaymentReferenceTaken(string Reference, Cents Paid) : Refusal
{
    public override string Code => "member.payment-reference";
    public override IReadOnlyList<object> Arguments => [Reference, Paid];
}

/// <summary>No more of a payment is returned than was paid.</summary>
public sealed record PaymentNotThere(string Period, Cents Paid) : Refusal
{
    public override string Code => "member.payment-not-there";
    public override IReadOnlyList<object> Arguments => [Period, Paid];
}

/// <summary>Dues are reduced to less than they are, and to no less than what is paid.</summary>
public sealed record DuesNotReduced(string Period, Cents Owed, Cents Paid) : Refusal
{
    public override string Code => "member.dues-not-reduced";
    public override IReadOnlyList<object> Arguments => [Period, Owed, Paid];
}

/// <param name="Line">Its number, as whoever gave the payments counts them.</param>
public sealed record PaymentFault(int Line, Refusal Refusal);

/// <summary>Some of the payments given together cannot be recorded, so that none is.</summary>
/// <param name="Faults">In the order of the lines; at least one.</param>
public sealed record PaymentsUnfit(IReadOnlyList<PaymentFault> Faults) : Refusal
{
    public override string Code => "member.payments-unfit";
    public override IReadOnlyList<object> Arguments => [Faults.Count, Faults[0].Line];
}

internal static class MemberChecks
{
    /// <summary>Why a member cannot be acted upon at an instant, in the standing that it has then.</summary>
    public static Refusal Stands(this Timeline<Member> member, EffectiveTime on) => (member.Latest, member.At(on)) switch
    {
        (Member.Unknown, _) => new MemberNotFound(),
        (_, Member.Unknown) => BeforeItsBeginning.Of(BegunThing.Member, member, on),
        (_, var then) => new MemberStandsOtherwise(then.Standing),
    };

    public static Refusal? Name(MemberName? name) => name switch
    {
        { Organisation: { } organisation, Individual: null } => Texts.Name("name", organisation)
            ?? (MemberNameReservation.Slug(organisation).Length == 0 ? new MemberNameUnfit() : null),
        { Organisation: null, Individual: { } individual } => PersonChecks.Sealed("name", individual.Person, individual),
        _ => new MemberNameUnfit(),
    };

    /// <summary>Whether two names name the same; an individual's is sealed anew each time, so the person counts.</summary>
    public static bool Same(MemberName one, MemberName other) =>
        one.Organisation is { } organisation ? organisation == other.Organisation : one.Individual?.Person == other.Individual?.Person;

    /// <summary>The reservation that a name needs; none for an individual or when the member has it.</summary>
    /// <returns>The refusal when somebody else has it.</returns>
    public static Refusal? Reserve(MemberId member, MemberName name, Timeline<MemberNameReservation>? reservation, EffectiveTime on, List<Fact> facts)
    {
        if (name.Organisation is null)
            return null;
        ArgumentNullException.ThrowIfNull(reservation);
        foreach (var state in new[] { reservation.At(on), reservation.Latest })
        {
            if (state is MemberNameReservation.Taken taken && taken.By != member)
                return new MemberNameTaken(name.Organisation);
        }

        if (reservation.At(on) is MemberNameReservation.Taken)
            return null;
        var fact = new Fact(reservation.Stream, new MemberNameReserved(member), on);
        facts.Add(fact);
        return reservation.Refuses([fact]);
    }
}
