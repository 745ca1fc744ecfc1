using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// Condorcet's method with strongest paths, by winning votes. Options not ranked come last and equal. Strengths are computed once; each group
/// of the ranking is the options left that no option left beats.
/// </summary>
/// <remarks>
/// M. Schulze, « A new monotonic, independent of clones, reversal symmetric, and Condorcet-consistent single-winner election method », Social
/// Choice and Welfare 36 (2011), section 2.
/// </remarks>
public sealed record Schulze(int Seats = 1) : Method
{
    internal override Refusal? Fault() => SeatsFault(Seats);

    internal override MethodCount Start(Question question) => new SchulzeCount(question, this);
}

internal sealed class SchulzeCount(Question question, Schulze method) : MethodCount(question)
{
    private sealed class Pairs(int[] places, int options) : Votes
    {
        // Options of the paper at hand from best to worst, groups one after the other, those not ranked at the end.
        private readonly int[] _order = new int[options];
        private readonly long[] _seenOn = new long[options];
        private readonly List<int> _groupEnds = [];
        private long _paper;

        // Row above column; row by row.
        public long[] Preferring { get; } = new long[options * options];

        public override bool Add(ReadOnlySpan<byte> said, long count)
        {
            var ranked = Order(said);
            if (ranked == 0)
                return false;

            var from = 0;
            foreach (var end in _groupEnds)
            {
                var below = _order.AsSpan(end);
                for (; from < end; from++)
                {
                    var row = Preferring.AsSpan(_order[from] * options, options);
                    foreach (var option in below)
                        row[option] += count;
                }
            }

            return true;
        }

        /// <returns>How many options that stand are ranked.</returns>
        private int Order(ReadOnlySpan<byte> said)
        {
            _paper++;
            _groupEnds.Clear();
            var ranked = 0;
            foreach (var option in said)
            {
                if (option == PackedPaper.Separator)
                {
                    _groupEnds.Add(ranked);
                    continue;
                }

                if (option >= places.Length)
                    throw NoPaper();
                if (places[option] is var place && place < 0)
                    continue;
                if (_seenOn[place] == _paper)
                    throw NoPaper();
                _seenOn[place] = _paper;
                _order[ranked++] = place;
            }

            _groupEnds.Add(ranked);
            var last = ranked;
            for (var option = 0; option < options; option++)
            {
                if (_seenOn[option] != _paper)
                    _order[last++] = option;
            }

            return ranked;
        }
    }

    internal override Votes NewVotes() => new Pairs(Places, Standing.Count);

    internal override Judged Judge(Votings votings)
    {
        var n = Standing.Count;
        var preferring = new BigInteger[n, n];
        foreach (var (votes, weight) in votings.Of<Pairs>())
        {
            for (var x = 0; x < n; x++)
            {
                for (var y = 0; y < n; y++)
                    preferring[x, y] += weight * votes.Preferring[(x * n) + y];
            }
        }

        var strengths = Strongest(preferring, n);
        votings.Steps.Add(new PairsCompared(votings.Rules.Article, Standing, Table(preferring)));
        votings.Steps.Add(new StrongestPaths(votings.Rules.Article, Standing, Table(strengths)));
        return Seat(Ranked(strengths, n), method.Seats, votings.Rules, votings.Steps);
    }

    private static BigInteger[,] Strongest(BigInteger[,] preferring, int n)
    {
        var strengths = new BigInteger[n, n];
        for (var x = 0; x < n; x++)
        {
            for (var y = 0; y < n; y++)
                strengths[x, y] = preferring[x, y] > preferring[y, x] ? preferring[x, y] : BigInteger.Zero;
        }

        // A path is as strong as its weakest link: Floyd and Warshall's order over the option passed through.
        for (var through = 0; through < n; through++)
        {
            for (var x = 0; x < n; x++)
            {
                if (x == through)
                    continue;
                for (var y = 0; y < n; y++)
                {
                    if (y != x && y != through)
                        strengths[x, y] = BigInteger.Max(strengths[x, y], BigInteger.Min(strengths[x, through], strengths[through, y]));
                }
            }
        }

        return strengths;
    }

    private static List<IReadOnlyList<int>> Ranked(BigInteger[,] strengths, int n)
    {
        var ranking = new List<IReadOnlyList<int>>();
        List<int> left = [.. Enumerable.Range(0, n)];
        while (left.Count > 0)
        {
            // Beating is transitive, so somebody is always unbeaten.
            List<int> unbeaten = [.. left.Where(x => left.All(y => strengths[y, x] <= strengths[x, y]))];
            ranking.Add(unbeaten);
            left = [.. left.Except(unbeaten)];
        }

        return ranking;
    }

    private static IReadOnlyList<IReadOnlyList<Fraction>> Table(BigInteger[,] values) =>
        [.. Enumerable.Range(0, values.GetLength(0)).Select(x =>
            (IReadOnlyList<Fraction>)[.. Enumerable.Range(0, values.GetLength(1)).Select(y => new Fraction(values[x, y], 1))])];
}
