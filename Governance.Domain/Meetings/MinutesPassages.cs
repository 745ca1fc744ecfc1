using System.Text.Json.Serialization;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>The parts that minutes are made of, in the order in which they stand.</summary>
public enum MinutesPart
{
    /// <summary>What was held, where and when.</summary>
    Opening,
    Convocation,
    Agenda,
    Attendance,
    Officers,
    Quorum,

    /// <summary>What happened before the first item was taken, or under none.</summary>
    Proceedings,

    /// <summary>One for each item of the agenda, in the order in which they were taken.</summary>
    Item,
    Closing,
    Irregularities,

    /// <summary>What was laid before the meeting, and what is annexed.</summary>
    Documents,
    Signatures,

    /// <summary>Annex: the attendance sheet.</summary>
    Sheet,

    /// <summary>Annex: the list of proxies.</summary>
    Proxies,
}

/// <summary>A part of minutes with what it says.</summary>
/// <param name="Key">Names it within the minutes, whatever is added around it.</param>
/// <param name="Number">Place of the item on the agenda, from 1; null of another part, and of an item taken off.</param>
/// <param name="Title">Of the item; null of another part.</param>
public sealed record MinutesSection(MinutesPart Part, string Key, IReadOnlyList<Passage> Passages, int? Number = null, string? Title = null);

/// <summary>
/// What one paragraph or table of minutes says, without its words: a closed set, told apart in JSON by <c>passage</c>.
/// </summary>
/// <param name="Key">Names it within the minutes, whatever is added around it: a rewording holds on to it.</param>
/// <param name="Events">What it is composed of.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "passage")]
[JsonDerivedType(typeof(MeetingHeld), "meeting-held")]
[JsonDerivedType(typeof(ConvocationSaid), "convocation")]
[JsonDerivedType(typeof(AgendaSaid), "agenda")]
[JsonDerivedType(typeof(AgendaItemJoined), "agenda-item-joined")]
[JsonDerivedType(typeof(AgendaItemPlaced), "agenda-item-placed")]
[JsonDerivedType(typeof(AgendaItemDropped), "agenda-item-dropped")]
[JsonDerivedType(typeof(AttendanceCounted), "attendance-counted")]
[JsonDerivedType(typeof(AttendanceNamed), "attendance-named")]
[JsonDerivedType(typeof(OthersThere), "others-there")]
[JsonDerivedType(typeof(OfficersNamed), "officers")]
[JsonDerivedType(typeof(QuorumSaid), "quorum")]
[JsonDerivedType(typeof(ComingsAndGoings), "comings-and-goings")]
[JsonDerivedType(typeof(ItemIntroduced), "item-introduced")]
[JsonDerivedType(typeof(ItemTakenAgain), "item-taken-again")]
[JsonDerivedType(typeof(ItemNotTaken), "item-not-taken")]
[JsonDerivedType(typeof(DebateSaid), "debate")]
[JsonDerivedType(typeof(IncidentSaid), "incident")]
[JsonDerivedType(typeof(InterestSaid), "interest")]
[JsonDerivedType(typeof(ResolutionAmendedTo), "resolution-amended")]
[JsonDerivedType(typeof(ResolutionDropped), "resolution-dropped")]
[JsonDerivedType(typeof(ResolutionText), "resolution-text")]
[JsonDerivedType(typeof(VoteTaken), "vote-taken")]
[JsonDerivedType(typeof(VotesCounted), "votes-counted")]
[JsonDerivedType(typeof(VoteDecided), "vote-decided")]
[JsonDerivedType(typeof(ContestDecided), "contest-decided")]
[JsonDerivedType(typeof(VoteWithoutResult), "vote-without-result")]
[JsonDerivedType(typeof(OutcomeFromDocument), "outcome-from-document")]
[JsonDerivedType(typeof(VoteAnnulled), "vote-annulled")]
[JsonDerivedType(typeof(ChairChanged), "chair-changed")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(ClosingSaid), "closing")]
[JsonDerivedType(typeof(NoticeTooShortSaid), "notice-too-short")]
[JsonDerivedType(typeof(AttendanceRecordedLate), "attendance-recorded-late")]
[JsonDerivedType(typeof(VoteIrregular), "vote-irregular")]
[JsonDerivedType(typeof(DocumentsListed), "documents")]
[JsonDerivedType(typeof(ToBeSigned), "to-be-signed")]
[JsonDerivedType(typeof(SheetSaid), "sheet")]
[JsonDerivedType(typeof(ProxiesSaid), "proxies")]
public abstract record Passage(string Key, IReadOnlyList<EventId> Events)
{
    /// <summary>Whether a person's wording may stand in its place: not of tables, of lists of documents, of signatures, and of what was put to the vote word for word.</summary>
    [JsonIgnore]
    public bool IsWorded => this is not (AttendanceCounted or VotesCounted or ResolutionText or DocumentsListed or ToBeSigned or SheetSaid or ProxiesSaid);
}

/// <param name="Opened">When it was opened; null where it was not, or not yet.</param>
/// <param name="First">The beginning of the meeting without quorum after which it was convened; null for a first one.</param>
public sealed record MeetingHeld(
    string Key, IReadOnlyList<EventId> Events, MeetingKind Kind, BodyId? Body, WorkingGroupId? Group, EffectiveTime Starts, EffectiveTime? Opened, string? Place,
    bool Remote, EffectiveTime? First) : Passage(Key, Events);

/// <param name="Act">Null where nothing was convened: a working group can meet so.</param>
/// <param name="Sent">To how many people a sending is recorded.</param>
/// <param name="Proved">For how many of these something shows it.</param>
/// <param name="Bounced">Whom it did not reach, and why.</param>
public sealed record ConvocationSaid(
    string Key, IReadOnlyList<EventId> Events, MeetingConvened? Act, EffectiveTime? On, int Sent, int Proved, IReadOnlyList<NotReached> Bounced)
    : Passage(Key, Events);

public sealed record NotReached(PersonId Person, string Reason);

/// <summary>The agenda as the convocation had it; before one, as it stands.</summary>
public sealed record AgendaSaid(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<AgendaLine> Items) : Passage(Key, Events);

public sealed record AgendaLine(AgendaItemId Item, string Title, string? Text);

/// <summary>An item joined the agenda once the convocation was out.</summary>
public sealed record AgendaItemJoined(string Key, IReadOnlyList<EventId> Events, string Title, AgendaAuthor? By, int? Asking, EffectiveTime On) : Passage(Key, Events);

/// <param name="After">The item that it now follows; null for the first place.</param>
public sealed record AgendaItemPlaced(string Key, IReadOnlyList<EventId> Events, string Title, string? After, EffectiveTime On) : Passage(Key, Events);

public sealed record AgendaItemDropped(string Key, IReadOnlyList<EventId> Events, string Title, string Reason, EffectiveTime On) : Passage(Key, Events);

/// <summary>Who was there when the meeting was opened, in numbers; before, who is now.</summary>
public sealed record AttendanceCounted(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<CollegeAttendance> Colleges) : Passage(Key, Events);

/// <param name="College">Null for electors of no college.</param>
/// <param name="Absent">Neither there nor represented.</param>
public sealed record CollegeAttendance(BodyId? College, Tally Members, Tally InRoom, Tally Remote, Tally Represented, Tally Absent);

/// <summary>The same by name, for one college.</summary>
public sealed record AttendanceNamed(
    string Key, IReadOnlyList<EventId> Events, BodyId? College, IReadOnlyList<MandateId> InRoom, IReadOnlyList<MandateId> Remote,
    IReadOnlyList<RepresentedBy> Represented, IReadOnlyList<MandateId> Absent) : Passage(Key, Events);

public sealed record RepresentedBy(MandateId Giver, PersonId Holder);

/// <summary>Who was there without a vote.</summary>
public sealed record OthersThere(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<PersonId> People) : Passage(Key, Events);

public sealed record OfficersNamed(string Key, IReadOnlyList<EventId> Events, PersonId Chair, PersonId? Secretary, IReadOnlyList<PersonId> Scrutineers)
    : Passage(Key, Events);

public enum QuorumMoment
{
    Opening,
    Vote,
    Suspension,
    Resumption,
}

/// <param name="Statutes">The version whose rule it was judged by, where the act says.</param>
public sealed record QuorumSaid(string Key, IReadOnlyList<EventId> Events, QuorumMoment Moment, QuorumFound Quorum, EffectiveTime On, StatutesVersionId? Statutes)
    : Passage(Key, Events);

/// <summary>Who came and who left between two other things that happened.</summary>
public sealed record ComingsAndGoings(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<Movement> Movements) : Passage(Key, Events);

/// <param name="Left">False for an arrival, or a change between the room and elsewhere.</param>
public sealed record Movement(PersonId Person, EffectiveTime On, bool Left, bool Remote);

/// <summary>What the agenda says of the item beside its title.</summary>
public sealed record ItemIntroduced(string Key, IReadOnlyList<EventId> Events, string? Text, EffectiveTime On) : Passage(Key, Events);

public sealed record ItemTakenAgain(string Key, IReadOnlyList<EventId> Events, EffectiveTime On) : Passage(Key, Events);

/// <summary>The meeting ended without turning to it.</summary>
public sealed record ItemNotTaken(string Key, IReadOnlyList<EventId> Events) : Passage(Key, Events);

public sealed record DebateSaid(string Key, IReadOnlyList<EventId> Events, string Text, EffectiveTime On) : Passage(Key, Events);

public sealed record IncidentSaid(string Key, IReadOnlyList<EventId> Events, string Text, EffectiveTime On) : Passage(Key, Events);

public sealed record InterestSaid(string Key, IReadOnlyList<EventId> Events, PersonId Person, string? Note) : Passage(Key, Events);

public sealed record ResolutionAmendedTo(string Key, IReadOnlyList<EventId> Events, string Title, string Before, string After, string Reason) : Passage(Key, Events);

public sealed record ResolutionDropped(string Key, IReadOnlyList<EventId> Events, string Title, string Text, string Reason) : Passage(Key, Events);

/// <summary>The text word for word, as it was put to the vote; before, as it stands.</summary>
public sealed record ResolutionText(string Key, IReadOnlyList<EventId> Events, string Title, string Text, DecisionKind Decision, bool Amended) : Passage(Key, Events);

/// <param name="Roll">How many could vote; null while it is not known.</param>
public sealed record VoteTaken(string Key, IReadOnlyList<EventId> Events, string Title, WayOfVoting Way, EffectiveTime On, int? Roll, Contest? Contest)
    : Passage(Key, Events);

/// <summary>The votes of a motion by college, then of all.</summary>
public sealed record VotesCounted(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<CollegeCounts> Colleges, Counts All) : Passage(Key, Events);

public sealed record VoteDecided(string Key, IReadOnlyList<EventId> Events, string Title, Outcome Outcome, EffectiveTime On) : Passage(Key, Events);

public sealed record ContestDecided(string Key, IReadOnlyList<EventId> Events, string Title, Contest Contest, MethodOutcome Outcome, EffectiveTime On)
    : Passage(Key, Events);

/// <summary>What a document says became of a text: its papers are not here.</summary>
/// <param name="Verdict">Null where the outcome was annulled or is not there.</param>
public sealed record OutcomeFromDocument(
    string Key, IReadOnlyList<EventId> Events, string Title, Verdict? Verdict, TranscribedCounts? Counts, EffectiveTime On) : Passage(Key, Events);

/// <summary>No result was proclaimed.</summary>
public sealed record VoteWithoutResult(string Key, IReadOnlyList<EventId> Events, string Title) : Passage(Key, Events);

public sealed record VoteAnnulled(string Key, IReadOnlyList<EventId> Events, string Title, string Reason, bool Retroactive, EffectiveTime On) : Passage(Key, Events);

public sealed record ChairChanged(string Key, IReadOnlyList<EventId> Events, PersonId Chair, EffectiveTime On) : Passage(Key, Events);

public sealed record Suspended(string Key, IReadOnlyList<EventId> Events, string Reason, EffectiveTime On, EffectiveTime? Resumes) : Passage(Key, Events);

public sealed record Resumed(string Key, IReadOnlyList<EventId> Events, EffectiveTime On) : Passage(Key, Events);

/// <param name="WithoutQuorum">It could not be opened.</param>
/// <param name="Cancelled">Why it was not held; null where it was.</param>
public sealed record ClosingSaid(string Key, IReadOnlyList<EventId> Events, EffectiveTime On, bool WithoutQuorum, string? Cancelled = null) : Passage(Key, Events);

public sealed record NoticeTooShortSaid(string Key, IReadOnlyList<EventId> Events, NoticeGiven Notice, string Reason) : Passage(Key, Events);

/// <param name="When">When the person came or left.</param>
/// <param name="Acts">How many acts rest on another attendance.</param>
/// <param name="Confirmed">Why they stand all the same; null while nobody has said so.</param>
public sealed record AttendanceRecordedLate(string Key, IReadOnlyList<EventId> Events, PersonId Person, EffectiveTime When, int Acts, string? Confirmed)
    : Passage(Key, Events);

/// <param name="Confirmed">Why the vote stands all the same; null while nobody has said so.</param>
public sealed record VoteIrregular(string Key, IReadOnlyList<EventId> Events, string Title, string? Confirmed, bool FirstRoundAnnulled = false) : Passage(Key, Events);

/// <summary>The documents of the meeting, and which annexes follow.</summary>
/// <param name="Sheet">The attendance sheet is annexed.</param>
/// <param name="Proxies">The list of proxies is.</param>
public sealed record DocumentsListed(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<DocumentLine> Documents, bool Sheet, bool Proxies)
    : Passage(Key, Events);

/// <param name="Sha256">Of the content that was there, lower-case hexadecimal; null where it was destroyed since.</param>
/// <param name="Item">Title of the item of the agenda that it belongs to; null of the meeting as a whole.</param>
public sealed record DocumentLine(DocumentId Document, string Title, DocumentKind? Kind, string? Sha256, string? Item);

/// <summary>Who signs, in what quality.</summary>
/// <param name="Chair">Null of a meeting that had none: it was not opened.</param>
public sealed record ToBeSigned(string Key, IReadOnlyList<EventId> Events, PersonId? Chair, PersonId? Secretary, IReadOnlyList<PersonId> Scrutineers)
    : Passage(Key, Events);

/// <summary>The attendance sheet: everybody with a vote, by college.</summary>
public sealed record SheetSaid(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<SheetCollege> Colleges) : Passage(Key, Events);

public sealed record SheetCollege(BodyId? College, IReadOnlyList<SheetLine> Lines);

/// <param name="Member">Whom the mandate represents; null for nobody but the person.</param>
/// <param name="Votes">What the vote weighs.</param>
/// <param name="Holder">Who holds the proxy that counts; null for none.</param>
/// <param name="Stays">From when until when the person was there.</param>
public sealed record SheetLine(MandateId Mandate, PersonId Person, MemberId? Member, Fraction Votes, PersonId? Holder, IReadOnlyList<Stay> Stays);

/// <param name="Until">Null to the end.</param>
public sealed record Stay(EffectiveTime From, EffectiveTime? Until, bool Remote);

/// <summary>Every proxy given, those that gave no vote with the reason.</summary>
public sealed record ProxiesSaid(string Key, IReadOnlyList<EventId> Events, IReadOnlyList<ProxyLine> Lines) : Passage(Key, Events);

/// <param name="Holder">Null for a blank one in nobody's hand.</param>
/// <param name="Ended">When it was taken back; null while it was not.</param>
/// <param name="Fault">Why it gave no vote; null when it did.</param>
public sealed record ProxyLine(MandateId Giver, PersonId? Holder, ProxyForm Form, EffectiveTime On, EffectiveTime? Ended, ProxyFault? Fault);
