using System.Text;
using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Domain.Ballots;

/// <summary>
/// One association as its streams tell of it: what is given is recorded, what is done is decided on what was recorded and
/// recorded in turn, through the stored form.
/// </summary>
internal sealed class BallotStory
{
    public static readonly DateTimeOffset January = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Opening = new(2024, 3, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Closing = new(2024, 3, 8, 18, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset After = Closing.AddHours(1);

    public static readonly BallotId TheBallot = BallotId.Of(Id(1));
    public static readonly BallotId Other = BallotId.Of(Id(2));
    public static readonly BodyId Board = BodyId.Of(Id(10));
    public static readonly BodyId Assembly = BodyId.Of(Id(11));
    public static readonly BodyId Presidents = BodyId.Of(Id(12));
    public static readonly BodyId Teams = BodyId.Of(Id(13));
    public static readonly StatutesVersionId TheVersion = StatutesVersionId.Of(Id(20));

    private readonly List<Recorded> _log = [];

    public static Guid Id(int number) => new($"00000000-0000-7000-8000-{number:x12}");

    /// <summary>The mandate of the elector of this number, and the person who holds it.</summary>
    public static MandateId Mandate(int number) => MandateId.Of(Id(1000 + number));

    public static PersonId Person(int number) => PersonId.Of(Id(100_000 + number));

    public static EffectiveTime At(DateTimeOffset instant) => EffectiveTime.At(instant);

    public IReadOnlyList<Recorded> Log => _log;

    public EventId Last => _log[^1].Id;

    public BallotStory Given(StreamId stream, IEvent @event, DateTimeOffset on)
    {
        Record(new Fact(stream, @event, At(on)));
        return this;
    }

    /// <summary>A board with this many electors, numbered from 1.</summary>
    public static BallotStory WithBoard(int electors, params Rule[] rules)
    {
        var story = new BallotStory().WithStatutes(rules)
            .Given(Body.Stream(Board), new BodyConstituted(Board, "Conseil d'administration", BodyKind.Board, []), January);
        for (var i = 1; i <= electors; i++)
            story.Appoint(Board, i, January);
        return story;
    }

    /// <summary>An assembly of two colleges, the presidents numbered from 1 and the teams from 101.</summary>
    public static BallotStory WithColleges(int presidents, int teams, params Rule[] rules)
    {
        var story = new BallotStory().WithStatutes(rules)
            .Given(Body.Stream(Presidents), new CollegeConstituted(Presidents, "Présidents", 2), January)
            .Given(Body.Stream(Teams), new CollegeConstituted(Teams, "Équipes", Fraction.One), January)
            .Given(Body.Stream(Assembly), new BodyConstituted(Assembly, "Assemblée générale", BodyKind.GeneralAssembly, [Presidents, Teams]), January);
        for (var i = 1; i <= presidents; i++)
            story.Appoint(Presidents, i, January);
        for (var i = 101; i <= 100 + teams; i++)
            story.Appoint(Teams, i, January);
        return story;
    }

    public static Rule Set(RuleContent content, DecisionKind? decision = null) => new("art. 14", new(Decision: decision), content);

    public static Rule BetweenMeetings => Set(new RemoteVotingRule(true, true));

    public static Rule ChangeAllowed => Set(new VoteChangeRule(true));

    public static TimeZoneInfo Paris { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The member of this number, admitted then, and the elector of the same number who represents it on the board.</summary>
    public BallotStory Represented(int number, DateTimeOffset? admitted = null, BodyId? on = null) =>
        Given(Member.Stream(TheMember(number)), new MemberAdmitted(TheMember(number), new($"Centre {number}"), false), admitted ?? January)
            .Given(Body.Stream(on ?? Board), new MandateAppointed(Mandate(number), Person(number), Office.Seat, Member: TheMember(number)), admitted ?? January);

    public BallotStory OfMember(int number, IEvent @event, DateTimeOffset on) => Given(Member.Stream(TheMember(number)), @event, on);

    public static MemberId TheMember(int number) => MemberId.Of(Id(500 + number));

    public BallotStory Appoint(BodyId body, int number, DateTimeOffset from) =>
        Given(Body.Stream(body), new MandateAppointed(Mandate(number), Person(number), Office.Seat), from);

    public BallotStory WithStatutes(params Rule[] rules) =>
        Given(StatutesVersions.Stream, new StatutesDrafted(TheVersion, "Statuts de 2023", [], [BetweenMeetings, .. rules]), January)
            .Given(StatutesVersions.Stream, new StatutesAdopted(TheVersion, At(January)), January);

    public BallotStory Drafted(BodyId? body = null, DecisionKind kind = DecisionKind.RoadmapItem, BallotId? ballot = null)
    {
        var id = ballot ?? TheBallot;
        return Then(new DraftBallot(id, body ?? Board, kind, "Outils communs", "Adopter ?", "Le chantier est adopté.", null, null, At(January))
            .Decide(Ballots(id), Bodies(body ?? Board)));
    }

    /// <summary>A contest over words, unless what it is over is said and given as recorded.</summary>
    public BallotStory Contested(Contest contest, BodyId? body = null, DecisionKind kind = DecisionKind.Election) => Then(When(DraftOf(contest, body, kind)));

    public static DraftBallot DraftOf(Contest contest, BodyId? body = null, DecisionKind kind = DecisionKind.Election) => new(
        TheBallot, body ?? Board, kind, "Priorités", "Dans quel ordre ?", "L'ordre décide des moyens.", null, null, At(January), contest);

    public Decision When(DraftBallot command) => command.Decide(
        Ballots(command.Ballot), Bodies(command.Body),
        [.. (command.Contest?.Workstreams() ?? []).Select(w => TimelineOf<Workstream>(Workstream.Stream(w)))],
        [.. (command.Contest?.People() ?? []).Select(p => TimelineOf<Person>(Governance.Domain.People.Person.Stream(p)))],
        first: command.SecondRoundOf is { } first ? Ballots(first) : null, put: command.SecondRoundOf is { } round ? SecondRoundOf(round) : null);

    /// <summary>The second round that a ballot has; null for none.</summary>
    public Timeline<Ballot>? SecondRoundOf(BallotId first) => Ballots(first).Latest is Ballot.Proclaimed { SecondRound: { } put } ? Ballots(put) : null;

    public static CastVote PaperOf(int elector, Paper paper, DateTimeOffset? now = null, int? by = null) =>
        new(TheBallot, Mandate(elector), Person(by ?? elector), null, now ?? Opening.AddHours(1), paper);

    /// <summary>Electors of these numbers cast such a paper.</summary>
    public BallotStory Voted(Paper paper, params int[] electors) =>
        electors.Aggregate(this, (story, elector) => story.Then(When(PaperOf(elector, paper))));

    public OpenBallot Open(
        HeldIn held = HeldIn.Correspondence, IReadOnlyList<Attendance>? present = null, int? chair = null, bool secret = false, BallotId? ballot = null) =>
        new(ballot ?? TheBallot, held, null, Closing, present, chair is { } number ? Mandate(number) : null, secret, null, Opening);

    public Decision When(OpenBallot command) => command.Decide(
        Ballots(command.Ballot), Proxies(command.Ballot), BasisOf(command.Ballot), Ballots(command.Ballot).Latest is Ballot.Drafted { Draft.SecondRoundOf: { } first } ? Ballots(first) : null);

    public Decision When(DemandSecretVote command) =>
        command.Decide(Ballots(command.Ballot), Bodies(BodyOf(command.Ballot)), [Bodies(Presidents), Bodies(Teams)]);

    public Decision When(HoldInSecret command) => command.Decide(
        Ballots(command.Ballot),
        Roll(command.Ballot).Select(e => (Votes(e), TimelineOf<PaperEntry>(PaperEntry.Stream(command.Ballot, e)))));

    public Decision When(CastVote command) => command.Decide(Ballots(command.Ballot), Votes(command.Elector), ProxyBasisOf(command.Ballot));

    public Decision When(EnterPaperVote command) =>
        command.Decide(Ballots(command.Ballot), TimelineOf<PaperEntry>(PaperEntry.Stream(command.Ballot, command.Elector)), Votes(command.Elector));

    public Decision When(GiveProxy command) => command.Decide(
        Ballots(command.Ballot), Votes(command.Giver), Signings(command.Giver), ProxyBasisOf(command.Ballot), Statutes);

    public Decision When(ReassignProxy command) => command.Decide(
        Ballots(command.Ballot), Votes(command.Giver), Signings(command.Giver), ProxyBasisOf(command.Ballot), Statutes);

    public Decision When(RevokeProxy command, int holder) => command.Decide(Ballots(command.Ballot), Proxies(command.Ballot), Person(holder));

    public Decision When(CloseBallot command) => command.Decide(Ballots(command.Ballot));

    public Decision When(CountBallot command) => command.Decide(
        Ballots(command.Ballot),
        [.. _log.Select(e => e.Stream).Where(s => s.Value.StartsWith(Vote.StreamPrefix(command.Ballot), StringComparison.Ordinal)).Distinct()
            .Select(TimelineOf<Vote>)],
        [.. Roll(command.Ballot).Select(Signings)],
        ProxyBasisOf(command.Ballot));

    public Decision When(IssueVotingLinks command) => command.Decide(Ballots(command.Ballot));

    public Decision When(ProclaimResult command) => command.Decide(Ballots(command.Ballot));

    public Decision When(RaiseIrregularity command) => command.Decide(
        Ballots(command.Ballot), BasisOf(command.Ballot), Ballots(command.Ballot).Latest is Ballot.Held { Draft.SecondRoundOf: { } first } ? Ballots(first) : null);

    public Decision When(ConfirmDespiteIrregularity command) => command.Decide(Ballots(command.Ballot));

    public Decision When(AnnulBallot command) => command.Decide(Ballots(command.Ballot), command.Decision is { } d ? Ballots(d.Ballot) : null, TimeZoneInfo.Utc);

    public BallotStory Opened(HeldIn held = HeldIn.Correspondence, IReadOnlyList<Attendance>? present = null, int? chair = null) =>
        Then(When(Open(held, present, chair)));

    public static CastVote VoteOf(int elector, Choice choice, DateTimeOffset? now = null, int? by = null) =>
        new(TheBallot, Mandate(elector), Person(by ?? elector), choice, now ?? Opening.AddHours(1));

    /// <summary>Electors of these numbers vote so.</summary>
    public BallotStory Voted(Choice choice, params int[] electors) =>
        electors.Aggregate(this, (story, elector) => story.Then(When(VoteOf(elector, choice))));

    public BallotStory Closed() => Then(When(new CloseBallot(TheBallot, ClosedBy.Time, After)));

    public BallotStory Counted() => Closed().Then(When(new CountBallot(TheBallot, After)));

    public Ballot.Proclaimed Proclaimed()
    {
        Counted().Then(When(new ProclaimResult(TheBallot, After)));
        return Assert.IsType<Ballot.Proclaimed>(State);
    }

    public static SecretPaper Paper(string code, Choice choice) => new(code.PadRight(TrackingCode.Length, '2'), choice);

    public static CastSecretVote SecretVoteOf(int elector, SecretPaper paper, int? by = null, DateTimeOffset? now = null) =>
        new(TheBallot, Mandate(elector), Person(by ?? elector), paper, now ?? Opening.AddHours(1));

    /// <summary>The box of the ballot: what waits there for each elector.</summary>
    public Dictionary<MandateId, SecretPaper> Box { get; } = [];

    public Decision When(CastSecretVote command) =>
        command.Decide(Ballots(command.Ballot), Signings(command.Elector), Box.GetValueOrDefault(command.Elector), ProxyBasisOf(command.Ballot));

    /// <summary>An elector puts in a paper, which is signed for and lies in the box then.</summary>
    public BallotStory VotedSecretly(int elector, SecretPaper paper, int? by = null)
    {
        if (When(SecretVoteOf(elector, paper, by)) is not Decision.Unchanged and var decision)
            Then(decision);
        Box[Mandate(elector)] = paper;
        return this;
    }

    /// <summary>Takes out what is in the box of electors who signed.</summary>
    public Decision When(PublishPapers command) => command.Decide(
        Ballots(command.Ballot),
        Roll(command.Ballot).Where(e => Signings(e).Latest is Signing.Signed).ToDictionary(e => e, e => Box.GetValueOrDefault(e)),
        Box.Keys.Count(e => Signings(e).Latest is Signing.NotSigned));

    private IEnumerable<MandateId> Roll(BallotId id) => Ballots(id).Latest is Ballot.Held held ? held.Roll.Keys : [];

    public Timeline<Signing> Signings(MandateId elector) => TimelineOf<Signing>(Signing.Stream(TheBallot, elector));

    public Ballot State => Ballots(TheBallot).Latest;

    public Timeline<StatutesVersions> Statutes => TimelineOf<StatutesVersions>(StatutesVersions.Stream);

    public Timeline<Ballot> Ballots(BallotId id) => TimelineOf<Ballot>(Governance.Domain.Ballots.Ballot.Stream(id));

    public Timeline<Body> Bodies(BodyId id) => TimelineOf<Body>(Body.Stream(id));

    public Timeline<Vote> Votes(MandateId elector) => TimelineOf<Vote>(Vote.Stream(TheBallot, elector));

    public Timeline<ProxyBook> Proxies(BallotId id) => TimelineOf<ProxyBook>(ProxyBook.Stream(id));

    /// <summary>What proxies are judged on, every member that a mandate ever represented included.</summary>
    public ProxyBasis ProxyBasisOf(BallotId id) => new(Proxies(id), Bodies(BodyOf(id)), [Bodies(Presidents), Bodies(Teams)], BasisOf(id).Members);

    /// <summary>What the opening is judged on, every member that a mandate ever represented included.</summary>
    public OpeningBasis BasisOf(BallotId id, Timeline<StatutesVersions>? statutes = null) => BasisOf(BodyOf(id), statutes);

    public OpeningBasis BasisOf(BodyId body, Timeline<StatutesVersions>? statutes = null) => new(
        Bodies(body),
        [Bodies(Presidents), Bodies(Teams)],
        statutes ?? Statutes,
        _log.Select(e => e.Event).OfType<MandateAppointed>().Select(m => m.Member).OfType<MemberId>().Distinct()
            .ToDictionary(m => m, m => TimelineOf<Member>(Member.Stream(m))),
        Paris);

    public Timeline<T> TimelineOf<T>(StreamId stream) where T : class, IState<T>
    {
        List<Recorded> events = [.. _log.Where(e => e.Stream == stream)];
        return new(stream, events.Count, events);
    }

    /// <summary>Records what was decided; a refusal here is an error in the telling.</summary>
    public BallotStory Then(Decision decision)
    {
        foreach (var fact in Assert.IsType<Decision.Accepted>(decision).Facts)
            Record(fact);
        return this;
    }

    public static T Refused<T>(Decision decision) where T : Refusal => Assert.IsType<T>(Assert.IsType<Decision.Refused>(decision).Refusal);

    public static T Accepted<T>(Decision decision) where T : IEvent =>
        Assert.IsType<T>(Assert.Single(Assert.IsType<Decision.Accepted>(decision).Facts).Event);

    private BodyId BodyOf(BallotId id) => Ballots(id).Latest switch
    {
        Ballot.Drafted drafted => drafted.Draft.Body,
        Ballot.Held held => held.Draft.Body,
        _ => Board,
    };

    // Through the stored form, so that what is decided on is what would be read back.
    private void Record(Fact fact)
    {
        var name = EventCatalogue.All.Name(fact.Event);
        var stored = EventCatalogue.All.Read(name, EventCatalogue.All.Write(fact.Event));
        Assert.Equal(Encoding.UTF8.GetString(EventCatalogue.All.Write(fact.Event)), Encoding.UTF8.GetString(EventCatalogue.All.Write(stored)));
        _log.Add(new(
            EventId.Of(Id(10_000_000 + _log.Count)), fact.Stream, _log.Count(e => e.Stream == fact.Stream) + 1, _log.Count + 1, stored, fact.On,
            fact.On.Instant));
    }
}
