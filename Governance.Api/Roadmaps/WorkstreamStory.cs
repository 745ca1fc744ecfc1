using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Roadmaps;

/// <summary>What happened to workstreams up to a view's moment, latest first, each event with what it needs to be told.</summary>
public static class WorkstreamStory
{
    /// <summary>Decisions of a page of <see cref="DecisionsAsync"/>.</summary>
    public const int PageSize = 100;

    // What a decision can stand behind.
    private static readonly string[] Decisive =
    [
        .. new[]
        {
            typeof(RoadmapOpened), typeof(WorkstreamPrioritised), typeof(WorkstreamAdopted), typeof(WorkstreamScheduled), typeof(MilestoneMoved), typeof(WorkstreamPaused),
            typeof(BudgetPlanned), typeof(WorkstreamAbandoned),
        }.Select(EventCatalogue.NameOf),
    ];

    /// <param name="Title">Title of the workstream.</param>
    /// <param name="Part">Title of the milestone, or purpose of the expense, that the event is about; empty for every other event.</param>
    /// <param name="DueBefore">When the milestone was due before it was moved.</param>
    /// <param name="Undecided">It changed the plan of what was adopted, and no decision is named behind it.</param>
    public sealed record Line(AuditHistory.Entry Entry, IEvent Event, string Title, string Part = "", EffectiveTime? DueBefore = null, bool Undecided = false)
    {
        /// <summary>The ballot behind it.</summary>
        public BallotId? Decision => (Event as IDecided)?.Decision?.Ballot;
    }

    /// <summary>Everything that happened to one workstream, what was taken back since included and marked.</summary>
    public static async ValueTask<IReadOnlyList<Line>> OfAsync(ReadView view, Workstreams.Workstream workstream, CancellationToken ct)
    {
        var stream = Workstream.Stream(workstream.Id).Value;
        var filter = new AuditHistory.Filter([workstream.Id.Value], Things: [Workstream.Stream(workstream.Id).Kind, Domain.Roadmaps.Dependencies.Stream.Kind]);
        var entries = await AuditHistory.AllAsync(view, filter, AuditHistory.Order.Effective, ct);
        var lines = new List<Line>();
        var milestones = new Dictionary<MilestoneId, (string Title, EffectiveTime Due)>();
        var expenses = new Dictionary<ExpenseId, string>();
        var adopted = false;
        foreach (var entry in entries.Where(e => e.Stream == stream || e.Stream == Domain.Roadmaps.Dependencies.Stream.Value).Reverse())
        {
            var line = Told(entry, workstream.Title);
            line = line with { Undecided = adopted && line is { Event: IDecided, Decision: null } };
            lines.Add(line.Event switch
            {
                MilestonePlanned e => line with { Part = e.Title },
                MilestoneMoved e => line with { Part = Title(e.Milestone), DueBefore = milestones.TryGetValue(e.Milestone, out var m) ? m.Due : null },
                MilestoneReached e => line with { Part = Title(e.Milestone) },
                ExpenseCommitted e => line with { Part = e.Purpose },
                ExpensePaid e => line with { Part = expenses.GetValueOrDefault(e.Expense, "") },
                ExpenseCancelled e => line with { Part = expenses.GetValueOrDefault(e.Expense, "") },
                _ => line,
            });
            if (entry.Retracted)
                continue;
            adopted |= line.Event is WorkstreamAdopted;
            if (line.Event is ExpenseCommitted committed)
                expenses[committed.Expense] = committed.Purpose;
            else if (line.Event is MilestonePlanned planned)
                milestones[planned.Milestone] = (planned.Title, planned.Due);
            else if (line.Event is MilestoneMoved moved)
                milestones[moved.Milestone] = (Title(moved.Milestone), moved.Due);
        }

        lines.Reverse();
        return lines;

        string Title(MilestoneId milestone) => milestones.TryGetValue(milestone, out var known) ? known.Title : "";
    }

    /// <summary>A page of what was decided by a ballot of a roadmap and of its workstreams, what was taken back since left out.</summary>
    /// <param name="after">Where the page before ended; null begins with the latest.</param>
    /// <returns>The page, latest first, how many there are in all, and where the next one begins.</returns>
    public static async ValueTask<(IReadOnlyList<Line> Lines, long Total, AuditHistory.Cursor? Next)> DecisionsAsync(
        ReadView view, RoadmapId roadmap, IReadOnlyList<Workstreams.Workstream> workstreams, ILookup<WorkstreamId, Milestones.Milestone> milestones,
        AuditHistory.Cursor? after, CancellationToken ct)
    {
        var titles = workstreams.ToDictionary(w => Workstream.Stream(w.Id).Value, w => w.Title);
        titles[Roadmap.Stream(roadmap).Value] = "";
        var filter = new AuditHistory.Filter(Kinds: Decisive, Of: [.. titles.Keys.Select(stream => new StreamId(stream))], Decided: true);
        var page = await AuditHistory.PageAsync(view, filter, AuditHistory.Order.Effective, after, PageSize, ct);
        return (
            [.. page.Entries.Select(e => Told(e, titles[e.Stream])).Select(line => line.Event is MilestoneMoved moved ? line with { Part = Step(line, moved) } : line)],
            after is null && page.Next is null ? page.Entries.Count : await AuditHistory.CountAsync(view, filter, ct),
            page.Next);

        string Step(Line line, MilestoneMoved moved) => milestones[new WorkstreamId(new StreamId(line.Entry.Stream).Thing())].FirstOrDefault(m => m.Id == moved.Milestone)?.Title ?? "";
    }

    // Nothing of a workstream is sealed.
    private static Line Told(AuditHistory.Entry entry, string title) => new(
        entry, entry.Read(EventCatalogue.All) ?? throw new InvalidOperationException($"Event {entry.Event} of {entry.Stream} is sealed."), title);
}
