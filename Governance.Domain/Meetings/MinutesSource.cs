using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>What minutes are composed from.</summary>
/// <param name="Ballots">Every ballot that the meeting voted on.</param>
/// <param name="First">The meeting without quorum that this is the second of; null for none.</param>
public sealed record MinutesSource(
    Timeline<Meeting> Meeting,
    MeetingBasis Basis,
    Timeline<Convocations> Convocations,
    IReadOnlyDictionary<BallotId, Timeline<Ballot>> Ballots,
    Timeline<Meeting>? First = null)
{
    /// <summary>Position of the last event of any of the streams.</summary>
    public long Position => Streams.Max(s => s.Recorded is [.., { Position: var last }] ? last : 0);

    private IEnumerable<Timeline> Streams =>
    [
        Meeting, Basis.Sheet, Basis.Proxies, Convocations, Basis.Bodies.Body, .. Basis.Bodies.Colleges, Basis.Bodies.Statutes, .. Basis.Bodies.Members.Values,
        .. Ballots.Values, .. First is null ? Array.Empty<Timeline>() : [First],
    ];

    /// <summary>Every event of the meeting itself, of who came, of its proxies, its convocation and its ballots.</summary>
    public IEnumerable<Recorded> Events => new Timeline[] { Meeting, Basis.Sheet, Basis.Proxies, Convocations }.Concat(Ballots.Values).SelectMany(s => s.Recorded);

    /// <summary>What was known when the log ended at a position.</summary>
    public MinutesSource KnownBy(long position) => Position <= position ? this : new(
        Meeting.KnownBy(position),
        new(Basis.Sheet.KnownBy(position), Basis.Proxies.KnownBy(position), KnownBy(Basis.Bodies, position)),
        Convocations.KnownBy(position),
        Ballots.ToDictionary(b => b.Key, b => b.Value.KnownBy(position)),
        First?.KnownBy(position));

    private static OpeningBasis KnownBy(OpeningBasis bodies, long position) => new(
        bodies.Body.KnownBy(position), [.. bodies.Colleges.Select(c => c.KnownBy(position))], bodies.Statutes.KnownBy(position),
        bodies.Members.ToDictionary(m => m.Key, m => m.Value.KnownBy(position)), bodies.Zone);
}
