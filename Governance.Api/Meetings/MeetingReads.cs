using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Meetings;

namespace Governance.Api.Meetings;

/// <param name="Interested">Who declared an interest of their own in it.</param>
/// <param name="Withdrawn">Why it is no longer on the agenda.</param>
public sealed record AgendaItemAnswer(AgendaItemId Id, string Title, string? Text, IReadOnlyList<PersonId> Interested, string? Withdrawn);

/// <param name="Text">As amended last.</param>
/// <param name="Outcome">Of a motion, with its working; null while not proclaimed.</param>
/// <param name="Method">Of a contest.</param>
public sealed record ResolutionAnswer(
    ResolutionId Id, AgendaItemId Item, DecisionKind Decision, string Title, string Text, string? Withdrawn, BallotId? Ballot, WayOfVoting? Way, Verdict? Verdict,
    Outcome? Outcome, MethodOutcome? Method);

/// <param name="Left">When the person left last; null while there.</param>
public sealed record AttendanceAnswer(PersonId Person, EffectiveTime Since, bool Remote, EffectiveTime? Left);

/// <param name="Holder">Who may cast the votes; null for nobody yet.</param>
/// <param name="Fault">Why it gives none.</param>
public sealed record MeetingProxyAnswer(MandateId Giver, PersonId? Holder, PersonId? Substitute, ProxyForm Form, EffectiveTime On, bool Stands, ProxyFault? Fault);

/// <param name="Quorum">As it stands at the moment asked for, with its working; null of a working group.</param>
/// <param name="Opening">As it was fixed at the opening.</param>
/// <param name="Sent">To how many people the convocation was sent.</param>
/// <param name="Bounced">How many of these it did not reach.</param>
public sealed record MeetingAnswer(
    MeetingId Id, BodyId? Body, Domain.Kernel.WorkingGroupId? Group, MeetingKind Kind, string Title, EffectiveTime Starts, string? Place, bool Remote,
    MeetingId? SecondOf, Row.Stage Stage, MeetingConvened? Convocation, EffectiveTime? ConvenedOn, int Sent, int Bounced, MeetingOpened? Opening, PersonId? Chair,
    AgendaItemId? Current, IReadOnlyList<AgendaItemAnswer> Agenda, IReadOnlyList<ResolutionAnswer> Resolutions, QuorumFound? Quorum, int There,
    IReadOnlyList<AttendanceAnswer> Attendance, IReadOnlyList<MeetingProxyAnswer> Proxies, IReadOnlyList<AttendanceIrregularity> Irregularities);

/// <param name="Quorum">As it stands at the moment asked for, with its working; null of a working group.</param>
/// <param name="There">How many people are there.</param>
public sealed record QuorumAnswer(int There, QuorumFound? Quorum);

/// <summary>Meetings as programs read them.</summary>
public static class MeetingReads
{
    public static void MapMeetingReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/meetings", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Row.ListAsync(await scope.ViewAsync(reads, ct), ct)))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ListMeetings")
            .Produces<IReadOnlyList<Row.Meeting>>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/meetings/{meeting:guid}", async (Guid meeting, RequestScope scope, MeetingReader meetings, CancellationToken ct) =>
            {
                var file = await meetings.FindAsync(scope, MeetingId.Of(meeting), ct);
                return ReadAnswers.Of(file is null ? null : Of(file), file?.Version);
            })
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadMeeting")
            .Produces<MeetingAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/meetings/{meeting:guid}/quorum", async (Guid meeting, RequestScope scope, MeetingReader meetings, CancellationToken ct) =>
            {
                var file = await meetings.FindAsync(scope, MeetingId.Of(meeting), ct);
                return ReadAnswers.Of(file is null ? null : new QuorumAnswer(file.Sheet.Count, file.Room.Kind is null ? null : file.Room.Found()), file?.Version);
            })
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadQuorum")
            .Produces<QuorumAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    private static MeetingAnswer Of(MeetingFile file)
    {
        var (meeting, held) = (file.Meeting, file.Meeting as Meeting.Held);
        return new(
            meeting.Plan.Meeting, meeting.Plan.Body, meeting.Plan.Group, meeting.Plan.Kind, meeting.Plan.Title, meeting.Starts, meeting.Place, meeting.Remote,
            meeting.Plan.SecondOf, Row.StageOf(meeting), meeting.Convocation, meeting.ConvenedOn, file.Convocations.To.Count,
            file.Convocations.To.Values.Count(s => s.Bounced is not null), held?.Opening, held?.Chair, held?.Current,
            [.. meeting.Agenda.Select(i => new AgendaItemAnswer(i.Id, i.Title, i.Text, [.. i.Interested], i.Withdrawn))],
            [.. meeting.Resolutions.Select(r => Of(r, file))],
            file.Room.Kind is null ? null : file.Room.Found(), file.Sheet.Count,
            [.. file.Sheet.All.Values.OrderBy(a => a.Since).Select(a => new AttendanceAnswer(a.Person, a.Since, a.Remote, a.Left))],
            [.. file.Room.Proxies.Select(p => new MeetingProxyAnswer(p.Proxy.Giver, p.Holder, p.Proxy.Substitute, p.Proxy.Form, p.Proxy.On, p.Stands, p.Fault))],
            meeting.Irregularities);
    }

    private static ResolutionAnswer Of(Resolution resolution, MeetingFile file)
    {
        var ballot = resolution.Ballot is { } id ? file.Ballots.GetValueOrDefault(id) : null;
        var proclaimed = ballot as Ballot.Proclaimed;
        return new(
            resolution.Id, resolution.Item, resolution.Decision, resolution.Title, resolution.Text, resolution.Withdrawn, resolution.Ballot, resolution.Way,
            ballot?.Verdict, proclaimed?.Outcome, proclaimed?.Method);
    }
}
