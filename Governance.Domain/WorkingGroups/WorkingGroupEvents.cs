using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Where a group comes from.</summary>
public enum GroupOrigin
{
    New,
    Transformation,
    Merger,
}

public enum PilotRole
{
    Pilot,
    CoPilot,
}

/// <summary>A group exists from here on. Stream <c>working-group:{id}</c>.</summary>
/// <param name="From">The groups that it continues: none, the one transformed, those merged.</param>
public sealed record WorkingGroupCreated(
    WorkingGroupId Group, string Name, GroupOrigin Origin, IReadOnlyList<WorkingGroupId> From, string? Mission = null) : IEvent;

public sealed record WorkingGroupRenamed(string Name) : IEvent;

/// <summary>The same group under a new name and mission.</summary>
public sealed record WorkingGroupTransformed(string Name, string? Mission = null) : IEvent;

/// <summary>The group goes on as another one, and is closed by it.</summary>
public sealed record WorkingGroupSucceeded(WorkingGroupId By) : IEvent;

/// <summary>The group goes on in the one that it merged into with others, and is closed by it.</summary>
public sealed record WorkingGroupMerged(WorkingGroupId Into) : IEvent;

public sealed record WorkingGroupClosed(string Reason) : IEvent;

public sealed record WorkingGroupJoined(MemberId Centre) : IEvent;

public sealed record WorkingGroupLeft(MemberId Centre) : IEvent;

/// <summary>How many centres take part, where a document gives the number and not the names.</summary>
public sealed record WorkingGroupCentresCounted(int Centres) : IEvent;

public sealed record PilotAppointed(MemberId Centre, PilotRole Role) : IEvent;

public sealed record PilotEnded(MemberId Centre) : IEvent;

/// <summary>Which share of those who lead the group is renewed each year; 0 leaves them in place.</summary>
public sealed record PilotRotationSet(Fraction Share) : IEvent;

/// <summary>The group works with another one, and each goes on. Either group says so, for both.</summary>
/// <param name="Topic">What on.</param>
public sealed record GroupsCrossed(WorkingGroupId With, string Topic) : IEvent;

public sealed record CrossingEnded(WorkingGroupId With) : IEvent;

/// <summary>Meetings meant to be held in a year: from so many to so many, the same number twice when it is exact.</summary>
public sealed record MeetingsPlanned(int Year, int AtLeast, int AtMost, string? Remark = null) : IEvent;

/// <summary>The group met, on the day that the event is effective.</summary>
/// <param name="Logbook">The session's page of the logbook (journal de bord).</param>
/// <param name="Meeting">The meeting that was held here; null for one that was noted afterwards.</param>
public sealed record WorkingGroupMet(bool InPerson, IReadOnlyList<MemberId> Centres, string? Place = null, string? Logbook = null, MeetingId? Meeting = null) : IEvent;

/// <param name="Title">Names the output within its group.</param>
/// <param name="Due">Meant to be out by the end of this day, month, quarter...; null when not said.</param>
public sealed record OutputPlanned(string Title, EffectiveTime? Due = null, string? Description = null) : IEvent;

/// <param name="Reference">Where it can be found.</param>
public sealed record OutputPublished(string Title, string? Reference = null) : IEvent;

public static class WorkingGroupEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(WorkingGroupCreated), typeof(WorkingGroupRenamed), typeof(WorkingGroupTransformed), typeof(WorkingGroupSucceeded),
        typeof(WorkingGroupMerged), typeof(WorkingGroupClosed), typeof(WorkingGroupJoined), typeof(WorkingGroupLeft),
        typeof(WorkingGroupCentresCounted), typeof(PilotAppointed), typeof(PilotEnded), typeof(MeetingsPlanned), typeof(WorkingGroupMet),
        typeof(OutputPlanned), typeof(OutputPublished), typeof(PilotRotationSet), typeof(GroupsCrossed), typeof(CrossingEnded),
    ];
}
