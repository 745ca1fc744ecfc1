using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Voting.Methods;

namespace Governance.Tests.Domain.Voting;

/// <summary>What holds of every count, whatever the method, options and papers.</summary>
public sealed class MethodProperties
{
    private static readonly string[] Grades = ["very good", "good", "fair", "poor"];
    private static readonly string[] Options = Letters("ABCDE");

    private sealed record Case(Question Question, IReadOnlyList<PapersAlike> Papers)
    {
        public MethodOutcome Outcome => Question.Outcome(Papers);
    }

    private static readonly Gen<Method> AnyMethod =
        from seats in Gen.Choose(1, 4)
        from method in Gen.Elements<Func<int, Method>>(
            s => new Plurality(s), s => new Plurality(s, 2), s => new Approval(s), s => new Points(4, s), s => new Schulze(s), s => new MajorityJudgment(Grades, s),
            s => new SingleTransferableVote(s))
        select method(seats);

    private static Gen<Paper> Said(Method method) => method switch
    {
        Plurality p => from order in Gen.Shuffle(Options) from n in Gen.Choose(1, p.Seats) select Choose(order[..n]),
        Approval => from order in Gen.Shuffle(Options) from n in Gen.Choose(1, 5) select Choose(order[..n]),
        Points => from given in Gen.Elements(Options).ListOf(4)
                  select (Paper)new Paper.Points([.. given.GroupBy(o => o).Select(g => new OptionPoints(g.Key, g.Count()))]),
        Schulze => from ranks in Gen.Choose(1, 4).ListOf(5)
                   select (Paper)new Paper.Ranking([.. Options.Zip(ranks).GroupBy(o => o.Second).Where(g => g.Key < 4).OrderBy(g => g.Key)
                       .Select(g => (IReadOnlyList<string>)[.. g.Select(o => o.First)])]),
        MajorityJudgment => from given in Gen.Elements(Grades).ListOf(5)
                            select (Paper)new Paper.Grades([.. Options.Zip(given, (o, g) => new OptionGrade(o, g))]),
        _ => from order in Gen.Shuffle(Options) from n in Gen.Choose(1, 5) select Rank(string.Join('>', order[..n])),
    };

    private static Gen<PapersAlike> Papers(Method method) =>
        from paper in Gen.Frequency((8, Said(method)), (1, Gen.Elements<Paper>(new Paper.Blank(), new Paper.Null(), new Paper.Abstains())))
        from count in Gen.Choose(1, 6)
        from weight in Gen.Choose(1, 4)
        from college in Gen.Elements<string?>("teams", "presidents", null)
        select new PapersAlike(paper, count, weight, college);

    private static Arbitrary<Case> Cases(Gen<Method> methods) => (
        from method in methods
        from papers in Papers(method).ListOf()
        select new Case(new(method, Options, null, [.. Options]), [.. papers])).ToArbitrary();

    private static void Holds(Func<Case, bool> property) => Holds(AnyMethod, property);

    private static void Holds(Gen<Method> methods, Func<Case, bool> property) =>
        Prop.ForAll(Cases(methods), property).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static string Text(MethodOutcome outcome) => JsonSerializer.Serialize(outcome, EventCatalogue.Json);

    private static int RankOf(MethodOutcome outcome, string option) => outcome.Ranking.TakeWhile(g => !g.Contains(option)).Sum(g => g.Count);

    private static Gen<Method> Some(params Func<int, Method>[] methods) =>
        from seats in Gen.Choose(1, 4) from method in Gen.Elements(methods) select method(seats);

    [Fact]
    public void The_order_of_papers_and_their_grouping_change_nothing() => Holds(c =>
        Text(c.Outcome) == Text(c.Question.Outcome(c.Papers.Reverse().SelectMany(p => Enumerable.Repeat(p with { Count = 1 }, (int)p.Count)))));

    [Fact]
    public void A_paper_of_weight_w_is_worth_w_papers_of_weight_one() => Holds(c =>
    {
        var ones = c.Question.Outcome(c.Papers.Select(p => p with { Weight = Fraction.One, Count = p.Count * (long)p.Weight.Numerator }));
        var heavy = c.Outcome;
        return Text(heavy with { Counts = ones.Counts, Colleges = ones.Colleges, Steps = Without(heavy.Steps) })
            == Text(ones with { Steps = Without(ones.Steps) });

        // A round of plurality carries heads, which differ.
        static List<Step> Without(IReadOnlyList<Step> steps) => [.. steps.Select(s => s is RoundCounted r ? r with { Counts = MethodCounts.None } : s)];
    });

    [Fact]
    public void Weights_divided_by_the_same_number_change_nothing_but_their_scale() => Holds(c =>
    {
        // One that weighs one third makes thirds of all the others the least whole numbers they were.
        var third = c.Papers.Append(new(new Paper.Abstains(), 1, Fraction.One)).ToList();
        var (whole, parts) = (c.Question.Outcome(third), c.Question.Outcome(third.Select(p => p with { Weight = p.Weight / 3 })));
        return Told(whole.Ranking) == Told(parts.Ranking) && whole.Elected.SequenceEqual(parts.Elected) && whole.Threshold == parts.Threshold;
    });

    [Fact]
    public void The_names_of_options_change_nothing() => Holds(c =>
    {
        static string To(string option) => ((char)('a' + ((option[0] - 'A' + 3) % 5))).ToString();
        Paper Renamed(Paper paper) => paper switch
        {
            Paper.Choices p => new Paper.Choices([.. p.Options.Select(To)]),
            Paper.Ranking p => new Paper.Ranking([.. p.Groups.Select(g => (IReadOnlyList<string>)[.. g.Select(To)])]),
            Paper.Grades p => new Paper.Grades([.. p.Given.Select(g => g with { Option = To(g.Option) })]),
            Paper.Points p => new Paper.Points([.. p.Given.Select(g => g with { Option = To(g.Option) })]),
            _ => paper,
        };
        // Named and listed otherwise, tied options still parted in the same order.
        var question = c.Question with { Options = [.. Options.Select(To).Order(StringComparer.Ordinal)], TieOrder = [.. Options.Select(To)] };
        var renamed = question.Outcome(c.Papers.Select(p => p with { Paper = Renamed(p.Paper) }));
        return renamed.Verdict == c.Outcome.Verdict
            && renamed.Elected.Order(StringComparer.Ordinal).SequenceEqual(c.Outcome.Elected.Select(To).Order(StringComparer.Ordinal))
            && Told(renamed.Ranking.Select(g => g.Order(StringComparer.Ordinal))) == Told(c.Outcome.Ranking.Select(g => g.Select(To).Order(StringComparer.Ordinal)));
    });

    [Fact]
    public void A_stored_outcome_is_read_back_as_it_was() => Holds(c =>
        Text(JsonSerializer.Deserialize<MethodOutcome>(Text(c.Outcome), EventCatalogue.Json)!) == Text(c.Outcome));

    [Fact]
    public void Questions_and_papers_are_read_back_as_they_were() => Holds(c =>
    {
        static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, EventCatalogue.Json), EventCatalogue.Json)!;
        return Text(Again(c.Question).Outcome(Again(c.Papers))) == Text(c.Outcome);
    });

    [Fact]
    public void Every_option_is_ranked_once_and_the_counts_add_up() => Holds(c =>
        c.Outcome.Ranking.SelectMany(g => g).Order(StringComparer.Ordinal).SequenceEqual(Options)
        && c.Outcome.Counts.Papers.Heads == c.Papers.Sum(p => p.Count)
        && c.Outcome.Colleges.Aggregate(MethodCounts.None, (sum, college) => sum + college.Counts) is var all
        && (c.Outcome.Colleges.Count == 0 || all == c.Outcome.Counts));

    [Fact]
    public void As_many_are_elected_as_there_are_seats_once_somebody_expressed_something() => Holds(c =>
    {
        var seats = c.Question.Method switch
        {
            Plurality p => p.Seats,
            Approval p => p.Seats,
            Points p => p.Seats,
            Schulze p => p.Seats,
            MajorityJudgment p => p.Seats,
            SingleTransferableVote p => p.Seats,
            _ => 0,
        };
        var outcome = c.Outcome;
        return outcome.Counts.Expressed.Heads == 0 ? outcome.Elected.Count == 0 && outcome.Verdict == Verdict.Rejected
            : outcome.Steps.OfType<SecondRoundCalled>().Any() ? outcome.Elected.Count < seats && outcome.Verdict == Verdict.Rejected
            : outcome.Elected.Count == Math.Min(seats, Options.Length) && outcome.Verdict == Verdict.Elected;
    });

    [Fact]
    public void One_more_paper_for_an_option_never_ranks_it_worse() => Holds(
        Some(s => new Plurality(s), s => new Approval(s), s => new Points(4, s), s => new Schulze(s), s => new MajorityJudgment(Grades, s)),
        c => Options.All(option =>
        {
            // All of its support to the option, and nothing for any other.
            Paper paper = c.Question.Method switch
            {
                Points => new Paper.Points([new(option, 4)]),
                Schulze => Rank(option),
                MajorityJudgment => new Paper.Grades([new(option, Grades[0])]),
                _ => Choose(option),
            };
            return RankOf(c.Question.Outcome([.. c.Papers, paper.Times(1)]), option) <= RankOf(c.Outcome, option) || c.Outcome.Counts.Expressed.Heads == 0;
        }));

    [Fact]
    public void An_option_raised_on_one_paper_is_never_ranked_worse() => Holds(
        Some(s => new Schulze(s), s => new MajorityJudgment(Grades, s)),
        c => c.Papers.Count == 0 || Options.All(option =>
        {
            var raised = c.Papers[0].Paper switch
            {
                Paper.Ranking p => new Paper.Ranking([[option], .. p.Groups.Select(g => (IReadOnlyList<string>)[.. g.Where(o => o != option)])]),
                Paper.Grades p => new Paper.Grades([.. p.Given.Select(g => g.Option == option ? g with { Grade = Grades[0] } : g)]),
                var other => other,
            };
            return RankOf(c.Question.Outcome([c.Papers[0] with { Paper = raised }, .. c.Papers.Skip(1)]), option) <= RankOf(c.Outcome, option);
        }));

    [Fact]
    public void Who_beats_every_other_by_pairs_wins_by_Schulze() => Holds(Some(s => new Schulze(s)), c =>
    {
        if (c.Outcome.Steps.OfType<PairsCompared>().SingleOrDefault() is not { } pairs)
            return true;
        var winner = Enumerable.Range(0, 5).Where(x => Enumerable.Range(0, 5).All(y => x == y || pairs.Preferring[x][y] > pairs.Preferring[y][x])).ToList();
        return winner.Count == 0 || c.Outcome.Ranking[0] is [var only] && only == Options[winner[0]];
    });

    [Fact]
    public void With_every_paper_reversed_who_alone_won_by_Schulze_is_not_first_any_more() => Holds(Some(s => new Schulze(s)), c =>
    {
        var reversed = c.Question.Outcome(c.Papers.Select(p => p.Paper is Paper.Ranking r
            ? p with { Paper = new Paper.Ranking([.. Options.Except(r.Groups.SelectMany(g => g)).ToList() is { Count: > 0 } rest ? [rest] : Array.Empty<IReadOnlyList<string>>(), .. r.Groups.Reverse()]) }
            : p));
        return c.Outcome.Ranking is not [[var winner], ..] || c.Outcome.Ranking.Count == 1 || !reversed.Ranking[0].Contains(winner);
    });

    // The definition itself, paper by paper, against the comparison by stretches of equal grades.
    [Fact]
    public void Majority_judgment_is_medians_taken_away_one_by_one() => Holds(Some(s => new MajorityJudgment(Grades, s)), c =>
    {
        if (c.Outcome.Steps.OfType<MeritProfiled>().SingleOrDefault() is not { } merit)
            return true;
        List<(string Option, string Sequence)> sequences = [.. merit.Profiles.Select(p =>
        {
            var left = p.Counts.SelectMany((n, grade) => Enumerable.Repeat((char)('a' + grade), (int)n.Numerator)).OrderDescending().ToList();
            var taken = "";
            while (left.Count > 0)
            {
                var median = (left.Count - 1) / 2;
                taken += left[median];
                left.RemoveAt(median);
            }

            return (p.Option, taken);
        })];
        return Told(c.Outcome.Ranking) == Told(sequences.GroupBy(s => s.Sequence).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Select(s => s.Option).Order(StringComparer.Ordinal)));
    });

    [Fact]
    public void No_vote_is_made_or_lost_in_any_transfer() => Holds(Some(s => new SingleTransferableVote(s)), c =>
    {
        var outcome = c.Outcome;
        if (outcome.Counts.Expressed.Heads == 0)
            return true;
        static Fraction Sum(IEnumerable<OptionVotes> votes) => votes.Aggregate(Fraction.Zero, (sum, v) => sum + v.Votes);
        return outcome.Steps.OfType<VotesStand>().All(s => Sum(s.Tallies) + s.Exhausted == outcome.Base)
            && outcome.Steps.OfType<SurplusTransferred>().All(s => Sum(s.To) + s.Exhausted == s.Surplus && s.Ratio == s.Surplus / s.Total)
            && outcome.Steps.OfType<OptionExcluded>().All(s => Sum(s.To) + s.Exhausted == s.Votes)
            && outcome.Steps.OfType<VotesStand>().Select(s => s.Count).SequenceEqual(Enumerable.Range(1, outcome.Steps.OfType<VotesStand>().Count()));
    });

    [Fact]
    public void Whoever_is_elected_by_quota_had_it() => Holds(Some(s => new SingleTransferableVote(s)), c =>
    {
        var outcome = c.Outcome;
        return outcome.Steps.OfType<OptionsElected>().Where(e => e.By == ElectedBy.Quota).All(e =>
            e.Options.All(o => outcome.Steps.OfType<VotesStand>().Single(s => s.Count == e.Count).Tallies.Single(t => t.Option == o).Votes >= outcome.Threshold));
    });
}
