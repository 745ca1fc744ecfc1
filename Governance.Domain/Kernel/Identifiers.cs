namespace Governance.Domain.Kernel;

/// <summary>An opaque identifier: a UUID given to the domain from outside, never made in it.</summary>
/// <typeparam name="TSelf">The identifier's own type, so that two kinds of identifier cannot be mixed up.</typeparam>
public interface IIdentifier<TSelf> where TSelf : struct, IIdentifier<TSelf>
{
    Guid Value { get; }

    static abstract TSelf Of(Guid value);
}

public readonly record struct AssociationId(Guid Value) : IIdentifier<AssociationId>
{
    public static AssociationId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct StatutesVersionId(Guid Value) : IIdentifier<StatutesVersionId>
{
    public static StatutesVersionId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct MemberId(Guid Value) : IIdentifier<MemberId>
{
    public static MemberId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct PersonId(Guid Value) : IIdentifier<PersonId>
{
    public static PersonId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>A body that decides: the general assembly, the board, the bureau, a college.</summary>
public readonly record struct BodyId(Guid Value) : IIdentifier<BodyId>
{
    public static BodyId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct MandateId(Guid Value) : IIdentifier<MandateId>
{
    public static MandateId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct RoadmapId(Guid Value) : IIdentifier<RoadmapId>
{
    public static RoadmapId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct WorkstreamId(Guid Value) : IIdentifier<WorkstreamId>
{
    public static WorkstreamId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct MilestoneId(Guid Value) : IIdentifier<MilestoneId>
{
    public static MilestoneId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>Money that a workstream costs: committed first, then paid or cancelled.</summary>
public readonly record struct ExpenseId(Guid Value) : IIdentifier<ExpenseId>
{
    public static ExpenseId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct BallotId(Guid Value) : IIdentifier<BallotId>
{
    public static BallotId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>An election, from its call to the installation of those elected: one ballot, or one for each round.</summary>
public readonly record struct ElectionId(Guid Value) : IIdentifier<ElectionId>
{
    public static ElectionId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct MeetingId(Guid Value) : IIdentifier<MeetingId>
{
    public static MeetingId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct AgendaItemId(Guid Value) : IIdentifier<AgendaItemId>
{
    public static AgendaItemId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>A text that a meeting is asked to adopt, from its proposal to its vote.</summary>
public readonly record struct ResolutionId(Guid Value) : IIdentifier<ResolutionId>
{
    public static ResolutionId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct WorkingGroupId(Guid Value) : IIdentifier<WorkingGroupId>
{
    public static WorkingGroupId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>A campaign of dues of an association, for a period.</summary>
public readonly record struct DuesCampaignId(Guid Value) : IIdentifier<DuesCampaignId>
{
    public static DuesCampaignId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct SharedToolId(Guid Value) : IIdentifier<SharedToolId>
{
    public static SharedToolId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct DocumentId(Guid Value) : IIdentifier<DocumentId>
{
    public static DocumentId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>A convention over some years with a funder.</summary>
public readonly record struct ConventionId(Guid Value) : IIdentifier<ConventionId>
{
    public static ConventionId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct AmendmentId(Guid Value) : IIdentifier<AmendmentId>
{
    public static AmendmentId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>What a convention commits to, in one of its domains.</summary>
public readonly record struct ObjectiveId(Guid Value) : IIdentifier<ObjectiveId>
{
    public static ObjectiveId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct IndicatorId(Guid Value) : IIdentifier<IndicatorId>
{
    public static IndicatorId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct TrancheId(Guid Value) : IIdentifier<TrancheId>
{
    public static TrancheId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>Something done that counts towards an indicator of a convention.</summary>
public readonly record struct DeliveryId(Guid Value) : IIdentifier<DeliveryId>
{
    public static DeliveryId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>A funder's call for the collective papers of a year.</summary>
public readonly record struct ContributionCallId(Guid Value) : IIdentifier<ContributionCallId>
{
    public static ContributionCallId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct ContributionId(Guid Value) : IIdentifier<ContributionId>
{
    public static ContributionId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct GatheringId(Guid Value) : IIdentifier<GatheringId>
{
    public static GatheringId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct SessionId(Guid Value) : IIdentifier<SessionId>
{
    public static SessionId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct RegistrationId(Guid Value) : IIdentifier<RegistrationId>
{
    public static RegistrationId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

public readonly record struct FollowUpId(Guid Value) : IIdentifier<FollowUpId>
{
    public static FollowUpId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}

/// <summary>One recorded event, as its permanent address names it.</summary>
public readonly record struct EventId(Guid Value) : IIdentifier<EventId>
{
    public static EventId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString("D");
}
