using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.People;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>
/// A meeting of a body on 20 March 2024 at 18:00 in Paris, convened on the first of the month, as its streams tell of it: a <see cref="BallotStory"/> in
/// which people come, leave and put texts to the vote. Numbers are those of electors; minutes those since the announced hour.
/// </summary>
internal sealed class MeetingStory
{
    public static readonly MeetingId TheMeeting = MeetingId.Of(Id(30));
    public static readonly MeetingId Second = MeetingId.Of(Id(31));
    public static readonly AgendaItemId Accounts = AgendaItemId.Of(Id(40));
    public static readonly AgendaItemId Tools = AgendaItemId.Of(Id(41));
    public static readonly ResolutionId Text = ResolutionId.Of(Id(50));
    public static readonly ResolutionId Another = ResolutionId.Of(Id(51));
    public static readonly WorkingGroupId TheGroup = WorkingGroupId.Of(Id(60));

    public static readonly DateTimeOffset Sent = new(2024, 3, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Starts = new(2024, 3, 20, 17, 0, 0, TimeSpan.Zero);

    private readonly BallotStory _log;
    private readonly BodyId? _body;

    private MeetingStory(BallotStory log, BodyId? body) => (_log, _body) = (log, body);

    /// <summary>A board of so many, and a guest with the number 99.</summary>
    public static MeetingStory OfBoard(int electors, params Rule[] rules) =>
        new MeetingStory(WithBoard(electors, rules), Board).Registered([.. Enumerable.Range(1, electors), 99]);

    /// <summary>An assembly of presidents, numbered from 1, whose votes weigh two, and of teams, numbered from 101.</summary>
    public static MeetingStory OfColleges(int presidents, int teams, params Rule[] rules) =>
        new MeetingStory(WithColleges(presidents, teams, rules), Assembly).Registered([.. Enumerable.Range(1, presidents), .. Enumerable.Range(101, teams)]);

    /// <summary>A circle of presidents, which is a college that meets by itself.</summary>
    public static MeetingStory OfCircle(int presidents, params Rule[] rules) =>
        new MeetingStory(WithColleges(presidents, 0, rules), Presidents).Registered([.. Enumerable.Range(1, presidents)]);

    public static MeetingStory OfGroup() => new MeetingStory(
        new BallotStory().WithStatutes().Given(WorkingGroup.Stream(TheGroup), new WorkingGroupCreated(TheGroup, "Cités éducatives", GroupOrigin.New, []), January), null).Registered(1, 2);

    public BallotStory Log => _log;

    public static DateTimeOffset Minute(int minute) => Starts.AddMinutes(minute);

    public static EffectiveTime AtMinute(int minute) => At(Minute(minute));

    public Meeting.Known State => Assert.IsType<Meeting.Known>(Meetings(TheMeeting).Latest, exactMatch: false);

    public MeetingStory Registered(params int[] people)
    {
        foreach (var person in people)
            _log.Given(Governance.Domain.People.Person.Stream(Person(person)), new PersonRegistered(Person(person), Story.SealedFor(Person(person), $"{person}"), true), January);
        return this;
    }

    public PlanMeeting Plan(MeetingId? meeting = null, MeetingKind kind = MeetingKind.Ordinary, DateTimeOffset? starts = null, MeetingId? secondOf = null, bool remote = true) =>
        new(meeting ?? TheMeeting, _body, _body is null ? TheGroup : null, kind, "Réunion de mars", At(starts ?? Starts), "Salle des fêtes", remote, secondOf, At(January.AddDays(1)));

    public static AddAgendaItem Add(AgendaItemId item, string title, MeetingId? meeting = null, DateTimeOffset? on = null, AgendaAuthor? by = null, int? asking = null) =>
        new(meeting ?? TheMeeting, item, title, null, by, asking, At(on ?? January.AddDays(2)));

    public static ConveneMeeting Convene(
        DateTimeOffset? on = null, Convener by = Convener.President, NoticeChannel channel = NoticeChannel.Email, int? asking = null, string? despite = null,
        MeetingId? meeting = null) => new(meeting ?? TheMeeting, by, channel, asking, despite, At(on ?? Sent));

    public MeetingStory Planned(MeetingKind kind = MeetingKind.Ordinary) => Done(Plan(kind: kind), Add(Accounts, "Comptes"), Add(Tools, "Outils"));

    public MeetingStory Convened() => Planned().Done(Convene());

    public static RecordArrival Arrive(int person, int minute = -10, bool remote = false, int? entered = null) =>
        new(TheMeeting, Person(person), remote, AtMinute(minute), Minute(entered ?? minute));

    public static RecordDeparture Leave(int person, int minute, int? entered = null) => new(TheMeeting, Person(person), AtMinute(minute), Minute(entered ?? minute));

    public MeetingStory There(params int[] people) => Done([.. people.Select(person => Arrive(person))]);

    public static OpenMeeting Open(int chair = 1, int minute = 0) => new(TheMeeting, Person(chair), null, [], AtMinute(minute));

    /// <summary>Convened, with these in the room, and opened by the first of them.</summary>
    public MeetingStory Opened(params int[] people) => Convened().There(people).Done(Open(people[0]));

    public static ProposeResolution Propose(ResolutionId? resolution = null, AgendaItemId? item = null, DecisionKind kind = DecisionKind.Ordinary, Contest? contest = null, int minute = 1) =>
        new(TheMeeting, resolution ?? Text, item ?? Accounts, kind, "Quitus", "L'assemblée donne quitus.", null, contest, AtMinute(minute));

    public static PutToVote Put(WayOfVoting way = WayOfVoting.ShowOfHands, int minute = 10, ResolutionId? resolution = null, BallotId? ballot = null) =>
        new(TheMeeting, resolution ?? Text, ballot ?? TheBallot, way, Minute(minute + 60), Minute(minute));

    /// <summary>A text is proposed and put to the vote.</summary>
    public MeetingStory Voting(WayOfVoting way = WayOfVoting.ShowOfHands, int minute = 10) => Done(Propose(), Put(way, minute));

    public static GiveMeetingProxy Give(int giver, int? holder, int minute = -600, ProxyForm form = ProxyForm.Platform, int? substitute = null, bool entered = false) => new(
        TheMeeting, Mandate(giver), holder is { } h ? Person(h) : null, entered || form != ProxyForm.Platform ? null : Person(giver), form,
        substitute is { } s ? Person(s) : null, AtMinute(minute));

    public static CountHands Count(int @for, int against = 0, int abstain = 0, BodyId? college = null, Choice? chair = null, int minute = 11) => new(
        TheBallot, [new(Choice.For, @for, college), new(Choice.Against, against, college), new(Choice.Abstain, abstain, college)], chair, Minute(minute));

    public static AnswerRollCall Answer(int elector, Choice choice, int minute = 11) => new(TheBallot, Mandate(elector), choice, Minute(minute));

    /// <summary>What a command comes to, decided on all the streams that it rests on.</summary>
    public Decision When(object command) => command switch
    {
        PlanMeeting c => c.Decide(
            Meetings(c.Meeting), c.Body is { } body ? _log.Bodies(body) : null, c.Group is { } group ? _log.TimelineOf<WorkingGroup>(WorkingGroup.Stream(group)) : null,
            c.SecondOf is { } first ? Meetings(first) : null),
        MoveMeeting c => c.Decide(Meetings(c.Meeting)),
        CancelMeeting c => c.Decide(Meetings(c.Meeting)),
        AddAgendaItem c => c.Decide(Meetings(c.Meeting), _log.Bodies(_body ?? Board), _log.Statutes, 10, Paris, First(c.Meeting)),
        RewordAgendaItem c => c.Decide(Meetings(c.Meeting)),
        MoveAgendaItem c => c.Decide(Meetings(c.Meeting)),
        WithdrawAgendaItem c => c.Decide(Meetings(c.Meeting)),
        ConveneMeeting c => c.Decide(
            Meetings(c.Meeting), _log.Bodies(_body ?? Board), [_log.Bodies(Presidents), _log.Bodies(Teams)], _log.Statutes, First(c.Meeting), Paris),
        RecordSending c => c.Decide(Meetings(c.Meeting), Convocations),
        RecordBounce c => c.Decide(Convocations),
        RecordNoAddress c => c.Decide(Meetings(c.Meeting), Convocations),
        SendConvocationAgain c => c.Decide(Meetings(c.Meeting), Convocations, new HashSet<PersonId> { Person(1), Person(2), Person(3) }),
        RecordArrival c => c.Decide(
            Meetings(c.Meeting), Sheet(c.Meeting), _log.TimelineOf<Person>(Governance.Domain.People.Person.Stream(c.Person)), Vote(c.Meeting).Vote, Vote(c.Meeting).Book, Minutes(c.Meeting)),
        RecordDeparture c => c.Decide(Meetings(c.Meeting), Sheet(c.Meeting), Proxies(c.Meeting), Minutes(c.Meeting)),
        ConfirmAttendance c => c.Decide(Meetings(c.Meeting)),
        OpenMeeting c => c.Decide(Meetings(c.Meeting), Basis(c.Meeting)),
        FindNoQuorum c => c.Decide(Meetings(c.Meeting), Basis(c.Meeting)),
        HandOverChair c => c.Decide(Meetings(c.Meeting), Sheet(c.Meeting)),
        TakeAgendaItem c => c.Decide(Meetings(c.Meeting)),
        NoteDebate c => c.Decide(Meetings(c.Meeting)),
        RecordIncident c => c.Decide(Meetings(c.Meeting)),
        DeclareInterest c => c.Decide(Meetings(c.Meeting)),
        ProposeResolution c => c.Decide(Meetings(c.Meeting)),
        AmendResolution c => c.Decide(Meetings(c.Meeting)),
        WithdrawResolution c => c.Decide(Meetings(c.Meeting)),
        ReopenResolution c => c.Decide(
            Meetings(c.Meeting), (Meetings(c.Meeting).Latest as Meeting.Known)?.Find(c.Resolution)?.Ballot is { } voted ? _log.Ballots(voted) : null),
        DemandSecretVote c => c.Decide(_log.Ballots(c.Ballot), _log.Bodies(_body ?? Board), [_log.Bodies(Presidents), _log.Bodies(Teams)]),
        HoldInSecret c => _log.When(c),
        ProposeSecondRound c => c.Decide(Meetings(c.Meeting), (Meetings(c.Meeting).Latest as Meeting.Known)?.Find(c.First)?.Ballot is { } voted ? _log.Ballots(voted) : null),
        PutToVote c => c.Decide(
            Meetings(c.Meeting), Basis(c.Meeting), Vote(c.Meeting).Vote, _log.Ballots(c.Ballot), _log.Proxies(c.Ballot), [], [], null,
            PutToVote.FirstRound(Meetings(c.Meeting).Latest, c.Resolution) is { } first ? _log.Ballots(first) : null,
            PutToVote.FirstRound(Meetings(c.Meeting).Latest, c.Resolution) is { } round ? _log.SecondRoundOf(round) : null, First(c.Meeting)),
        TranscribeResolution c => c.Decide(Meetings(c.Meeting), _log.Ballots(c.Ballot)),
        AdjournMeeting c => c.Decide(Meetings(c.Meeting), Basis(c.Meeting), Vote(c.Meeting).Vote),
        ResumeMeeting c => c.Decide(Meetings(c.Meeting), Basis(c.Meeting)),
        CloseMeeting c => c.Decide(Meetings(c.Meeting), Vote(c.Meeting).Vote, Group, Paris),
        RecordGroupCentres c => c.Decide(Meetings(c.Meeting), Group),
        RecordGroupMeeting c => c.Decide(Group!),
        GiveMeetingProxy c => c.Decide(Meetings(c.Meeting), Basis(c.Meeting)),
        HandOnMeetingProxy c => c.Decide(Meetings(c.Meeting), Basis(c.Meeting)),
        RevokeMeetingProxy c => c.Decide(Meetings(c.Meeting), Proxies(c.Meeting), HolderOf(c.Giver), Vote(c.Meeting).Vote, Vote(c.Meeting).Book),
        RetractMeetingFact c => c.Decide(Meetings(TheMeeting)),
        RetractAttendance c when Proxies(TheMeeting).Recorded.Any(e => e.Id == c.Event) =>
            c.Decide(Meetings(TheMeeting), Proxies(TheMeeting), _log.Bodies(_body ?? Board), [_log.Bodies(Presidents), _log.Bodies(Teams)], Minutes(TheMeeting)),
        RetractAttendance c => c.Decide(Meetings(TheMeeting), Sheet(TheMeeting), Vote(TheMeeting).Vote, Vote(TheMeeting).Book, Minutes(TheMeeting)),
        CountHands c => c.Decide(_log.Ballots(c.Ballot)),
        AnswerRollCall c => c.Decide(_log.Ballots(c.Ballot), _log.Votes(c.Elector), _log.ProxyBasisOf(c.Ballot)),
        CastVote c => _log.When(c),
        CloseBallot c => _log.When(c),
        CountBallot c => _log.When(c),
        ProclaimResult c => _log.When(c),
        RaiseIrregularity c => _log.When(c),
        AnnulBallot c => _log.When(c),
        _ => throw new ArgumentException($"{command.GetType().Name} is no command of this story.", nameof(command)),
    };

    /// <summary>These are decided and recorded, one after the other; a refusal here is an error in the telling.</summary>
    public MeetingStory Done(params object[] commands)
    {
        foreach (var command in commands)
            _log.Then(When(command));
        return this;
    }

    public MeetingStory Given(StreamId stream, IEvent @event, DateTimeOffset on)
    {
        _log.Given(stream, @event, on);
        return this;
    }

    /// <summary>The last event of a kind that was recorded.</summary>
    public Recorded Last<T>() where T : IEvent => _log.Log.Last(e => e.Event is T);

    public T The<T>() where T : IEvent => (T)Last<T>().Event;

    /// <summary>The working group that meets; null where a body does.</summary>
    public Timeline<WorkingGroup>? Group => _body is null ? _log.TimelineOf<WorkingGroup>(WorkingGroup.Stream(TheGroup)) : null;

    public Timeline<Meeting> Meetings(MeetingId meeting) => _log.TimelineOf<Meeting>(Meeting.Stream(meeting));

    public Timeline<MeetingProxies> Proxies(MeetingId meeting) => _log.TimelineOf<MeetingProxies>(MeetingProxies.Stream(meeting));

    public Timeline<Minutes> Minutes(MeetingId meeting) => _log.TimelineOf<Minutes>(Governance.Domain.Meetings.Minutes.Stream(meeting));

    public Timeline<AttendanceSheet> Sheet(MeetingId meeting) => _log.TimelineOf<AttendanceSheet>(AttendanceSheet.Stream(meeting));

    /// <summary>The room at a minute, of the meeting as it is known by now.</summary>
    public Room RoomAt(int minute, PersonId? chair = null) => Room.At(State, Basis(TheMeeting), State.Decision, Minute(minute), chair ?? (State as Meeting.Held)?.Chair);

    /// <summary>The electors who take part at a minute, and how.</summary>
    public IReadOnlyList<(int Elector, Presence How)> TakingPartAt(int minute) =>
        [.. RoomAt(minute).Electors.Where(e => e.Present is not null).Select(e => (NumberOf(e.Mandate), e.Present!.Value))];

    /// <summary>Why the proxy of a giver gives no vote at a minute; null when it does.</summary>
    public ProxyFault? FaultAt(int minute, int giver) => RoomAt(minute).Proxies.Single(p => p.Proxy.Giver == Mandate(giver)).Fault;

    private static int NumberOf(MandateId mandate) => Enumerable.Range(1, 200).First(number => Mandate(number) == mandate);

    private Timeline<Convocations> Convocations => _log.TimelineOf<Convocations>(Governance.Domain.Meetings.Convocations.Stream(TheMeeting));

    private MeetingBasis Basis(MeetingId meeting) => new(Sheet(meeting), Proxies(meeting), _log.BasisOf(_body ?? Board));

    /// <summary>What the minutes are composed from.</summary>
    public MinutesSource MinutesSource() => new(
        Meetings(TheMeeting), Basis(TheMeeting), Convocations,
        Meetings(TheMeeting).Recorded.Select(e => e.Event).OfType<ResolutionPutToVote>().ToDictionary(p => p.Ballot, p => _log.Ballots(p.Ballot)),
        new(
            _log.TimelineOf<Folder>(Folder.StreamOf(new(Meeting.Stream(TheMeeting)))),
            new[] { Accounts, Tools }.ToDictionary(item => item, item => _log.TimelineOf<Folder>(Folder.StreamOf(new(Meeting.Stream(TheMeeting), item.Value)))),
            _log.Log.Select(e => e.Event).OfType<DocumentFiled>().ToDictionary(d => d.Document, d => _log.TimelineOf<Document>(Document.Stream(d.Document)))));

    // The meeting without quorum that one is the second of, with its votes.
    private FirstMeeting? First(MeetingId second) => (Meetings(second).Latest as Meeting.Known)?.Plan.SecondOf is { } first
        ? new(Meetings(first), FirstMeeting.VotesOf(Meetings(first)).ToDictionary(b => b, _log.Ballots))
        : null;

    private PersonId? HolderOf(MandateId mandate) => Electorate.At(
        _log.Bodies(_body ?? Board).Latest, [_log.Bodies(Presidents).Latest, _log.Bodies(Teams).Latest], Starts).Electors.FirstOrDefault(e => e.Mandate == mandate)?.Person;

    private (Timeline<Ballot>? Vote, Timeline<ProxyBook>? Book) Vote(MeetingId meeting) =>
        _log.Log.Select(e => e.Event).OfType<ResolutionPutToVote>().LastOrDefault(e => e.Meeting == meeting) is { } put
            ? (_log.Ballots(put.Ballot), _log.Proxies(put.Ballot))
            : (null, null);
}

/// <summary>What was decided, as a test reads it.</summary>
internal static class Answers
{
    public static T ThenRefused<T>(this Decision decision) where T : Refusal => Refused<T>(decision);

    /// <summary>Refused with exactly this refusal, its arguments too.</summary>
    public static void ThenRefused<T>(this Decision decision, T refusal) where T : Refusal => Assert.Equal(refusal, Refused<T>(decision));

    public static void ThenNothing(this Decision decision) => Assert.Equal(Decision.NoChange, decision);

    /// <summary>Accepted, and this is among it.</summary>
    public static T Then<T>(this Decision decision) where T : IEvent =>
        Assert.Single(Assert.IsType<Decision.Accepted>(decision).Facts.Select(f => f.Event).OfType<T>());
}
