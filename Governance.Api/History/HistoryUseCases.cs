using System.Collections.Frozen;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Chronicles;
using Governance.Domain.Contributions;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Elections;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Api.History;

/// <param name="Event">The fact that was entered by mistake.</param>
public sealed record RetractFactRequest(EventId Event, string Reason);

/// <summary>What can be asked of the record itself.</summary>
public static class HistoryUseCases
{
    private delegate ValueTask<Decision> Retraction(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct);

    // A kind of stream is a line here.
    private static readonly FrozenDictionary<string, Retraction> ByKind = new Dictionary<string, Retraction>
    {
        ["association"] = OfAsync<Association>,
        ["attendance"] = OfAttendanceAsync,
        ["ballot"] = OfAsync<Ballot>,
        ["bodies"] = OfAsync<RegisterOfBodies>,
        ["body"] = OfAsync<Body>,
        ["chronicle"] = OfAsync<Chronicle>,
        ["contribution"] = OfAsync<Contribution>,
        ["contribution-call"] = OfAsync<ContributionCall>,
        ["convention"] = OfConventionAsync,
        ["deliveries"] = OfAsync<DeliveryBook>,
        ["dependencies"] = OfAsync<Dependencies>,
        ["document"] = OfAsync<Document>,
        ["dues-campaign"] = OfAsync<DuesCampaign>,
        ["dues-campaigns"] = OfAsync<RegisterOfDuesCampaigns>,
        ["dues-reminders"] = OfAsync<DuesReminders>,
        ["election"] = OfElectionAsync,
        ["elections"] = OfAsync<RegisterOfElections>,
        ["folder"] = OfAsync<Folder>,
        ["gathering"] = OfGatheringAsync,
        ["gatherings"] = OfAsync<RegisterOfGatherings>,
        ["convocations"] = OfAsync<Convocations>,
        ["meeting"] = OfMeetingAsync,
        ["meeting-proxies"] = OfMeetingProxiesAsync,
        ["member"] = OfMemberAsync,
        ["member-name"] = OfAsync<MemberNameReservation>,
        ["minutes"] = OfAsync<Domain.Meetings.Minutes>,
        ["paper-entry"] = OfAsync<PaperEntry>,
        ["person"] = OfAsync<Person>,
        ["proxies"] = OfAsync<ProxyBook>,
        ["roadmap"] = OfAsync<Roadmap>,
        ["shared-tool"] = OfAsync<SharedTool>,
        ["signing"] = OfAsync<Signing>,
        ["statutes"] = OfAsync<StatutesVersions>,
        ["vote"] = OfAsync<Vote>,
        ["working-group"] = OfAsync<WorkingGroup>,
        ["workstream"] = OfWorkstreamAsync,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Kinds of streams whose events can be asked to be taken back.</summary>
    public static IEnumerable<string> Kinds => ByKind.Keys;

    /// <summary>Takes back a fact of any stream; the domain says which.</summary>
    public static UseCase<RetractFactRequest> Retract { get; } = new(
        nameof(RetractFact),
        Permission.CorrectRecord,
        async (request, deciding, ct) =>
        {
            if (await deciding.StreamOfAsync(request.Event, ct) is { } stream)
                return await ByKind[stream.Kind](new RetractFact(request.Event, request.Reason, deciding.On), stream, deciding, ct);
            await deciding.ReadAsync<Association>(Association.Stream, ct);
            return new FactNotFound();
        })
    {
        Dating = Dating.Now,
    };

    public static IReadOnlyList<Importable> Importable { get; } = [Import.Importable.Of(Retract)];

    private static async ValueTask<Decision> OfAsync<T>(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct)
        where T : class, IState<T> =>
        command.Decide(await deciding.ReadAsync<T>(stream, ct));

    private static async ValueTask<Decision> OfConventionAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct) =>
        new RetractConventionFact(command.Event, command.Reason, command.On).Decide(await deciding.ReadAsync<Convention>(stream, ct));

    private static async ValueTask<Decision> OfWorkstreamAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct)
    {
        var (workstream, dependencies) = await deciding.ReadAsync<Workstream, Dependencies>(stream, Dependencies.Stream, ct);
        return new RetractWorkstreamFact(command.Event, command.Reason, command.On).Decide(workstream, dependencies);
    }

    private static async ValueTask<Decision> OfElectionAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct) =>
        new RetractElectionFact(command.Event, command.Reason, command.On).Decide(await deciding.ReadAsync<Election>(stream, ct));

    private static async ValueTask<Decision> OfGatheringAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct)
    {
        var (gathering, _) = await deciding.ReadAsync<Gathering, RegisterOfGatherings>(stream, RegisterOfGatherings.Stream, ct);
        var others = await Gatherings.GatheringUseCases.OthersAsync(GatheringId.Of(stream.Thing()), deciding, ct);
        return new RetractGatheringFact(command.Event, command.Reason, command.On).Decide(gathering, others);
    }

    private static async ValueTask<Decision> OfMeetingAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct) =>
        new RetractMeetingFact(command.Event, command.Reason, command.On).Decide(await deciding.ReadAsync<Meeting>(stream, ct));

    private static async ValueTask<Decision> OfAttendanceAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct)
    {
        var (meeting, sheet) = await deciding.ReadAsync<Meeting, AttendanceSheet>(Meeting.Stream(new MeetingId(stream.Thing())), stream, ct);
        var (vote, proxies) = await Meetings.MeetingUseCases.VoteAsync(meeting, deciding, ct);
        return new RetractAttendance(command.Event, command.Reason, command.On).Decide(meeting, sheet, vote, proxies, await Meetings.MeetingUseCases.MinutesAsync(meeting, deciding, ct));
    }

    private static async ValueTask<Decision> OfMeetingProxiesAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct)
    {
        var (meeting, proxies) = await deciding.ReadAsync<Meeting, MeetingProxies>(Meeting.Stream(new MeetingId(stream.Thing())), stream, ct);
        var (body, colleges) = await BallotUseCases.BodiesAsync((meeting.Latest as Meeting.Known)?.Plan.Body, deciding, ct);
        return new RetractAttendance(command.Event, command.Reason, command.On).Decide(meeting, proxies, body, colleges, await Meetings.MeetingUseCases.MinutesAsync(meeting, deciding, ct));
    }

    private static async ValueTask<Decision> OfMemberAsync(RetractFact command, StreamId stream, Deciding deciding, CancellationToken ct)
    {
        var member = await deciding.ReadAsync<Member>(stream, ct);
        var names = await deciding.ReadAllAsync<MemberNameReservation>([.. RetractMemberFact.Names(member).Select(MemberNameReservation.Stream)], ct);
        return new RetractMemberFact(command.Event, command.Reason, command.On).Decide(member, names);
    }
}
