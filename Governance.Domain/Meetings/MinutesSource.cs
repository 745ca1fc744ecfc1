using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>What minutes are composed from.</summary>
/// <param name="Ballots">Every ballot that the meeting voted on.</param>
/// <param name="Documents">Of the meeting and of the items of its agenda.</param>
/// <param name="First">The meeting without quorum that this is the second of; null for none.</param>
public sealed record MinutesSource(
    Timeline<Meeting> Meeting,
    MeetingBasis Basis,
    Timeline<Convocations> Convocations,
    IReadOnlyDictionary<BallotId, Timeline<Ballot>> Ballots,
    MeetingDocuments Documents,
    Timeline<Meeting>? First = null)
{
    /// <summary>Position of the last event of any of the streams.</summary>
    public long Position => Streams.Max(s => s.Recorded is [.., { Position: var last }] ? last : 0);

    private IEnumerable<Timeline> Streams =>
    [
        Meeting, Basis.Sheet, Basis.Proxies, Convocations, Basis.Bodies.Body, .. Basis.Bodies.Colleges, Basis.Bodies.Statutes, .. Basis.Bodies.Members.Values,
        .. Ballots.Values, .. Documents.Streams, .. First is null ? Array.Empty<Timeline>() : [First],
    ];

    /// <summary>Every event of the meeting itself, of who came, of its proxies, its convocation, its ballots and its documents.</summary>
    public IEnumerable<Recorded> Events =>
        new Timeline[] { Meeting, Basis.Sheet, Basis.Proxies, Convocations }.Concat(Ballots.Values).Concat(Documents.Streams).SelectMany(s => s.Recorded);

    /// <summary>What was known when the log ended at a position.</summary>
    public MinutesSource KnownBy(long position) => Position <= position ? this : new(
        Meeting.KnownBy(position),
        new(Basis.Sheet.KnownBy(position), Basis.Proxies.KnownBy(position), KnownBy(Basis.Bodies, position)),
        Convocations.KnownBy(position),
        Ballots.ToDictionary(b => b.Key, b => b.Value.KnownBy(position)),
        Documents.KnownBy(position),
        First?.KnownBy(position));

    private static OpeningBasis KnownBy(OpeningBasis bodies, long position) => new(
        bodies.Body.KnownBy(position), [.. bodies.Colleges.Select(c => c.KnownBy(position))], bodies.Statutes.KnownBy(position),
        bodies.Members.ToDictionary(m => m.Key, m => m.Value.KnownBy(position)), bodies.Zone);
}

/// <summary>The documents that belong to a meeting.</summary>
/// <param name="Folder">Of the meeting as a whole.</param>
/// <param name="ByItem">Of the items of its agenda.</param>
/// <param name="Documents">Every one that is or was in one of them.</param>
public sealed record MeetingDocuments(
    Timeline<Folder> Folder, IReadOnlyDictionary<AgendaItemId, Timeline<Folder>> ByItem, IReadOnlyDictionary<DocumentId, Timeline<Document>> Documents)
{
    internal IEnumerable<Timeline> Streams => [Folder, .. ByItem.Values, .. Documents.Values];

    internal MeetingDocuments KnownBy(long position) => new(
        Folder.KnownBy(position), ByItem.ToDictionary(f => f.Key, f => f.Value.KnownBy(position)), Documents.ToDictionary(d => d.Key, d => d.Value.KnownBy(position)));
}
