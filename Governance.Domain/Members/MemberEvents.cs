using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Members;

/// <summary>What a member is called: an organisation in plain text, an individual sealed. Exactly one of the two is given.</summary>
public sealed record MemberName(string? Organisation = null, Sealed? Individual = null);

/// <summary>An organisation or a person asks to become a member. Stream <c>member:{id}</c>.</summary>
public sealed record MembershipRequested(MemberId Member, MemberName Name, string? Territory = null) : IEvent;

public sealed record MembershipRefused(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Admission;

    bool IDecided.MayRestOnRejection => true;
}

/// <summary>Member from here on, with or without a request before.</summary>
/// <param name="Placeholder">The name stands for an organisation that no document names.</param>
/// <param name="Territory">Region or territory that it covers.</param>
/// <param name="Remark">What there is to know of the entry, such as why the name is a placeholder.</param>
public sealed record MemberAdmitted(
    MemberId Member, MemberName Name, bool Placeholder, string? Territory = null, string? Remark = null, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Admission;

    bool IDecided.NeedsDecision => true;
}

public sealed record MemberRenamed(MemberName Name) : IEvent;

/// <summary>Still a member, without the rights of one until reinstated.</summary>
public sealed record MemberSuspended(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Exclusion;
}

public sealed record MemberReinstated(DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Exclusion;
}

public sealed record MemberResigned(string? Reason = null) : IEvent;

/// <summary>The member is told that it may be excluded, why, and when it will be heard.</summary>
/// <param name="Grounds">In the terms of the statutes; names nobody.</param>
/// <param name="HearingOn">When the member will be heard.</param>
public sealed record ExclusionNotified(string Grounds, EffectiveTime HearingOn) : IEvent;

/// <summary>The member was heard, or did not come though called.</summary>
public sealed record ExclusionHeard(bool Attended, string? Statement = null) : IEvent;

public sealed record MemberExcluded(DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Exclusion;

    bool IDecided.NeedsDecision => true;
}

/// <summary>A procedure of exclusion is given up; the member stays.</summary>
public sealed record ExclusionDropped(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Exclusion;

    bool IDecided.MayRestOnRejection => true;
}

/// <summary>A former member is one again.</summary>
public sealed record MemberReadmitted(DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Admission;

    bool IDecided.NeedsDecision => true;
}

/// <summary>The member owes dues for a period.</summary>
/// <param name="DueOn">The last day on which they are paid in time.</param>
public sealed record DuesCalled(string Period, int AmountCents, EffectiveTime DueOn, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Dues;
}

/// <summary>How a payment came in.</summary>
public enum PaymentMeans { BankTransfer, Cheque, DirectDebit, Card, Cash, Other }

/// <summary>The member pays dues of a period, all or a part.</summary>
/// <param name="Reference">What tells the payment from every other of the period, such as that of a bank transfer; names nobody.</param>
public sealed record DuesPaid(string Period, int AmountCents, PaymentMeans? Means = null, string? Reference = null) : IEvent;

/// <summary>A payment did not hold, from here on: a cheque not honoured, a direct debit sent back.</summary>
/// <param name="Reference">Of the payment; null where it has none.</param>
public sealed record DuesPaymentReturned(string Period, int AmountCents, string Reason, string? Reference = null) : IEvent;

/// <summary>A member owes less than it was called for, from here on.</summary>
/// <param name="AmountCents">What it owes in all for the period; 0 waives it.</param>
public sealed record DuesReduced(string Period, int AmountCents, string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Dues;
}

/// <summary>The name of an organisation is taken by a member. Stream <c>member-name:{slug}</c>.</summary>
public sealed record MemberNameReserved(MemberId Member) : IEvent;

public sealed record MemberNameReleased(MemberId Member) : IEvent;

public static class MemberEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(MembershipRequested), typeof(MembershipRefused), typeof(MemberAdmitted), typeof(MemberRenamed), typeof(MemberSuspended),
        typeof(MemberReinstated), typeof(MemberResigned), typeof(ExclusionNotified), typeof(ExclusionHeard), typeof(ExclusionDropped),
        typeof(MemberExcluded), typeof(MemberReadmitted), typeof(DuesCalled), typeof(DuesPaid), typeof(DuesPaymentReturned),
        typeof(DuesReduced), typeof(MemberNameReserved), typeof(MemberNameReleased),
    ];
}
