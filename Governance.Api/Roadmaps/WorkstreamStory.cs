using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Roadmaps;

/// <summary>What happened to workstreams up to a view's moment, latest first, each event with what it needs to be told.</summary>
public static class WorkstreamStory
{
    /// <summary>Events shown at most: more than any workstream of ten years has.</summary>
    private const int Size = 500;

    // What a decision can stand behind.
    private static readonly string[] Decisive =
    [
        .. new[] { typeof(RoadmapOpened), typeof(WorkstreamPrioritised), typeof(WorkstreamAdopted), typeof(WorkstreamAbandoned) }.Select(EventCatalogue.NameOf),
    ];

    /// <param name="Title">Title of the workstream.</param>
    /// <param name="Milestone">Title of the milestone that the event is about; empty for every other event.</param>
    /// <param name="DueBefore">When the milestone was due before it was moved.</param>
    public sealed record Line(AuditHistory.Entry Entry, IEvent Event, string Title, string Milestone = "", EffectiveTime? DueBefore = null)
    {
        /// <summary>The ballot behind it.</summary>
        public BallotId? Decision => Event switch
        {
            RoadmapOpened e => e.Decision?.Ballot,
            WorkstreamPrioritised e => e.Decision?.Ballot,
            WorkstreamAdopted e => e.Decision.Ballot,
            WorkstreamAbandoned e => e.Decision?.Ballot,
            _ => null,
        };
    }

    /// <summary>Everything that happened to one workstream, what was taken back since included and marked.</summary>
    public static async ValueTask<IReadOnlyList<Line>> OfAsync(ReadView view, Workstreams.Workstream workstream, CancellationToken ct)
    {
        var stream = Workstream.Stream(workstream.Id).Value;
        var page = await AuditHistory.PageAsync(view, new AuditHistory.Filter([workstream.Id.Value]), AuditHistory.Order.Effective, null, Size, ct);
        var lines = new List<Line>();
        var milestones = new Dictionary<MilestoneId, (string Title, EffectiveTime Due)>();
        foreach (var entry in page.Entries.Where(e => e.Stream == stream).Reverse())
        {
            var line = Told(entry, workstream.Title);
            lines.Add(line.Event switch
            {
                MilestonePlanned e => line with { Milestone = e.Title },
                MilestoneMoved e => line with { Milestone = Title(e.Milestone), DueBefore = milestones.TryGetValue(e.Milestone, out var m) ? m.Due : null },
                MilestoneReached e => line with { Milestone = Title(e.Milestone) },
                _ => line,
            });
            if (entry.Retracted)
                continue;
            if (line.Event is MilestonePlanned planned)
                milestones[planned.Milestone] = (planned.Title, planned.Due);
            else if (line.Event is MilestoneMoved moved)
                milestones[moved.Milestone] = (Title(moved.Milestone), moved.Due);
        }

        lines.Reverse();
        return lines;

        string Title(MilestoneId milestone) => milestones.TryGetValue(milestone, out var known) ? known.Title : "";
    }

    /// <summary>What was decided by a ballot of a roadmap and of its workstreams, what was taken back since left out.</summary>
    public static async ValueTask<IReadOnlyList<Line>> DecisionsAsync(
        ReadView view, RoadmapId roadmap, IReadOnlyList<Workstreams.Workstream> workstreams, CancellationToken ct)
    {
        var titles = workstreams.ToDictionary(w => Workstream.Stream(w.Id).Value, w => w.Title);
        titles[Roadmap.Stream(roadmap).Value] = "";
        var page = await AuditHistory.PageAsync(view, new AuditHistory.Filter(Kinds: Decisive), AuditHistory.Order.Effective, null, Size, ct);
        return
        [
            .. page.Entries.Where(e => !e.Retracted && titles.ContainsKey(e.Stream))
                .Select(e => Told(e, titles[e.Stream]))
                .Where(line => line.Decision is not null),
        ];
    }

    // Nothing of a workstream is sealed.
    private static Line Told(AuditHistory.Entry entry, string title) => new(
        entry, entry.Read(EventCatalogue.All) ?? throw new InvalidOperationException($"Event {entry.Event} of {entry.Stream} is sealed."), title);

    /// <summary>Titles of the ballots that the lines name, where they are known at the view's moment.</summary>
    public static async ValueTask<IReadOnlyDictionary<BallotId, string>> TitlesAsync(ReadView view, IEnumerable<BallotId?> ballots, CancellationToken ct)
    {
        var titles = new Dictionary<BallotId, string>();
        foreach (var id in ballots.OfType<BallotId>().Distinct())
        {
            if (await Projections.Ballots.FindAsync(view, id, ct) is { } ballot)
                titles[id] = ballot.Title;
        }

        return titles;
    }
}
