using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// A motion judged: for, against, abstain, blank. Exact and pure, so that whoever has the same rules, roll and papers comes
/// to the same outcome for ever.
/// </summary>
public static class Motion
{
    /// <param name="castingVote">What the chair voted, where the chair has a casting vote and cast a paper.</param>
    /// <exception cref="ArgumentException">Papers of more electors than the roll has, or without weight: not a vote that can have been.</exception>
    public static Outcome Judge(MotionRules rules, IReadOnlyList<RollGroup> roll, IReadOnlyList<PaperGroup> papers, Choice? castingVote = null)
    {
        var groups = Group(roll, papers);
        var steps = new List<Step>();
        var main = (MajorityJudged?)null;
        var verdict = Decide();
        return new(
            verdict,
            Sum(groups.Select(g => g.Counts)),
            groups.Any(g => g.College is not null) ? [.. groups.Select(g => new CollegeCounts(g.Counts, g.College))] : [],
            steps,
            rules.Statutes,
            main?.Base,
            main?.Threshold,
            main?.Comparison);

        Verdict Decide()
        {
            if (!Quorum.IsReached(rules.Quorum, [.. groups.Select(g => g.Attendance)], steps) || !SetMissingAside(rules, groups, steps))
                return Verdict.NoQuorum;

            var colleges = rules.Colleges.Content;
            var standing = groups.Where(g => g.Treatment != MissingCollege.Drop).ToList();
            var others = colleges.Mode switch
            {
                CollegeMode.SomeColleges or CollegeMode.Double => EnoughColleges(rules, standing, steps),
                CollegeMode.Veto => !Vetoed(rules, standing, steps),
                _ => true,
            };
            if (colleges.Mode == CollegeMode.SomeColleges)
                return others ? Verdict.Adopted : Verdict.Rejected;

            if (colleges.Mode == CollegeMode.Normalised)
            {
                if (Normalised(rules, standing, steps) is not { } shares)
                    return Verdict.Rejected;
                main = Majority(rules.Majority, shares, null);
            }
            else
            {
                main = Majority(rules.Majority, standing.Select(g => g.Votes(rules.Majority.Content)).Aggregate(Votes.None, (a, b) => a + b), null);
            }

            steps.Add(main);
            if (!others)
                return Verdict.Rejected;
            return main.Reached ? Verdict.Adopted : Tie(rules.Tie, main, castingVote, steps);
        }
    }

    private sealed record CollegeGroup(RollGroup Roll, Counts Counts)
    {
        public string? College => Roll.College;

        public MissingCollege? Treatment { get; init; }

        public Attendance Attendance => new(Roll, Counts.Papers);

        /// <summary>A college counted against votes against with its whole roll.</summary>
        public Votes Votes(MajorityRule rule) => Treatment == MissingCollege.Against
            ? new(Fraction.Zero, Roll.Members.Weight, Roll.Members.Weight)
            : new(Counts.For.Weight, Counts.Against.Weight, rule.Base switch
            {
                MajorityBase.Present => Attendance.TakingPart([Presence.InPerson, Presence.Remote]).Weight,
                MajorityBase.PresentAndRepresented => Attendance.TakingPart([Presence.InPerson, Presence.Remote, Presence.Represented]).Weight,
                MajorityBase.AllMembers => Roll.Members.Weight,
                _ => Counts.For.Weight + Counts.Against.Weight
                    + (rule.WithAbstentions ? Counts.Abstention.Weight : Fraction.Zero)
                    + (rule.WithBlanks ? Counts.Blank.Weight : Fraction.Zero)
                    + (rule.WithNulls ? Counts.Null.Weight : Fraction.Zero),
            });
    }

    private readonly record struct Votes(Fraction For, Fraction Against, Fraction Base)
    {
        public static Votes None => default;

        public static Votes operator +(Votes a, Votes b) => new(a.For + b.For, a.Against + b.Against, a.Base + b.Base);
    }

    private static List<CollegeGroup> Group(IReadOnlyList<RollGroup> roll, IReadOnlyList<PaperGroup> papers)
    {
        if (papers.FirstOrDefault(p => p.Count < 1 || p.Weight <= Fraction.Zero) is { } odd)
            throw new ArgumentException($"{odd} is no group of papers.", nameof(papers));
        if (roll.Select(g => g.College).Distinct().Count() != roll.Count)
            throw new ArgumentException("A college is twice on the roll.", nameof(roll));
        if (papers.FirstOrDefault(p => roll.All(g => g.College != p.College)) is { } stray)
            throw new ArgumentException($"{stray} is of a college that is not on the roll.", nameof(papers));

        // Outcomes are stored: the order of colleges must not depend on how the roll was read.
        return [.. roll.OrderBy(g => g.College, StringComparer.Ordinal).Select(group =>
        {
            var cast = papers.Where(p => p.College == group.College)
                .GroupBy(p => p.Choice)
                .ToDictionary(g => g.Key, g => g.Aggregate(Tally.Zero, (sum, p) => sum + new Tally(p.Count, p.Weight * p.Count)));
            Tally Of(Choice choice) => cast.GetValueOrDefault(choice, Tally.Zero);
            var counts = new Counts(Of(Choice.For), Of(Choice.Against), Of(Choice.Abstain), Of(Choice.Blank), Of(Choice.Null), Tally.Zero);
            var silent = group.Members - counts.Papers;
            if (silent.Heads < 0 || silent.Weight < Fraction.Zero)
                throw new ArgumentException($"More papers than electors in {group.College ?? "the roll"}.", nameof(papers));
            return new CollegeGroup(group, counts with { NotVoting = silent });
        })];
    }

    /// <summary>Treats colleges that are empty or without quorum as the rule says.</summary>
    /// <returns>False when one of them blocks.</returns>
    private static bool SetMissingAside(MotionRules rules, List<CollegeGroup> groups, List<Step> steps)
    {
        var missing = Quorum.Missing(rules.Quorum, rules.Colleges, [.. groups.Select(g => g.Attendance)], steps);
        var treatment = rules.Colleges.Content.Missing;
        for (var i = 0; i < groups.Count; i++)
        {
            if (missing[i])
                groups[i] = groups[i] with { Treatment = treatment };
        }

        return !(treatment == MissingCollege.Block && missing.Contains(true));
    }

    private static MajorityJudged Majority(Applied<MajorityRule> majority, Votes votes, string? college)
    {
        var rule = majority.Content;
        var share = rule.Form == MajorityForm.Fraction ? rule.Share : null;
        var (comparison, threshold) = rule.Form switch
        {
            MajorityForm.Relative => (Comparison.MoreThan, votes.Against),
            MajorityForm.HalfPlusOne => (Comparison.AtLeast, (votes.Base / 2) + 1),
            _ => (rule.Comparison, (share ?? Fraction.Zero) * votes.Base),
        };
        return new(
            majority.Article, rule.Form, rule.Base, rule.WithAbstentions, rule.WithBlanks, rule.WithNulls, votes.For, votes.Against, votes.Base,
            comparison, threshold, votes.For > Fraction.Zero && comparison.Holds(votes.For, threshold), college, share);
    }

    private static MajorityJudged Within(MotionRules rules, CollegeGroup group)
    {
        var within = rules.Colleges.Content.Within is { } own ? new Applied<MajorityRule>(rules.Colleges.Article, own) : rules.Majority;
        return Majority(within, group.Votes(within.Content), group.College);
    }

    private static bool EnoughColleges(MotionRules rules, List<CollegeGroup> standing, List<Step> steps)
    {
        var judged = standing.Where(g => g.College is not null).Select(g => Within(rules, g)).ToList();
        steps.AddRange(judged);
        var needed = Math.Min(rules.Colleges.Content.AtLeast ?? 1, judged.Count);
        var inFavour = judged.Count(j => j.Reached);

        // With every college dropped nobody is in favour, whatever is left to ask for.
        var enough = new CollegesInFavour(rules.Colleges.Article, inFavour, needed, judged.Count, inFavour > 0 && inFavour >= needed);
        steps.Add(enough);
        return enough.Reached;
    }

    private static bool Vetoed(MotionRules rules, List<CollegeGroup> standing, List<Step> steps)
    {
        var rule = rules.Colleges.Content;
        if (standing.FirstOrDefault(g => g.College == rule.VetoOf) is not { } holder)
            return false;
        var judged = Within(rules, holder);
        var vetoed = holder.Treatment == MissingCollege.Against
            || (rule.VetoWhen == VetoWhen.Opposed ? judged.Against > judged.For : !judged.Reached);
        steps.Add(judged);
        steps.Add(new VetoJudged(rules.Colleges.Article, holder.College!, rule.VetoWhen, vetoed));
        return vetoed;
    }

    /// <returns>The results of all colleges weighed and summed; null when one that expressed nothing blocks.</returns>
    private static Votes? Normalised(MotionRules rules, List<CollegeGroup> standing, List<Step> steps)
    {
        var (article, rule) = (rules.Colleges.Article, rules.Colleges.Content);
        var sum = Votes.None;
        var blocked = false;
        foreach (var group in standing)
        {
            var weight = rule.Weights.FirstOrDefault(w => w.College == group.College)?.Weight ?? group.Roll.Weight;
            var votes = group.Votes(rules.Majority.Content);
            if (group.Treatment == MissingCollege.Against)
            {
                sum += new Votes(Fraction.Zero, weight, weight);
            }
            else if (votes.Base == Fraction.Zero)
            {
                steps.Add(new CollegeMissing(article, MissingReason.NothingExpressed, rule.Missing, group.College));
                blocked |= rule.Missing == MissingCollege.Block;
                if (rule.Missing == MissingCollege.Against)
                    sum += new Votes(Fraction.Zero, weight, weight);
            }
            else
            {
                var weighed = new Votes(weight * votes.For / votes.Base, weight * votes.Against / votes.Base, weight);
                steps.Add(new CollegeNormalised(article, weight, votes.For, votes.Against, votes.Base, weighed.For, weighed.Against, group.College));
                sum += weighed;
            }
        }

        return blocked ? null : sum;
    }

    private static Verdict Tie(Applied<TieRule> tie, MajorityJudged main, Choice? castingVote, List<Step> steps)
    {
        // A tie is equal votes that alone keep the majority away; where more is missing, no casting vote can supply it.
        var equalityAlone = main.Form switch
        {
            MajorityForm.Relative => true,
            MajorityForm.HalfPlusOne => main.Base == main.For * 2,
            _ => main.Threshold == main.For,
        };
        if (main.For != main.Against || main.For == Fraction.Zero || !equalityAlone)
            return Verdict.Rejected;

        steps.Add(new VotesEqual(tie.Article, main.For, tie.Content.Break));
        if (tie.Content.Break == TieBreak.CastingVote && castingVote is Choice.For or Choice.Against)
        {
            steps.Add(new CastingVoteGiven(tie.Article, castingVote.Value));
            return castingVote == Choice.For ? Verdict.Adopted : Verdict.Rejected;
        }

        return tie.Content.Break == TieBreak.Rejected ? Verdict.Rejected : Verdict.Tied;
    }

    private static Counts Sum(IEnumerable<Counts> all) => all.Aggregate(
        new Counts(Tally.Zero, Tally.Zero, Tally.Zero, Tally.Zero, Tally.Zero, Tally.Zero),
        (a, b) => new(a.For + b.For, a.Against + b.Against, a.Abstention + b.Abstention, a.Blank + b.Blank, a.Null + b.Null, a.NotVoting + b.NotVoting));
}
