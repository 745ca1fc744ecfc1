using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.Mandates;

public sealed record MandateNotFound : Refusal
{
    public override string Code => "mandate.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>The identifier is that of another mandate.</summary>
public sealed record MandateAlreadyGiven : Refusal
{
    public override string Code => "mandate.already-given";
}

/// <summary>The mandate is not held at the time given: not begun, over, or ended.</summary>
public sealed record MandateNotHeld(EffectiveTime On) : Refusal
{
    public override string Code => "mandate.not-held";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record MandateAlreadyEnded(EffectiveTime EndedOn, EndReason Reason) : Refusal
{
    public override string Code => "mandate.already-ended";
    public override IReadOnlyList<object> Arguments => [EndedOn, Reason];
}

/// <summary>An office that one person holds at a time is held.</summary>
public sealed record OfficeHeld(Office Office) : Refusal
{
    public override string Code => "mandate.office-held";
    public override IReadOnlyList<object> Arguments => [Office];
}

/// <summary>A member has one seat in a college.</summary>
public sealed record MemberAlreadyRepresented : Refusal
{
    public override string Code => "mandate.member-already-represented";
}

public sealed record PersonAlreadyHolds(string? FromArticle) : Refusal
{
    public override string Code => "mandate.person-already-holds";
    public override string? Article => FromArticle;
}

public sealed record SeatsFull(int Seats, string? FromArticle) : Refusal
{
    public override string Code => "mandate.seats-full";
    public override IReadOnlyList<object> Arguments => [Seats];
    public override string? Article => FromArticle;
}

public sealed record OfficesIncompatible(Office Asked, Office Held, string? FromArticle) : Refusal
{
    public override string Code => "mandate.incompatible";
    public override IReadOnlyList<object> Arguments => [Asked, Held];
    public override string? Article => FromArticle;
}

public sealed record TermEndsBeforeItBegins(EffectiveTime TermEnds) : Refusal
{
    public override string Code => "mandate.term-ends-before-it-begins";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [TermEnds];
}

/// <summary>The statutes limit the term, and the one asked is longer or has no end.</summary>
public sealed record TermTooLong(int MaximumMonths, string? FromArticle) : Refusal
{
    public override string Code => "mandate.term-too-long";
    public override IReadOnlyList<object> Arguments => [MaximumMonths];
    public override string? Article => FromArticle;
}

public sealed record TooManyConsecutiveTerms(int Maximum, string? FromArticle) : Refusal
{
    public override string Code => "mandate.too-many-terms";
    public override IReadOnlyList<object> Arguments => [Maximum];
    public override string? Article => FromArticle;
}

public sealed record MemberMustBeRepresented(string? FromArticle) : Refusal
{
    public override string Code => "mandate.member-required";
    public override string? Article => FromArticle;
}

/// <summary>Only a member with the rights of one is represented.</summary>
public sealed record MemberCannotBeRepresented(MembershipStanding Standing) : Refusal
{
    public override string Code => "mandate.member-standing";
    public override IReadOnlyList<object> Arguments => [Standing];
}

/// <summary>The statutes do not let the body choose its own members.</summary>
public sealed record CoOptionNotAllowed(string? FromArticle) : Refusal
{
    public override string Code => "mandate.co-option-not-allowed";
    public override string? Article => FromArticle;
}

/// <summary>Those who elect ratify a co-option or do not; the body that chose does neither.</summary>
public sealed record RatifiedByItself(string? FromArticle) : Refusal
{
    public override string Code => "mandate.ratified-by-itself";
    public override string? Article => FromArticle;
}

/// <summary>A revocation rests on a decision of the body that the statutes name.</summary>
public sealed record RevocationWithoutDecision(string? FromArticle) : Refusal
{
    public override string Code => "mandate.revocation-without-decision";
    public override string? Article => FromArticle;
}

/// <summary>Another body than one that the statutes name decided the revocation.</summary>
public sealed record RevokedByAnotherBody(string? FromArticle) : Refusal
{
    public override string Code => "mandate.revoked-by-another-body";
    public override string? Article => FromArticle;
}

/// <summary>The body is renewed as a whole, or its terms have no length: there are no first terms to draw.</summary>
public sealed record NoFirstTermsToDraw(string? FromArticle) : Refusal
{
    public override string Code => "mandate.no-first-terms";
    public override string? Article => FromArticle;
}

/// <summary>The lots are as many as the parts, and differ by one mandate at most.</summary>
public sealed record LotsUneven(int Parts, string? FromArticle) : Refusal
{
    public override string Code => "mandate.lots-uneven";
    public override IReadOnlyList<object> Arguments => [Parts];
    public override string? Article => FromArticle;
}

/// <summary>Each mandate held in the body is in one lot.</summary>
public sealed record LotsIncomplete : Refusal
{
    public override string Code => "mandate.lots-incomplete";
}

public sealed record FirstTermsDrawnAlready(EffectiveTime On) : Refusal
{
    public override string Code => "mandate.first-terms-drawn";
    public override IReadOnlyList<object> Arguments => [On];
}

/// <summary>The mandate does not await ratification.</summary>
public sealed record NothingToRatify : Refusal
{
    public override string Code => "mandate.nothing-to-ratify";
}

/// <summary>The vote that gave the mandate is not annulled, and so does not end it.</summary>
public sealed record VoteOnMandateStands : Refusal
{
    public override string Code => "mandate.vote-stands";
}

/// <summary>The mandate represents no member whose representative could be replaced.</summary>
public sealed record NotARepresentative : Refusal
{
    public override string Code => "mandate.not-a-representative";
}
