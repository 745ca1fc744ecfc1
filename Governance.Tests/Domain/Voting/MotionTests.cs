using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Motions;

namespace Governance.Tests.Domain.Voting;

public sealed class MotionTests
{
    [Fact]
    public void More_than_half_of_the_expressed_votes_adopts()
    {
        var outcome = Judge(Rules(), Members(20), Papers(@for: 8, against: 7, abstain: 2, blank: 1, @null: 1));

        Assert.Equal(Verdict.Adopted, outcome.Verdict);
        Assert.Equal((15, F(15, 2), Comparison.MoreThan), ((long)outcome.Base!.Value.Numerator, outcome.Threshold, outcome.Comparison));
        Assert.Equal(new Counts(new(8, 8), new(7, 7), new(2, 2), new(1, 1), new(1, 1), new(1, 1)), outcome.Counts);
        Assert.Equal(["art. 10", "art. 12"], outcome.Steps.Select(s => s.Article));
        Assert.Empty(outcome.Colleges);
    }

    // Congress of the French Parliament, 21 July 2008, three fifths of the votes expressed (Constitution, art. 89): of 906
    // convened 905 voted, 896 expressed themselves, 539 for and 357 against; the majority required was announced as 538.
    [Theory]
    [InlineData(539, 357, Verdict.Adopted)]
    [InlineData(538, 358, Verdict.Adopted)]
    [InlineData(537, 359, Verdict.Rejected)]
    public void Three_fifths_as_the_Congress_voted_in_July_2008(long @for, long against, Verdict verdict)
    {
        var outcome = Judge(Rules(Share(3, 5)), Members(906), Papers(@for, against, abstain: 9));

        Assert.Equal((verdict, (Fraction)896, F(2688, 5)), (outcome.Verdict, outcome.Base, outcome.Threshold));
        Assert.Equal(new Tally(1, 1), outcome.Counts.NotVoting);
    }

    // The same Congress, 4 February 2008: 893 voted, 741 expressed, three fifths announced as 445, 560 for and 181 against.
    [Theory]
    [InlineData(560, 181, Verdict.Adopted)]
    [InlineData(445, 296, Verdict.Adopted)]
    [InlineData(444, 297, Verdict.Rejected)]
    public void Three_fifths_as_the_Congress_voted_in_February_2008(long @for, long against, Verdict verdict)
    {
        var outcome = Judge(Rules(Share(3, 5)), Members(906), Papers(@for, against, abstain: 152));

        Assert.Equal((verdict, (Fraction)741, F(2223, 5)), (outcome.Verdict, outcome.Base, outcome.Threshold));
    }

    // National Assembly of Guyana, 21 December 2018, no confidence: 33 for and 32 against of 65. That half and one, unrounded, are 33 and a half, so that 34
    // were needed, was pleaded; the Caribbean Court of Justice held on 18 June 2019 ([2019] CCJ 10 (AJ)) that the constitution asked for a
    // majority of all members, which 33 are. The two forms of the rule part there.
    [Theory]
    [InlineData(33, 32, Verdict.Adopted, Verdict.Rejected)]
    [InlineData(34, 31, Verdict.Adopted, Verdict.Adopted)]
    public void Of_65_members_33_are_more_than_half_and_34_are_half_plus_one_as_pleaded_in_Guyana(long @for, long against, Verdict moreThanHalf, Verdict halfPlusOne)
    {
        Assert.Equal(moreThanHalf, Judge(Rules(), Members(65), Papers(@for, against)).Verdict);
        Assert.Equal((halfPlusOne, F(67, 2)), (Judge(Rules(HalfPlusOne), Members(65), Papers(@for, against)).Verdict, Judge(Rules(HalfPlusOne), Members(65), Papers(@for, against)).Threshold));
    }

    [Theory]
    [InlineData(8, 7, Verdict.Rejected)]
    [InlineData(9, 6, Verdict.Adopted)]
    public void Half_plus_one_of_fifteen_is_nine_and_more_than_half_is_eight(long @for, long against, Verdict verdict)
    {
        Assert.Equal(verdict, Judge(Rules(HalfPlusOne), Members(15), Papers(@for, against)).Verdict);
        Assert.Equal(F(17, 2), Judge(Rules(HalfPlusOne), Members(15), Papers(@for, against)).Threshold);
        Assert.Equal(Verdict.Adopted, Judge(Rules(), Members(15), Papers(@for, against)).Verdict);
    }

    [Theory]
    [InlineData(Comparison.AtLeast, Verdict.Adopted)]
    [InlineData(Comparison.MoreThan, Verdict.Rejected)]
    public void Exactly_the_threshold_is_reached_by_at_least_and_missed_by_more_than(Comparison comparison, Verdict verdict)
    {
        var outcome = Judge(Rules(Share(2, 3, comparison)), Members(9), Papers(@for: 6, against: 3));

        Assert.Equal((verdict, (Fraction)6), (outcome.Verdict, outcome.Threshold));
    }

    [Fact]
    public void Zero_votes_expressed_adopts_nothing()
    {
        var outcome = Judge(Rules(Share(1, 2), tie: TieBreak.Lot), Members(9), Papers(abstain: 4));

        Assert.Equal((Verdict.Rejected, Fraction.Zero, Fraction.Zero), (outcome.Verdict, outcome.Base, outcome.Threshold));
        Assert.Equal(new Tally(5, 5), outcome.Counts.NotVoting);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 7)]
    public void All_blank_adopts_nothing_whether_blanks_count_or_not(bool counted, long @base)
    {
        var outcome = Judge(Rules(MajorityRule.MoreThanHalfExpressed with { WithBlanks = counted }), Members(7), Papers(blank: 7));

        Assert.Equal((Verdict.Rejected, (Fraction)@base), (outcome.Verdict, outcome.Base));
        Assert.Equal(new Tally(7, 7), outcome.Counts.Blank);
    }

    [Fact]
    public void A_motion_with_no_vote_for_is_never_adopted_even_by_a_share_of_nothing()
    {
        var outcome = Judge(Rules(Share(0, 1)), Members(3), Papers(abstain: 3));

        Assert.Equal(Verdict.Rejected, outcome.Verdict);
    }

    [Theory]
    [InlineData(MajorityBase.Expressed, false, false, false, 10)]
    [InlineData(MajorityBase.Expressed, true, false, false, 13)]
    [InlineData(MajorityBase.Expressed, false, true, false, 12)]
    [InlineData(MajorityBase.Expressed, false, false, true, 11)]
    [InlineData(MajorityBase.Expressed, true, true, true, 16)]
    [InlineData(MajorityBase.Present, false, false, false, 14)]
    [InlineData(MajorityBase.PresentAndRepresented, false, false, false, 18)]
    [InlineData(MajorityBase.AllMembers, false, false, false, 30)]
    public void Each_base_counts_what_it_says(MajorityBase over, bool abstentions, bool blanks, bool nulls, long expected)
    {
        var roll = Members(30) with
        {
            Presence = [new(Presence.InPerson, new(12, 12)), new(Presence.Remote, new(2, 2)), new(Presence.Represented, new(4, 4)), new(Presence.Postal, new(1, 1))],
        };
        var rule = new MajorityRule(MajorityForm.Fraction, over, Comparison.MoreThan, abstentions, blanks, nulls, F(1, 2));

        Assert.Equal(expected, Judge(Rules(rule), roll, Papers(6, 4, 3, 2, 1)).Base);
    }

    [Theory]
    [InlineData(4, 3, Verdict.Adopted)]
    [InlineData(3, 4, Verdict.Rejected)]
    public void A_relative_majority_is_more_for_than_against_however_many_abstain(long @for, long against, Verdict verdict) =>
        Assert.Equal(verdict, Judge(Rules(Relative), Members(100), Papers(@for, against, abstain: 90)).Verdict);

    [Theory]
    [InlineData(TieBreak.Rejected, Verdict.Rejected)]
    [InlineData(TieBreak.CastingVote, Verdict.Tied)]
    [InlineData(TieBreak.SecondRound, Verdict.Tied)]
    [InlineData(TieBreak.Eldest, Verdict.Tied)]
    [InlineData(TieBreak.Lot, Verdict.Tied)]
    public void Equal_votes_are_tied_only_where_the_rule_leaves_it_open(TieBreak tie, Verdict verdict)
    {
        var outcome = Judge(Rules(tie: tie), Members(8), Papers(4, 4));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(new VotesEqual("art. 13", 4, tie), outcome.Steps[^1]);
    }

    [Theory]
    [InlineData(Choice.For, Verdict.Adopted)]
    [InlineData(Choice.Against, Verdict.Rejected)]
    [InlineData(Choice.Abstain, Verdict.Tied)]
    public void The_chair_parts_a_tie_by_what_the_chair_voted(Choice chair, Verdict verdict) =>
        Assert.Equal(verdict, Judge(Rules(tie: TieBreak.CastingVote), Members(8), Papers(3, 3, abstain: 2), chair).Verdict);

    [Fact]
    public void A_casting_vote_does_not_supply_what_more_than_equality_keeps_away()
    {
        Assert.Equal(Verdict.Rejected, Judge(Rules(Share(2, 3), tie: TieBreak.CastingVote), Members(8), Papers(4, 4), Choice.For).Verdict);
        Assert.Equal(Verdict.Rejected, Judge(
            Rules(MajorityRule.MoreThanHalfExpressed with { WithAbstentions = true }, tie: TieBreak.CastingVote), Members(10), Papers(4, 4, 2), Choice.For).Verdict);
    }

    [Fact]
    public void Half_plus_one_with_equal_votes_is_a_tie() =>
        Assert.Equal(Verdict.Adopted, Judge(Rules(HalfPlusOne, tie: TieBreak.CastingVote), Members(14), Papers(7, 7), Choice.For).Verdict);

    [Fact]
    public void Weights_are_exact_fractions()
    {
        PaperGroup[] papers = [new(Choice.For, F(1, 3), 3), new(Choice.Against, F(1, 2), 2)];
        var roll = new RollGroup(new(5, 2), 1);

        Assert.Equal(Verdict.Tied, Judge(Rules(tie: TieBreak.SecondRound), roll, papers).Verdict);
        Assert.Equal(Verdict.Adopted, Judge(Rules(Share(1, 2)), roll, papers).Verdict);
    }

    [Theory]
    [InlineData(10, Verdict.Adopted)]
    [InlineData(9, Verdict.NoQuorum)]
    public void Half_of_nineteen_members_takes_ten(long voters, Verdict verdict)
    {
        var outcome = Judge(Rules(quorum: QuorumRule.OfMembers(F(1, 2))), Members(19), Papers(@for: voters));

        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(
            new QuorumChecked("art. 10", QuorumMeasure.Members, 19, voters, F(1, 2), Comparison.AtLeast, F(19, 2), verdict == Verdict.Adopted),
            outcome.Steps[0]);
    }

    [Theory]
    [InlineData(Rounding.None, false, 10)]
    [InlineData(Rounding.Down, false, 9)]
    [InlineData(Rounding.Up, false, 10)]
    [InlineData(Rounding.None, true, 11)]
    [InlineData(Rounding.Down, true, 10)]
    public void A_quorum_of_half_of_nineteen_rounds_as_the_rule_says(Rounding rounding, bool plusOne, long least)
    {
        var rules = Rules(quorum: QuorumRule.OfMembers(F(1, 2)) with { Rounding = rounding, PlusOne = plusOne });

        Assert.Equal(Verdict.Adopted, Judge(rules, Members(19), Papers(@for: least)).Verdict);
        Assert.Equal(Verdict.NoQuorum, Judge(rules, Members(19), Papers(@for: least - 1)).Verdict);
    }

    [Fact]
    public void A_quorum_of_votes_counts_weight()
    {
        var quorum = QuorumRule.OfMembers(F(1, 2)) with { Measure = QuorumMeasure.Votes };
        var roll = new RollGroup(new(3, 10), 1);

        Assert.Equal(Verdict.Adopted, Judge(Rules(quorum: quorum), roll, [new(Choice.For, 8, 1)]).Verdict);
        Assert.Equal(Verdict.NoQuorum, Judge(Rules(quorum: quorum), roll, [new(Choice.For, 1, 2)]).Verdict);
    }

    [Fact]
    public void A_quorum_counts_only_the_qualities_that_the_rule_names()
    {
        var roll = Members(10) with { Presence = [new(Presence.InPerson, new(4, 4)), new(Presence.Represented, new(3, 3))] };
        var quorum = QuorumRule.OfMembers(F(1, 2));

        Assert.Equal(Verdict.Adopted, Judge(Rules(quorum: quorum), roll, Papers(@for: 4)).Verdict);
        Assert.Equal(Verdict.NoQuorum, Judge(Rules(quorum: quorum with { Counted = [Presence.InPerson, Presence.Remote] }), roll, Papers(@for: 4)).Verdict);
    }

    [Fact]
    public void More_papers_than_electors_are_no_vote_that_can_have_been() =>
        Assert.Throws<ArgumentException>(() => Judge(Rules(), Members(2), Papers(@for: 3)));

    [Fact]
    public void Papers_of_a_college_that_is_not_on_the_roll_are_no_vote_that_can_have_been() =>
        Assert.Throws<ArgumentException>(() => Judge(Rules(), Members(2), Papers(@for: 1, college: "teams")));

    [Fact]
    public void Papers_without_weight_are_no_vote_that_can_have_been() =>
        Assert.Throws<ArgumentException>(() => Judge(Rules(), Members(2), [new(Choice.For, 0, 1)]));

    [Fact]
    public void A_college_twice_on_the_roll_is_no_roll() =>
        Assert.Throws<ArgumentException>(() => Judge(Rules(), [Members(2, "teams"), Members(1, "teams")]));
}
