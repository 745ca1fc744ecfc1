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

/// <summary>The mandate does not await ratification.</summary>
public sealed record NothingToRatify : Refusal
{
    public override string Code => "mandate.nothing-to-ratify";
}

/// <summary>The mandate represents no member whose representative could be replaced.</summary>
public sealed record NotARepresentative : Refusal
{
    public override string Code => "mandate.not-a-representative";
}
