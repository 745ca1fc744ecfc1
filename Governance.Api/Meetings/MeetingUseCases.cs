using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;

namespace Governance.Api.Meetings;

/// <param name="Starts">When it begins.</param>
/// <param name="Body">The body that meets; a working group otherwise.</param>
/// <param name="Place">Null for one without a room.</param>
/// <param name="Remote">One can attend from elsewhere.</param>
/// <param name="SecondOf">The meeting without quorum after which it is held.</param>
public sealed record PlanMeetingRequest(
    string Title, EffectiveTime Starts, BodyId? Body = null, WorkingGroupId? Group = null, MeetingKind Kind = MeetingKind.Ordinary, string? Place = null,
    bool Remote = false, MeetingId? SecondOf = null, MeetingId? Meeting = null);

public sealed record MoveMeetingRequest(MeetingId Meeting, EffectiveTime Starts, string? Place = null, bool Remote = false);

public sealed record CancelMeetingRequest(MeetingId Meeting, string Reason);

/// <param name="By">Who asks for it beside whoever convenes, once the notice is out.</param>
/// <param name="Asking">How many members ask for it together.</param>
public sealed record AddAgendaItemRequest(MeetingId Meeting, string Title, string? Text = null, AgendaAuthor? By = null, int? Asking = null, AgendaItemId? Item = null);

public sealed record RewordAgendaItemRequest(MeetingId Meeting, AgendaItemId Item, string Title, string? Text = null);

/// <param name="After">The item that it shall follow; null for the first place.</param>
public sealed record MoveAgendaItemRequest(MeetingId Meeting, AgendaItemId Item, AgendaItemId? After = null);

public sealed record WithdrawAgendaItemRequest(MeetingId Meeting, AgendaItemId Item, string Reason);

/// <param name="By">In what quality whoever convenes does so.</param>
/// <param name="Asking">How many members convene it, where a share of them does.</param>
/// <param name="Despite">Why it goes out although the notice is too short; null refuses a short one.</param>
public sealed record ConveneMeetingRequest(
    MeetingId Meeting, Convener By = Convener.President, NoticeChannel Channel = NoticeChannel.Email, int? Asking = null, string? Despite = null);

/// <param name="Proof">What shows it: the number of a registered letter, the identifier of a message.</param>
public sealed record RecordSendingRequest(MeetingId Meeting, PersonId Person, NoticeChannel Channel, string? Proof = null);

/// <param name="Refused">The channel on which it was not even accepted; null for a sending that came back.</param>
public sealed record RecordBounceRequest(MeetingId Meeting, PersonId Person, string Reason, NoticeChannel? Refused = null);

/// <param name="Remote">From elsewhere, and not in the room.</param>
public sealed record RecordArrivalRequest(MeetingId Meeting, PersonId Person, bool Remote = false);

public sealed record RecordDepartureRequest(MeetingId Meeting, PersonId Person);

/// <param name="When">When the person came or left, which with the person names the irregularity.</param>
public sealed record ConfirmAttendanceRequest(MeetingId Meeting, PersonId Person, EffectiveTime When, string Reason);

/// <param name="Giver">The mandate whose votes are given.</param>
/// <param name="Holder">Who may cast them; null for a blank proxy.</param>
/// <param name="Person">Who gives it, in an import; everybody else gives as who they are.</param>
/// <param name="Substitute">Who may once the holder has left, where the rules have substitutes.</param>
public sealed record GiveMeetingProxyRequest(MeetingId Meeting, MandateId Giver, PersonId? Holder = null, PersonId? Person = null, PersonId? Substitute = null);

/// <param name="Form">How it was received.</param>
public sealed record RecordMeetingProxyRequest(
    MeetingId Meeting, MandateId Giver, PersonId? Holder = null, ProxyForm Form = ProxyForm.Paper, PersonId? Substitute = null);

public sealed record HandOnMeetingProxyRequest(MeetingId Meeting, MandateId Giver, PersonId Holder);

/// <param name="Person">Who takes it back, in an import; everybody else does as who they are.</param>
public sealed record RevokeMeetingProxyRequest(MeetingId Meeting, MandateId Giver, PersonId? Person = null);

public sealed record EndMeetingProxyRequest(MeetingId Meeting, MandateId Giver);

/// <param name="Chair">Who presides.</param>
/// <param name="Secretary">Who writes the minutes.</param>
/// <param name="Scrutineers">Who watches over the votes.</param>
public sealed record OpenMeetingRequest(MeetingId Meeting, PersonId Chair, PersonId? Secretary = null, IReadOnlyList<PersonId>? Scrutineers = null);

public sealed record MeetingRequest(MeetingId Meeting);

public sealed record HandOverChairRequest(MeetingId Meeting, PersonId Chair);

public sealed record TakeAgendaItemRequest(MeetingId Meeting, AgendaItemId Item);

/// <param name="Item">Null for what belongs to no item.</param>
public sealed record SayInMeetingRequest(MeetingId Meeting, string Text, AgendaItemId? Item = null);

/// <param name="Centres">All that take part in a meeting of a working group.</param>
public sealed record RecordGroupCentresRequest(MeetingId Meeting, IReadOnlyList<MemberId>? Centres = null);

public sealed record DeclareInterestRequest(MeetingId Meeting, AgendaItemId Item, PersonId Person, string? Note = null);

/// <param name="Text">Word for word; with a contest, what is decided by it.</param>
/// <param name="Contest">The options and the method; null for a motion.</param>
/// <param name="Election">The election whose candidates are put.</param>
/// <param name="Minutes">The meeting whose minutes are put for approval.</param>
public sealed record ProposeResolutionRequest(
    MeetingId Meeting, AgendaItemId Item, DecisionKind Decision, string Title, string Text, WorkstreamId? Workstream = null, Contest? Contest = null,
    ResolutionId? Resolution = null, ElectionId? Election = null, MeetingId? Minutes = null);

/// <param name="Reason">Who asked for it, or why.</param>
public sealed record AmendResolutionRequest(MeetingId Meeting, ResolutionId Resolution, string Text, string Reason);

public sealed record WithdrawResolutionRequest(MeetingId Meeting, ResolutionId Resolution, string Reason);

/// <param name="Resolution">The text whose vote calls for a second round.</param>
/// <param name="Title">Of the second round.</param>
/// <param name="SecondRound">The id of the text of the second round.</param>
public sealed record ProposeSecondRoundRequest(MeetingId Meeting, ResolutionId Resolution, string Title, ResolutionId? SecondRound = null);

public sealed record ReopenResolutionRequest(MeetingId Meeting, ResolutionId Resolution);

/// <param name="Closes">When it closes if nobody does before; null for twelve hours from now.</param>
/// <param name="Minutes">The same, from now on: what a rule that ballots close at their time asks for in a meeting.</param>
public sealed record PutToVoteRequest(
    MeetingId Meeting, ResolutionId Resolution, WayOfVoting Way, DateTimeOffset? Closes = null, BallotId? Ballot = null, int? Minutes = null);

/// <param name="Ballot">The outcome transcribed.</param>
public sealed record TranscribeResolutionRequest(MeetingId Meeting, ResolutionId Resolution, BallotId Ballot);

/// <param name="Resumes">When it goes on, as far as is known.</param>
public sealed record AdjournMeetingRequest(MeetingId Meeting, string Reason, EffectiveTime? Resumes = null);

/// <summary>What can be asked of meetings.</summary>
public static class MeetingUseCases
{
    public static UseCase<PlanMeetingRequest> Plan { get; } = new(
        nameof(PlanMeeting),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var id = request.Meeting ?? deciding.NewId<MeetingId>("meeting");
            var meeting = await deciding.ReadAsync<Meeting>(Meeting.Stream(id), ct);
            var body = request.Body is { } ofBody ? await deciding.ReadAsync<Body>(Body.Stream(ofBody), ct) : null;
            var group = request.Group is { } ofGroup ? await deciding.ReadAsync<WorkingGroup>(WorkingGroup.Stream(ofGroup), ct) : null;
            var first = request.SecondOf is { } before ? await deciding.ReadAsync<Meeting>(Meeting.Stream(before), ct) : null;
            return new PlanMeeting(
                id, request.Body, request.Group, request.Kind, request.Title, request.Starts, request.Place, request.Remote, request.SecondOf, deciding.On)
                .Decide(meeting, body, group, first);
        });

    public static UseCase<MoveMeetingRequest> Move { get; } = Of<MoveMeetingRequest>(
        nameof(MoveMeeting), r => r.Meeting, (r, meeting, on) => new MoveMeeting(r.Meeting, r.Starts, r.Place, r.Remote, on).Decide(meeting));

    public static UseCase<CancelMeetingRequest> Cancel { get; } = Of<CancelMeetingRequest>(
        nameof(CancelMeeting), r => r.Meeting, (r, meeting, on) => new CancelMeeting(r.Meeting, r.Reason, on).Decide(meeting)) with
    { Dating = Dating.Now };

    public static UseCase<AddAgendaItemRequest> AddItem { get; } = new(
        nameof(AddAgendaItem),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var item = request.Item ?? deciding.NewId<AgendaItemId>("item");
            var (meeting, statutes) = await deciding.ReadAsync<Meeting, StatutesVersions>(Meeting.Stream(request.Meeting), StatutesVersions.Stream, ct);
            var (body, colleges) = await BallotUseCases.BodiesAsync((meeting.Latest as Meeting.Known)?.Plan.Body, deciding, ct);
            var members = Electorate.At(body.At(deciding.On), [.. colleges.Select(c => c.At(deciding.On))], deciding.On.Instant).Electors.Count;
            return new AddAgendaItem(request.Meeting, item, request.Title, request.Text, request.By, request.Asking, deciding.On)
                .Decide(meeting, body, statutes, members, deciding.Zone, await FirstAsync(meeting, deciding, ct));
        });

    public static UseCase<RewordAgendaItemRequest> RewordItem { get; } = Of<RewordAgendaItemRequest>(
        nameof(RewordAgendaItem), r => r.Meeting, (r, meeting, on) => new RewordAgendaItem(r.Meeting, r.Item, r.Title, r.Text, on).Decide(meeting));

    public static UseCase<MoveAgendaItemRequest> MoveItem { get; } = Of<MoveAgendaItemRequest>(
        nameof(MoveAgendaItem), r => r.Meeting, (r, meeting, on) => new MoveAgendaItem(r.Meeting, r.Item, r.After, on).Decide(meeting));

    public static UseCase<WithdrawAgendaItemRequest> WithdrawItem { get; } = Of<WithdrawAgendaItemRequest>(
        nameof(WithdrawAgendaItem), r => r.Meeting, (r, meeting, on) => new WithdrawAgendaItem(r.Meeting, r.Item, r.Reason, on).Decide(meeting));

    public static UseCase<ConveneMeetingRequest> Convene { get; } = new(
        nameof(ConveneMeeting),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (meeting, statutes) = await deciding.ReadAsync<Meeting, StatutesVersions>(Meeting.Stream(request.Meeting), StatutesVersions.Stream, ct);
            var (body, colleges) = await BallotUseCases.BodiesAsync((meeting.Latest as Meeting.Known)?.Plan.Body, deciding, ct);
            deciding.StatutesVersion = statutes.At(deciding.On).InForceAt(deciding.On.Instant)?.Id;
            return new ConveneMeeting(request.Meeting, request.By, request.Channel, request.Asking, request.Despite, deciding.On)
                .Decide(meeting, body, colleges, statutes, await FirstAsync(meeting, deciding, ct), deciding.Zone);
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<RecordSendingRequest> RecordSending { get; } = new(
        nameof(Domain.Meetings.RecordSending),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (convocations, meeting) = await deciding.ReadAsync<Convocations, Meeting>(
                Convocations.Stream(request.Meeting), Meeting.Stream(request.Meeting), ct);
            return new RecordSending(request.Meeting, request.Person, request.Channel, request.Proof, deciding.On).Decide(meeting, convocations);
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<RecordBounceRequest> RecordBounce { get; } = UseCase.On<RecordBounceRequest, Convocations>(
        nameof(Domain.Meetings.RecordBounce),
        Permission.ConductMeetings,
        r => Convocations.Stream(r.Meeting),
        (r, convocations, on) => new RecordBounce(r.Meeting, r.Person, r.Reason, on, r.Refused).Decide(convocations)) with
    {
        Dating = Dating.Happened,
    };

    public static UseCase<RecordArrivalRequest> RecordArrival { get; } = new(
        nameof(Domain.Meetings.RecordArrival),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (sheet, meeting, person) = await deciding.ReadAsync<AttendanceSheet, Meeting, Person>(
                AttendanceSheet.Stream(request.Meeting), Meeting.Stream(request.Meeting), Person.Stream(request.Person), ct);
            var (vote, proxies) = await VoteAsync(meeting, deciding, ct);
            return new RecordArrival(request.Meeting, request.Person, request.Remote, deciding.On, deciding.Now).Decide(meeting, sheet, person, vote, proxies, await MinutesAsync(meeting, deciding, ct));
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<RecordDepartureRequest> RecordDeparture { get; } = new(
        nameof(Domain.Meetings.RecordDeparture),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (sheet, meeting, proxies) = await deciding.ReadAsync<AttendanceSheet, Meeting, MeetingProxies>(
                AttendanceSheet.Stream(request.Meeting), Meeting.Stream(request.Meeting), MeetingProxies.Stream(request.Meeting), ct);
            return new RecordDeparture(request.Meeting, request.Person, deciding.On, deciding.Now).Decide(meeting, sheet, proxies, await MinutesAsync(meeting, deciding, ct));
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<ConfirmAttendanceRequest> ConfirmAttendance { get; } = Of<ConfirmAttendanceRequest>(
        nameof(Domain.Meetings.ConfirmAttendance),
        r => r.Meeting,
        (r, meeting, on) => new ConfirmAttendance(r.Meeting, r.Person, r.When, r.Reason, on).Decide(meeting)) with
    {
        Permission = Permission.CorrectRecord,
        Dating = Dating.Now,
    };

    /// <summary>The actor gives the votes of an own mandate.</summary>
    public static UseCase<GiveMeetingProxyRequest> GiveProxy { get; } = new(
        nameof(GiveMeetingProxy),
        Permission.Vote,
        (request, deciding, ct) => GiveAsync(
            request.Meeting, request.Giver, request.Holder, request.Substitute, ProxyForm.Platform,
            deciding.Actor == Actor.System ? request.Person : deciding.Actor.Person, own: true, deciding, ct))
    {
        Dating = Dating.Now,
    };

    /// <summary>Whoever keeps the records enters a proxy that was received, or puts a blank one into a hand.</summary>
    public static UseCase<RecordMeetingProxyRequest> RecordProxy { get; } = new(
        "RecordMeetingProxy",
        Permission.ConductMeetings,
        (request, deciding, ct) => GiveAsync(
            request.Meeting, request.Giver, request.Holder, request.Substitute, request.Form, null, own: false, deciding, ct))
    {
        Dating = Dating.Happened,
    };

    public static UseCase<HandOnMeetingProxyRequest> HandOnProxy { get; } = new(
        nameof(HandOnMeetingProxy),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (meeting, basis) = await BasisAsync(request.Meeting, deciding, ct);
            return new HandOnMeetingProxy(request.Meeting, request.Giver, request.Holder, deciding.On).Decide(meeting, basis);
        })
    {
        Dating = Dating.Happened,
    };

    /// <summary>The actor takes back the votes of an own mandate.</summary>
    public static UseCase<RevokeMeetingProxyRequest> RevokeProxy { get; } = new(
        nameof(RevokeMeetingProxy),
        Permission.Vote,
        async (request, deciding, ct) => (deciding.Actor == Actor.System ? request.Person : deciding.Actor.Person) is { } by
            ? await RevokeAsync(request.Meeting, request.Giver, by, deciding, ct)
            : await NobodyAsync(request.Meeting, deciding, ct))
    {
        Dating = Dating.Now,
    };

    /// <summary>Whoever keeps the records enters that a proxy was taken back.</summary>
    public static UseCase<EndMeetingProxyRequest> EndProxy { get; } = new(
        "EndMeetingProxy", Permission.ConductMeetings, (request, deciding, ct) => RevokeAsync(request.Meeting, request.Giver, null, deciding, ct))
    {
        Dating = Dating.Happened,
    };

    public static UseCase<OpenMeetingRequest> Open { get; } = InRoom<OpenMeetingRequest>(
        nameof(OpenMeeting),
        r => r.Meeting,
        (r, meeting, basis, on) => new OpenMeeting(r.Meeting, r.Chair, r.Secretary, r.Scrutineers ?? [], on).Decide(meeting, basis));

    /// <summary>« Constat de carence ».</summary>
    public static UseCase<MeetingRequest> FindNoQuorum { get; } = InRoom<MeetingRequest>(
        nameof(Domain.Meetings.FindNoQuorum), r => r.Meeting, (r, meeting, basis, on) => new FindNoQuorum(r.Meeting, on).Decide(meeting, basis));

    public static UseCase<HandOverChairRequest> HandOverChair { get; } = new(
        nameof(Domain.Meetings.HandOverChair),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (meeting, sheet) = await deciding.ReadAsync<Meeting, AttendanceSheet>(
                Meeting.Stream(request.Meeting), AttendanceSheet.Stream(request.Meeting), ct);
            return new HandOverChair(request.Meeting, request.Chair, deciding.On).Decide(meeting, sheet);
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<TakeAgendaItemRequest> TakeItem { get; } = Of<TakeAgendaItemRequest>(
        nameof(TakeAgendaItem), r => r.Meeting, (r, meeting, on) => new TakeAgendaItem(r.Meeting, r.Item, on).Decide(meeting)) with
    { Dating = Dating.Happened };

    public static UseCase<SayInMeetingRequest> NoteDebate { get; } = Of<SayInMeetingRequest>(
        nameof(Domain.Meetings.NoteDebate), r => r.Meeting, (r, meeting, on) => new NoteDebate(r.Meeting, r.Item, r.Text, on).Decide(meeting)) with
    {
        Dating = Dating.Happened,
    };

    public static UseCase<SayInMeetingRequest> RecordIncident { get; } = Of<SayInMeetingRequest>(
        nameof(Domain.Meetings.RecordIncident), r => r.Meeting, (r, meeting, on) => new RecordIncident(r.Meeting, r.Item, r.Text, on).Decide(meeting)) with
    {
        Dating = Dating.Happened,
    };

    public static UseCase<DeclareInterestRequest> DeclareInterest { get; } = Of<DeclareInterestRequest>(
        nameof(Domain.Meetings.DeclareInterest), r => r.Meeting, (r, meeting, on) => new DeclareInterest(r.Meeting, r.Item, r.Person, r.Note, on).Decide(meeting)) with
    {
        Dating = Dating.Happened,
    };

    public static UseCase<RecordGroupCentresRequest> RecordCentres { get; } = new(
        nameof(RecordGroupCentres),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var meeting = await deciding.ReadAsync<Meeting>(Meeting.Stream(request.Meeting), ct);
            return new RecordGroupCentres(request.Meeting, request.Centres ?? [], deciding.On).Decide(meeting, await GroupAsync(meeting, deciding, ct));
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<ProposeResolutionRequest> Propose { get; } = new(
        nameof(ProposeResolution),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var id = request.Resolution ?? deciding.NewId<ResolutionId>("resolution");
            var meeting = await deciding.ReadAsync<Meeting>(Meeting.Stream(request.Meeting), ct);
            return new ProposeResolution(
                request.Meeting, id, request.Item, request.Decision, request.Title, request.Text, request.Workstream, request.Contest, deciding.On, request.Election,
                request.Minutes).Decide(
                    meeting, await BallotUseCases.ElectionAsync(request.Election, deciding, ct), await BallotUseCases.MinutesAsync(request.Minutes, deciding, ct));
        });

    public static UseCase<AmendResolutionRequest> Amend { get; } = Of<AmendResolutionRequest>(
        nameof(AmendResolution), r => r.Meeting, (r, meeting, on) => new AmendResolution(r.Meeting, r.Resolution, r.Text, r.Reason, on).Decide(meeting)) with
    {
        Dating = Dating.Happened,
    };

    public static UseCase<WithdrawResolutionRequest> Withdraw { get; } = Of<WithdrawResolutionRequest>(
        nameof(WithdrawResolution), r => r.Meeting, (r, meeting, on) => new WithdrawResolution(r.Meeting, r.Resolution, r.Reason, on).Decide(meeting)) with
    {
        Dating = Dating.Happened,
    };

    /// <summary>Of a text whose vote was annulled.</summary>
    public static UseCase<ReopenResolutionRequest> Reopen { get; } = new(
        nameof(ReopenResolution),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var meeting = await deciding.ReadAsync<Meeting>(Meeting.Stream(request.Meeting), ct);
            var ballot = (meeting.Latest as Meeting.Known)?.Find(request.Resolution)?.Ballot is { } voted ? await deciding.ReadAsync<Ballot>(Ballot.Stream(voted), ct) : null;
            return new ReopenResolution(request.Meeting, request.Resolution, deciding.On).Decide(meeting, ballot);
        })
    {
        Dating = Dating.Now,
    };

    /// <summary>Of a text whose vote calls for a second round.</summary>
    public static UseCase<ProposeSecondRoundRequest> ProposeSecondRound { get; } = new(
        nameof(Domain.Meetings.ProposeSecondRound),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var id = request.SecondRound ?? deciding.NewId<ResolutionId>("resolution");
            var meeting = await deciding.ReadAsync<Meeting>(Meeting.Stream(request.Meeting), ct);
            var voted = (meeting.Latest as Meeting.Known)?.Find(request.Resolution);
            var first = voted?.Ballot is { } ballot ? await deciding.ReadAsync<Ballot>(Ballot.Stream(ballot), ct) : null;
            return new ProposeSecondRound(request.Meeting, request.Resolution, id, request.Title, deciding.On)
                .Decide(meeting, first, await BallotUseCases.ElectionAsync(voted?.Election, deciding, ct));
        })
    {
        Dating = Dating.Now,
    };

    public static UseCase<PutToVoteRequest> PutToVote { get; } = new(
        nameof(Domain.Meetings.PutToVote),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var id = request.Ballot ?? deciding.NewId<BallotId>("ballot");
            var (meeting, basis) = await BasisAsync(request.Meeting, deciding, ct);
            var before = (await VoteAsync(meeting, deciding, ct)).Vote;
            var (ballot, proxies) = await deciding.ReadAsync<Ballot, ProxyBook>(Ballot.Stream(id), ProxyBook.Stream(id), ct);
            var put = (meeting.Latest as Meeting.Known)?.Find(request.Resolution);
            var contest = put?.Contest;
            var workstreams = await deciding.ReadAllAsync<Workstream>([.. (contest?.Workstreams() ?? []).Select(Workstream.Stream)], ct);
            var people = await deciding.ReadAllAsync<Person>([.. (contest?.People() ?? []).Select(Person.Stream)], ct);
            var (first, second) = await BallotUseCases.RoundsAsync(Domain.Meetings.PutToVote.FirstRound(meeting.Latest, request.Resolution), deciding, ct);
            deciding.StatutesVersion = basis.Bodies.Statutes.At(deciding.On).InForceAt(deciding.On.Instant)?.Id;
            var decision = new PutToVote(
                request.Meeting, request.Resolution, id, request.Way, request.Closes ?? deciding.On.Instant.AddMinutes(Math.Clamp(request.Minutes ?? LongestVote, 1, LongestVote)), deciding.On.Instant)
                .Decide(
                    meeting, basis, before, ballot, proxies, workstreams, people, await BallotUseCases.ElectionAsync(put?.Election, deciding, ct), first, second,
                    await FirstAsync(meeting, deciding, ct));
            // Durable before the opening is, as for any secret ballot.
            if (decision is Decision.Accepted { Facts: var facts } && facts.Any(f => f.Event is BallotOpened { Secret: true }))
                deciding.Boxes.Secrets.Make(deciding.Association.Value, id.Value);
            return decision;
        })
    {
        Dating = Dating.Now,
    };

    /// <summary>Of history from before the system.</summary>
    public static UseCase<TranscribeResolutionRequest> Transcribe { get; } = new(
        nameof(TranscribeResolution),
        Permission.CorrectRecord,
        async (request, deciding, ct) =>
        {
            var (meeting, ballot) = await deciding.ReadAsync<Meeting, Ballot>(Meeting.Stream(request.Meeting), Ballot.Stream(request.Ballot), ct);
            return new TranscribeResolution(request.Meeting, request.Resolution, request.Ballot, deciding.On).Decide(meeting, ballot);
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<AdjournMeetingRequest> Adjourn { get; } = new(
        nameof(AdjournMeeting),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (meeting, basis) = await BasisAsync(request.Meeting, deciding, ct);
            return new AdjournMeeting(request.Meeting, request.Reason, request.Resumes, deciding.On)
                .Decide(meeting, basis, (await VoteAsync(meeting, deciding, ct)).Vote);
        })
    {
        Dating = Dating.Now,
    };

    public static UseCase<MeetingRequest> Resume { get; } = InRoom<MeetingRequest>(
        nameof(ResumeMeeting), r => r.Meeting, (r, meeting, basis, on) => new ResumeMeeting(r.Meeting, on).Decide(meeting, basis));

    public static UseCase<MeetingRequest> Close { get; } = new(
        nameof(CloseMeeting),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var meeting = await deciding.ReadAsync<Meeting>(Meeting.Stream(request.Meeting), ct);
            return new CloseMeeting(request.Meeting, deciding.On)
                .Decide(meeting, (await VoteAsync(meeting, deciding, ct)).Vote, await GroupAsync(meeting, deciding, ct), deciding.Zone);
        })
    {
        Dating = Dating.Now,
    };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Plan), Import.Importable.Of(Move), Import.Importable.Of(Cancel), Import.Importable.Of(AddItem), Import.Importable.Of(RewordItem),
        Import.Importable.Of(MoveItem), Import.Importable.Of(WithdrawItem), Import.Importable.Of(Convene), Import.Importable.Of(RecordSending),
        Import.Importable.Of(RecordBounce), Import.Importable.Of(RecordArrival), Import.Importable.Of(RecordDeparture), Import.Importable.Of(ConfirmAttendance),
        Import.Importable.Of(GiveProxy), Import.Importable.Of(RecordProxy), Import.Importable.Of(HandOnProxy), Import.Importable.Of(RevokeProxy),
        Import.Importable.Of(EndProxy), Import.Importable.Of(Open), Import.Importable.Of(FindNoQuorum), Import.Importable.Of(HandOverChair),
        Import.Importable.Of(TakeItem), Import.Importable.Of(NoteDebate), Import.Importable.Of(RecordIncident), Import.Importable.Of(DeclareInterest), Import.Importable.Of(RecordCentres),
        Import.Importable.Of(Propose), Import.Importable.Of(Amend), Import.Importable.Of(Withdraw), Import.Importable.Of(Reopen), Import.Importable.Of(ProposeSecondRound), Import.Importable.Of(PutToVote), Import.Importable.Of(Transcribe),
        Import.Importable.Of(Adjourn), Import.Importable.Of(Resume), Import.Importable.Of(Close),
    ];

    // A vote of a meeting is closed by hand; where nobody does, it does not stay open for ever.
    private const int LongestVote = 12 * 60;

    /// <summary>A meeting with all that its acts are judged on.</summary>
    internal static async ValueTask<(Timeline<Meeting> Meeting, MeetingBasis Basis)> BasisAsync(MeetingId id, Deciding deciding, CancellationToken ct)
    {
        var (meeting, sheet, proxies, statutes) = await deciding.ReadAsync<Meeting, AttendanceSheet, MeetingProxies, StatutesVersions>(
            Meeting.Stream(id), AttendanceSheet.Stream(id), MeetingProxies.Stream(id), StatutesVersions.Stream, ct);
        var body = (meeting.Latest as Meeting.Known)?.Plan.Body;
        return (meeting, new(sheet, proxies, await BallotUseCases.BasisAsync(body, statutes, deciding.On.Instant, deciding, ct)));
    }

    private static async ValueTask<FirstMeeting?> FirstAsync(Timeline<Meeting> meeting, Deciding deciding, CancellationToken ct)
    {
        if ((meeting.Latest as Meeting.Known)?.Plan.SecondOf is not { } before)
            return null;
        var first = await deciding.ReadAsync<Meeting>(Meeting.Stream(before), ct);
        var voted = FirstMeeting.VotesOf(first);
        return new(first, voted.Zip(await deciding.ReadAllAsync<Ballot>([.. voted.Select(Ballot.Stream)], ct)).ToDictionary(v => v.First, v => v.Second));
    }

    private static async ValueTask<Timeline<WorkingGroup>?> GroupAsync(Timeline<Meeting> meeting, Deciding deciding, CancellationToken ct) =>
        (meeting.Latest as Meeting.Known)?.Plan.Group is { } group ? await deciding.ReadAsync<WorkingGroup>(WorkingGroup.Stream(group), ct) : null;

    // The ballot that a meeting voted on last, with its proxies: one vote is taken at a time.
    internal static async ValueTask<(Timeline<Ballot>? Vote, Timeline<ProxyBook>? Proxies)> VoteAsync(Timeline<Meeting> meeting, Deciding deciding, CancellationToken ct)
    {
        if ((meeting.Latest as Meeting.Held)?.LastVote is not { } last)
            return (null, null);
        var (ballot, proxies) = await deciding.ReadAsync<Ballot, ProxyBook>(Ballot.Stream(last), ProxyBook.Stream(last), ct);
        return (ballot, proxies);
    }

    // Of a meeting that is over: before that nothing is signed, and nobody at the door waits for it to be read.
    internal static async ValueTask<Timeline<Domain.Meetings.Minutes>?> MinutesAsync(Timeline<Meeting> meeting, Deciding deciding, CancellationToken ct) =>
        meeting.Latest is Meeting.Known { Plan.Meeting: var id } and (Meeting.Closed or Meeting.WithoutQuorum)
            ? await deciding.ReadAsync<Domain.Meetings.Minutes>(Domain.Meetings.Minutes.Stream(id), ct)
            : null;

    private static async ValueTask<Decision> GiveAsync(
        MeetingId id, MandateId giver, PersonId? holder, PersonId? substitute, ProxyForm form, PersonId? by, bool own, Deciding deciding, CancellationToken ct)
    {
        if (own && by is null)
            return await NobodyAsync(id, deciding, ct);
        var (meeting, basis) = await BasisAsync(id, deciding, ct);
        return new GiveMeetingProxy(id, giver, holder, by, form, substitute, deciding.On).Decide(meeting, basis);
    }

    private static async ValueTask<Decision> RevokeAsync(MeetingId id, MandateId giver, PersonId? by, Deciding deciding, CancellationToken ct)
    {
        var (meeting, proxies) = await deciding.ReadAsync<Meeting, MeetingProxies>(Meeting.Stream(id), MeetingProxies.Stream(id), ct);
        var (body, colleges) = await BallotUseCases.BodiesAsync((meeting.Latest as Meeting.Known)?.Plan.Body, deciding, ct);
        var holders = Electorate.At(body.At(deciding.On), [.. colleges.Select(c => c.At(deciding.On))], deciding.On.Instant).Electors;
        var (vote, book) = await VoteAsync(meeting, deciding, ct);
        return new RevokeMeetingProxy(id, giver, by, deciding.On)
            .Decide(meeting, proxies, holders.FirstOrDefault(e => e.Mandate == giver)?.Person, vote, book);
    }

    private static async ValueTask<Decision> NobodyAsync(MeetingId meeting, Deciding deciding, CancellationToken ct)
    {
        await deciding.ReadAsync<Meeting>(Meeting.Stream(meeting), ct);
        return new MandateOfAnotherPerson();
    }

    // Acts that fix the quorum.
    private static UseCase<T> InRoom<T>(
        string name, Func<T, MeetingId> meeting, Func<T, Timeline<Meeting>, MeetingBasis, EffectiveTime, Decision> decide) where T : class =>
        new(name, Permission.ConductMeetings, async (request, deciding, ct) =>
        {
            var (timeline, basis) = await BasisAsync(meeting(request), deciding, ct);
            deciding.StatutesVersion = basis.Bodies.Statutes.At(deciding.On).InForceAt(deciding.On.Instant)?.Id;
            return decide(request, timeline, basis, deciding.On);
        })
        {
            Dating = Dating.Now,
        };

    // Most read the meeting alone.
    private static UseCase<T> Of<T>(string name, Func<T, MeetingId> meeting, Func<T, Timeline<Meeting>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.ConductMeetings, request => Meeting.Stream(meeting(request)), decide);
}
