using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Statutes;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.Meetings;

/// <summary>A meeting as its streams tell of it, at one moment on both timelines.</summary>
/// <param name="Story">Everything that holds of the meeting itself by then.</param>
/// <param name="Room">Who is there and for whom at that moment, under the rules of the meeting; once it is over, as it ended.</param>
/// <param name="Ballots">That the meeting voted on, as they stand at that moment.</param>
/// <param name="At">The moment that the room is of.</param>
/// <param name="Version">Of the meeting's stream.</param>
/// <param name="Colleges">Names of the colleges that the room counts apart: those of an assembly, and those whose members sit in another body for them.</param>
public sealed record MeetingFile(
    Meeting.Known Meeting, Timeline<Meeting> Story, MeetingBasis Basis, Convocations Convocations, Room Room, IReadOnlyDictionary<BallotId, Ballot> Ballots,
    DateTimeOffset At, long Version, IReadOnlyDictionary<BodyId, string> Colleges)
{
    public AttendanceSheet Sheet => Basis.Sheet.At(At);

    /// <summary>The vote that is under way; null for none.</summary>
    public Ballot.Open? Vote => Ballots.Values.OfType<Ballot.Open>().FirstOrDefault();

    /// <summary>What of the story holds by the moment asked for, in order.</summary>
    public IEnumerable<Recorded> Happened => Story.Effective.Where(e => e.On.Instant <= At || Meeting is not Domain.Meetings.Meeting.Held);
}

/// <summary>
/// Reads meetings from their streams, which the domain then judges as it would a command: a quorum shown is the quorum that would be fixed. What was read
/// before is remembered, so that a busy meeting is not read again each time.
/// </summary>
public sealed class MeetingReader(
    EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, TimeProvider time)
{
    /// <returns>Null when there is no such meeting in the association, or was none at the moment asked for.</returns>
    public async ValueTask<MeetingFile?> FindAsync(RequestScope scope, MeetingId id, CancellationToken ct)
    {
        var context = CommandContext.OfSystem(scope.Association.Id, $"read {id}", time) with { Zone = scope.Association.Zone };
        var deciding = new Deciding(context, log, catalogue, vault, boxes, recent, fromMemory: false);
        var read = await deciding.ReadAsync<Meeting, AttendanceSheet, MeetingProxies, StatutesVersions>(
            Meeting.Stream(id), AttendanceSheet.Stream(id), MeetingProxies.Stream(id), StatutesVersions.Stream, ct);
        var convocations = await deciding.ReadAsync<Convocations>(Convocations.Stream(id), ct);
        Timeline<T> Known<T>(Timeline<T> timeline) where T : class, IState<T> => scope.RecordedPosition is { } last && timeline.Recorded is [.., { Position: var end }] && end > last
            ? new(timeline.Stream, timeline.Version, [.. timeline.Recorded.TakeWhile(e => e.Position <= last)])
            : timeline;

        var story = Known(read.Item1);
        if ((scope.IsPast ? story.At(scope.Instant) : story.Latest) is not Meeting.Known meeting)
            return null;
        // What happened after the closing is none of the meeting's.
        var at = meeting switch
        {
            Meeting.Closed closed when closed.On.Instant < scope.Instant => closed.On.Instant,
            Meeting.WithoutQuorum without when without.On.Instant < scope.Instant => without.On.Instant,
            _ => scope.Instant,
        };
        var (body, colleges) = await BallotUseCases.BodiesAsync(meeting.Plan.Body, deciding, ct);
        (body, colleges) = (Known(body), [.. colleges.Select(Known)]);
        var members = await BallotUseCases.MembersAsync(Electorate.MembersAt(body.At(at), [.. colleges.Select(c => c.At(at))], at), deciding, ct);
        var basis = new MeetingBasis(
            Known(read.Item2), Known(read.Item3),
            new(body, colleges, Known(read.Item4), members.ToDictionary(m => m.Key, m => Known(m.Value)), scope.Association.Zone));
        var voted = meeting.Resolutions.Select(r => r.Ballot).OfType<BallotId>().ToList();
        var ballots = await deciding.ReadAllAsync<Ballot>([.. voted.Select(Ballot.Stream)], ct);
        var states = voted.Zip(ballots.Select(b => scope.IsPast ? Known(b).At(scope.Instant) : Known(b).Latest)).ToDictionary(b => b.First, b => b.Second);
        // A secret vote that was demanded while it was open goes on in secret.
        meeting = meeting with
        {
            Resolutions = meeting.Resolutions.ConvertAll(r => r.Ballot is { } id && states[id] is Ballot.Held { Opening.Secret: true } ? r with { Way = WayOfVoting.Secret } : r),
        };
        var room = Room.At(meeting, basis, meeting.Decision, at, (meeting as Meeting.Held)?.Chair);
        // A mandate tells the college that it is held for, which the body that is sat in need not be made of.
        var counted = await deciding.ReadAllAsync<Body>([.. room.Electorate.Colleges.Select(c => Body.Stream(c.College))], ct);
        return new(
            meeting, story, basis, scope.IsPast ? Known(convocations).At(scope.Instant) : Known(convocations).Latest, room, states, at, story.Version,
            counted.Select(c => Known(c).At(at)).OfType<Body.Constituted>().ToDictionary(c => c.Id, c => c.Name));
    }
}
