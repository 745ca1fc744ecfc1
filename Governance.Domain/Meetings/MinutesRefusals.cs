using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>The meeting has none yet.</summary>
public sealed record MinutesNotDrafted : Refusal
{
    public override string Code => "minutes.not-drafted";
}

/// <summary>Nothing has happened that minutes could tell: the meeting was not opened.</summary>
public sealed record NothingToMinute : Refusal
{
    public override string Code => "minutes.nothing-to-tell";
}

/// <summary>What they say is settled once the first has signed.</summary>
public sealed record MinutesAreSigned(EffectiveTime On) : Refusal
{
    public override string Code => "minutes.signed";
    public override IReadOnlyList<object> Arguments => [On];
}

/// <summary>Only an erratum changes what was approved.</summary>
public sealed record MinutesAreApproved(EffectiveTime On) : Refusal
{
    public override string Code => "minutes.approved";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record MinutesNotApproved : Refusal
{
    public override string Code => "minutes.not-approved";
}

/// <summary>Not all who must sign have.</summary>
public sealed record MinutesNotSigned(Signatory Missing) : Refusal
{
    public override string Code => "minutes.not-signed";
    public override IReadOnlyList<object> Arguments => [Missing];
}

/// <summary>Minutes of a meeting that goes on cannot be signed.</summary>
public sealed record MinutesOfRunningMeeting : Refusal
{
    public override string Code => "minutes.meeting-not-closed";
}

/// <summary>Something was recorded since that changes what they would say: they have to be composed again.</summary>
public sealed record MinutesOutdated : Refusal
{
    public override string Code => "minutes.outdated";
}

/// <summary>Whoever signs did not preside or keep the minutes.</summary>
public sealed record NotTheSignatory(Signatory As) : Refusal
{
    public override string Code => "minutes.not-the-signatory";
    public override RefusalKind Kind => RefusalKind.Forbidden;
    public override IReadOnlyList<object> Arguments => [As];
}

/// <summary>The version is not the last: somebody changed the minutes meanwhile.</summary>
public sealed record MinutesVersionPassed(int Version, int Last) : Refusal
{
    public override string Code => "minutes.version-passed";
    public override IReadOnlyList<object> Arguments => [Version, Last];
}

/// <summary>The minutes have no such passage.</summary>
public sealed record PassageNotFound : Refusal
{
    public override string Code => "minutes.passage-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>Tables, signatures and what was voted word for word are recorded, not worded: a text can only follow them.</summary>
public sealed record PassageNotWorded : Refusal
{
    public override string Code => "minutes.passage-not-worded";
}

/// <summary>A body approves its own minutes.</summary>
public sealed record ApprovedByAnotherBody : Refusal
{
    public override string Code => "minutes.approved-by-another-body";
}

/// <summary>The vote names the minutes that it approves, and they are those of another meeting.</summary>
public sealed record ApprovesOtherMinutes : Refusal
{
    public override string Code => "minutes.approves-others";
}

/// <summary>
/// A vote on a workstream or among options, or one that names no minutes and was taken before these were written, is about something else. That a vote which names
/// none is about these is what whoever records it says.
/// </summary>
/// <param name="Written">When the version that stands was.</param>
public sealed record ApprovedBySomethingElse(EffectiveTime Written) : Refusal
{
    public override string Code => "minutes.approved-by-something-else";
    public override IReadOnlyList<object> Arguments => [Written];
}

/// <summary>The voters had another version before them than the one that would be approved.</summary>
/// <param name="Read">The version that stood when the vote was opened; null where none did.</param>
/// <param name="Last">The version that stands.</param>
/// <param name="Written">When it was made.</param>
public sealed record VotedOnAnotherVersion(int? Read, int Last, EffectiveTime Written) : Refusal
{
    public override string Code => Read is null ? "minutes.voted-before-written" : "minutes.voted-on-another-version";
    public override IReadOnlyList<object> Arguments => Read is { } read ? [read, Last, Written] : [Written, Last];
}

/// <summary>Minutes are approved after the meeting that they tell of.</summary>
public sealed record ApprovedInTheirOwnMeeting : Refusal
{
    public override string Code => "minutes.approved-in-their-own-meeting";
}
