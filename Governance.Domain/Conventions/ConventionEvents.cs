using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Conventions;

/// <summary>What is delivered under a convention.</summary>
public enum DeliveryKind
{
    /// <summary>Online, each carried by a pair of two centres.</summary>
    Webinar,

    /// <summary>A module for those who steer a site together, usually of two days.</summary>
    Training,

    NationalMeeting,

    /// <summary>A territory that joins the programme.</summary>
    TerritoryJoined,

    /// <summary>A seminar of one academy.</summary>
    AcademySeminar,
}

/// <summary>What a centre does for a delivery.</summary>
public enum DeliveryRole
{
    /// <summary>One of the two that carry it.</summary>
    Pair,
    Organiser,

    /// <summary>Gives a theme.</summary>
    Theme,
    Speaker,

    /// <summary>Runs a sequence.</summary>
    Sequence,
}

/// <summary>A centre and what it does for a delivery; it can do several things.</summary>
public sealed record DeliveryCentre(MemberId Centre, DeliveryRole Role);

/// <summary>A convention over some years is prepared with a funder. Stream <c>convention:{id}</c>.</summary>
/// <param name="Beneficiary">In support of whom, where it is not the funder itself.</param>
/// <param name="LastDay">The last day it covers.</param>
/// <param name="AmountCents">All that is agreed, whole cents of euros.</param>
public sealed record ConventionDrafted(
    ConventionId Convention, string Title, string Funder, DateOnly FirstDay, DateOnly LastDay, int AmountCents, string? Beneficiary = null) : IEvent;

/// <summary>Days and amount of the version in preparation: the convention's own, or an amendment's.</summary>
public sealed record ConventionTermsSet(DateOnly FirstDay, DateOnly LastDay, int AmountCents) : IEvent;

/// <summary>The version in preparation says what is committed to, in one of its domains.</summary>
public sealed record ObjectiveAdded(ObjectiveId Objective, string Domain, string Commitment) : IEvent;

/// <summary>What an objective is measured by.</summary>
/// <param name="Counts">The deliveries that count towards it.</param>
public sealed record IndicatorAdded(IndicatorId Indicator, ObjectiveId Objective, string Name, DeliveryKind Counts) : IEvent;

/// <param name="Target">How many deliveries in that year.</param>
public sealed record TargetSet(IndicatorId Indicator, int Year, int Target) : IEvent;

/// <summary>A payment that the version in preparation foresees, new or in the place of what was foreseen under its identifier.</summary>
/// <param name="Expected">To be paid by the end of this day, month, quarter...</param>
public sealed record TrancheAgreed(TrancheId Tranche, string Title, int AmountCents, EffectiveTime Expected) : IEvent;

public sealed record ConventionSigned(DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Convention;
}

/// <summary>An amendment (avenant) is prepared: it begins as the version before it.</summary>
public sealed record AmendmentDrafted(AmendmentId Amendment, string Title, string? Reason = null) : IEvent;

public sealed record AmendmentSigned(AmendmentId Amendment, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Convention;
}

/// <summary>Money of a tranche came in.</summary>
public sealed record TrancheReceived(TrancheId Tranche, int AmountCents) : IEvent;

/// <summary>A line of the financial report of a year, new or in the place of the one under the same heading.</summary>
public sealed record ReportLineRecorded(int Year, string Heading, int PlannedCents, int ActualCents) : IEvent;

/// <summary>The report of a year went to the funder.</summary>
public sealed record ReportFiled(int Year, DocumentId Document) : IEvent;

/// <param name="Conclusion">What the evaluation comes to.</param>
/// <param name="Document">Where it is written.</param>
public sealed record ConventionEvaluated(string Conclusion, DocumentId? Document = null) : IEvent;

/// <summary>Nothing more is owed under it.</summary>
/// <param name="Reason">Why, where it ends before its last day or otherwise than foreseen.</param>
public sealed record ConventionEnded(string? Reason = null) : IEvent;

/// <summary>Something is to be delivered under a convention. Stream <c>deliveries:{convention}</c>.</summary>
/// <param name="When">The day, month... on which it is to take place.</param>
/// <param name="Days">How many days it takes.</param>
public sealed record DeliveryPlanned(
    ConventionId Convention, DeliveryId Delivery, IndicatorId Indicator, DeliveryKind Kind, string Title, EffectiveTime When, int Days,
    IReadOnlyList<DeliveryCentre> Centres, string? Place = null) : IEvent;

/// <summary>These centres do it, in the place of those before.</summary>
public sealed record DeliveryCentresAssigned(DeliveryId Delivery, IReadOnlyList<DeliveryCentre> Centres) : IEvent;

public sealed record DeliveryMoved(DeliveryId Delivery, EffectiveTime When, string Reason) : IEvent;

/// <summary>It took place, and counts towards its indicator in the year in which it did.</summary>
/// <param name="Participants">How many took part; null when not counted.</param>
/// <param name="Evidence">The document that shows it.</param>
public sealed record DeliveryCarriedOut(DeliveryId Delivery, int? Participants = null, DocumentId? Evidence = null) : IEvent;

public sealed record DeliveryCancelled(DeliveryId Delivery, string Reason) : IEvent;

public static class ConventionEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(ConventionDrafted), typeof(ConventionTermsSet), typeof(ObjectiveAdded), typeof(IndicatorAdded), typeof(TargetSet), typeof(TrancheAgreed),
        typeof(ConventionSigned), typeof(AmendmentDrafted), typeof(AmendmentSigned), typeof(TrancheReceived), typeof(ReportLineRecorded),
        typeof(ReportFiled), typeof(ConventionEvaluated), typeof(ConventionEnded),
    ];

    /// <summary>Those of the book of deliveries.</summary>
    public static IReadOnlyList<Type> OfDeliveries { get; } =
        [typeof(DeliveryPlanned), typeof(DeliveryCentresAssigned), typeof(DeliveryMoved), typeof(DeliveryCarriedOut), typeof(DeliveryCancelled)];
}
