using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Statutes;

namespace Governance.Api.Minutes;

public sealed record DraftMinutesRequest(MeetingId Meeting);

/// <param name="Passage">Key of the passage, as the minutes are read with it.</param>
/// <param name="Version">The version that was read.</param>
public sealed record AmendMinutesRequest(MeetingId Meeting, string Passage, Rewording Way, string Text, int Version);

/// <param name="Version">The version that was read.</param>
/// <param name="Person">Who signs, in an import; everybody else signs as who they are.</param>
public sealed record SignMinutesRequest(MeetingId Meeting, Signatory As, int Version, PersonId? Person = null);

/// <param name="Decision">The ballot by which the body approved them.</param>
/// <param name="In">The meeting that did.</param>
public sealed record ApproveMinutesRequest(MeetingId Meeting, DecisionReference Decision, MeetingId? In = null);

/// <param name="Passage">Key of the passage, as the minutes are read with it.</param>
public sealed record CorrectMinutesRequest(MeetingId Meeting, string Passage, Rewording Way, string Text, string Reason);

/// <summary>What can be asked of minutes.</summary>
public static class MinutesUseCases
{
    public static UseCase<DraftMinutesRequest> Draft { get; } = Of<DraftMinutesRequest>(
        nameof(DraftMinutes), Permission.ConductMeetings, r => r.Meeting,
        (r, minutes, source, deciding) => new DraftMinutes(r.Meeting, deciding.On).Decide(minutes, source));

    public static UseCase<AmendMinutesRequest> Amend { get; } = Of<AmendMinutesRequest>(
        nameof(AmendMinutes), Permission.ConductMeetings, r => r.Meeting,
        (r, minutes, source, deciding) => new AmendMinutes(r.Meeting, r.Passage, r.Way, r.Text, r.Version, deciding.On).Decide(minutes, source));

    /// <summary>The actor signs; whoever is somebody in the association can be asked, and who presided or kept the minutes can.</summary>
    public static UseCase<SignMinutesRequest> Sign { get; } = Of<SignMinutesRequest>(
        nameof(SignMinutes), Permission.Vote, r => r.Meeting,
        (r, minutes, source, deciding) =>
            new SignMinutes(r.Meeting, r.As, deciding.Actor == Actor.System ? r.Person : deciding.Actor.Person, r.Version, deciding.On).Decide(minutes, source));

    public static UseCase<ApproveMinutesRequest> Approve { get; } = new(
        nameof(ApproveMinutes),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (minutes, meeting, ballot) = await deciding.ReadAsync<Domain.Meetings.Minutes, Meeting, Ballot>(
                Domain.Meetings.Minutes.Stream(request.Meeting), Meeting.Stream(request.Meeting), Ballot.Stream(request.Decision.Ballot), ct);
            var other = request.In is { } id ? await deciding.ReadAsync<Meeting>(Meeting.Stream(id), ct) : null;
            return new ApproveMinutes(request.Meeting, request.Decision, deciding.On).Decide(minutes, meeting, ballot, other, deciding.Zone);
        })
    {
        Dating = Dating.Happened,
    };

    public static UseCase<CorrectMinutesRequest> Correct { get; } = Of<CorrectMinutesRequest>(
        nameof(CorrectMinutes), Permission.CorrectRecord, r => r.Meeting,
        (r, minutes, source, deciding) => new CorrectMinutes(r.Meeting, r.Passage, r.Way, r.Text, r.Reason, deciding.On).Decide(minutes, source));

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Draft), Import.Importable.Of(Amend), Import.Importable.Of(Sign), Import.Importable.Of(Approve), Import.Importable.Of(Correct),
    ];

    /// <summary>All that the minutes of a meeting are composed from.</summary>
    internal static async ValueTask<MinutesSource> SourceAsync(MeetingId id, Deciding deciding, CancellationToken ct)
    {
        var (meeting, sheet, proxies, statutes) = await deciding.ReadAsync<Meeting, AttendanceSheet, MeetingProxies, StatutesVersions>(
            Meeting.Stream(id), AttendanceSheet.Stream(id), MeetingProxies.Stream(id), StatutesVersions.Stream, ct);
        var convocations = await deciding.ReadAsync<Convocations>(Convocations.Stream(id), ct);
        var plan = (meeting.Latest as Meeting.Known)?.Plan;
        var (body, colleges) = await BallotUseCases.BodiesAsync(plan?.Body, deciding, ct);
        // At several instants: whom any mandate has ever represented.
        var represented = colleges.Prepend(body).SelectMany(b => b.Latest.AsConstituted?.Mandates ?? []).Select(m => m.Member).OfType<MemberId>().Distinct().ToList();
        var members = await BallotUseCases.MembersAsync(represented, deciding, ct);
        List<BallotId> voted =
        [
            .. meeting.Recorded.Select(e => e.Event switch { ResolutionPutToVote put => put.Ballot, ResolutionTranscribed told => told.Ballot, _ => (BallotId?)null })
                .OfType<BallotId>().Distinct(),
        ];
        var ballots = await deciding.ReadAllAsync<Ballot>([.. voted.Select(Ballot.Stream)], ct);
        var first = plan?.SecondOf is { } before ? await deciding.ReadAsync<Meeting>(Meeting.Stream(before), ct) : null;
        return new(
            meeting, new(sheet, proxies, new(body, colleges, statutes, members, deciding.Zone)), convocations,
            voted.Zip(ballots).ToDictionary(b => b.First, b => b.Second), await DocumentsAsync(meeting, deciding, ct), first);
    }

    internal static async ValueTask<MeetingDocuments> DocumentsAsync(Timeline<Meeting> meeting, Deciding deciding, CancellationToken ct)
    {
        List<AgendaItemId> items = [.. meeting.Recorded.Select(e => e.Event).OfType<AgendaItemAdded>().Select(e => e.Item).Distinct()];
        var folders = await deciding.ReadAllAsync<Folder>(
            [.. items.Select(i => Folder.StreamOf(new(meeting.Stream, i.Value))).Prepend(Folder.StreamOf(new(meeting.Stream)))], ct);
        List<DocumentId> attached = [.. folders.SelectMany(f => f.Recorded).Select(e => e.Event).OfType<DocumentAttached>().Select(e => e.Document).Distinct()];
        var documents = await deciding.ReadAllAsync<Document>([.. attached.Select(Document.Stream)], ct);
        return new(folders[0], items.Zip(folders.Skip(1)).ToDictionary(f => f.First, f => f.Second), attached.Zip(documents).ToDictionary(d => d.First, d => d.Second));
    }

    // The minutes first: their version is what a client names.
    private static UseCase<T> Of<T>(
        string name, Permission permission, Func<T, MeetingId> meeting, Func<T, Timeline<Domain.Meetings.Minutes>, MinutesSource, Deciding, Decision> decide) where T : class =>
        new(name, permission, async (request, deciding, ct) =>
        {
            var minutes = await deciding.ReadAsync<Domain.Meetings.Minutes>(Domain.Meetings.Minutes.Stream(meeting(request)), ct);
            return decide(request, minutes, await SourceAsync(meeting(request), deciding, ct), deciding);
        })
        {
            Dating = Dating.Now,
        };
}
