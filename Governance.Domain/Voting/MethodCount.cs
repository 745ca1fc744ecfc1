using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// A count under way: papers are added one after the other and the outcome is asked for at the end. It holds totals, not papers, as far as
/// the method allows, and neither the order nor the grouping of papers matters.
/// </summary>
/// <remarks>Not safe for several threads at once.</remarks>
public abstract class MethodCount
{
    /// <summary>The most papers that one count takes: sums of points then stay within 64 bits.</summary>
    public const long MostPapers = 1_000_000_000_000;

    private readonly Dictionary<(string? College, Fraction Weight), Block> _blocks = [];
    private readonly PackedPaper _packing;
    private (string? College, Fraction Weight) _lastKey;
    private Block? _last;
    private long _papers;

    private protected MethodCount(Question question)
    {
        Question = question;
        _packing = new(question);
        Standing = question.Standing;
        Places = [.. question.Options.Select(o => Standing.ToList().IndexOf(o))];
    }

    public Question Question { get; }

    /// <summary>The options that stand; the count knows them by their place here.</summary>
    private protected IReadOnlyList<string> Standing { get; }

    /// <summary>The place in <see cref="Standing"/> of each option of the question; -1 for one that is withdrawn.</summary>
    private protected int[] Places { get; }

    /// <summary>Papers of one weight from one college.</summary>
    private sealed class Block(Votes votes)
    {
        public Votes Votes => votes;

        public long Expressed, Abstaining, Blank, Null;

        public MethodCounts Counts(Fraction weight)
        {
            Tally Of(long heads) => new(heads, weight * heads);
            return new(Of(Expressed), Of(Abstaining), Of(Blank), Of(Null), Tally.Zero);
        }
    }

    /// <summary>What papers of one weight add up to.</summary>
    internal abstract class Votes
    {
        /// <param name="said">The packed paper after its first byte.</param>
        /// <returns>False when the paper names only withdrawn options: nothing was added.</returns>
        public abstract bool Add(ReadOnlySpan<byte> said, long count);
    }

    /// <summary>Votes that count, with the whole number that each of their papers weighs.</summary>
    internal readonly record struct Weighed(Votes Votes, BigInteger Weight, string? College);

    /// <summary>What a method makes of the votes, options by their place in <see cref="Standing"/>.</summary>
    internal sealed record Judged(
        Verdict Verdict,
        IReadOnlyList<IReadOnlyList<int>> Ranking,
        IReadOnlyList<int> Elected,
        IReadOnlyList<int> Tied,
        Fraction? Base = null,
        Fraction? Threshold = null,
        Comparison? Comparison = null);

    /// <summary>What a method judges.</summary>
    /// <param name="Expressed">Papers expressed, in scaled weight.</param>
    internal sealed record Votings(IReadOnlyList<Weighed> Votes, BigInteger Expressed, MethodCounts Counts, MethodRules Rules, List<Step> Steps)
    {
        public IEnumerable<(TVotes Votes, BigInteger Weight)> Of<TVotes>() where TVotes : Votes => Votes.Select(v => ((TVotes)v.Votes, v.Weight));
    }

    internal abstract Votes NewVotes();

    /// <summary>Judges votes of which at least one paper is expressed.</summary>
    internal abstract Judged Judge(Votings votings);

    /// <summary>What a question on which nobody expressed anything comes to.</summary>
    internal virtual Judged JudgeNothing(Votings votings) => new(Verdict.Rejected, Unparted, [], []);

    private protected virtual IReadOnlyList<IReadOnlyList<int>> Unparted => [[.. Enumerable.Range(0, Standing.Count)]];

    /// <summary>Adds papers after checking them.</summary>
    /// <returns>What is wrong with them; null when they are counted.</returns>
    public Refusal? Add(PapersAlike papers)
    {
        if (papers.Count < 1 || papers.Count > MostPapers - _papers)
            return new PaperCountOutOfRange(papers.Count, MostPapers);
        if (papers.Weight <= Fraction.Zero)
            return new PaperWithoutWeight(papers.Weight);
        if (_packing.TryPack(papers.Paper, out var packed) is { } wrong)
            return wrong;
        Add(packed, papers.Count, papers.Weight, papers.College);
        return null;
    }

    /// <summary>Adds papers that were packed, and so checked, against the same question.</summary>
    /// <param name="packed">See <see cref="PackedPaper"/>.</param>
    /// <exception cref="ArgumentException">It is no paper on this question: it was never packed so.</exception>
    public void Add(ReadOnlySpan<byte> packed, long count, Fraction weight, string? college = null)
    {
        if (packed.IsEmpty || count < 1 || count > MostPapers - _papers || weight <= Fraction.Zero)
            throw new ArgumentException("No papers on this question.");
        var block = BlockOf(college, weight);
        switch (packed[0])
        {
            case PackedPaper.Said when block.Votes.Add(packed[1..], count):
                block.Expressed += count;
                break;
            case PackedPaper.Said or PackedPaper.Null:
                block.Null += count;
                break;
            case PackedPaper.Abstains:
                block.Abstaining += count;
                break;
            case PackedPaper.Blank:
                block.Blank += count;
                break;
            default:
                throw NoPaper();
        }

        _papers += count;
    }

    /// <param name="roll">Who could vote, by college; null where nobody knows, and whoever cast a paper is the roll.</param>
    /// <exception cref="ArgumentException">
    /// Rules with a <see cref="MethodRules.Fault"/>, or papers of more electors than the roll has: not a vote that can have been.
    /// </exception>
    public MethodOutcome Result(MethodRules rules, IReadOnlyList<RollGroup>? roll = null)
    {
        if (rules.Fault() is { } fault)
            throw new ArgumentException(fault.Code, nameof(rules));
        var parts = Parts(roll);
        var steps = new List<Step>();
        var judged = Decide();
        return new(
            judged.Verdict,
            parts.Aggregate(MethodCounts.None, (sum, p) => sum + p.Counts),
            parts.Any(p => p.Attendance.College is not null) ? [.. parts.Select(p => new CollegeMethodCounts(p.Counts, p.Attendance.College))] : [],
            steps,
            [.. judged.Ranking.Select(Names)],
            Names(judged.Elected),
            Names(judged.Tied),
            rules.Statutes,
            judged.Base,
            judged.Threshold,
            judged.Comparison);

        Judged Decide()
        {
            List<Attendance> attendances = [.. parts.Select(p => p.Attendance)];
            if (!Quorum.IsReached(rules.Quorum, attendances, steps))
                return new(Verdict.NoQuorum, Unparted, [], []);
            var missing = Quorum.Missing(rules.Quorum, rules.Colleges, attendances, steps);
            if (missing.Contains(true) && rules.Colleges.Content.Missing == MissingCollege.Block)
                return new(Verdict.NoQuorum, Unparted, [], []);

            var standing = parts.Where((_, i) => !missing[i]).ToList();
            steps.AddRange(parts.Where((p, i) => missing[i] && p.Counts.Papers.Heads > 0)
                .Select(p => new PapersLeftOut(rules.Colleges.Article, p.Attendance.College, p.Counts.Papers)));
            if (Question.Withdrawn is { Count: > 0 } withdrawn)
                steps.Add(new OptionsWithdrawn(rules.Article, [.. withdrawn.Order(StringComparer.Ordinal)]));
            var factor = Weights.Factor(_blocks.Keys.Select(k => k.Weight));
            if (factor != Fraction.One)
                steps.Add(new WeightsScaled(rules.Article, factor));

            // Outcomes are stored: their order must not depend on how papers were read.
            List<Weighed> votes =
            [
                .. _blocks.Where(b => standing.Any(p => p.Attendance.College == b.Key.College))
                    .OrderBy(b => b.Key.College, StringComparer.Ordinal).ThenBy(b => b.Key.Weight)
                    .Select(b => new Weighed(b.Value.Votes, (b.Key.Weight * factor).Numerator, b.Key.College)),
            ];
            var counts = standing.Aggregate(MethodCounts.None, (sum, p) => sum + p.Counts);
            var expressed = (counts.Expressed.Weight * factor).Numerator;
            var votings = new Votings(votes, expressed, counts, rules, steps);
            return expressed.IsZero ? JudgeNothing(votings) : Judge(votings);
        }
    }

    private protected static ArgumentException NoPaper() => new("The packed form is no paper on this question.");

    private protected string[] Names(IEnumerable<int> places) => [.. places.Select(p => Standing[p])];

    private protected IReadOnlyList<OptionVotes> ByVotes(IReadOnlyList<BigInteger> votes) =>
        [.. Enumerable.Range(0, votes.Count).OrderByDescending(o => votes[o]).Select(o => new OptionVotes(Standing[o], new(votes[o], 1)))];

    /// <summary>Best first, equals in the order of the paper.</summary>
    private protected static IReadOnlyList<IReadOnlyList<int>> GroupsOf(IReadOnlyList<BigInteger> votes) =>
        [.. Enumerable.Range(0, votes.Count).GroupBy(o => votes[o]).OrderByDescending(g => g.Key).Select(g => (IReadOnlyList<int>)[.. g])];

    /// <summary>Seats go down the ranking; a group across the last seat is parted by the order given, or the tie is declared.</summary>
    private protected Judged Seat(IReadOnlyList<IReadOnlyList<int>> ranking, int seats, MethodRules rules, List<Step> steps)
    {
        var elected = new List<int>();
        foreach (var group in ranking)
        {
            var left = seats - elected.Count;
            if (left == 0)
                break;
            if (group.Count <= left)
            {
                elected.AddRange(group);
            }
            else if (Ordered(group) is { } ordered)
            {
                elected.AddRange(ordered.Take(left));
                steps.Add(new TieParted(rules.Tie.Article, TieOver.Seat, Names(group), Names(ordered.Take(left))));
            }
            else
            {
                steps.Add(new TieDeclared(rules.Tie.Article, TieOver.Seat, Names(group), left));
                return new(Verdict.Tied, ranking, elected, group);
            }
        }

        return new(Verdict.Elected, ranking, elected, []);
    }

    /// <returns>Tied options in the order given to part them; null when none was, or not for all of them.</returns>
    private protected IReadOnlyList<int>? Ordered(IReadOnlyList<int> tied)
    {
        if (Question.TieOrder is not { } order)
            return null;
        List<int> ordered = [.. order.Select(o => Standing.ToList().IndexOf(o)).Where(tied.Contains)];
        return ordered.Count == tied.Count ? ordered : null;
    }

    private sealed record Part(Attendance Attendance, MethodCounts Counts);

    private List<Part> Parts(IReadOnlyList<RollGroup>? roll)
    {
        var counts = _blocks.GroupBy(b => b.Key.College)
            .Select(g => (College: g.Key, Counts: g.Aggregate(MethodCounts.None, (sum, b) => sum + b.Value.Counts(b.Key.Weight))))
            .OrderBy(g => g.College, StringComparer.Ordinal)
            .ToList();
        if (roll is null)
            return [.. counts.Select(c => new Part(new(new(c.Counts.Papers, Fraction.One, null, c.College), c.Counts.Papers), c.Counts))];

        if (roll.Select(g => g.College).Distinct().Count() != roll.Count)
            throw new ArgumentException("A college is twice on the roll.", nameof(roll));
        if (counts.FirstOrDefault(c => roll.All(g => g.College != c.College)) is { Counts: not null } stray)
            throw new ArgumentException($"Papers of {stray.College ?? "no college"}, which is not on the roll.", nameof(roll));
        return
        [
            .. roll.OrderBy(g => g.College, StringComparer.Ordinal).Select(group =>
            {
                var cast = counts.FirstOrDefault(c => c.College == group.College).Counts ?? MethodCounts.None;
                var silent = group.Members - cast.Papers;
                if (silent.Heads < 0 || silent.Weight < Fraction.Zero)
                    throw new ArgumentException($"More papers than electors in {group.College ?? "the roll"}.", nameof(roll));
                return new Part(new(group, cast.Papers), cast with { NotVoting = silent });
            }),
        ];
    }

    private Block BlockOf(string? college, Fraction weight)
    {
        // Papers of one weight and college come in rows: the last block is most often the next.
        if (_last is null || _lastKey.College != college || _lastKey.Weight != weight)
        {
            _lastKey = (college, weight);
            if (!_blocks.TryGetValue(_lastKey, out _last))
                _blocks[_lastKey] = _last = new(NewVotes());
        }

        return _last;
    }
}
