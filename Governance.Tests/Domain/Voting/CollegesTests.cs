using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Motions;

namespace Governance.Tests.Domain.Voting;

/// <summary>Constructed, an empty college among them: what is published of votes by college gives no counts of papers by this program's rules to hold against.</summary>
public sealed class CollegesTests
{
    private static readonly RollGroup[] Three = [Members(10, "presidents"), Members(10, "directors"), Members(100, "teams")];

    private static CollegesRule Mode(CollegeMode mode, int? atLeast = null, MissingCollege missing = MissingCollege.Block) =>
        new(mode, missing, [], atLeast);

    private static Outcome ThreeVote(MotionRules rules, (long For, long Against) presidents, (long For, long Against) directors, (long For, long Against) teams) =>
        Judge(
            rules, Three, Papers(presidents.For, presidents.Against, college: "presidents"),
            Papers(directors.For, directors.Against, college: "directors"), Papers(teams.For, teams.Against, college: "teams"));

    [Fact]
    public void Pooled_the_largest_college_carries_the_others()
    {
        var outcome = ThreeVote(Rules(), (0, 10), (0, 10), (60, 0));

        Assert.Equal((Verdict.Adopted, (Fraction)80), (outcome.Verdict, outcome.Base));
        Assert.Equal(["directors", "presidents", "teams"], outcome.Colleges.Select(c => c.College));
        Assert.Equal(new Tally(40, 40), outcome.Colleges[2].Counts.NotVoting);
    }

    [Fact]
    public void Normalised_each_college_weighs_the_same_whatever_its_size()
    {
        var outcome = ThreeVote(Rules(colleges: Mode(CollegeMode.Normalised)), (0, 10), (4, 6), (60, 0));

        Assert.Equal((Verdict.Rejected, (Fraction)3, F(3, 2)), (outcome.Verdict, outcome.Base, outcome.Threshold));
        Assert.Equal(F(7, 5), Assert.Single(outcome.Steps.OfType<MajorityJudged>()).For);
    }

    [Fact]
    public void Normalised_the_weights_of_the_rule_stand_before_those_of_the_colleges()
    {
        var rule = Mode(CollegeMode.Normalised) with { Weights = [new("teams", F(1, 2))] };
        var outcome = Judge(
            Rules(colleges: rule), [Members(10, "presidents", weight: 2), Members(100, "teams", weight: 3)],
            Papers(0, 10, college: "presidents"), Papers(100, college: "teams"));

        Assert.Equal((Verdict.Rejected, F(5, 2)), (outcome.Verdict, outcome.Base));
    }

    [Theory]
    [InlineData(2, Verdict.Adopted)]
    [InlineData(3, Verdict.Rejected)]
    public void So_many_colleges_adopt_each_by_itself(int atLeast, Verdict verdict)
    {
        var outcome = ThreeVote(Rules(colleges: Mode(CollegeMode.SomeColleges, atLeast)), (6, 4), (6, 4), (0, 100));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(new CollegesInFavour("art. 7", 2, atLeast, 3, verdict == Verdict.Adopted), outcome.Steps[^1]);
        Assert.Null(outcome.Threshold);
    }

    [Theory]
    [InlineData(100, 0, 6, Verdict.Adopted)]
    [InlineData(30, 70, 6, Verdict.Rejected)]
    [InlineData(100, 0, 5, Verdict.Rejected)]
    public void Double_asks_for_the_pooled_votes_and_for_colleges(long teamsFor, long teamsAgainst, long directorsFor, Verdict verdict) =>
        Assert.Equal(verdict, ThreeVote(
            Rules(colleges: Mode(CollegeMode.Double, 2)), (0, 10), (directorsFor, 10 - directorsFor), (teamsFor, teamsAgainst)).Verdict);

    [Fact]
    public void Colleges_can_ask_for_a_majority_of_their_own()
    {
        var rule = Mode(CollegeMode.SomeColleges, 3) with { Within = Share(2, 3) };

        Assert.Equal(Verdict.Rejected, ThreeVote(Rules(colleges: rule), (6, 4), (7, 3), (100, 0)).Verdict);
        Assert.Equal(Verdict.Adopted, ThreeVote(Rules(colleges: rule), (7, 3), (7, 3), (100, 0)).Verdict);
    }

    [Theory]
    [InlineData(VetoWhen.Opposed, 4, 6, Verdict.Rejected)]
    [InlineData(VetoWhen.Opposed, 5, 5, Verdict.Adopted)]
    [InlineData(VetoWhen.NotAdopted, 5, 5, Verdict.Rejected)]
    [InlineData(VetoWhen.NotAdopted, 6, 4, Verdict.Adopted)]
    public void One_college_can_veto(VetoWhen when, long presidentsFor, long presidentsAgainst, Verdict verdict)
    {
        var rule = Mode(CollegeMode.Veto) with { VetoOf = "presidents", VetoWhen = when };

        Assert.Equal(verdict, ThreeVote(Rules(colleges: rule), (presidentsFor, presidentsAgainst), (10, 0), (100, 0)).Verdict);
    }

    [Theory]
    [InlineData(MissingCollege.Drop, Verdict.Adopted)]
    [InlineData(MissingCollege.Against, Verdict.Adopted)]
    [InlineData(MissingCollege.Block, Verdict.NoQuorum)]
    public void An_empty_college_is_dropped_counted_against_or_blocks_when_colleges_are_normalised(MissingCollege missing, Verdict verdict)
    {
        var outcome = Judge(
            Rules(colleges: Mode(CollegeMode.Normalised, missing: missing)), [Members(10, "presidents"), Members(10, "directors"), Members(0, "teams")],
            Papers(9, 1, college: "presidents"), Papers(7, 3, college: "directors"));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Contains(new CollegeMissing("art. 7", MissingReason.Empty, missing, "teams"), outcome.Steps);
        Assert.Equal(missing switch { MissingCollege.Drop => 2, MissingCollege.Against => 3, _ => (Fraction?)null }, outcome.Base);
    }

    [Theory]
    [InlineData(MissingCollege.Drop, Verdict.Adopted)]
    [InlineData(MissingCollege.Against, Verdict.Rejected)]
    [InlineData(MissingCollege.Block, Verdict.NoQuorum)]
    public void An_empty_college_is_dropped_counted_against_or_blocks_when_every_college_must_adopt(MissingCollege missing, Verdict verdict) =>
        Assert.Equal(verdict, Judge(
            Rules(colleges: Mode(CollegeMode.SomeColleges, 3, missing)), [Members(10, "presidents"), Members(10, "directors"), Members(0, "teams")],
            Papers(9, 1, college: "presidents"), Papers(7, 3, college: "directors")).Verdict);

    [Fact]
    public void With_every_college_empty_and_dropped_nothing_is_adopted() =>
        Assert.Equal(Verdict.Rejected, Judge(
            Rules(colleges: Mode(CollegeMode.SomeColleges, 1, MissingCollege.Drop)), [Members(0, "presidents"), Members(0, "teams")]).Verdict);

    [Theory]
    [InlineData(MissingCollege.Drop, Verdict.Adopted, 6)]
    [InlineData(MissingCollege.Against, Verdict.Rejected, 16)]
    [InlineData(MissingCollege.Block, Verdict.NoQuorum, null)]
    public void A_college_without_quorum_is_dropped_counted_against_or_blocks(MissingCollege missing, Verdict verdict, int? @base)
    {
        var quorum = QuorumRule.OfMembers(F(1, 2)) with { Extent = QuorumExtent.EachCollege };
        var outcome = Judge(
            Rules(quorum: quorum, colleges: CollegesRule.Pooled with { Missing = missing }), [Members(10, "presidents"), Members(10, "teams")],
            Papers(4, 2, college: "presidents"), Papers(4, college: "teams"));

        Assert.Equal((verdict, @base is { } b ? b : (Fraction?)null), (outcome.Verdict, outcome.Base));
        Assert.Contains(new CollegeMissing("art. 7", MissingReason.NoQuorum, missing, "teams"), outcome.Steps);
    }

    [Theory]
    [InlineData(MissingCollege.Drop, Verdict.Adopted)]
    [InlineData(MissingCollege.Against, Verdict.Rejected)]
    [InlineData(MissingCollege.Block, Verdict.Rejected)]
    public void A_college_that_expresses_nothing_has_no_result_to_weigh(MissingCollege missing, Verdict verdict) =>
        Assert.Equal(verdict, Judge(
            Rules(colleges: Mode(CollegeMode.Normalised, missing: missing)), [Members(10, "presidents"), Members(10, "teams")],
            Papers(9, 1, college: "presidents"), Papers(blank: 10, college: "teams")).Verdict);

    [Theory]
    [InlineData(2, Verdict.Adopted)]
    [InlineData(3, Verdict.NoQuorum)]
    public void A_quorum_can_be_asked_of_so_many_colleges(int colleges, Verdict verdict)
    {
        var quorum = QuorumRule.OfMembers(F(1, 2)) with { Extent = QuorumExtent.SomeColleges, Colleges = colleges };

        var outcome = ThreeVote(Rules(quorum: quorum), (5, 0), (5, 0), (49, 0));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Contains(new CollegesWithQuorum("art. 10", 2, colleges, 3, verdict == Verdict.Adopted), outcome.Steps);
    }

    [Fact]
    public void A_vetoing_college_that_is_empty_and_counted_against_vetoes()
    {
        var rule = Mode(CollegeMode.Veto, missing: MissingCollege.Against) with { VetoOf = "presidents" };

        Assert.Equal(Verdict.Rejected, Judge(Rules(colleges: rule), [Members(0, "presidents"), Members(10, "teams")], Papers(10, college: "teams")).Verdict);
        Assert.Equal(Verdict.Adopted, Judge(
            Rules(colleges: rule with { Missing = MissingCollege.Drop }), [Members(0, "presidents"), Members(10, "teams")], Papers(10, college: "teams")).Verdict);
    }
}
