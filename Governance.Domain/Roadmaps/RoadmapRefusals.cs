using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public sealed record RoadmapNotFound : Refusal
{
    public override string Code => "roadmap.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record RoadmapAlreadyOpen(string Title) : Refusal
{
    public override string Code => "roadmap.already-open";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>A roadmap runs over 1 to 20 years, the first before the last.</summary>
public sealed record RoadmapYearsUnfit(int FirstYear, int LastYear) : Refusal
{
    public override string Code => "roadmap.years";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [FirstYear.ToString(System.Globalization.CultureInfo.InvariantCulture), LastYear.ToString(System.Globalization.CultureInfo.InvariantCulture)];
}

public sealed record WorkstreamNotFound : Refusal
{
    public override string Code => "workstream.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record WorkstreamAlreadyProposed(string Title) : Refusal
{
    public override string Code => "workstream.already-proposed";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>Where a workstream stands.</summary>
public enum WorkstreamStage
{
    Proposed,
    Adopted,
    Underway,
    Paused,
    Completed,
    Abandoned,
}

/// <summary>What is asked does not go with where the workstream stands.</summary>
public sealed record WorkstreamStandsOtherwise(WorkstreamStage Stage) : Refusal
{
    public override string Code => "workstream.stage";
    public override IReadOnlyList<object> Arguments => [Stage];
}

/// <summary>It starts once a decision has adopted it.</summary>
public sealed record WorkstreamNotAdopted : Refusal
{
    public override string Code => "workstream.not-adopted";
}

/// <summary>It ends before it starts.</summary>
public sealed record ScheduleUnfit : Refusal
{
    public override string Code => "workstream.schedule";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>A lead is a centre, a working group, or both.</summary>
public sealed record LeadMissing : Refusal
{
    public override string Code => "workstream.lead-missing";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Who is named as lead is no member, or no working group, at that time.</summary>
public sealed record LeadNotThere : Refusal
{
    public override string Code => "workstream.lead-not-there";
}

/// <summary>The ballot named put no workstreams to be ranked: a motion, other options, or consent.</summary>
public sealed record ContestRanksNoWorkstreams : Refusal
{
    public override string Code => "roadmap.contest-ranks-no-workstreams";
}

/// <summary>The ballot named has no ranking that stands: no result yet, nothing expressed, too few took part, or annulled.</summary>
public sealed record ContestWithoutRanking : Refusal
{
    public override string Code => "roadmap.contest-without-ranking";
}

/// <summary>A workstream that was ranked belongs to another roadmap.</summary>
public sealed record WorkstreamOfAnotherRoadmap(string Title) : Refusal
{
    public override string Code => "roadmap.workstream-of-another";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record MilestoneNotFound : Refusal
{
    public override string Code => "workstream.milestone-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record MilestoneAlreadyPlanned(string Title) : Refusal
{
    public override string Code => "workstream.milestone-already-planned";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record MilestoneAlreadyReached(EffectiveTime Reached) : Refusal
{
    public override string Code => "workstream.milestone-already-reached";
    public override IReadOnlyList<object> Arguments => [Reached];
}

/// <summary>A working group is named twice among those that carry a workstream.</summary>
public sealed record GroupNamedTwice : Refusal
{
    public override string Code => "workstream.group-twice";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>A working group that is to carry a workstream is not active at that time.</summary>
public sealed record GroupNotThere : Refusal
{
    public override string Code => "workstream.group-not-there";
}

public sealed record DependencyOnItself : Refusal
{
    public override string Code => "workstream.dependency-on-itself";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Each would wait for the next, and the last for the first.</summary>
/// <param name="Path">Their titles, the first again at the end: « A → B → A ».</param>
public sealed record DependencyCycle(string Path) : Refusal
{
    public override string Code => "workstream.dependency-cycle";
    public override IReadOnlyList<object> Arguments => [Path];
}

/// <summary>What is over is waited for by nobody.</summary>
public sealed record PrerequisiteOver(string Title, WorkstreamStage Stage) : Refusal
{
    public override string Code => "workstream.prerequisite-over";
    public override IReadOnlyList<object> Arguments => [Title, Stage];
}

public sealed record DependencyNotFound : Refusal
{
    public override string Code => "workstream.dependency-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>Money counts in a year of the roadmap.</summary>
public sealed record YearOutsideRoadmap(int Year, int FirstYear, int LastYear) : Refusal
{
    public override string Code => "workstream.year-outside";
    public override IReadOnlyList<object> Arguments => [Text(Year), Text(FirstYear), Text(LastYear)];

    private static string Text(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The convention named funds nothing of the workstream at that time.</summary>
public sealed record ConventionFundsItNot : Refusal
{
    public override string Code => "workstream.convention-funds-it-not";
}

/// <summary>An expense uses the money of the convention and is neither paid by then nor cancelled, or is entered for a later day.</summary>
public sealed record FundingInUse(string Purpose) : Refusal
{
    public override string Code => "workstream.funding-in-use";
    public override IReadOnlyList<object> Arguments => [Purpose];
}

/// <summary>Others wait for the workstream, or it waits for others.</summary>
public sealed record WorkstreamInDependencies : Refusal
{
    public override string Code => "workstream.in-dependencies";
}

public sealed record ExpenseNotFound : Refusal
{
    public override string Code => "workstream.expense-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ExpenseAlreadyEntered(string Purpose) : Refusal
{
    public override string Code => "workstream.expense-already-entered";
    public override IReadOnlyList<object> Arguments => [Purpose];
}

public sealed record ExpenseAlreadyPaid(EffectiveTime Paid) : Refusal
{
    public override string Code => "workstream.expense-already-paid";
    public override IReadOnlyList<object> Arguments => [Paid];
}

public sealed record ExpenseIsCancelled : Refusal
{
    public override string Code => "workstream.expense-cancelled";
}

internal static class WorkstreamChecks
{
    /// <summary>Why nothing counts in a year: the roadmap does not cover it; null when it does.</summary>
    public static YearOutsideRoadmap? YearOutside(this Timeline<Roadmap> roadmap, int year) =>
        roadmap.Latest is Roadmap.Open open && (year < open.FirstYear || year > open.LastYear) ? new(year, open.FirstYear, open.LastYear) : null;

    public static WorkstreamStage? Stage(this Workstream workstream) => workstream switch
    {
        Workstream.Proposed => WorkstreamStage.Proposed,
        Workstream.Adopted => WorkstreamStage.Adopted,
        Workstream.Underway => WorkstreamStage.Underway,
        Workstream.Paused => WorkstreamStage.Paused,
        Workstream.Completed => WorkstreamStage.Completed,
        Workstream.Abandoned => WorkstreamStage.Abandoned,
        _ => null,
    };

    /// <summary>What was decided on a workstream, refused where it takes the funding from under an expense that had it.</summary>
    public static Decision Funded(this Timeline<Workstream> workstream, Decision decision)
    {
        if (decision is not Decision.Accepted { Facts: var facts })
            return decision;
        var unfunded = workstream.Unfunded().Select(e => e.Id).ToHashSet();
        return workstream.After(facts).Unfunded().FirstOrDefault(e => !unfunded.Contains(e.Id)) is { } expense ? new FundingInUse(expense.Purpose) : decision;
    }

    // Whose money an expense uses funds the workstream when it is committed, and until it is paid.
    private static IEnumerable<Expense> Unfunded(this Timeline<Workstream> workstream) => workstream.Latest is Workstream.Known latest
        ? latest.Plan.Expenses.Where(e => e is { Convention: { } convention, Cancelled: null }
            && !(workstream.At(e.On).IsFundedBy(convention) && (e.Paid is { } paid ? workstream.At(paid.On) : latest).IsFundedBy(convention)))
        : [];

    private static bool IsFundedBy(this Workstream workstream, ConventionId convention) =>
        workstream is Workstream.Known { Plan.Funding: var funding } && funding.GetValueOrDefault(convention, []).Count > 0;

    /// <summary>Why what is asked cannot be done in the stage that the workstream is in at an instant.</summary>
    public static Refusal Stands(this Timeline<Workstream> workstream, EffectiveTime on) => (workstream.Latest, workstream.At(on).Stage()) switch
    {
        (Workstream.Unproposed, _) => new WorkstreamNotFound(),
        (_, null) => BeforeItsBeginning.Of(BegunThing.Workstream, workstream, on),
        (_, { } stage) => new WorkstreamStandsOtherwise(stage),
    };
}
