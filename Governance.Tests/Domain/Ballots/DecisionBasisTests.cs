using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
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

    private static Refusal? Refuses(Past past, IEvent resting, string on, StreamId? stream = null) => Refuses([On(on, stream ?? Workstream, resting)], past);

    /// <summary>The first refusal of facts as a command would get it.</summary>
    /// <param name="since">When the recording began; null for an association of which all is transcribed.</param>
    internal static Refusal? Refuses(IReadOnlyList<Fact> facts, Past past, RulesInForce? rules = null, string? since = null, bool transcribed = false, params BallotId[] documented) => DecisionBasis.Unfounded(
        facts,
        new(
            [.. DecisionBasis.BallotsNamed(facts).Select(b => past.Read<Ballot>(Ballot.Stream(b)))], past.Read<Body>, _ => rules ?? RulesInForce.Defaults,
            new(since is null ? null : Time(since).Instant, Paris), _ => transcribed, documented.Contains)).Select(f => f.Why).FirstOrDefault();

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
    [InlineData(Verdict.Adopted, "2024-01-01", null)]
    [InlineData(Verdict.Rejected, "2024-01-01", typeof(DecisionDoesNotStand))]
    [InlineData(Verdict.Adopted, "2023-01-01", typeof(DecisionTakenLater))]
    public void Dues_are_called_by_a_decision_that_is_there_was_adopted_and_was_taken_before(Verdict verdict, string on, Type? refused)
    {
        var called = new DuesCalled("2024", 10_000, Time("2024-12-31"), new(Decided));
        Assert.Equal(refused, Refuses(Transcribed("2023-10-14", verdict), called, on, Member.Stream(Named<MemberId>("centre")))?.GetType());
        Assert.NotNull(Refuses(Nothing, called, on));
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
        var refusal = DecisionBasis.Unfounded(
            [new Fact(Member.Stream(member), admitted, BallotStory.At(BallotStory.After))],
            new([story.Ballots(BallotStory.TheBallot)], story.TimelineOf<Body>, _ => RulesInForce.Defaults, new(null, Paris), _ => false, _ => false)).Select(f => f.Why).FirstOrDefault();

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
            var refusal = DecisionBasis.Unfounded(
                [new Fact(Workstream, changed, BallotStory.At(BallotStory.After))],
                new([story.Ballots(BallotStory.TheBallot)], story.TimelineOf<Body>, _ => RulesInForce.Defaults, new(null, Paris), _ => false, _ => false)).Select(f => f.Why).FirstOrDefault();
            Assert.Equal(carried ? null : new DecisionOfKindNotAsked(decided, DecisionKind.RoadmapItem), refusal);
        }
    }

    [Fact]
    public void A_decision_of_before_may_be_of_any_kind() => Assert.Null(Refuses(
        Transcribed("2023-10-14"), new MemberAdmitted(Named<MemberId>("centre"), new("Centre"), false, Decision: new(Decided)), "2023-10-14", Member.Stream(Named<MemberId>("centre"))));

    [Fact]
    public void Where_the_statutes_say_who_admits_an_admission_names_its_decision()
    {
        var member = Named<MemberId>("centre");
        Refusal? Missing(IEvent @event, params Rule[] rules) => Refuses([On("2024-01-01", Member.Stream(member), @event)], Transcribed("2023-10-14"), new(null, rules));
        var admitted = new MemberAdmitted(member, new("Centre"), false);

        Assert.Equal(new DecisionNotNamed(DecisionKind.Admission, "art. 6"), Missing(admitted, BoardAdmits));
        Assert.Null(Missing(admitted));
        Assert.Null(Missing(admitted with { Decision = new(Decided) }, BoardAdmits));
        Assert.Null(Missing(new MemberSuspended("Dues"), BoardAdmits));
    }

    private static readonly Rule BoardAdmits = new("art. 6", new(Decision: DecisionKind.Admission), new AuthorityRule([BodyKind.Board]));

    [Theory]
    [InlineData("2023-12-31", true)]
    [InlineData("2024-05", true)]
    [InlineData("2024-06", false)]
    [InlineData("2024", false)]
    [InlineData("2024-06-03", false)]
    [InlineData("2024-06-03T09:59:59Z", true)]
    [InlineData("2024-06-03T10:00:00Z", false)]
    [InlineData("2024-07-01", false)]
    public void A_document_spares_an_admission_its_decision_only_where_all_of_its_day_month_or_year_was_before_the_recording_began(string on, bool spared)
    {
        var member = Named<MemberId>("centre");
        Fact[] facts = [On(on, Member.Stream(member), new MemberAdmitted(member, new("Centre"), false))];
        Refusal? Told(bool transcribed) => Refuses(facts, Nothing, new(null, [BoardAdmits]), since: "2024-06-03T10:00:00Z", transcribed: transcribed);

        Assert.Equal(spared ? null : new DecisionNotNamed(DecisionKind.Admission, "art. 6"), Told(transcribed: true));
        Assert.IsType<DecisionNotNamed>(Told(transcribed: false));
    }

    [Fact]
    public void Each_fact_is_judged_by_the_rules_of_its_own_day()
    {
        var member = Member.Stream(Named<MemberId>("centre"));
        var admitted = new MemberAdmitted(Named<MemberId>("centre"), new("Centre"), false);
        Fact[] facts = [On("2023-01-01", member, admitted), On("2024-01-01", member, admitted), On("2025-01-01", member, admitted)];
        var known = new DecisionsKnown([], Nothing.Read<Body>, on => on >= Time("2024-01-01") && on < Time("2025-01-01") ? new(null, [BoardAdmits]) : RulesInForce.Defaults, new(null, Paris), _ => false, _ => false);

        Assert.Same(facts[1], Assert.Single(DecisionBasis.Unfounded(facts, known)).Fact);
    }

    [Fact]
    public void A_source_of_one_fact_spares_no_other_its_decision()
    {
        var member = Named<MemberId>("centre");
        Fact[] facts = [.. Enumerable.Range(0, 2).Select(_ => On("2023-01-01", Member.Stream(member), new MemberAdmitted(member, new("Centre"), false)))];
        var known = new DecisionsKnown([], Nothing.Read<Body>, _ => new(null, [BoardAdmits]), new(Time("2024-01-01").Instant, Paris), fact => ReferenceEquals(fact, facts[0]), _ => false);

        Assert.Same(facts[1], Assert.Single(DecisionBasis.Unfounded(facts, known)).Fact);
    }

    private static readonly BodyId Board = Named<BodyId>("board"), Assembly = Named<BodyId>("assembly");

    private static Past Elsewhere(string on, DecisionKind kind = DecisionKind.Admission, BodyId? body = null) => Given(
        On("2020", Body.Stream(Board), new BodyConstituted(Board, "Conseil", BodyKind.Board, [])),
        On("2020", Body.Stream(Assembly), new BodyConstituted(Assembly, "Assemblée", BodyKind.GeneralAssembly, [])),
        On(on, Ballot.Stream(Decided), new OutcomeTranscribed(Decided, kind, "Admission", Verdict.Adopted, body)));

    [Fact]
    public void An_outcome_transcribed_from_elsewhere_since_the_recording_began_carries_nothing_without_its_document_its_kind_and_a_body_that_may_take_it()
    {
        var member = Named<MemberId>("centre");
        Fact[] facts = [On("2024-07-10", Member.Stream(member), new MemberAdmitted(member, new("Centre"), false, Decision: new(Decided)))];
        Refusal? Told(Past past, params BallotId[] documented) => Refuses(facts, past, new(null, [BoardAdmits]), "2024-06-01", transcribed: true, documented);

        Assert.Equal(new OutcomeWithoutDocument(Time("2024-07-01")), Told(Elsewhere("2024-07-01", body: Board)));
        Assert.Equal(new DecisionOfKindNotAsked(DecisionKind.Ordinary, DecisionKind.Admission, "art. 6"), Told(Elsewhere("2024-07-01", DecisionKind.Ordinary, Board), Decided));
        Assert.Equal(new OutcomeOfNoBody(DecisionKind.Admission, "art. 6"), Told(Elsewhere("2024-07-01"), Decided));
        Assert.Equal(new BodyWithoutAuthority(BodyKind.GeneralAssembly, DecisionKind.Admission, "art. 6"), Told(Elsewhere("2024-07-01", body: Assembly), Decided));
        Assert.Null(Told(Elsewhere("2024-07-01", body: Board), Decided));
        Assert.Null(Told(Elsewhere("2024-05-01", DecisionKind.Ordinary)));
    }

    [Fact]
    public void Nor_does_it_adopt_statutes_annul_a_vote_or_call_dues()
    {
        var version = Named<StatutesVersionId>("statutes");
        foreach (IEvent @event in new IEvent[]
        {
            new StatutesAdopted(version, Time("2024-07-10"), new(Decided)), new BallotAnnulled(Named<BallotId>("other"), "Vice", false, new(Decided)),
            new DuesCalled("2024", 12_000, Time("2024-12-31"), new(Decided)),
        })
        {
            Assert.Equal(new OutcomeWithoutDocument(Time("2024-07-01")), Refuses([On("2024-07-10", StatutesVersions.Stream, @event)], Elsewhere("2024-07-01"), since: "2024-06-01"));
        }
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
