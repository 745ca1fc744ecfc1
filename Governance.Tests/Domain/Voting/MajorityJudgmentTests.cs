using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Voting;

public sealed class MajorityJudgmentTests
{
    private static readonly string[] Six = ["excellent", "very good", "good", "acceptable", "poor", "to reject"];
    private static readonly string[] Five = ["excellent", "good", "fair", "poor", "reject"];

    private static Paper Grade(params (string Option, string Grade)[] given) => new Paper.Grades([.. given.Select(g => new OptionGrade(g.Option, g.Grade))]);

    /// <summary>Papers that give each option so many of each grade, best first; who gives which grade to two options does not matter.</summary>
    private static List<PapersAlike> Papers(string[] grades, Dictionary<string, long[]> counts)
    {
        var papers = new List<PapersAlike>();
        var left = counts.ToDictionary(c => c.Key, c => c.Value.ToArray());
        while (left.Values.First().Sum() > 0)
        {
            var next = left.ToDictionary(c => c.Key, c => Array.FindIndex(c.Value, n => n > 0));
            var together = next.Min(n => left[n.Key][n.Value]);
            papers.Add(Grade([.. next.Select(n => (n.Key, grades[n.Value]))]).Times(together));
            foreach (var (option, grade) in next)
                left[option][grade] -= together;
        }

        return papers;
    }

    private static MethodOutcome Outcome(string[] grades, Dictionary<string, long[]> counts, int seats = 1) =>
        new Question(new MajorityJudgment(grades, seats), [.. counts.Keys]).Outcome(Papers(grades, counts));

    // M. Balinski and R. Laraki, « Election by majority judgement: experimental evidence » (École polytechnique, cahier 2007-28): 1,733 valid papers of three
    // precincts of Orsay, April 2007, twelve candidates in the order of the paper, in tenths of a percent. Rounded shares do not all add up to 1,000: the
    // worst grade takes the difference. Ranked D, H, L, F, A, B, E, K, I, G, C, J; the first three are « good », F acceptable, four poor, four rejected.
    [Fact]
    public void The_candidates_of_2007_are_ranked_as_in_the_experiment_of_Orsay()
    {
        Dictionary<string, long[]> shares = new()
        {
            ["A"] = [41, 99, 163, 160, 226],
            ["B"] = [25, 76, 125, 206, 264],
            ["C"] = [5, 10, 39, 95, 249],
            ["D"] = [136, 307, 251, 148, 84],
            ["E"] = [15, 60, 114, 160, 257],
            ["F"] = [29, 93, 175, 237, 261],
            ["G"] = [24, 64, 87, 113, 158],
            ["H"] = [167, 227, 191, 168, 122],
            ["I"] = [3, 18, 53, 110, 267],
            ["J"] = [30, 46, 62, 65, 54],
            ["K"] = [21, 53, 102, 166, 259],
            ["L"] = [191, 198, 143, 115, 71],
        };

        var outcome = Outcome(Six, shares.ToDictionary(s => s.Key, s => (long[])[.. s.Value, 1000 - s.Value.Sum()]));

        Assert.Equal("D > H > L > F > A > B > E > K > I > G > C > J", Told(outcome.Ranking));
        Assert.Equal(
            ["good", "good", "good", "acceptable", "poor", "poor", "poor", "poor", "to reject", "to reject", "to reject", "to reject"],
            outcome.Only<MeritProfiled>().Profiles.Select(p => p.Median));

        // By hand: of 1,000 grades D has 443 and H 394 above good, 306 and 415 below (H: 168 + 122 + 125): above place 500 D changes at 557, 57 places up; H
        // changes to acceptable below 416: the first difference is D's « very good » at place 558, turn 2 × 57 + 1 = 115.
        var first = outcome.Steps.OfType<MedianTieParted>().First();
        Assert.Equal(("D", "H", (Fraction)115, "very good", "good"), (first.Better, first.Worse, first.TakenAway, first.BetterGrade, first.WorseGrade));
    }

    // Tennessee's capital in majority judgment (Wikipedia, « Majority judgment »): own city excellent, then good, fair, poor by distance as there; Memphis
    // has the median poor, the others fair, and Nashville wins as most are left above fair when fairs are taken away.
    [Fact]
    public void Tennessee_judges_Nashville_best()
    {
        var outcome = new Question(new MajorityJudgment(["excellent", "good", "fair", "poor"]), ["Memphis", "Nashville", "Chattanooga", "Knoxville"]).Outcome(
            Grade(("Memphis", "excellent"), ("Nashville", "fair"), ("Chattanooga", "poor"), ("Knoxville", "poor")).Times(42),
            Grade(("Memphis", "poor"), ("Nashville", "excellent"), ("Chattanooga", "fair"), ("Knoxville", "fair")).Times(26),
            Grade(("Memphis", "poor"), ("Nashville", "fair"), ("Chattanooga", "excellent"), ("Knoxville", "good")).Times(15),
            Grade(("Memphis", "poor"), ("Nashville", "fair"), ("Chattanooga", "good"), ("Knoxville", "excellent")).Times(17));

        Assert.Equal("Nashville > Knoxville > Chattanooga > Memphis", Told(outcome.Ranking));
        Assert.Equal(["fair", "fair", "fair", "poor"], outcome.Only<MeritProfiled>().Profiles.Select(p => p.Median));
    }

    // The demonstration of the library « majority-judgment-library-go » (MieuxVoter, README): ten judges, five grades, worst first there: A and E
    // 2 2 2 2 2, B 2 1 1 1 5, C 2 1 1 2 4, D 2 1 5 0 2; ranks 4, 1, 2, 3, 4.
    [Fact]
    public void Five_proposals_are_ranked_as_MieuxVoter_publishes_and_the_same_profile_is_the_same_rank()
    {
        var outcome = Outcome(
            Five, new() { ["A"] = [2, 2, 2, 2, 2], ["B"] = [5, 1, 1, 1, 2], ["C"] = [4, 2, 1, 1, 2], ["D"] = [2, 0, 5, 1, 2], ["E"] = [2, 2, 2, 2, 2] });

        Assert.Equal((Verdict.Elected, "B > C > D > A = E"), (outcome.Verdict, Told(outcome.Ranking)));
    }

    // The same, « billions of participants »: half and half against one more of the better grade.
    [Fact]
    public void One_grade_in_twenty_billions_parts_two_options()
    {
        var outcome = Outcome(["good", "bad"], new() { ["A"] = [10_000_000_000, 10_000_000_000], ["B"] = [10_000_000_001, 9_999_999_999] });

        Assert.Equal(["bad", "good"], outcome.Only<MeritProfiled>().Profiles.Select(p => p.Median).Order());
        Assert.Equal("B > A", Told(outcome.Ranking));
    }

    // Balinski and Laraki (2007), definition: with an even number of grades the majority-grade is the lower of the two in the middle.
    [Fact]
    public void With_an_even_number_of_papers_the_median_is_the_lower_one() => Assert.Equal(
        "poor", Outcome(Five, new() { ["A"] = [1, 0, 0, 1, 0] }).Only<MeritProfiled>().Profiles[0].Median);

    [Fact]
    public void An_option_that_a_paper_does_not_grade_gets_the_worst_grade_from_it()
    {
        var outcome = new Question(new MajorityJudgment(Five), ["A", "B"]).Outcome(Grade(("A", "excellent")).Times(1), Grade(("A", "good"), ("B", "fair")).Times(2));

        Assert.Equal([0, 0, 2, 0, 1], outcome.Only<MeritProfiled>().Profiles[1].Counts.Select(c => (int)c.Numerator));
    }

    [Fact]
    public void Blank_and_null_papers_leave_the_count()
    {
        var question = new Question(new MajorityJudgment(Five), ["A", "B"]);
        var outcome = question.Outcome(
            Grade(("A", "good"), ("B", "fair")).Times(2), new Paper.Blank().Times(7), new Paper.Null().Times(3), Grade().Times(1), new Paper.Abstains().Times(1));

        Assert.Equal(("A > B", (Fraction)2), (Told(outcome.Ranking), outcome.Only<MeritProfiled>().Expressed));
        Assert.Equal((8, 3, 1), (outcome.Counts.Blank.Heads, outcome.Counts.Null.Heads, outcome.Counts.Abstention.Heads));
    }

    [Fact]
    public void A_paper_that_grades_only_who_has_withdrawn_is_null()
    {
        var outcome = (new Question(new MajorityJudgment(Five), ["A", "B", "C"]) with { Withdrawn = ["C"] }).Outcome(
            Grade(("C", "excellent")).Times(4), Grade(("A", "good"), ("C", "excellent")).Times(1));

        Assert.Equal((4, 1, "A > B"), (outcome.Counts.Null.Heads, outcome.Counts.Expressed.Heads, Told(outcome.Ranking)));
    }

    [Fact]
    public void A_grade_that_is_not_of_the_scale_is_refused() => Assert.Equal(
        new UnknownGrade("splendid"), new Question(new MajorityJudgment(Five), ["A"]).Count().Add(Grade(("A", "splendid")).Times(1)));

    [Fact]
    public void A_scale_has_each_grade_once() =>
        Assert.Equal(new GradeTwice("good"), new Question(new MajorityJudgment(["good", "bad", "good"]), ["A"]).Fault());

    [Fact]
    public void A_scale_has_at_least_two_grades() => Assert.IsType<NumberOutOfBounds>(new Question(new MajorityJudgment(["good"]), ["A"]).Fault());
}
