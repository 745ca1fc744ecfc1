using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

public sealed record WorkingGroupNotFound : Refusal
{
    public override string Code => "working-group.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record WorkingGroupAlreadyCreated(string Name) : Refusal
{
    public override string Code => "working-group.already-created";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>The group was closed, merged or went on as another before.</summary>
public sealed record WorkingGroupNoLongerActive(string Name) : Refusal
{
    public override string Code => "working-group.not-active";
    public override IReadOnlyList<object> Arguments => [Name];
}

public sealed record GroupMergedIntoItself : Refusal
{
    public override string Code => "working-group.merged-into-itself";
    public override RefusalKind Kind => RefusalKind.Shape;
}

public sealed record CentreNotInGroup(string Name) : Refusal
{
    public override string Code => "working-group.not-joined";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>A centre that pilots ends that first, so that a group is not left without anyone noticing.</summary>
public sealed record CentreStillPilots(string Name) : Refusal
{
    public override string Code => "working-group.still-pilots";
    public override IReadOnlyList<object> Arguments => [Name];
}

public sealed record CentreDoesNotPilot(string Name) : Refusal
{
    public override string Code => "working-group.not-pilot";
    public override IReadOnlyList<object> Arguments => [Name];
}

public sealed record OutputAlreadyPublished(string Title) : Refusal
{
    public override string Code => "working-group.output-published";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record GroupCrossedWithItself : Refusal
{
    public override string Code => "working-group.crossed-with-itself";
    public override RefusalKind Kind => RefusalKind.Shape;
}

public sealed record GroupsNotCrossed(string Name) : Refusal
{
    public override string Code => "working-group.not-crossed";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>No less than nobody and no more than everybody is renewed each year.</summary>
public sealed record RotationShareOutOfBounds : Refusal
{
    public override string Code => "working-group.rotation-share";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Groups are made of members of the association.</summary>
public sealed record CentreIsNotAMember : Refusal
{
    public override string Code => "working-group.not-a-member";
}

/// <summary>Another meeting of the group is recorded at the same time: one of the two needs its hour, or is taken back.</summary>
public sealed record MeetingAlreadyRecorded(EffectiveTime On) : Refusal
{
    public override string Code => "working-group.meeting-recorded";
    public override IReadOnlyList<object> Arguments => [On];
}

internal static class WorkingGroupChecks
{
    /// <summary>Why a group cannot be acted upon at an instant; only for one that is not active then.</summary>
    public static Refusal NotActive(this Timeline<WorkingGroup> group, EffectiveTime on) => (group.Latest, group.At(on)) switch
    {
        (WorkingGroup.Unknown, _) => new WorkingGroupNotFound(),
        (_, WorkingGroup.Unknown) => BeforeItsBeginning.Of(BegunThing.WorkingGroup, group, on),
        (_, WorkingGroup.Succeeded gone) => new WorkingGroupNoLongerActive(gone.Name),
        (_, WorkingGroup.Merged gone) => new WorkingGroupNoLongerActive(gone.Name),
        (_, WorkingGroup.Closed gone) => new WorkingGroupNoLongerActive(gone.Name),
        _ => throw new InvalidOperationException("The group is active."),
    };
}
