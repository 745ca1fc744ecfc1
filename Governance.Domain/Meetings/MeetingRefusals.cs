using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

public sealed record MeetingNotFound : Refusal
{
    public override string Code => "meeting.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record MeetingAlreadyPlanned(string Title) : Refusal
{
    public override string Code => "meeting.already-planned";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>One meets as a body or as a working group.</summary>
public sealed record MeetingOfBodyOrGroup : Refusal
{
    public override string Code => "meeting.of-body-or-group";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>The body does not exist at the time of the meeting, as far as is known.</summary>
public sealed record MeetingBodyNotFound : Refusal
{
    public override string Code => "meeting.body-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>A meeting is in a room, remote, or both.</summary>
public sealed record MeetingNowhere : Refusal
{
    public override string Code => "meeting.nowhere";
    public override RefusalKind Kind => RefusalKind.Shape;
}

public sealed record MeetingNotOpen : Refusal
{
    public override string Code => "meeting.not-open";
}

public sealed record MeetingAlreadyOpen(EffectiveTime Since) : Refusal
{
    public override string Code => "meeting.already-open";
    public override IReadOnlyList<object> Arguments => [Since];
}

public sealed record MeetingAlreadyConvened(EffectiveTime On) : Refusal
{
    public override string Code => "meeting.already-convened";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record MeetingNotConvened : Refusal
{
    public override string Code => "meeting.not-convened";
}

public sealed record MeetingIsAdjourned(EffectiveTime On) : Refusal
{
    public override string Code => "meeting.adjourned";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record MeetingIsClosed(EffectiveTime On) : Refusal
{
    public override string Code => "meeting.closed";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record MeetingHadNoQuorum(EffectiveTime On) : Refusal
{
    public override string Code => "meeting.had-no-quorum";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record MeetingIsCancelled : Refusal
{
    public override string Code => "meeting.cancelled";
}

/// <summary>A second meeting follows one of the same body that was found without quorum, or lost it and was closed so.</summary>
public sealed record FirstMeetingHadQuorum : Refusal
{
    public override string Code => "meeting.first-had-quorum";
}

/// <summary>A second meeting is of the kind of the first: it decides what the first could not.</summary>
public sealed record SecondMeetingOfAnotherKind(MeetingKind First) : Refusal
{
    public override string Code => "meeting.second-of-another-kind";
    public override IReadOnlyList<object> Arguments => [First];
}

/// <summary>Nobody opens a meeting, or finds it without quorum, before the hour for which it was convened.</summary>
public sealed record MeetingStillToStart(EffectiveTime Starts) : Refusal
{
    public override string Code => "meeting.still-to-start";
    public override IReadOnlyList<object> Arguments => [Starts];
}

/// <summary>An act of the meeting rests on the fact: it is not taken back any more.</summary>
public sealed record MeetingActRestsOnIt(string Act) : Refusal
{
    public override string Code => "meeting.act-rests-on-it";
    public override IReadOnlyList<object> Arguments => [Act];
}

/// <param name="Earliest">The first day on which it could be held; null when the statutes provide for none.</param>
/// <param name="What">The item or the text that the first meeting decided; null for any other fault.</param>
public sealed record SecondMeetingRefused(SecondConvocationFault Fault, DateOnly? Earliest, string By, string? What = null) : Refusal
{
    public override string Code => Fault switch
    {
        SecondConvocationFault.NotAllowed => "meeting.second-not-allowed",
        SecondConvocationFault.TooSoon => "meeting.second-too-soon",
        SecondConvocationFault.AlreadyDecided => "meeting.second-already-decided",
        _ => "meeting.second-other-agenda",
    };

    public override IReadOnlyList<object> Arguments => What is { } what ? [what] : Earliest is { } day ? [day] : [];
    public override string? Article => By;
}

/// <summary>The statutes name others who convene.</summary>
public sealed record ConvenerNotAllowed(Convener Asked, string By) : Refusal
{
    public override string Code => "meeting.convener-not-allowed";
    public override IReadOnlyList<object> Arguments => [Asked];
    public override string? Article => By;
}

/// <param name="Asking">How many members convene it.</param>
/// <param name="Needed">How many must.</param>
public sealed record TooFewConveners(int Asking, Fraction Needed, string By) : Refusal
{
    public override string Code => "meeting.too-few-conveners";
    public override IReadOnlyList<object> Arguments => [Asking, Needed];
    public override string? Article => By;
}

public sealed record ChannelNotAllowed(NoticeChannel Asked, string By) : Refusal
{
    public override string Code => "meeting.channel-not-allowed";
    public override IReadOnlyList<object> Arguments => [Asked];
    public override string? Article => By;
}

/// <param name="Days">That it leaves.</param>
/// <param name="Latest">The last day on which it could go out.</param>
public sealed record NoticeTooShort(int Days, int Needed, DateOnly Latest, string By) : Refusal
{
    public override string Code => "meeting.notice-too-short";
    public override IReadOnlyList<object> Arguments => [Days, Needed, Latest];
    public override string? Article => By;
}

/// <summary>What a convocation announces is planned before it goes out.</summary>
/// <param name="Planned">When the plan or the agenda changed last.</param>
public sealed record ConvenedBeforeItsPlan(EffectiveTime Planned) : Refusal
{
    public override string Code => "meeting.convened-before-its-plan";
    public override IReadOnlyList<object> Arguments => [Planned];
}

/// <summary>A convocation goes out before the meeting.</summary>
public sealed record ConvenedAfterStart(EffectiveTime Starts) : Refusal
{
    public override string Code => "meeting.convened-after-start";
    public override IReadOnlyList<object> Arguments => [Starts];
}

public sealed record AgendaEmpty : Refusal
{
    public override string Code => "meeting.agenda-empty";
}

/// <summary>The notice is out: nothing joins the agenda any more.</summary>
public sealed record AgendaFrozen(string By) : Refusal
{
    public override string Code => "meeting.agenda-frozen";
    public override IReadOnlyList<object> Arguments => [new NamedArticle(By)];
    public override string? Article => By;
}

/// <param name="Until">The last day on which items could be added.</param>
public sealed record ItemTooLate(DateOnly Until, string By) : Refusal
{
    public override string Code => "meeting.item-too-late";
    public override IReadOnlyList<object> Arguments => [Until, new NamedArticle(By)];
    public override string? Article => By;
}

/// <summary>The statutes do not let these add an item once the notice is out.</summary>
public sealed record ItemAuthorNotAllowed(string By) : Refusal
{
    public override string Code => "meeting.item-author-not-allowed";
    public override IReadOnlyList<object> Arguments => [new NamedArticle(By)];
    public override string? Article => By;
}

public sealed record AgendaItemNotFound : Refusal
{
    public override string Code => "meeting.item-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record AgendaItemIsWithdrawn(string Title) : Refusal
{
    public override string Code => "meeting.item-withdrawn";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record AgendaItemTwice(string Title) : Refusal
{
    public override string Code => "meeting.item-twice";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record ItemFollowsItself : Refusal
{
    public override string Code => "meeting.item-follows-itself";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>The person is in the meeting already.</summary>
public sealed record AlreadyInTheMeeting(EffectiveTime Since) : Refusal
{
    public override string Code => "attendance.already-there";
    public override IReadOnlyList<object> Arguments => [Since];
}

/// <summary>The person is not in the meeting at that time.</summary>
public sealed record NotInTheMeeting : Refusal
{
    public override string Code => "attendance.not-there";
}

/// <summary>The meeting is held in a room alone.</summary>
public sealed record RemoteNotForeseen : Refusal
{
    public override string Code => "attendance.remote-not-foreseen";
}

public sealed record AttendingPersonUnknown : Refusal
{
    public override string Code => "attendance.person-unknown";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record IrregularityOfAttendanceNotFound : Refusal
{
    public override string Code => "attendance.irregularity-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>Whoever presides, writes or watches over the votes is in the meeting.</summary>
public sealed record OfficerNotThere(string Field) : Refusal
{
    public override string Code => "meeting.officer-not-there";
    public override IReadOnlyList<object> Arguments => [Field];
}

/// <param name="TakingPart">Who counts of them.</param>
/// <param name="Threshold">What has to be reached.</param>
public sealed record QuorumMissing(Fraction TakingPart, Fraction Total, Fraction Threshold, string By) : Refusal
{
    public override string Code => "meeting.quorum-missing";
    public override IReadOnlyList<object> Arguments => [TakingPart, Total, Threshold];
    public override string? Article => By;
}

public sealed record TooFewColleges(long With, long Needed, string By) : Refusal
{
    public override string Code => "meeting.too-few-colleges";
    public override IReadOnlyList<object> Arguments => [With, Needed];
    public override string? Article => By;
}

/// <summary>A college without which nothing is decided is empty or has no quorum.</summary>
public sealed record CollegesMissing(string By) : Refusal
{
    public override string Code => "meeting.colleges-missing";
    public override string? Article => By;
}

/// <summary>There are enough: the meeting can be opened.</summary>
public sealed record QuorumIsReached : Refusal
{
    public override string Code => "meeting.quorum-reached";
}

public sealed record ResolutionNotFound : Refusal
{
    public override string Code => "resolution.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ResolutionTwice(string Title) : Refusal
{
    public override string Code => "resolution.twice";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record ResolutionIsWithdrawn(string Title) : Refusal
{
    public override string Code => "resolution.withdrawn";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record ResolutionWasPutToVote(string Title) : Refusal
{
    public override string Code => "resolution.put-to-vote";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>Only a text whose vote was annulled is before the meeting again.</summary>
public sealed record VoteOnResolutionStands(string Title) : Refusal
{
    public override string Code => "resolution.vote-stands";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>Such a text is voted on in an extraordinary meeting alone.</summary>
public sealed record ExtraordinaryMeetingAsked(DecisionKind Decision, string By) : Refusal
{
    public override string Code => "resolution.extraordinary-meeting-asked";
    public override IReadOnlyList<object> Arguments => [Decision];
    public override string? Article => By;
}

/// <summary>One vote is taken at a time.</summary>
public sealed record VoteUnderWay(string Title) : Refusal
{
    public override string Code => "meeting.vote-under-way";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>Options and methods take papers: hands and calls are for a motion.</summary>
public sealed record WayForMotionsAlone : Refusal
{
    public override string Code => "resolution.way-for-motions";
}

/// <summary>A working group has no electorate: it decides nothing by vote.</summary>
public sealed record GroupDoesNotVote : Refusal
{
    public override string Code => "resolution.group-does-not-vote";
}

/// <summary>Centres come to a working group; to a body come those who hold its mandates.</summary>
public sealed record CentresOfBodyMeeting : Refusal
{
    public override string Code => "meeting.centres-of-body";
}

public sealed record MeetingProxyNotFound : Refusal
{
    public override string Code => "meeting-proxy.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ConvocationNotSent : Refusal
{
    public override string Code => "meeting.convocation-not-sent";
}

/// <summary>The ballot was held here: a text is put to the vote, and its outcome is not entered beside it.</summary>
public sealed record OutcomeNotTranscribed : Refusal
{
    public override string Code => "resolution.outcome-not-transcribed";
}
