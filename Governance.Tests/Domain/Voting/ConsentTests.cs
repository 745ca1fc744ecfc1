using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Domain.Voting;

/// <summary>The rule is published; the proposals, the numbers and the reasons here are constructed: no count of a consent with its papers was found published.</summary>
public sealed class ConsentTests
{
    private static readonly Question Proposal = new(new Consent(), ["Move to a four-day rota"]);
    private static readonly Paper Consents = new Paper.Consents();
    private static readonly Paper StandsAside = new Paper.StandsAside();

    private static Paper Objects(string? reason) => new Paper.Objects(reason);

    // The rule of consent in sociocracy: a decision is taken when nobody has a reasoned and paramount objection to it
    // (G. Endenburg, « Sociocracy: the organization of decision-making », 1998, first basic rule).
    [Fact]
    public void A_proposal_passes_when_nobody_objects()
    {
        var outcome = Proposal.Outcome(Consents.Times(7), StandsAside.Times(2));

        Assert.Equal(Verdict.Adopted, outcome.Verdict);
        Assert.Equal((new Tally(7, 7), new Tally(2, 2)), (outcome.Only<ConsentAsked>().Consents, outcome.Only<ConsentAsked>().StandsAside));
        Assert.Empty(outcome.Ranking);
    }

    // The same rule: one reasoned objection stands against any number who consent; consent is not a majority.
    [Fact]
    public void One_reasoned_objection_holds_a_proposal_up_however_many_consent()
    {
        var outcome = Proposal.Outcome(Consents.Times(40), Objects("No one is left for the night shift").Times(1, "teams"));

        Assert.Equal(Verdict.Rejected, outcome.Verdict);
        Assert.Equal([new Objection("No one is left for the night shift", new(1, 1), "teams")], outcome.Only<ConsentAsked>().Objections);
    }

    // The same rule: the objection is met by amending, and everybody is asked again.
    [Fact]
    public void An_amended_proposal_is_asked_again_and_passes_once_the_objection_is_met()
    {
        var first = Proposal.Outcome(Consents.Times(5), Objects("No one is left for the night shift").Times(1));
        var again = new Question(new Consent(), ["Move to a four-day rota, nights kept"]).Outcome(Consents.Times(6));

        Assert.Equal((Verdict.Rejected, Verdict.Adopted), (first.Verdict, again.Verdict));
    }

    [Fact]
    public void Standing_aside_abstaining_and_blank_papers_do_not_stand_in_the_way()
    {
        var outcome = Proposal.Outcome(
            null, [Motions.Members(9)],
            StandsAside.Times(2), new Paper.Abstains().Times(1), new Paper.Blank().Times(3), new Paper.Null().Times(1));

        Assert.Equal(Verdict.Adopted, outcome.Verdict);
        Assert.Equal(new MethodCounts(new(2, 2), new(1, 1), new(3, 3), new(1, 1), new(2, 2)), outcome.Counts);
    }

    [Fact]
    public void Objections_are_told_in_the_same_order_whatever_order_they_came_in()
    {
        PapersAlike[] papers = [Objects("Too dear").Times(1), Objects("Too soon").Times(2), Objects("Too dear").Times(1, "teams")];

        var one = Proposal.Outcome(papers).Only<ConsentAsked>().Objections;
        var other = Proposal.Outcome(papers.Reverse()).Only<ConsentAsked>().Objections;

        Assert.Equal([("Too dear", null), ("Too soon", null), ("Too dear", "teams")], one.Select(o => (o.Reason, o.College)));
        Assert.Equal(one, other);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void An_objection_is_asked_for_its_reason(string? reason) =>
        Assert.IsType<ObjectionWithoutReason>(Proposal.Count().Add(Objects(reason).Times(1)));

    [Fact]
    public void Who_weighs_more_objects_no_more() => Assert.Equal(
        Verdict.Rejected, Proposal.Outcome(Consents.Weighing(100), Objects("Too dear").Weighing(Motions.F(1, 3))).Verdict);
}
