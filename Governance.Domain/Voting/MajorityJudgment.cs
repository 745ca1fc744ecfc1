using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// Each elector grades every option; options are ranked by the lower median of their grades, and those with the same median by taking medians
/// away one by one until they differ. An option that a paper does not grade gets the worst grade from it.
/// </summary>
/// <remarks>
/// M. Balinski and R. Laraki, « A theory of measuring, electing, and ranking », PNAS 104 (2007): the majority-grade and the majority-value.
/// </remarks>
/// <param name="Grades">Best first, 2 to 50.</param>
public sealed record MajorityJudgment(IReadOnlyList<string> Grades, int Seats = 1) : Method
{
    internal override Refusal? Fault() =>
        Texts.Number("grades", Grades.Count, 2, 50)
        ?? Grades.Select(g => Texts.Name("grades", g)).FirstOrDefault(fault => fault is not null)
        ?? (Grades.GroupBy(g => g, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice ? new GradeTwice(twice.Key) : null)
        ?? SeatsFault(Seats);

    internal override MethodCount Start(Question question) => new MajorityJudgmentCount(question, this);
}

internal sealed class MajorityJudgmentCount(Question question, MajorityJudgment method) : MethodCount(question)
{
    private sealed class GradesGiven(int[] places, int options, int grades) : Votes
    {
        // Option by option, best grade first.
        public long[] Counts { get; } = new long[options * grades];

        public override bool Add(ReadOnlySpan<byte> said, long count)
        {
            if (said.Length != places.Length)
                throw NoPaper();
            var named = places.Length == options;
            for (var i = 0; i < said.Length && !named; i++)
                named = places[i] >= 0 && said[i] != PackedPaper.NoGrade;
            if (!named)
                return false;

            for (var i = 0; i < said.Length; i++)
            {
                if (said[i] >= grades && said[i] != PackedPaper.NoGrade)
                    throw NoPaper();
                if (places[i] >= 0)
                    Counts[(places[i] * grades) + Math.Min((int)said[i], grades - 1)] += count;
            }

            return true;
        }
    }

    internal override Votes NewVotes() => new GradesGiven(Places, Standing.Count, method.Grades.Count);

    internal override Judged Judge(Votings votings)
    {
        var profiles = Enumerable.Range(0, Standing.Count).Select(o => new Profile(new BigInteger[method.Grades.Count])).ToArray();
        foreach (var (votes, weight) in votings.Of<GradesGiven>())
        {
            for (var i = 0; i < votes.Counts.Length; i++)
                profiles[i / method.Grades.Count].Counts[i % method.Grades.Count] += weight * votes.Counts[i];
        }

        var expressed = votings.Expressed;
        var sorted = Enumerable.Range(0, profiles.Length).ToList();
        sorted.Sort((a, b) => Profile.Compare(profiles[a], profiles[b], expressed).Sign is var sign && sign != 0 ? sign : a - b);
        var ranking = new List<List<int>>();
        foreach (var option in sorted)
        {
            if (ranking.Count > 0 && Profile.Compare(profiles[ranking[^1][0]], profiles[option], expressed).Sign == 0)
                ranking[^1].Add(option);
            else
                ranking.Add([option]);
        }

        votings.Steps.Add(new MeritProfiled(
            votings.Rules.Article, method.Grades,
            [.. sorted.Select(o => new MeritProfile(
                Standing[o], [.. profiles[o].Counts.Select(c => new Fraction(c, 1))], method.Grades[profiles[o].GradeAt(Profile.Middle(expressed))]))],
            new(expressed, 1)));
        foreach (var (better, worse) in ranking.Zip(ranking.Skip(1)))
        {
            var parted = Profile.Compare(profiles[better[0]], profiles[worse[0]], expressed);
            if (parted.TakenAway > 0)
                votings.Steps.Add(new MedianTieParted(
                    votings.Rules.Article, Standing[better[0]], Standing[worse[0]], new(parted.TakenAway, 1),
                    method.Grades[parted.GradeOfFirst], method.Grades[parted.GradeOfSecond]));
        }

        return Seat(ranking, method.Seats, votings.Rules, votings.Steps);
    }

    /// <summary>What parts two options: the first place, in the order in which medians are taken away, where their grades differ.</summary>
    /// <param name="Sign">Below zero when the first option is better; zero when nothing parts them.</param>
    /// <param name="TakenAway">How many equal medians came before.</param>
    private readonly record struct Parted(int Sign, BigInteger TakenAway, int GradeOfFirst, int GradeOfSecond);

    /// <param name="Counts">By grade, best first.</param>
    private sealed record Profile(BigInteger[] Counts)
    {
        /// <summary>The place of the lower median, 1 for the worst grade given.</summary>
        public static BigInteger Middle(BigInteger expressed) => (expressed + 1) / 2;

        /// <returns>The grade at a place, 1 for the worst given.</returns>
        public int GradeAt(BigInteger place)
        {
            var grade = Counts.Length - 1;
            for (var below = Counts[grade]; below < place; below += Counts[grade])
                grade--;
            return grade;
        }

        /// <summary>
        /// Medians go from the middle outwards, to and fro: with an even number of papers the lower middle, the upper middle, the next lower and so
        /// on; with an odd number the middle, the next lower, the next upper. Grades change at few places, so only those are looked at.
        /// </summary>
        public static Parted Compare(Profile a, Profile b, BigInteger expressed)
        {
            var middle = Middle(expressed);
            var best = new Parted(0, expressed, 0, 0);
            var (i, j) = (a.Counts.Length - 1, b.Counts.Length - 1);
            var (aboveA, aboveB) = (a.Counts[i], b.Counts[j]);
            for (BigInteger from = 1; from <= expressed;)
            {
                while (aboveA < from)
                    aboveA += a.Counts[--i];
                while (aboveB < from)
                    aboveB += b.Counts[--j];
                var to = BigInteger.Min(aboveA, aboveB);
                if (i != j)
                {
                    // The nearest place of the stretch on either side of the middle.
                    if (from <= middle)
                        best = Earlier(best, new(i - j, Turn(BigInteger.Min(to, middle), middle, expressed), i, j));
                    if (to > middle)
                        best = Earlier(best, new(i - j, Turn(BigInteger.Max(from, middle + 1), middle, expressed), i, j));
                }

                from = to + 1;
            }

            return best;
        }

        private static Parted Earlier(Parted one, Parted other) => one.Sign == 0 || other.TakenAway < one.TakenAway ? other : one;

        /// <returns>How many medians are taken away before the one at this place.</returns>
        private static BigInteger Turn(BigInteger place, BigInteger middle, BigInteger expressed)
        {
            var distance = BigInteger.Abs(place - middle);
            var lowerFirst = expressed.IsEven ? 0 : 1;
            return place <= middle
                ? BigInteger.Max((2 * distance) - lowerFirst, 0)
                : (2 * distance) - 1 + lowerFirst;
        }
    }
}
