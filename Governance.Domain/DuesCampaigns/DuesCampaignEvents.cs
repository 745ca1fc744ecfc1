using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.DuesCampaigns;

/// <summary>What a member declares, and its bracket follows from.</summary>
public enum DuesMeasure
{
    /// <summary>Nothing: there is one amount for all.</summary>
    None,

    /// <summary>A whole number, such as its budget in euros or how many people it employs.</summary>
    Number,

    /// <summary>One of the categories of the brackets.</summary>
    Category,
}

/// <summary>What a member admitted after the period began is called.</summary>
public enum LateAdmission
{
    NotCalled,
    WholeAmount,

    /// <summary>A part: the months from its admission on, its month included, of the months of the period.</summary>
    ProRata,
}

/// <summary>Dues are called for a period. Stream <c>dues-campaign:{id}</c>.</summary>
/// <param name="Period">What the association calls it, such as « 2024 »: no two campaigns have the same.</param>
/// <param name="Until">The last day of the period.</param>
/// <param name="DueOn">The last day on which dues are paid in time.</param>
/// <param name="MeasureName">What is declared, such as « budget annuel en euros »; null where nothing is.</param>
/// <param name="DaysToPay">How many days a member has from its call, where that leaves it more than <paramref name="DueOn"/>.</param>
public sealed record DuesCampaignOpened(
    DuesCampaignId Campaign, string Period, EffectiveTime From, EffectiveTime Until, EffectiveTime DueOn, DuesMeasure Measure, LateAdmission LateAdmission,
    int DaysToPay, string? MeasureName = null, DecisionReference? Decision = null) : IAct, IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Dues;
}

/// <summary>A period has its campaign. Stream <c>dues-campaigns</c>.</summary>
public sealed record DuesPeriodRegistered(DuesCampaignId Campaign, string Period) : IAct;

/// <summary>A bracket of a campaign, or its new terms.</summary>
/// <param name="AmountCents">0 for who owes nothing.</param>
/// <param name="From">The least number that is in it; null for no lower bound.</param>
/// <param name="Below">The least number that is above it; null for no upper bound.</param>
/// <param name="Category">The category that it is for.</param>
public sealed record DuesBracketSet(
    DuesCampaignId Campaign, string Name, int AmountCents, int? From = null, int? Below = null, string? Category = null, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Dues;
}

public sealed record DuesBracketRemoved(DuesCampaignId Campaign, string Name) : IEvent;

/// <summary>What a member declares for a campaign: a number or a category.</summary>
public sealed record DuesBasisDeclared(DuesCampaignId Campaign, MemberId Member, int? Number = null, string? Category = null) : IEvent;

/// <summary>A member's dues as they were called.</summary>
/// <param name="Months">Of a part: how many months it is for.</param>
/// <param name="OfMonths">Of a part: how many months the period has.</param>
public sealed record DuesCampaignCall(MemberId Member, string Bracket, int AmountCents, int? Months = null, int? OfMonths = null);

/// <summary>Members were called, each by its bracket; each one's account says so too.</summary>
public sealed record DuesCampaignCalled(DuesCampaignId Campaign, IReadOnlyList<DuesCampaignCall> Calls) : IAct;

/// <summary>Nobody is called or reminded any more; what is owed stays owed.</summary>
public sealed record DuesCampaignClosed(DuesCampaignId Campaign, string? Remark = null) : IEvent;

/// <param name="Person">Who represents the member and is written to.</param>
/// <param name="OwedCents">What it owed when the reminder was asked for.</param>
public sealed record DuesReminderTo(MemberId Member, PersonId Person, int OwedCents);

/// <summary>Members that owe are to be reminded by e-mail, one message each. Stream <c>dues-reminders:{id}</c> of the campaign.</summary>
public sealed record DuesRemindersAsked(DuesCampaignId Campaign, IReadOnlyList<DuesReminderTo> To) : IAct;

/// <param name="Person">To whom; null where it went to the member itself, as a letter does.</param>
/// <param name="Proof">What shows it, such as a <c>Message-ID</c>.</param>
public sealed record DuesReminderSent(DuesCampaignId Campaign, MemberId Member, NoticeChannel Channel, PersonId? Person = null, string? Proof = null) : IEvent;

/// <summary>A reminder did not arrive.</summary>
/// <param name="Reason">Null where there was no address.</param>
public sealed record DuesReminderFailed(DuesCampaignId Campaign, MemberId Member, NoticeChannel Channel, PersonId? Person = null, string? Reason = null) : IEvent;

public static class DuesCampaignEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(DuesCampaignOpened), typeof(DuesBracketSet), typeof(DuesBracketRemoved), typeof(DuesBasisDeclared), typeof(DuesCampaignCalled), typeof(DuesCampaignClosed),
    ];

    public static IReadOnlyList<Type> OfReminders { get; } = [typeof(DuesRemindersAsked), typeof(DuesReminderSent), typeof(DuesReminderFailed)];

    public static IReadOnlyList<Type> OfRegister { get; } = [typeof(DuesPeriodRegistered)];
}
