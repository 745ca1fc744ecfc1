using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>« Ordinaire » or « extraordinaire »: under which rules it is convened and opened.</summary>
public enum MeetingKind
{
    Ordinary,
    Extraordinary,
}

/// <summary>A meeting of a body, or of a working group, is to be held. Stream <c>meeting:{id}</c>.</summary>
/// <param name="Body">The body that meets; null for a working group.</param>
/// <param name="Group">The working group that meets; null for a body.</param>
/// <param name="Starts">When it begins.</param>
/// <param name="Place">Null for one without a room.</param>
/// <param name="Remote">One can attend from elsewhere.</param>
/// <param name="SecondOf">The meeting without quorum after which it is convened; null for a first one.</param>
public sealed record MeetingPlanned(
    MeetingId Meeting,
    MeetingKind Kind,
    string Title,
    EffectiveTime Starts,
    bool Remote,
    BodyId? Body = null,
    WorkingGroupId? Group = null,
    string? Place = null,
    MeetingId? SecondOf = null) : IEvent;

/// <summary>It is held at another time or place, before it is convened.</summary>
public sealed record MeetingMoved(MeetingId Meeting, EffectiveTime Starts, bool Remote, string? Place = null) : IEvent;

public sealed record MeetingCancelled(MeetingId Meeting, string Reason) : IAct;

/// <summary>An item joins the end of the agenda.</summary>
/// <param name="By">Who asked for it beside whoever convenes; null for the latter.</param>
/// <param name="Asking">How many members asked for it together.</param>
public sealed record AgendaItemAdded(MeetingId Meeting, AgendaItemId Item, string Title, string? Text = null, AgendaAuthor? By = null, int? Asking = null) : IEvent;

public sealed record AgendaItemReworded(MeetingId Meeting, AgendaItemId Item, string Title, string? Text = null) : IEvent;

/// <param name="After">The item that it now follows; null for the first place.</param>
public sealed record AgendaItemMoved(MeetingId Meeting, AgendaItemId Item, AgendaItemId? After = null) : IEvent;

public sealed record AgendaItemWithdrawn(MeetingId Meeting, AgendaItemId Item, string Reason) : IEvent;

/// <summary>How many days a convocation leaves, as the rule counts them.</summary>
/// <param name="Needed">How many it has to leave.</param>
public sealed record NoticeGiven(string Article, DayCount Count, int Days, int Needed);

/// <summary>The convocation goes out; the agenda is what it is, save for what the rule lets join it.</summary>
/// <param name="By">In what quality whoever convenes does so.</param>
/// <param name="Starts">When the meeting begins, as convened.</param>
/// <param name="Persons">To how many people it goes.</param>
/// <param name="Notice">Null for a working group, of which no notice is asked.</param>
/// <param name="Irregular">Why it went out although the notice is too short; null when it is not.</param>
/// <param name="Asking">How many members convene it, where a share of them does.</param>
/// <param name="Statutes">The version in force; null when there was none.</param>
public sealed record MeetingConvened(
    MeetingId Meeting,
    Convener By,
    NoticeChannel Channel,
    EffectiveTime Starts,
    int Persons,
    NoticeGiven? Notice = null,
    string? Irregular = null,
    int? Asking = null,
    StatutesVersionId? Statutes = null) : IAct;

/// <summary>A quorum with its working: who was there by college and quality, and each check of the rule.</summary>
public sealed record QuorumFound(bool Reached, IReadOnlyList<RollGroup> Roll, IReadOnlyList<Step> Steps);

/// <summary>The meeting is open: who presides is named and the quorum fixed.</summary>
/// <param name="Chair">Who presides.</param>
/// <param name="Secretary">Who writes the minutes; null when not named.</param>
/// <param name="Scrutineers">Who watches over the votes.</param>
public sealed record MeetingOpened(
    MeetingId Meeting, PersonId Chair, IReadOnlyList<PersonId> Scrutineers, QuorumFound Quorum, PersonId? Secretary = null, StatutesVersionId? Statutes = null)
    : IAct;

/// <summary>Too few are there: nothing can be voted, and a second meeting can be convened where the rules have one.</summary>
public sealed record QuorumNotReached(MeetingId Meeting, QuorumFound Quorum, StatutesVersionId? Statutes = null) : IAct;

/// <summary>Somebody else presides from here on.</summary>
public sealed record ChairHandedOver(MeetingId Meeting, PersonId Chair) : IEvent;

/// <summary>The meeting turns to an item; what was in hand before is done with.</summary>
public sealed record AgendaItemTaken(MeetingId Meeting, AgendaItemId Item) : IEvent;

/// <summary>What was said, summed up by whoever writes the minutes.</summary>
/// <param name="Item">Null for what belongs to no item.</param>
public sealed record DebateNoted(MeetingId Meeting, string Text, AgendaItemId? Item = null) : IEvent;

/// <summary>Something out of the ordinary, which the minutes have to tell.</summary>
public sealed record IncidentRecorded(MeetingId Meeting, string Text, AgendaItemId? Item = null) : IEvent;

/// <summary>A person has an interest of their own in an item: leaves the debate and casts no vote on it.</summary>
public sealed record InterestDeclared(MeetingId Meeting, AgendaItemId Item, PersonId Person, string? Note = null) : IEvent;

/// <summary>The centres that take part in a meeting of a working group, all of them: what was recorded before is replaced.</summary>
public sealed record GroupCentresRecorded(MeetingId Meeting, IReadOnlyList<MemberId> Centres) : IEvent;

/// <summary>A text is put before the meeting.</summary>
/// <param name="Text">Word for word; with a contest, what is decided by it.</param>
/// <param name="Contest">The options and the method; null for a motion.</param>
/// <param name="Election">The election whose candidates are put; null for none.</param>
/// <param name="Minutes">The meeting whose minutes are put for approval; null for none.</param>
/// <param name="SecondRoundOf">The text whose vote calls for this one; null for none.</param>
public sealed record ResolutionProposed(
    MeetingId Meeting, ResolutionId Resolution, AgendaItemId Item, DecisionKind Decision, string Title, string Text, WorkstreamId? Workstream = null,
    Contest? Contest = null, ElectionId? Election = null, MeetingId? Minutes = null, ResolutionId? SecondRoundOf = null) : IEvent;

/// <summary>The text is another from here on.</summary>
/// <param name="Reason">Who asked for it, or why.</param>
public sealed record ResolutionAmended(MeetingId Meeting, ResolutionId Resolution, string Text, string Reason) : IEvent;

public sealed record ResolutionWithdrawn(MeetingId Meeting, ResolutionId Resolution, string Reason) : IEvent;

/// <summary>How a vote is taken in a meeting.</summary>
public enum WayOfVoting
{
    /// <summary>Hands are counted, by college.</summary>
    ShowOfHands,

    /// <summary>Each elector is called and answers.</summary>
    RollCall,

    /// <summary>Each elector votes on a device.</summary>
    Electronic,

    /// <summary>Each elector votes on a device, in secret.</summary>
    Secret,
}

/// <summary>The meeting votes on a text: the quorum is fixed, the ballot opened with it.</summary>
/// <param name="Quorum">As it stood when the vote was opened.</param>
public sealed record ResolutionPutToVote(MeetingId Meeting, ResolutionId Resolution, BallotId Ballot, WayOfVoting Way, QuorumFound Quorum) : IAct;

/// <summary>The vote on a text was annulled: the text is before the meeting again, as if it had not been voted on.</summary>
/// <param name="Ballot">The ballot annulled.</param>
public sealed record ResolutionReopened(MeetingId Meeting, ResolutionId Resolution, BallotId Ballot) : IAct;

/// <summary>What became of a text, as a document gives it: an outcome without papers.</summary>
/// <param name="Ballot">The outcome transcribed.</param>
public sealed record ResolutionTranscribed(MeetingId Meeting, ResolutionId Resolution, BallotId Ballot) : IAct;

/// <param name="Resumes">When it goes on, as far as is known.</param>
/// <param name="Quorum">Where too few are left: as it stood then.</param>
public sealed record MeetingAdjourned(MeetingId Meeting, string Reason, EffectiveTime? Resumes = null, QuorumFound? Quorum = null) : IAct;

public sealed record MeetingResumed(MeetingId Meeting, QuorumFound Quorum) : IAct;

public sealed record MeetingClosed(MeetingId Meeting) : IAct;

/// <summary>Who came or left was recorded late, and acts rest on another attendance: somebody confirms them or annuls the votes.</summary>
/// <param name="When">When the person came or left.</param>
/// <param name="Acts">The events that rest on the attendance known then.</param>
public sealed record AttendanceIrregularityRaised(MeetingId Meeting, PersonId Person, EffectiveTime When, IReadOnlyList<EventId> Acts) : IAct;

/// <summary>The acts stand in spite of it.</summary>
public sealed record AttendanceIrregularityConfirmed(MeetingId Meeting, PersonId Person, EffectiveTime When, string Reason) : IAct;

/// <summary>The convocation was sent to somebody. Stream <c>convocations:{meeting}</c>.</summary>
/// <param name="Proof">What shows it: the number of a registered letter, the identifier of a message.</param>
public sealed record ConvocationSent(MeetingId Meeting, PersonId Person, NoticeChannel Channel, string? Proof = null) : IEvent;

/// <summary>The convocation did not reach somebody.</summary>
public sealed record ConvocationBounced(MeetingId Meeting, PersonId Person, NoticeChannel Channel, string Reason) : IEvent;

/// <summary>The convocation could not be sent to somebody: no address is known.</summary>
public sealed record ConvocationUnaddressed(MeetingId Meeting, PersonId Person, NoticeChannel Channel) : IEvent;

/// <summary>The convocation is to go out once more, to these.</summary>
public sealed record ConvocationRepeated(MeetingId Meeting, IReadOnlyList<PersonId> To) : IAct;

/// <summary>A person is in the meeting from here on, or goes on in the other way. Stream <c>attendance:{meeting}</c>.</summary>
/// <param name="Remote">From elsewhere, and not in the room.</param>
public sealed record PersonArrived(MeetingId Meeting, PersonId Person, bool Remote = false) : IEvent;

public sealed record PersonLeft(MeetingId Meeting, PersonId Person) : IEvent;

/// <summary>The votes of a mandate in a meeting are put into somebody's hands. Stream <c>meeting-proxies:{meeting}</c>.</summary>
/// <param name="Giver">The mandate whose votes they are.</param>
/// <param name="Holder">Who may cast them; null for a blank proxy.</param>
/// <param name="Substitute">Who may once the holder has left; null for nobody.</param>
public sealed record MeetingProxyGiven(MeetingId Meeting, MandateId Giver, ProxyForm Form, PersonId? Holder = null, PersonId? Substitute = null) : IEvent;

/// <summary>Whoever presides puts a blank proxy, or one whose holder has left, into a hand.</summary>
public sealed record MeetingProxyHandedOn(MeetingId Meeting, MandateId Giver, PersonId Holder) : IEvent;

public sealed record MeetingProxyRevoked(MeetingId Meeting, MandateId Giver) : IEvent;

public static class MeetingEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(MeetingPlanned), typeof(MeetingMoved), typeof(MeetingCancelled), typeof(AgendaItemAdded), typeof(AgendaItemReworded), typeof(AgendaItemMoved),
        typeof(AgendaItemWithdrawn), typeof(MeetingConvened), typeof(MeetingOpened), typeof(QuorumNotReached), typeof(ChairHandedOver), typeof(AgendaItemTaken),
        typeof(DebateNoted), typeof(IncidentRecorded), typeof(InterestDeclared), typeof(GroupCentresRecorded), typeof(ResolutionProposed), typeof(ResolutionAmended),
        typeof(ResolutionWithdrawn), typeof(ResolutionPutToVote), typeof(ResolutionReopened), typeof(ResolutionTranscribed), typeof(MeetingAdjourned), typeof(MeetingResumed), typeof(MeetingClosed),
        typeof(AttendanceIrregularityRaised), typeof(AttendanceIrregularityConfirmed), typeof(ConvocationSent), typeof(ConvocationBounced),
        typeof(ConvocationUnaddressed), typeof(ConvocationRepeated),
        typeof(PersonArrived), typeof(PersonLeft), typeof(MeetingProxyGiven), typeof(MeetingProxyHandedOn), typeof(MeetingProxyRevoked),
    ];
}
