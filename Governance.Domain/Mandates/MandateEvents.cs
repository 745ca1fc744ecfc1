using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>What a body is for; the rules of the statutes and the roles of its holders follow from it.</summary>
public enum BodyKind
{
    GeneralAssembly,
    Board,
    Bureau,
    College,
    Secretariat,
    Auditors,
}

/// <summary>A body other than a college exists from here on. Stream <c>body:{id}</c>.</summary>
/// <param name="Colleges">The colleges that compose it, for a general assembly; empty when it is not made of colleges.</param>
/// <param name="Seats">How many mandates it can have at once; null when nothing limits them.</param>
public sealed record BodyConstituted(
    BodyId Body, string Name, BodyKind Kind, IReadOnlyList<BodyId> Colleges, int? Seats = null, DecisionReference? Decision = null) : IDecided;

/// <summary>The body is one of those that the association has, or had. Stream <c>bodies</c>, moved with the first event of each.</summary>
public sealed record BodyRegistered(BodyId Body) : IEvent;

/// <summary>Other colleges compose the general assembly from here on.</summary>
public sealed record BodyRecomposed(IReadOnlyList<BodyId> Colleges, DecisionReference? Decision = null) : IDecided;

public sealed record BodyRenamed(string Name) : IEvent;

/// <summary>The body is no more; every mandate in it ends at the same instant.</summary>
public sealed record BodyDissolved(string Reason, DecisionReference? Decision = null) : IDecided;

/// <summary>A person holds a mandate from here on.</summary>
/// <param name="Member">The member whom the person represents; null when the mandate is the person's own.</param>
/// <param name="College">The college that delegates the person to this body; null when none does.</param>
/// <param name="TermEnds">The first instant after the term; null for a mandate without term.</param>
/// <param name="Holdover">Once the term is over the person stays in office until replaced (only if the statutes say so).</param>
/// <param name="CoOpted">Chosen by the body itself and awaiting ratification.</param>
/// <param name="Interim">Until the vacancy is filled; not counted as a term.</param>
public sealed record MandateAppointed(
    MandateId Mandate,
    PersonId Person,
    Office Office,
    bool CoOpted = false,
    bool Interim = false,
    bool Holdover = false,
    MemberId? Member = null,
    BodyId? College = null,
    EffectiveTime? TermEnds = null,
    DecisionReference? Decision = null) : IDecided
{
    bool IDecided.MayRestOnElection => true;
}

/// <summary>A co-opted mandate is confirmed by those who elect.</summary>
public sealed record MandateRatified(MandateId Mandate, DecisionReference? Decision = null) : IDecided
{
    bool IDecided.MayRestOnElection => true;
}

/// <summary>One more term for the same mandate, without interruption.</summary>
/// <param name="TermEnds">The first instant after the new term; null for no term.</param>
public sealed record MandateRenewed(MandateId Mandate, EffectiveTime? TermEnds = null, DecisionReference? Decision = null) : IDecided
{
    bool IDecided.MayRestOnElection => true;
}

/// <summary>The mandate is over; the instant itself is no longer part of it.</summary>
public sealed record MandateEnded(MandateId Mandate, EndReason Reason, DecisionReference? Decision = null) : IDecided
{
    // A co-option that was put to the vote and found no majority.
    bool IDecided.MayRestOnRejection => Reason == EndReason.NotRatified;
}

/// <summary>The lot gave a mandate one of the first terms of a body that is renewed by parts.</summary>
/// <param name="Lot">From 1: the lot that ends first.</param>
/// <param name="Lots">How many there are.</param>
/// <param name="TermEnds">The first instant after the term drawn.</param>
/// <param name="Minutes">What the minutes of the draw are known by.</param>
/// <param name="Meeting">In which it was drawn; null where it is not recorded here.</param>
public sealed record FirstTermDrawn(MandateId Mandate, int Lot, int Lots, EffectiveTime TermEnds, string Minutes, MeetingId? Meeting = null) : IEvent;

public static class MandateEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(BodyConstituted), typeof(BodyRegistered), typeof(BodyRecomposed), typeof(BodyRenamed), typeof(BodyDissolved),
        typeof(MandateAppointed), typeof(MandateRatified), typeof(MandateRenewed), typeof(MandateEnded), typeof(FirstTermDrawn),
    ];
}
