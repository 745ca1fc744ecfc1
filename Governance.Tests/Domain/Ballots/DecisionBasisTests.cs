using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Ballots;

/// <summary>What says that it rests on a decision rests on one that was taken, in time, about the same thing.</summary>
public sealed class DecisionBasisTests
{
    private static readonly BallotId Decided = Named<BallotId>("decision");
    private static readonly WorkstreamId Welcome = Named<WorkstreamId>("welcome");
    private static readonly StreamId Workstream = Governance.Domain.Roadmaps.Workstream.Stream(Welcome);

    private static Past Transcribed(string on, Verdict verdict = Verdict.Adopted, WorkstreamId? workstream = null) => Given(On(
        on, Ballot.Stream(Decided), new OutcomeTranscribed(Decided, DecisionKind.RoadmapItem, "Accueil", verdict, Workstream: workstream)));

    private static Refusal? Refuses(Past past, IEvent resting, string on, StreamId? stream = null)
    {
        Fact[] facts = [On(on, stream ?? Workstream, resting)];
        return DecisionBasis.Refuses(facts, [.. DecisionBasis.BallotsNamed(facts).Select(b => past.Read<Ballot>(Ballot.Stream(b)))], past.Read<Body>, Paris);
    }

    private static WorkstreamAdopted Adopted => new(new DecisionReference(Decided));

    [Fact]
    public void What_names_no_decision_needs_none() => Assert.Null(Refuses(Nothing, new WorkstreamAbandoned("No budget."), "2024-01-01"));

    [Fact]
    public void An_adopted_decision_carries_what_rests_on_it() => Assert.Null(Refuses(Transcribed("2023-10-14", workstream: Welcome), Adopted, "2023-10-14"));

    [Fact]
    public void A_decision_that_nobody_took_carries_nothing() => Assert.IsType<BallotNotFound>(Refuses(Nothing, Adopted, "2024-01-01"));

    [Fact]
    public void A_rejected_motion_adopts_nothing_but_can_refuse_an_application_or_give_a_workstream_up()
    {
        var rejected = Transcribed("2023-10-14", Verdict.Rejected);
        Assert.IsType<DecisionDoesNotStand>(Refuses(rejected, Adopted, "2024-01-01"));
        Assert.Null(Refuses(rejected, new WorkstreamAbandoned("Rejected.", new(Decided)), "2024-01-01"));
        Assert.Null(Refuses(rejected, new MembershipRefused("Rejected.", new(Decided)), "2024-01-01", Member.Stream(Named<MemberId>("applicant"))));
    }

    [Fact]
    public void An_annulled_decision_carries_nothing()
    {
        var annulled = Transcribed("2023-10-14").And(On("2023-11-01", Ballot.Stream(Decided), new BallotAnnulled(Decided, "No quorum.", false)));
        Assert.IsType<DecisionDoesNotStand>(Refuses(annulled, Adopted, "2024-01-01"));
        Assert.IsType<DecisionDoesNotStand>(Refuses(annulled, new MembershipRefused("Rejected.", new(Decided)), "2024-01-01"));
    }

    [Theory]
    [InlineData(DecisionKind.RoadmapItem, false)]
    [InlineData(DecisionKind.Ordinary, false)]
    [InlineData(DecisionKind.Admission, true)]
    public void An_admission_rests_on_no_decision_of_another_kind_that_was_taken_here(DecisionKind decided, bool carried)
    {
        var story = BallotStory.WithBoard(3).Drafted(kind: decided).Opened().Voted(Choice.For, 1, 2);
        story.Proclaimed();
        var member = Named<MemberId>("centre");
        var admitted = new MemberAdmitted(member, new("Centre"), false, Decision: new(BallotStory.TheBallot));
        var refusal = DecisionBasis.Refuses(
            [new Fact(Member.Stream(member), admitted, BallotStory.At(BallotStory.After))], [story.Ballots(BallotStory.TheBallot)], story.TimelineOf<Body>, Paris);

        Assert.Equal(carried ? null : new DecisionOfKindNotAsked(decided, DecisionKind.Admission), refusal);
    }

    [Theory]
    [InlineData(DecisionKind.RoadmapItem, true)]
    [InlineData(DecisionKind.Ordinary, false)]
    [InlineData(DecisionKind.Admission, false)]
    public void What_changes_a_plan_rests_on_a_decision_about_the_roadmap(DecisionKind decided, bool carried)
    {
        var story = BallotStory.WithBoard(3).Drafted(kind: decided).Opened().Voted(Choice.For, 1, 2);
        story.Proclaimed();
        var vote = new DecisionReference(BallotStory.TheBallot);
        foreach (var changed in new IEvent[]
        {
            new WorkstreamScheduled(Time("2024-Q1"), null, vote), new MilestoneMoved(Named<MilestoneId>("booklet"), Time("2024-Q2"), "Relecture.", vote),
            new WorkstreamPaused("Plus de budget.", vote),
        })
        {
            var refusal = DecisionBasis.Refuses([new Fact(Workstream, changed, BallotStory.At(BallotStory.After))], [story.Ballots(BallotStory.TheBallot)], story.TimelineOf<Body>, Paris);
            Assert.Equal(carried ? null : new DecisionOfKindNotAsked(decided, DecisionKind.RoadmapItem), refusal);
        }
    }

    [Fact]
    public void A_decision_of_a_document_may_be_of_any_kind() => Assert.Null(Refuses(
        Transcribed("2023-10-14"), new MemberAdmitted(Named<MemberId>("centre"), new("Centre"), false, Decision: new(Decided)), "2023-10-14", Member.Stream(Named<MemberId>("centre"))));

    [Fact]
    public void Where_the_statutes_say_who_admits_an_admission_names_its_decision()
    {
        var member = Named<MemberId>("centre");
        DecisionNotNamed? Missing(IEvent @event, params Rule[] rules) => DecisionBasis.Missing([On("2024-01-01", Member.Stream(member), @event)], new(null, rules));
        var authority = new Rule("art. 6", new(Decision: DecisionKind.Admission), new AuthorityRule([BodyKind.Board]));
        var admitted = new MemberAdmitted(member, new("Centre"), false);

        Assert.Equal(new DecisionNotNamed(DecisionKind.Admission, "art. 6"), Missing(admitted, authority));
        Assert.Null(Missing(admitted));
        Assert.Null(Missing(admitted with { Decision = new(Decided) }, authority));
        Assert.Null(Missing(new MemberSuspended("Dues"), authority));
    }

    [Theory]
    [InlineData("2023-10-13", false)]
    [InlineData("2023-10-14", true)]
    [InlineData("2023-10", true)]
    [InlineData("2023-Q4", true)]
    [InlineData("2023-09", false)]
    public void Nothing_rests_on_a_decision_that_comes_after_it_or_after_its_period(string on, bool carried)
    {
        var refusal = Refuses(Transcribed("2023-10-14T09:00:00Z"), Adopted, on);
        if (carried)
            Assert.Null(refusal);
        else
            Assert.Equal(new DecisionTakenLater(Time("2023-10-14T09:00:00Z")), refusal);
    }

    [Fact]
    public void A_decision_about_one_workstream_adopts_no_other() =>
        Assert.IsType<DecisionAboutAnotherWorkstream>(Refuses(Transcribed("2023-10-14", workstream: Named<WorkstreamId>("tools")), Adopted, "2024-01-01"));

    [Fact]
    public void A_month_in_which_the_statutes_were_adopted_ends_with_the_month() =>
        Assert.Equal(Time("2023-11-01").Instant, new EffectiveTime(Time("2023-10-14T09:00:00Z").Instant, Precision.Month).PeriodEnd(Paris));
}
