using System.Globalization;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Benchmarks.Federation;

internal sealed partial class AssociationLife
{
    private const int Evening = 18 * 60;

    // What a body says of the minutes of the meeting before: it has none to approve at its first.
    private MeetingId? _toApprove;

    private void Meet(DateOnly first)
    {
        if (first.Month is 2 or 4 or 6 or 10 or 12)
            HoldBoard(first);
        if (first.Month == 5)
            HoldAssembly(first);
        if (first.Month == 7 && (first.Year - FirstElection(Founded) + 1) % 3 == 0 && first > Founded)
            FillOffices(_desk.On(TermsBegin(first.Year)), first.Year);
        if (first.Month is 3 or 9)
            VoteByCorrespondence(first);
        if (first == _size.Until.AddMonths(-1))
            LeaveOpen(first);
    }

    private void HoldBoard(DateOnly first)
    {
        var day = first.AddDays(14);
        var there = HoldersOf(_board, _desk.At(day, Evening)).Select(m => m.Person).ToList();
        if (there.Count < 3)
            return;
        var meeting = Convene(_board, MeetingKind.Ordinary, $"Conseil d'administration de {Month(day)}", day, ["Compte rendu précédent", "Trésorerie", "Projets", "Questions diverses"], first, there);
        var present = there.Where((_, n) => n <= there.Count / 2 || Happens(80)).ToList();
        Open(meeting, day, present, present[0], present[1]);
        var ballots = new List<BallotId>();
        foreach (var (n, item) in Agenda(meeting).Index())
        {
            var minute = Evening + 15 + (n * 20);
            Say(meeting, item, day, minute);
            if (n is 1 or 2)
                ballots.Add(Vote(meeting, item, n == 1 ? DecisionKind.Budget : DecisionKind.Ordinary, n == 1 ? "Adopter la situation de trésorerie" : "Engager le projet présenté", day, minute + 5, WayOfVoting.Electronic));
        }

        Close(meeting, day, Evening + 130, ballots[^1], present[0], present[1]);
        if (_toApprove is { } before && _desk.Read<Ballot>(Ballot.Stream(ballots[1])).Latest is Ballot.Proclaimed { Outcome.Verdict: Verdict.Adopted })
        {
            _desk.Take("ApproveMinutes", new ApproveMinutes(before, new DecisionReference(ballots[1]), _desk.At(day, Evening + 150)).Decide(
                _desk.Read<Minutes>(Minutes.Stream(before)), _desk.Read<Meeting>(Meeting.Stream(before)), _desk.Read<Ballot>(Ballot.Stream(ballots[1])), _desk.Read<Meeting>(Meeting.Stream(meeting)), Zone));
        }

        _toApprove = meeting;
    }

    private void HoldAssembly(DateOnly first)
    {
        var day = first.AddDays(19);
        var invited = _centres.OrderBy(c => c.Mandate.Value).ToList();
        var election = Call(first.AddDays(4));
        var meeting = Convene(
            _assembly, MeetingKind.Ordinary, $"Assemblée générale ordinaire de {day.Year}", day, ["Rapport moral", "Comptes", "Montant des cotisations", "Élection au conseil", "Échanges"],
            first.AddDays(-22), [.. invited.Where((_, n) => n % 5 == 0).Select(c => c.Person)]);
        var present = invited.Where((c, n) => n % 6 == day.Year % 6 || c.Person == Readers.Board).ToList();
        var givers = invited.Except(present).Where((_, n) => n % 12 == 0).Take(present.Count).ToList();
        var item = Agenda(meeting)[3];
        ResolutionId? electing = election is null ? null : _desk.New<ResolutionId>(_desk.At(day, 9 * 60));
        if (election is { } called)
        {
            var people = ((Election.Called)_desk.Read<Election>(Election.Stream(called)).Latest).Candidates.Select(c => c.Person).ToList();
            var seats = ((Election.Called)_desk.Read<Election>(Election.Stream(called)).Latest).Call.Seats.Count;
            _desk.Take("ProposeResolution", new ProposeResolution(
                meeting, electing!.Value, item, DecisionKind.Election, "Élection au conseil d'administration", "Sont élus les candidats qui ont le plus de voix.", null,
                new Contest(new Question(new Approval(seats), [.. people.Select(p => p.ToString())]), ContestOptions.People), _desk.At(first.AddDays(9), 600), called)
                .Decide(_desk.Read<Meeting>(Meeting.Stream(meeting)), _desk.Read<Election>(Election.Stream(called))));
        }

        foreach (var (giver, holder) in givers.Zip(present))
            _desk.Give<MeetingProxies>("RecordMeetingProxy", MeetingProxies.Stream(meeting), _desk.At(day.AddDays(-1), 600), new MeetingProxyGiven(meeting, giver.Mandate, ProxyForm.Paper, holder.Person));
        Open(meeting, day, [.. present.Select(c => c.Person)], present[0].Person, present[1].Person);
        var last = default(BallotId);
        foreach (var (n, on) in Agenda(meeting).Index())
        {
            var minute = Evening + 20 + (n * 20);
            Say(meeting, on, day, minute);
            if (n is 0 or 1)
                last = Vote(meeting, on, n == 0 ? DecisionKind.Ordinary : DecisionKind.Accounts, n == 0 ? "Approuver le rapport moral" : "Approuver les comptes", day, minute + 5, WayOfVoting.ShowOfHands);
            if (n == 3 && electing is { } resolution)
                last = PutToVote(meeting, resolution, day, minute + 5, WayOfVoting.Electronic, election);
        }

        Close(meeting, day, Evening + 150, last, present[0].Person, present[1].Person);
        if (election is { } held)
            Install(held, last, day.AddDays(1));
    }

    // The seats whose terms end are put to the vote.
    private ElectionId? Call(DateOnly day)
    {
        var (on, begins) = (_desk.At(day, 600), _desk.On(TermsBegin(day.Year)));
        var board = _desk.Read<Body>(Body.Stream(_board));
        var leaving = ((Body.Constituted)board.At(begins)).Mandates.Where(m => m.TermEnds == begins && m.Ended is null).Select(m => m.Id).ToList();
        if (leaving.Count == 0)
            return null;
        var election = _desk.New<ElectionId>(on);
        var terms = _desk.Read<StatutesVersions>(StatutesVersions.Stream).At(on).RulesAt(on.Instant).MandateTerms(BodyKind.Board);
        var register = _desk.Read<RegisterOfElections>(RegisterOfElections.Stream);
        var others = register.Latest.Elections.Select(id => _desk.Read<Election>(Election.Stream(id)).Latest).OfType<Election.Called>()
            .Select(called => (called, (IReadOnlyList<Timeline<Ballot>>)[.. called.Ballots.Select(ballot => _desk.Read<Ballot>(Ballot.Stream(ballot)))])).ToList();
        _desk.Take("CallElection", new CallElection(election, $"Renouvellement du conseil en {day.Year}", _assembly, _board, Office.Seat, leaving.Count, leaving, begins, on).Decide(
            _desk.Read<Election>(Election.Stream(election)), _desk.Read<Body>(Body.Stream(_assembly)), board, terms, register, others, Zone));
        foreach (var centre in Some(leaving.Count * 6).Where(c => !SitsSomewhere(c)).Take(leaving.Count + 2))
            _desk.Take("StandAsCandidate", new StandAsCandidate(election, new Candidate(centre.Person, centre.Id), _desk.At(day.AddDays(3), 600)).Decide(
                _desk.Read<Election>(Election.Stream(election)), board, _desk.Read<Person>(Person.Stream(centre.Person)), _desk.Read<Member>(Member.Stream(centre.Id)), Others(_board), terms, Zone));
        Things.Add("election", election);
        return election;
    }

    private List<Timeline<Body>> Others(BodyId body) => [.. Bodies().Where(b => b != body).Select(b => _desk.Read<Body>(Body.Stream(b)))];

    private void Install(ElectionId election, BallotId ballot, DateOnly day)
    {
        var on = _desk.At(day, 600);
        var terms = _desk.Read<StatutesVersions>(StatutesVersions.Stream).At(on).RulesAt(on.Instant).MandateTerms(BodyKind.Board);
        var seats = ((Election.Called)_desk.Read<Election>(Election.Stream(election)).Latest).Call.Seats.Count;
        var elected = _desk.Read<Ballot>(Ballot.Stream(ballot)).Latest.Elected.Count;
        if (elected == 0)
            return;
        _desk.Take("InstallElected", new InstallElected(election, [.. Enumerable.Range(0, Math.Min(seats, elected)).Select(_ => _desk.New<MandateId>(on))], on).Decide(
            _desk.Read<Election>(Election.Stream(election)), [_desk.Read<Ballot>(Ballot.Stream(ballot))], _desk.Read<Body>(Body.Stream(_board)),
            person => _desk.Read<Person>(Person.Stream(person)), member => _desk.Read<Member>(Member.Stream(member)), Others(_board), terms, Zone));
        _undeclared.AddRange(_desk.Read<Body>(Body.Stream(_board)).Recorded.Where(e => e.Event is MandateAppointed && e.On == _desk.On(TermsBegin(day.Year))).Select(e => (e.Id, TermsBegin(day.Year))));
    }

    private MeetingId Convene(BodyId body, MeetingKind kind, string title, DateOnly day, IReadOnlyList<string> agenda, DateOnly planned, IReadOnlyList<PersonId> to)
    {
        var on = _desk.At(planned, 540);
        var meeting = _desk.New<MeetingId>(on);
        var stream = Meeting.Stream(meeting);
        _desk.Take("PlanMeeting", new PlanMeeting(meeting, body, null, kind, title, _desk.At(day, Evening), "Lille", false, null, on).Decide(
            _desk.Read<Meeting>(stream), _desk.Read<Body>(Body.Stream(body)), null, null));
        foreach (var item in agenda)
            _desk.Give<Meeting>("AddAgendaItem", stream, on, new AgendaItemAdded(meeting, _desk.New<AgendaItemId>(on), item));
        _desk.Take("ConveneMeeting", new ConveneMeeting(meeting, Convener.President, NoticeChannel.Email, null, null, _desk.At(planned, 600)).Decide(
            _desk.Read<Meeting>(stream), _desk.Read<Body>(Body.Stream(body)), CollegesOf(body), _desk.Read<StatutesVersions>(StatutesVersions.Stream), null, Zone));
        foreach (var person in to)
            _desk.Give<Convocations>("RecordSending", Convocations.Stream(meeting), _desk.At(planned, 610), new ConvocationSent(meeting, person, NoticeChannel.Email, "<convocation@exemple.invalid>"));
        Things.Add("meeting", meeting);
        return meeting;
    }

    private void Open(MeetingId meeting, DateOnly day, IReadOnlyList<PersonId> present, PersonId chair, PersonId secretary)
    {
        foreach (var (n, person) in present.Index())
            _desk.Give<AttendanceSheet>("RecordArrival", AttendanceSheet.Stream(meeting), _desk.At(day, Evening - 20 + (n * 19 / present.Count)), new PersonArrived(meeting, person));
        _desk.Take("OpenMeeting", new OpenMeeting(meeting, chair, secretary, [], _desk.At(day, Evening + 5)).Decide(_desk.Read<Meeting>(Meeting.Stream(meeting)), Basis(meeting, _desk.At(day, Evening + 5))));
    }

    private void Say(MeetingId meeting, AgendaItemId item, DateOnly day, int minute)
    {
        _desk.Take("TakeAgendaItem", new TakeAgendaItem(meeting, item, _desk.At(day, minute)).Decide(_desk.Read<Meeting>(Meeting.Stream(meeting))));
        _desk.Take("NoteDebate", new NoteDebate(meeting, item, "Le point est présenté, puis discuté par les membres présents.", _desk.At(day, minute + 2)).Decide(_desk.Read<Meeting>(Meeting.Stream(meeting))));
    }

    private BallotId Vote(MeetingId meeting, AgendaItemId item, DecisionKind decision, string title, DateOnly day, int minute, WayOfVoting way)
    {
        var resolution = _desk.New<ResolutionId>(_desk.At(day, minute));
        _desk.Take("ProposeResolution", new ProposeResolution(meeting, resolution, item, decision, title, title + ".", null, null, _desk.At(day, minute - 1)).Decide(_desk.Read<Meeting>(Meeting.Stream(meeting))));
        return PutToVote(meeting, resolution, day, minute, way, null);
    }

    private BallotId PutToVote(MeetingId meeting, ResolutionId resolution, DateOnly day, int minute, WayOfVoting way, ElectionId? election)
    {
        var at = _desk.At(day, minute);
        var ballot = _desk.New<BallotId>(at);
        var stream = Ballot.Stream(ballot);
        var known = (Meeting.Held)_desk.Read<Meeting>(Meeting.Stream(meeting)).Latest;
        var people = known.Find(resolution)!.Contest?.People() ?? [];
        _desk.Take("PutToVote", new PutToVote(meeting, resolution, ballot, way, at.Instant.AddHours(2), at.Instant).Decide(
            _desk.Read<Meeting>(Meeting.Stream(meeting)), Basis(meeting, at), known.LastVote is { } before ? _desk.Read<Ballot>(Ballot.Stream(before)) : null, _desk.Read<Ballot>(stream),
            _desk.Read<ProxyBook>(ProxyBook.Stream(ballot)), [], [.. people.Select(p => _desk.Read<Person>(Person.Stream(p)))], election is { } e ? _desk.Read<Election>(Election.Stream(e)) : null));
        Things.Add("ballot", ballot);
        Things.Add("resolution", resolution.Value.ToString("D"));
        if (way == WayOfVoting.ShowOfHands)
            CountHands(ballot, at.Instant.AddMinutes(4));
        else
            Count(ballot, CastAll(ballot, at, people), at.Instant.AddMinutes(10));
        return ballot;
    }

    private void CountHands(BallotId ballot, DateTimeOffset now)
    {
        var open = (Ballot.Open)_desk.Read<Ballot>(Ballot.Stream(ballot)).Latest;
        List<Hands> raised =
        [
            .. open.Roll.Values.Where(e => e.Present is not null).GroupBy(e => e.College).OrderBy(g => g.Key?.Value).SelectMany(g => (IEnumerable<Hands>)
                [new Hands(Choice.For, g.Count() - (g.Count() / 8), g.Key), new Hands(Choice.Abstain, g.Count() / 8, g.Key)]),
        ];
        _desk.Take("CountHands", new CountHands(ballot, raised, null, now).Decide(_desk.Read<Ballot>(Ballot.Stream(ballot))));
    }

    private List<StreamId> CastAll(BallotId ballot, EffectiveTime at, IReadOnlyList<PersonId> options)
    {
        var streams = new List<StreamId>();
        var open = _desk.Read<Ballot>(Ballot.Stream(ballot));
        foreach (var elector in ((Ballot.Open)open.Latest).Roll.Values.OrderBy(e => e.Mandate.Value))
        {
            if (((Ballot.Open)open.Latest).Opening.Held == HeldIn.Meeting ? elector.Present is not (Presence.InPerson or Presence.Remote) : !Happens(85))
                continue;
            var stream = Domain.Ballots.Vote.Stream(ballot, elector.Mandate);
            streams.Add(stream);
            var paper = options.Count == 0 ? null : new Paper.Choices([.. options.Where((_, n) => n % 3 != elector.Mandate.Value.GetHashCode() % 3).Take(4).Select(o => o.ToString())]);
            Choice? choice = options.Count > 0 ? null : _chance.Next(10) switch { 0 => Choice.Against, 1 => Choice.Abstain, _ => Choice.For };
            _desk.Take("CastVote", new CastVote(ballot, elector.Mandate, elector.Person, choice, at.Instant.AddSeconds(10 + streams.Count), paper).Decide(open, _desk.Read<Vote>(stream)));
        }

        return streams;
    }

    private void Count(BallotId ballot, List<StreamId> votes, DateTimeOffset now)
    {
        var stream = Ballot.Stream(ballot);
        _desk.Take("CloseBallot", new CloseBallot(ballot, ClosedBy.Hand, now).Decide(_desk.Read<Ballot>(stream)));
        var proxies = _desk.Read<ProxyBook>(ProxyBook.Stream(ballot));
        var held = (Ballot.Held)_desk.Read<Ballot>(stream).Latest;
        var body = held.Draft.Body;
        var of = ProxyBasis.MembersOf(held, ProxyBasis.HoldersOf(proxies.Latest.All, held.Chair), _desk.Read<Body>(Body.Stream(body)), CollegesOf(body));
        var basis = new ProxyBasis(proxies, _desk.Read<Body>(Body.Stream(body)), CollegesOf(body), of.ToDictionary(m => m, m => _desk.Read<Member>(Member.Stream(m))));
        _desk.Take("CountBallot", new CountBallot(ballot, now).Decide(_desk.Read<Ballot>(stream), [.. votes.Select(v => _desk.Read<Vote>(v))], [], basis));
        _desk.Take("ProclaimResult", new ProclaimResult(ballot, now).Decide(_desk.Read<Ballot>(stream)));
    }

    private void Close(MeetingId meeting, DateOnly day, int minute, BallotId last, PersonId chair, PersonId secretary)
    {
        _desk.Take("CloseMeeting", new CloseMeeting(meeting, _desk.At(day, minute)).Decide(_desk.Read<Meeting>(Meeting.Stream(meeting)), _desk.Read<Ballot>(Ballot.Stream(last)), null, Zone));
        var (stream, on) = (Minutes.Stream(meeting), _desk.At(day, minute + 5));
        var basis = Basis(meeting, on);
        var ballots = ((Meeting.Known)_desk.Read<Meeting>(Meeting.Stream(meeting)).Latest).Resolutions.Select(r => r.Ballot).OfType<BallotId>()
            .ToDictionary(b => b, b => _desk.Read<Ballot>(Ballot.Stream(b)));
        var source = new MinutesSource(
            _desk.Read<Meeting>(Meeting.Stream(meeting)), basis, _desk.Read<Convocations>(Convocations.Stream(meeting)), ballots,
            new MeetingDocuments(_desk.Read<Folder>(Folder.StreamOf(new Thing(Meeting.Stream(meeting)))), new Dictionary<AgendaItemId, Timeline<Folder>>(), new Dictionary<DocumentId, Timeline<Document>>()));
        _desk.Take("DraftMinutes", new DraftMinutes(meeting, on).Decide(_desk.Read<Minutes>(stream), source));
        var version = 1;
        if (basis.Bodies.Colleges.Count > 0)
        {
            _desk.Take("AmendMinutes", new AmendMinutes(meeting, MinutesComposition.Of(source)!.Passages.First().Key, Rewording.Follows, "L'assemblée remercie ses hôtes.", version++, on).Decide(_desk.Read<Minutes>(stream), source));
            Things.Add("from", "1");
            Things.Add("to", "2");
        }

        _desk.Take("SignMinutes", new SignMinutes(meeting, Signatory.Chair, chair, version, on).Decide(_desk.Read<Minutes>(stream), source));
        _desk.Take("SignMinutes", new SignMinutes(meeting, Signatory.Secretary, secretary, version, on).Decide(_desk.Read<Minutes>(stream), source));
    }

    private void VoteByCorrespondence(DateOnly first)
    {
        var at = _desk.At(first.AddDays(5), 600);
        var ballot = Draft(first, "Soutenir la candidature commune", at);
        OpenByCorrespondence(ballot, at, at.Instant.AddDays(7));
        Count(ballot, CastAll(ballot, at, []), at.Instant.AddDays(7).AddMinutes(1));
    }

    private BallotId Draft(DateOnly first, string title, EffectiveTime at)
    {
        var ballot = _desk.New<BallotId>(at);
        _desk.Take("DraftBallot", new DraftBallot(ballot, _board, DecisionKind.Ordinary, title, title + " ?", title + ".", null, null, at).Decide(
            _desk.Read<Ballot>(Ballot.Stream(ballot)), _desk.Read<Body>(Body.Stream(_board))));
        Things.Add("ballot", ballot);
        return ballot;
    }

    private void OpenByCorrespondence(BallotId ballot, EffectiveTime at, DateTimeOffset closes) => _desk.Take(
        "OpenBallot", new OpenBallot(ballot, HeldIn.Correspondence, null, closes, null, null, false, null, at.Instant).Decide(
            _desk.Read<Ballot>(Ballot.Stream(ballot)), _desk.Read<ProxyBook>(ProxyBook.Stream(ballot)), Bodies(_board, at), first: null));

    // At the end there is something in every state to look at: a draft, a vote under way, meetings planned, convened and in session.
    private void LeaveOpen(DateOnly first)
    {
        var at = _desk.At(first.AddDays(25), 600);
        Draft(first, "Vote à ouvrir", at);
        var ballot = Draft(first, "Vote en cours", at);
        OpenByCorrespondence(ballot, at, at.Instant.AddYears(2));
        CastAll(ballot, at, []);
        var there = HoldersOf(_board, at).Select(m => m.Person).ToList();
        var planned = _desk.New<MeetingId>(at);
        _desk.Take("PlanMeeting", new PlanMeeting(planned, _board, null, MeetingKind.Ordinary, "Conseil à convoquer", _desk.At(first.AddYears(1), Evening), "Lille", true, null, at).Decide(
            _desk.Read<Meeting>(Meeting.Stream(planned)), _desk.Read<Body>(Body.Stream(_board)), null, null));
        _desk.Give<Meeting>("AddAgendaItem", Meeting.Stream(planned), at, new AgendaItemAdded(planned, _desk.New<AgendaItemId>(at), "À préparer"));
        Things.Add("meeting", planned);
        Things.Add("number", "1");
        Things.Add("event", _desk.Last);
        Things.Add("id", _desk.Last);
        Convene(_board, MeetingKind.Ordinary, "Conseil convoqué", first.AddYears(1).AddDays(9), ["Budget"], first.AddDays(25), there);
        var session = Convene(_board, MeetingKind.Ordinary, "Conseil en séance", first.AddDays(26), ["Situation"], first.AddDays(12), there);
        Open(session, first.AddDays(26), there, there[0], there[1]);
        foreach (var item in Agenda(session))
            Things.Add("item", item);
    }

    private List<AgendaItemId> Agenda(MeetingId meeting) => [.. ((Meeting.Known)_desk.Read<Meeting>(Meeting.Stream(meeting)).Latest).Agenda.Select(i => i.Id)];

    private List<Timeline<Body>> CollegesOf(BodyId body) => body == _assembly ? [.. _colleges.Select(c => _desk.Read<Body>(Body.Stream(c)))] : [];

    private MeetingBasis Basis(MeetingId meeting, EffectiveTime at) => new(
        _desk.Read<AttendanceSheet>(AttendanceSheet.Stream(meeting)), _desk.Read<MeetingProxies>(MeetingProxies.Stream(meeting)),
        Bodies(((Meeting.Known)_desk.Read<Meeting>(Meeting.Stream(meeting)).Latest).Plan.Body!.Value, at));

    private OpeningBasis Bodies(BodyId of, EffectiveTime at)
    {
        var (body, colleges) = (_desk.Read<Body>(Body.Stream(of)), CollegesOf(of));
        var members = Electorate.MembersAt(body.At(at), [.. colleges.Select(c => c.At(at))], at.Instant);
        return new(body, colleges, _desk.Read<StatutesVersions>(StatutesVersions.Stream), members.ToDictionary(m => m, m => _desk.Read<Member>(Member.Stream(m))), Zone);
    }

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
