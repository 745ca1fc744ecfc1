using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Projections;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Roadmaps;

/// <summary>States, dates, reasons and events of workstreams in the words and shapes of the interface.</summary>
/// <param name="zone">The association's clocks.</param>
/// <param name="slug">The association's short name in addresses.</param>
/// <param name="time">The dates that links keep.</param>
/// <param name="titles">Titles of the ballots that events name.</param>
/// <param name="work">The workstreams at the moment looked at.</param>
public sealed class RoadmapWords(
    IStringLocalizer<RoadmapText> texts, TimeZoneInfo zone, string slug, TimeTravel time, Leads leads, IReadOnlyDictionary<BallotId, string> titles, RoadmapWork work)
{
    public Leads Leads => leads;

    public static StateKind Kind(WorkstreamStage stage) => stage switch
    {
        WorkstreamStage.Proposed => StateKind.Draft,
        WorkstreamStage.Adopted => StateKind.Adopted,
        WorkstreamStage.Underway => StateKind.Open,
        WorkstreamStage.Paused => StateKind.Suspended,
        WorkstreamStage.Completed => StateKind.Done,
        _ => StateKind.Cancelled,
    };

    public static StateKind Kind(Assessment assessment) => assessment == Assessment.OnTrack ? StateKind.Valid : StateKind.Late;

    public string Stage(WorkstreamStage stage) => texts["Stage." + stage];

    public string Assessed(Assessment assessment) => texts["Assessment." + assessment];

    public DateOnly Day(DateTimeOffset instant) => LocalTime.DayOf(instant, zone);

    /// <summary>A time as closely as it is known.</summary>
    public string Known(EffectiveTime on) => DateWording.Known(Day(on.Instant), on.Precision);

    /// <summary>« depuis le 14 mai 2024 ».</summary>
    public string Since(EffectiveTime on) => DateWording.Since(on, zone);

    /// <summary>The last day of the period that a time names; its own day when it is exact.</summary>
    public DateOnly LastDay(EffectiveTime on) => LocalTime.LastDayOf(on, zone);

    public string Planned(EffectiveTime? start, EffectiveTime? end) => (start, end) switch
    {
        ({ } from, { } to) => texts["Schedule.Both", Known(from), Known(to)],
        ({ } from, null) => texts["Schedule.Start", Known(from)],
        _ => texts["Schedule.None"],
    };

    /// <summary>Why something slips, as a sentence.</summary>
    /// <param name="instant">The moment looked at.</param>
    public string Why(WhatSlips.Slip slip, DateTimeOffset instant)
    {
        var since = DurationWording.Between(Day(slip.Since), Day(instant) > Day(slip.Since) ? Day(instant) : Day(slip.Since).AddDays(1));
        var planned = slip.Planned is { } time ? Known(time) : "";
        return slip.Reason switch
        {
            WhatSlips.Reason.MilestoneOverdue => texts["Slip.MilestoneOverdue", slip.Text ?? "", planned, since],
            WhatSlips.Reason.NotStarted => texts["Slip.NotStarted", planned, since],
            WhatSlips.Reason.NotCompleted => texts["Slip.NotCompleted", planned, since],
            WhatSlips.Reason.NotReported when slip.LastReport is { } last => texts["Slip.NotReported", Since(last)],
            WhatSlips.Reason.NotReported => texts["Slip.NeverReported"],
            WhatSlips.Reason.PrerequisiteLate => texts["Slip.PrerequisiteLate", slip.Text ?? "", since],
            WhatSlips.Reason.PrerequisiteAbandoned => texts["Slip.PrerequisiteAbandoned", slip.Text ?? "", since],
            _ => texts["Slip.ReportedLate", slip.Text ?? ""],
        };
    }

    /// <summary>A workstream on a timeline by quarter, with its milestones and what it waits for.</summary>
    public TimelineRow Row(Workstreams.Workstream workstream)
    {
        var late = work.Slips(workstream.Id).Count > 0;
        var over = workstream.Stage is WorkstreamStage.Completed or WorkstreamStage.Abandoned;
        var from = Day((workstream.Began ?? workstream.Start ?? workstream.Proposed).Instant);
        var to = over ? Day(workstream.Since.Instant) : workstream.End is { } end ? LastDay(end) : (DateOnly?)null;
        return new TimelineRow(workstream.Title, from, to < from ? from : to)
        {
            Href = $"/{slug}/workstreams/{workstream.Id.Value:D}",
            State = late ? StateKind.Late : workstream.Stage == WorkstreamStage.Adopted ? StateKind.Planned : Kind(workstream.Stage),
            StateWord = Stage(workstream.Stage) + (late ? ", " + texts["Slipping"] : ""),
            Milestones = [.. work.Milestones[workstream.Id].Select(m => new Face.Components.Milestone(m.Title, LastDay(m.Due), m.Due.Precision, m.Reached is not null))],
            Waits = [.. work.WaitsFor(workstream.Id).Where(d => !over && !work.IsMet(d)).Select(Wait).OfType<TimelineWait>()],
        };
    }

    private TimelineWait? Wait(Dependency dependency)
    {
        if (work.Find(dependency.Prerequisite) is not { } prerequisite)
            return null;
        var milestone = dependency.Milestone is { } id ? work.Milestones[prerequisite.Id].FirstOrDefault(m => m.Id == id) : null;
        var expected = milestone is null ? prerequisite.End : milestone.Due;
        return new(
            milestone is null ? prerequisite.Title : $"{prerequisite.Title} – {milestone.Title}", expected is { } on ? LastDay(on) : null, expected?.Precision ?? Precision.Day,
            $"/{slug}/workstreams/{prerequisite.Id.Value:D}");
    }

    /// <summary>A workstream's title, or words for one that cannot be shown.</summary>
    public string Workstream(WorkstreamId workstream) => work.Find(workstream)?.Title ?? texts["SomeWorkstream"];

    /// <summary>Who leads, or null when nobody does.</summary>
    public string? Lead(MemberId? member, WorkingGroupId? group) => (member, group) switch
    {
        ({ } m, { } g) => texts["And", leads.Name(m) ?? texts["Somebody"].Value, leads.Name(g) ?? texts["SomeGroup"].Value],
        ({ } m, null) => leads.Name(m) ?? texts["Somebody"],
        (null, { } g) => leads.Name(g) ?? texts["SomeGroup"],
        _ => null,
    };

    /// <summary>The ballot's title, or words for one that cannot be shown.</summary>
    public string Ballot(BallotId ballot) => titles.GetValueOrDefault(ballot) ?? texts["Ballot.Unknown"];

    public string BallotHref(BallotId ballot) => $"/{slug}/ballots/{ballot.Value:D}";

    /// <summary>One line of what happened.</summary>
    /// <param name="named">True where lines of several workstreams stand together: each names its own.</param>
    public EventEntry Told(WorkstreamStory.Line line, bool named)
    {
        var sentence = named && line.Event is (WorkstreamScheduled or MilestoneMoved or WorkstreamPaused or BudgetPlanned)
            ? texts["Told.Of", line.Title, Sentence(line)].Value
            : Sentence(line);
        var decision = line.Decision;
        var day = Day(line.Entry.On.Instant);
        var facts = new List<string>();
        if (line.Entry.Retracted)
            facts.Add(texts["Told.Retracted"]);
        if (line.Undecided)
            facts.Add(texts["Told.Undecided"]);
        if (line.Entry.Source is { } source)
            facts.Add(texts["Told.Source", source]);
        if (line.Entry.Illustrative)
            facts.Add(texts["Told.Illustrative"]);
        var recorded = Day(line.Entry.RecordedAt);
        return new EventEntry(day, line.Entry.On.Precision, builder =>
        {
            builder.AddContent(0, sentence);
            if (decision is not { } ballot)
                return;
            builder.AddContent(1, " — " + texts["Told.By"]);
            builder.OpenElement(2, "a");
            builder.AddAttribute(3, "href", time.Link(BallotHref(ballot)));
            builder.AddContent(4, Ballot(ballot));
            builder.CloseElement();
        })
        {
            Facts = facts,
            Href = $"/{slug}/events/{line.Entry.Event.Value:D}",
            RecordedNote = recorded > LastDay(line.Entry.On) ? texts["Told.Recorded", DateWording.Full(recorded)].Value : null,
        };
    }

    private string Sentence(WorkstreamStory.Line line) => line.Event switch
    {
        RoadmapOpened e => texts["Told.roadmap_opened", e.Title, Year(e.FirstYear), Year(e.LastYear)],
        WorkstreamProposed e => texts["Told.workstream_proposed", e.Title],
        WorkstreamPrioritised e => texts["Told.workstream_prioritised", line.Title, CountWording.Number(e.Rank)],
        WorkstreamAdopted => texts["Told.workstream_adopted", line.Title],
        WorkstreamScheduled e => texts["Told.workstream_scheduled", Planned(e.Start, e.End)],
        MilestonePlanned e => texts["Told.milestone_planned", e.Title, Known(e.Due)],
        MilestoneMoved e => texts["Told.milestone_moved", line.Part, Known(e.Due), e.Reason],
        MilestoneReached e => Said(texts["Told.milestone_reached", line.Part].Value, e.Remark),
        LeadAssigned e => texts["Told.lead_assigned", Lead(e.Member, e.Group) ?? ""],
        WorkstreamStarted => texts["Told.workstream_started"],
        ProgressReported e => texts["Told.progress_reported", Assessed(e.Assessment), e.Text],
        WorkstreamPaused e => texts["Told.workstream_paused", e.Reason],
        WorkstreamResumed e => Said(texts["Told.workstream_resumed"].Value, e.Remark),
        WorkstreamCompleted e => Said(texts["Told.workstream_completed"].Value, e.Outcome),
        WorkstreamAbandoned e => texts["Told.workstream_abandoned", line.Title, e.Reason],
        WorkstreamFunded => texts["Told.workstream_funded"],
        GroupsAssigned { Groups.Count: 0 } => texts["Told.groups_none"],
        GroupsAssigned e => texts["Told.groups_assigned", string.Join(", ", e.Groups.Select(g => leads.Name(g) ?? texts["SomeGroup"].Value))],
        BudgetPlanned e => texts["Told.budget_planned", Year(e.Year), MoneyWording.Euros(e.AmountCents)],
        ExpenseCommitted e => texts["Told.expense_committed", line.Part, MoneyWording.Euros(e.AmountCents), Year(e.Year), e.Paper],
        ExpensePaid e => texts["Told.expense_paid", line.Part, MoneyWording.Euros(e.AmountCents), e.Paper],
        ExpenseCancelled e => texts["Told.expense_cancelled", line.Part, e.Reason],
        DependencyRecorded e => Said(texts["Told.dependency_recorded", Workstream(e.Workstream), Workstream(e.Prerequisite)].Value, e.Reason),
        DependencyReleased e => texts["Told.dependency_released", Workstream(e.Workstream), Workstream(e.Prerequisite), e.Reason],
        FactRetracted e => Said(texts["Told.fact_retracted"].Value, e.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(line), line.Event.GetType().Name),
    };

    private static string Said(string sentence, string? remark) => remark is null ? sentence : $"{sentence}. {remark}";

    private static string Year(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Names of those who can lead a workstream: members and working groups.</summary>
public sealed class Leads(IReadOnlyList<Projections.Members.Entry> members, IReadOnlyList<Projections.WorkingGroups.Group> groups)
{
    private readonly Dictionary<MemberId, Projections.Members.Entry> _members = members.ToDictionary(m => m.Id);
    private readonly Dictionary<WorkingGroupId, Projections.WorkingGroups.Group> _groups = groups.ToDictionary(g => g.Id);

    public static Leads None { get; } = new([], []);

    /// <summary>Those alone that workstreams and their story name.</summary>
    public static async ValueTask<Leads> NamedAsync(ReadView view, IEnumerable<Workstreams.Workstream> workstreams, IEnumerable<WorkstreamStory.Line> story, CancellationToken ct)
    {
        var members = workstreams.Select(w => w.LeadMember).Concat(story.Select(line => (line.Event as LeadAssigned)?.Member)).OfType<MemberId>();
        return new([.. (await Projections.Members.ManyAsync(view, members, ct)).Values], await Projections.WorkingGroups.ListAsync(view, ct));
    }

    /// <summary>Who is known at the view's moment.</summary>
    public static async ValueTask<Leads> AtAsync(ReadView view, CancellationToken ct) =>
        new(await Projections.Members.RegisterAsync(view, ct), await Projections.WorkingGroups.ListAsync(view, ct));

    /// <summary>The organisation's name; null for an individual or a member not known.</summary>
    public string? Name(MemberId member) => _members.GetValueOrDefault(member)?.Organisation;

    public string? Name(WorkingGroupId group) => _groups.GetValueOrDefault(group)?.Name;

    /// <summary>Centres that can be named as lead today.</summary>
    public IReadOnlyList<Option> MemberOptions =>
    [
        .. members.Where(m => m is { Organisation: not null, Standing: Domain.Members.MembershipStanding.Active or Domain.Members.MembershipStanding.Suspended })
            .Select(m => new Option(m.Id.Value.ToString("D"), m.Organisation!)),
    ];

    /// <summary>Groups that can be named as lead today.</summary>
    public IReadOnlyList<Option> GroupOptions =>
        [.. groups.Where(g => g.Stage == Projections.WorkingGroups.Stage.Active).Select(g => new Option(g.Id.Value.ToString("D"), g.Name))];
}
