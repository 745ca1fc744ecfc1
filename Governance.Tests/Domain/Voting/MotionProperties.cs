using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Motions;
using Outcome = Governance.Domain.Voting.Outcome;

namespace Governance.Tests.Domain.Voting;

/// <summary>What holds of every motion, whatever the rules, roll and papers.</summary>
public sealed class MotionProperties
{
    private static readonly string?[] Names = ["directors", "presidents", "teams", null];

    private sealed record Case(MotionRules Rules, IReadOnlyList<RollGroup> Roll, IReadOnlyList<PaperGroup> Papers)
    {
        public Outcome Outcome => Motion.Judge(Rules, Roll, Papers);
    }

    private static readonly Gen<Fraction> Shares =
        from denominator in Gen.Choose(2, 7)
        from numerator in Gen.Choose(1, denominator - 1)
        select F(numerator, denominator);

    private static readonly Gen<PaperGroup> AnyPapers =
        from choice in Gen.Elements(Enum.GetValues<Choice>())
        from weight in Gen.Choose(1, 12)
        from parts in Gen.Choose(1, 4)
        from count in Gen.Choose(1, 9)
        from college in Gen.Elements(Names)
        select new PaperGroup(choice, F(weight, parts), count, college);

    private static readonly Gen<MotionRules> AnyRules =
        from share in Shares
        from comparison in Gen.Elements(Enum.GetValues<Comparison>())
        from form in Gen.Elements(Enum.GetValues<MajorityForm>())
        from over in Gen.Elements(Enum.GetValues<MajorityBase>())
        from abstentions in Gen.Elements(true, false)
        from mode in Gen.Elements(Enum.GetValues<CollegeMode>())
        from missing in Gen.Elements(Enum.GetValues<MissingCollege>())
        from extent in Gen.Elements(Enum.GetValues<QuorumExtent>())
        from tie in Gen.Elements(Enum.GetValues<TieBreak>())
        select Rules(
            new MajorityRule(form, over, comparison, abstentions, Share: form == MajorityForm.Fraction ? share : null),
            extent == QuorumExtent.None ? QuorumRule.None : new(
                extent, QuorumMeasure.Votes, comparison, Rounding.None, false, QuorumCheck.Both, [], share, extent == QuorumExtent.SomeColleges ? 2 : null),
            new CollegesRule(
                mode, missing, [], mode is CollegeMode.SomeColleges or CollegeMode.Double ? 2 : null, null, mode == CollegeMode.Veto ? "teams" : null),
            tie);

    // The roll has everybody who cast a paper, and up to nine more in each college.
    private static readonly Arbitrary<Case> Cases = (
        from rules in AnyRules
        from papers in AnyPapers.ListOf()
        from silent in Gen.Choose(0, 9).ListOf(Names.Length)
        select new Case(
            rules,
            [.. Names.Select((name, i) => new RollGroup(
                papers.Where(p => p.College == name).Aggregate(new Tally(silent[i], silent[i]), (sum, p) => sum + new Tally(p.Count, p.Weight * p.Count)),
                i + 1, null, name))],
            [.. papers])).ToArbitrary();

    private static string Text(Outcome outcome) => JsonSerializer.Serialize(outcome, EventCatalogue.Json);

    private static void Holds(Func<Case, bool> property) =>
        Prop.ForAll(Cases, property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_order_of_papers_and_of_colleges_changes_nothing() => Holds(c =>
        Text(c.Outcome) == Text(Motion.Judge(c.Rules, [.. c.Roll.Reverse()], [.. c.Papers.Reverse()])));

    [Fact]
    public void The_same_inputs_give_the_same_outcome() => Holds(c => Text(c.Outcome) == Text(c.Outcome));

    [Fact]
    public void A_paper_of_weight_w_is_worth_w_papers_of_weight_one() => Holds(c =>
    {
        // Brought to whole weights first: the generated ones have denominators of 1 to 4.
        Fraction scale = 12;
        PaperGroup[] whole = [.. c.Papers.Select(p => p with { Weight = p.Weight * scale })];
        PaperGroup[] ones = [.. whole.Select(p => p with { Weight = Fraction.One, Count = (long)(p.Weight.Numerator * p.Count) })];
        IReadOnlyList<RollGroup> Roll(Func<RollGroup, Tally> members) => [.. c.Roll.Select(g => g with { Members = members(g) })];
        var heavy = Motion.Judge(c.Rules, Roll(g => new(g.Members.Heads, g.Members.Weight * scale)), whole);
        var many = Motion.Judge(c.Rules, Roll(g => new((long)(g.Members.Weight * scale).Numerator, g.Members.Weight * scale)), ones);
        return heavy.Verdict == many.Verdict && heavy.Threshold == many.Threshold && heavy.Base == many.Base;
    });

    [Fact]
    public void Papers_alike_count_the_same_together_or_apart() => Holds(c =>
        Text(c.Outcome) == Text(Motion.Judge(c.Rules, c.Roll, [.. c.Papers.SelectMany(p => Enumerable.Repeat(p with { Count = 1 }, (int)p.Count))])));

    [Fact]
    public void The_names_of_colleges_change_nothing() => Holds(c =>
    {
        string? Renamed(string? name) => name is null ? null : "zz-" + name;
        var rules = c.Rules with { Colleges = new(c.Rules.Colleges.Article, c.Rules.Colleges.Content with { VetoOf = Renamed(c.Rules.Colleges.Content.VetoOf) }) };
        var renamed = Motion.Judge(
            rules, [.. c.Roll.Select(g => g with { College = Renamed(g.College) })], [.. c.Papers.Select(p => p with { College = Renamed(p.College) })]);
        return Text(c.Outcome) == Text(renamed).Replace("zz-", "", StringComparison.Ordinal);
    });

    [Fact]
    public void For_and_against_swapped_can_never_both_be_adopted_by_more_than_half() => Holds(c =>
    {
        var rules = c.Rules with { Majority = new("art. 12", MajorityRule.MoreThanHalfExpressed), Colleges = new("art. 7", CollegesRule.Pooled) };
        PaperGroup[] swapped =
        [
            .. c.Papers.Select(p => p with { Choice = p.Choice switch { Choice.For => Choice.Against, Choice.Against => Choice.For, var other => other } }),
        ];
        var (one, other) = (Motion.Judge(rules, c.Roll, c.Papers), Motion.Judge(rules, c.Roll, swapped));
        return !(one.Verdict == Verdict.Adopted && other.Verdict == Verdict.Adopted)
            && one.Counts.For == other.Counts.Against && one.Counts.Against == other.Counts.For;
    });

    [Fact]
    public void The_six_counts_add_up_to_the_roll_in_each_college_and_in_all() => Holds(c =>
    {
        var outcome = c.Outcome;
        return outcome.Counts.Roll == c.Roll.Aggregate(Tally.Zero, (sum, g) => sum + g.Members)
            && outcome.Colleges.All(college => college.Counts.Roll == c.Roll.Single(g => g.College == college.College).Members);
    });

    [Fact]
    public void One_more_vote_for_never_turns_adoption_into_rejection() => Holds(c =>
    {
        // The elector was on the roll and silent; a college with something to say may start to count, so only the whole is asked.
        var rules = c.Rules with { Quorum = new("art. 10", QuorumRule.None), Colleges = new("art. 7", CollegesRule.Pooled) };
        IReadOnlyList<RollGroup> roll = [.. c.Roll.Select(g => g with { Members = g.Members + new Tally(1, 1) })];
        return Motion.Judge(rules, roll, c.Papers).Verdict != Verdict.Adopted
            || Motion.Judge(rules, roll, [.. c.Papers, new(Choice.For, 1, 1, "teams")]).Verdict == Verdict.Adopted;
    });

    [Fact]
    public void Without_a_vote_for_nothing_is_adopted() => Holds(c =>
        Motion.Judge(c.Rules, c.Roll, [.. c.Papers.Where(p => p.Choice != Choice.For)]).Verdict != Verdict.Adopted);

    [Fact]
    public void A_stored_outcome_is_read_back_as_it_was() => Holds(c =>
        Text(JsonSerializer.Deserialize<Outcome>(Text(c.Outcome), EventCatalogue.Json)!) == Text(c.Outcome));
}
