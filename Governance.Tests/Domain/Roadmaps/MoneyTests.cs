using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Roadmaps;

/// <summary>What workstreams may cost and cost, and who carries them.</summary>
public sealed class MoneyTests
{
    private static readonly RoadmapId RoadmapId = Named<RoadmapId>("2024-2026");
    private static readonly StreamId RoadmapStream = Roadmap.Stream(RoadmapId);
    private static readonly WorkstreamId Id = Named<WorkstreamId>("welcome");
    private static readonly StreamId Stream = Workstream.Stream(Id);
    private static readonly ExpenseId Printing = Named<ExpenseId>("printing");
    private static readonly ExpenseId Travel = Named<ExpenseId>("travel");
    private static readonly ConventionId Convention = Named<ConventionId>("convention");
    private static readonly DecisionReference Vote = new(Named<BallotId>("budget"));

    private static readonly Past Proposed = Given(
        On("2023-10", RoadmapStream, new RoadmapOpened(RoadmapId, "Feuille de route", 2024, 2026)),
        On("2024-01-01", Stream, new WorkstreamProposed(Id, RoadmapId, "Accueil")));

    private static readonly Fact PrintingCommitted = On("2024-03-01", Stream, new ExpenseCommitted(Printing, 2024, "Impression", 120_050, "Devis 12"));

    private static Told Budget(Past past, int year, int cents, string on = "2024-02-01", DecisionReference? decision = null) =>
        past.When(p => new PlanBudget(year, cents, decision, Time(on)).Decide(
            p.Read<Workstream>(Stream), p.Read<Roadmap>(RoadmapStream), decision is { } named ? p.Read<Ballot>(Ballot.Stream(named.Ballot)) : null));

    private static Told Commit(Past past, string on = "2024-03-01", int year = 2024, int cents = 120_050, ConventionId? convention = null, bool paid = false, string purpose = "Impression", string paper = "Devis 12") =>
        past.When(p => new CommitExpense(Printing, year, purpose, cents, paper, convention, paid, Time(on)).Decide(p.Read<Workstream>(Stream), p.Read<Roadmap>(RoadmapStream)));

    private static Told Pay(Past past, ExpenseId expense, int cents, string on) =>
        past.When(p => new PayExpense(expense, cents, "Facture 7", Time(on)).Decide(p.Read<Workstream>(Stream)));

    private static Told Cancel(Past past, ExpenseId expense, string on) => past.When(p => new CancelExpense(expense, "Plus besoin.", Time(on)).Decide(p.Read<Workstream>(Stream)));

    [Fact]
    public void A_budget_is_planned_by_year_with_the_decision_behind_it_and_replaced()
    {
        var after = Budget(Proposed, 2024, 500_000, decision: Vote).Then(On("2024-02-01", Stream, new BudgetPlanned(2024, 500_000, Vote)));
        var plan = Assert.IsType<Workstream.Proposed>(Budget(after, 2024, 450_000, "2024-06-01").Then(On("2024-06-01", Stream, new BudgetPlanned(2024, 450_000))).State<Workstream>(Stream)).Plan;
        Assert.Equal(450_000, plan.Budget[2024]);
        Budget(Proposed, 2024, 0).ThenNothing();
    }

    [Fact]
    public void A_budget_is_never_negative_and_of_a_year_of_the_roadmap()
    {
        Budget(Proposed, 2024, -1).ThenRefused(new NumberOutOfBounds("amountCents", 0, int.MaxValue));
        Budget(Proposed, 2027, 1).ThenRefused(new YearOutsideRoadmap(2027, 2024, 2026));
        Budget(Proposed, 2023, 1).ThenRefused(new YearOutsideRoadmap(2023, 2024, 2026));
        Budget(Proposed, 2024, 1, "2023-12-01").ThenRefused<BeforeItsBeginning>();
        Budget(Proposed.And(On("2024-01-10", Stream, new WorkstreamAbandoned("Non."))), 2024, 1).ThenRefused(new WorkstreamStandsOtherwise(WorkstreamStage.Abandoned));
    }

    [Fact]
    public void An_expense_is_committed_then_paid_for_what_it_came_to()
    {
        var committed = Commit(Proposed).Then(PrintingCommitted);
        Pay(committed, Printing, 130_000, "2024-05-02").Then(On("2024-05-02", Stream, new ExpensePaid(Printing, 130_000, "Facture 7")));
        Commit(Proposed, paid: true).Then(PrintingCommitted, On("2024-03-01", Stream, new ExpensePaid(Printing, 120_050, "Devis 12")));
    }

    [Theory]
    [InlineData(DecisionKind.RoadmapItem, true)]
    [InlineData(DecisionKind.Budget, true)]
    [InlineData(DecisionKind.Ordinary, false)]
    [InlineData(DecisionKind.Admission, false)]
    public void A_budget_rests_on_a_decision_about_the_roadmap_or_the_budget_that_was_taken_here(DecisionKind kind, bool carried)
    {
        var story = BallotStory.WithBoard(3).Drafted(kind: kind).Opened().Voted(Choice.For, 1, 2);
        story.Proclaimed();
        var decision = new PlanBudget(2024, 1, new(BallotStory.TheBallot), Time("2024-02-01")).Decide(
            Proposed.Read<Workstream>(Stream), Proposed.Read<Roadmap>(RoadmapStream), story.Ballots(BallotStory.TheBallot));
        if (carried)
            Assert.IsType<Decision.Accepted>(decision);
        else
            Assert.Equal(new DecisionOfKindNotAsked(kind, DecisionKind.Budget), Assert.IsType<Decision.Refused>(decision).Refusal);
    }

    [Fact]
    public void An_expense_entered_again_as_paid_is_paid_once()
    {
        var paid = On("2024-03-01", Stream, new ExpensePaid(Printing, 120_050, "Devis 12"));
        var again = Commit(Proposed.And(PrintingCommitted), paid: true).Then(paid);
        Commit(again).ThenNothing();
        Commit(Proposed.And(PrintingCommitted, On("2024-05-02", Stream, new ExpensePaid(Printing, 1, "Facture 7"))), paid: true).ThenRefused(new ExpenseAlreadyPaid(Time("2024-05-02")));
        Commit(Proposed.And(PrintingCommitted, On("2024-03-01", Stream, new ExpenseCancelled(Printing, "Non."))), paid: true).ThenRefused<ExpenseIsCancelled>();
    }

    [Fact]
    public void Money_is_spent_before_the_work_starts_and_after_it_is_over()
    {
        Commit(Proposed.And(On("2024-02-01", Stream, new WorkstreamAbandoned("Non.")))).Then(PrintingCommitted);
        Commit(Proposed, "2023-12-31").ThenRefused<BeforeItsBeginning>();
    }

    [Fact]
    public void An_expense_has_an_amount_a_purpose_a_paper_and_a_year_of_the_roadmap()
    {
        Commit(Proposed, cents: 0).ThenRefused(new NumberOutOfBounds("amountCents", 1, int.MaxValue));
        Commit(Proposed, cents: -5).ThenRefused<NumberOutOfBounds>();
        Commit(Proposed, purpose: "").ThenRefused<TextOutOfBounds>();
        Commit(Proposed, paper: " ").ThenRefused<TextOutOfBounds>();
        Commit(Proposed, year: 2030).ThenRefused(new YearOutsideRoadmap(2030, 2024, 2026));
        Commit(Proposed.And(PrintingCommitted), cents: 7).ThenRefused(new ExpenseAlreadyEntered("Impression"));
    }

    [Fact]
    public void An_expense_uses_the_money_of_a_convention_that_funds_the_workstream()
    {
        Commit(Proposed, convention: Convention).ThenRefused<ConventionFundsItNot>();
        var funded = Proposed.And(On("2024-02-01", Stream, new WorkstreamFunded(Convention, [Named<ObjectiveId>("training")])));
        Commit(funded, convention: Convention).Then(On("2024-03-01", Stream, new ExpenseCommitted(Printing, 2024, "Impression", 120_050, "Devis 12", Convention)));
        Commit(funded, "2024-01-15", convention: Convention).ThenRefused<ConventionFundsItNot>();
        Commit(funded.And(On("2024-02-15", Stream, new WorkstreamFunded(Convention, []))), convention: Convention).ThenRefused<ConventionFundsItNot>();
    }

    [Fact]
    public void A_funding_that_an_expense_uses_is_not_taken_back_until_that_expense_is_paid_or_cancelled()
    {
        Told TakenBack(Past past, string on = "2024-06-01") =>
            past.When(p => new RetractWorkstreamFact(Event(3), "Par erreur.", Time(on)).Decide(p.Read<Workstream>(Stream), p.Read<Dependencies>(Dependencies.Stream)));
        var funded = Proposed.And(On("2024-02-01", Stream, new WorkstreamFunded(Convention, [Named<ObjectiveId>("training")])));
        var used = Commit(funded, convention: Convention).ThenAccepted();
        TakenBack(used).ThenRefused(new FundingInUse("Impression"));
        TakenBack(Pay(used, Printing, 1, "2024-05-02").ThenAccepted()).ThenRefused(new FundingInUse("Impression"));
        TakenBack(Cancel(used, Printing, "2024-05-02").ThenAccepted()).ThenAccepted();
        TakenBack(Commit(funded).ThenAccepted()).ThenAccepted();
    }

    [Fact]
    public void What_is_paid_or_cancelled_is_neither_again()
    {
        var committed = Proposed.And(PrintingCommitted);
        var paid = Pay(committed, Printing, 1, "2024-05-02").ThenAccepted();
        Pay(paid, Printing, 2, "2024-05-03").ThenRefused(new ExpenseAlreadyPaid(Time("2024-05-02")));
        Cancel(paid, Printing, "2024-05-03").ThenRefused(new ExpenseAlreadyPaid(Time("2024-05-02")));
        var cancelled = Cancel(committed, Printing, "2024-04-01").Then(On("2024-04-01", Stream, new ExpenseCancelled(Printing, "Plus besoin.")));
        Pay(cancelled, Printing, 1, "2024-05-02").ThenRefused<ExpenseIsCancelled>();
        Pay(committed, Travel, 1, "2024-05-02").ThenRefused<ExpenseNotFound>();
        Cancel(committed, Travel, "2024-05-02").ThenRefused<ExpenseNotFound>();
        Pay(committed, Printing, 0, "2024-05-02").ThenRefused<NumberOutOfBounds>();
    }

    [Fact]
    public void What_is_left_counts_what_is_paid_for_what_it_came_to_and_what_is_cancelled_not_at_all()
    {
        Expense Of(int year, int cents, int? paid = null, string? cancelled = null) => new(
            Named<ExpenseId>($"{year} {cents}"), year, "Impression", cents, "Devis", Time("2024-03-01"), null, paid is { } amount ? new ExpensePayment(amount, Time("2024-05-01")) : null, cancelled);
        var years = Spending.ByYear(
            new Dictionary<int, int> { [2024] = 100_000, [2026] = 5 }, [Of(2024, 60_000, paid: 70_001), Of(2024, 30_000), Of(2024, 99_999, cancelled: "Non."), Of(2025, 1)]);

        Assert.Equal([(2024, new Spending(100_000, 30_000, 70_001)), (2025, new Spending(0, 1, 0)), (2026, new Spending(5, 0, 0))], years);
        Assert.Equal((-1L, true), (years[0].Spending.Left, years[0].Spending.IsOverBudget));
        Assert.Equal((5L, false), (years[2].Spending.Left, years[2].Spending.IsOverBudget));
    }

    [Fact]
    public void Several_working_groups_carry_a_workstream()
    {
        var (transition, health) = (Named<WorkingGroupId>("Transition"), Named<WorkingGroupId>("Santé"));
        var groups = Proposed.And(
            On("2020", WorkingGroup.Stream(transition), new WorkingGroupCreated(transition, "Transition", GroupOrigin.New, [])),
            On("2020", WorkingGroup.Stream(health), new WorkingGroupCreated(health, "Santé", GroupOrigin.New, [])));
        Told Assign(Past past, string on, params IReadOnlyList<WorkingGroupId> named) => past.When(p => new AssignGroups(named, Time(on)).Decide(
            p.Read<Workstream>(Stream), [.. named.Distinct().Select(g => p.Read<WorkingGroup>(WorkingGroup.Stream(g)))]));

        var carried = Assign(groups, "2024-02-01", transition, health).Then(On("2024-02-01", Stream, new GroupsAssigned([transition, health])));
        Assign(carried, "2024-03-01").Then(On("2024-03-01", Stream, new GroupsAssigned([])));
        Assign(groups, "2024-02-01", transition, transition).ThenRefused<GroupNamedTwice>();
        Assign(Proposed, "2024-02-01", transition).ThenRefused<GroupNotThere>();
        Assign(groups, "2023-12-01", transition).ThenRefused<BeforeItsBeginning>();
    }
}
