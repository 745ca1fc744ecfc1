using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// Seats by proportion: quota floor(V / (seats + 1)) + 1, kept throughout; the largest surplus first, every paper of the elected option going on at
/// surplus / total of its present value (weighted inclusive Gregory, exact fractions); else the lowest is out, one at a time. Ties by the latest
/// earlier count that parts them, else by <see cref="Question.TieOrder"/>, else declared. The rest are elected as soon as they are as many as
/// the seats left, before any transfer. Equal ranks are refused.
/// </summary>
/// <remarks>
/// The counting of Scottish local elections (Scottish Local Government Elections Order 2011, schedule 1, part III), but with exact fractions where it
/// cuts to five decimals. The ranking is the elected in order, then those left when the last seat was filled by their votes, then the excluded in reverse.
/// </remarks>
public sealed record SingleTransferableVote(int Seats = 1) : Method
{
    internal override Refusal? Fault() => SeatsFault(Seats);

    internal override MethodCount Start(Question question) => new SingleTransferableVoteCount(question, this);
}

internal sealed class SingleTransferableVoteCount(Question question, SingleTransferableVote method) : MethodCount(question)
{
    private readonly SingleTransferableVote _method = method;

    internal override Votes NewVotes() => new Rankings(Places);

    internal override Judged Judge(Votings votings) => new Counting(this, votings).Run();

    /// <summary>Distinct rankings, one after the other in one run of bytes, each with how many papers say it.</summary>
    internal sealed class Rankings(int[] places) : Votes
    {
        private byte[] _bytes = new byte[1024];
        private int[] _starts = new int[65];
        private long[] _counts = new long[64];
        private int[] _slots = new int[256];

        public int Count { get; private set; }

        public long CountOf(int ranking) => _counts[ranking];

        public ReadOnlySpan<byte> Of(int ranking) => _bytes.AsSpan(_starts[ranking].._starts[ranking + 1]);

        public override bool Add(ReadOnlySpan<byte> said, long count)
        {
            // Written behind the last ranking, and kept there if it is a new one.
            var start = _starts[Count];
            if (start + said.Length > _bytes.Length)
                Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, start + said.Length)));
            var length = 0;
            foreach (var option in said)
            {
                if (option == PackedPaper.Separator)
                    continue;
                if (option >= places.Length)
                    throw NoPaper();
                if (places[option] >= 0)
                    _bytes[start + length++] = (byte)places[option];
            }

            if (length == 0)
                return false;

            var slot = Find(_bytes.AsSpan(start, length));
            if (_slots[slot] != 0)
            {
                _counts[_slots[slot] - 1] += count;
                return true;
            }

            if (Count == _counts.Length)
            {
                Array.Resize(ref _counts, Count * 2);
                Array.Resize(ref _starts, (Count * 2) + 1);
            }

            _counts[Count] = count;
            _starts[++Count] = start + length;
            _slots[slot] = Count;
            if (Count * 2 > _slots.Length)
                Widen();
            return true;
        }

        private int Find(ReadOnlySpan<byte> ranking)
        {
            var slot = Hash(ranking) & (_slots.Length - 1);
            while (_slots[slot] != 0 && !Of(_slots[slot] - 1).SequenceEqual(ranking))
                slot = (slot + 1) & (_slots.Length - 1);
            return slot;
        }

        private void Widen()
        {
            _slots = new int[_slots.Length * 2];
            for (var i = 0; i < Count; i++)
                _slots[Find(Of(i))] = i + 1;
        }

        // FNV-1a, folded.
        private static int Hash(ReadOnlySpan<byte> bytes)
        {
            var hash = 14695981039346656037UL;
            foreach (var value in bytes)
                hash = (hash ^ value) * 1099511628211UL;
            return (int)(hash ^ (hash >> 32)) & int.MaxValue;
        }
    }

    private enum State : byte { In, Elected, Out }

    /// <summary>Papers on one option's pile that have one value.</summary>
    private sealed class Bundle(BigInteger value)
    {
        /// <summary>Of one paper, over the common denominator.</summary>
        public BigInteger Value = value;

        public long Papers;
        public readonly List<(int Votes, int Ranking, byte Next)> Rankings = [];
    }

    private sealed class Counting
    {
        private readonly SingleTransferableVoteCount _count;
        private readonly Votings _votings;
        private readonly List<(Rankings Votes, BigInteger Weight)> _votes;
        private readonly int _seats, _options;
        private readonly State[] _states;
        private readonly List<Bundle>[] _piles;

        /// <summary>By count, then by option; as they stood.</summary>
        private readonly List<Fraction[]> _tallies = [];

        private readonly List<List<int>> _elected = [];
        private readonly List<int> _excluded = [];
        private readonly List<int> _surpluses = [];
        private readonly BigInteger _quota;

        /// <summary>Every value is a whole number of parts; so many parts make one vote.</summary>
        private BigInteger _parts = BigInteger.One;

        private BigInteger _exhausted = BigInteger.Zero;

        public Counting(SingleTransferableVoteCount count, Votings votings)
        {
            _count = count;
            _votings = votings;
            _votes = [.. votings.Of<Rankings>()];
            (_seats, _options) = (count._method.Seats, count.Standing.Count);
            _states = new State[_options];
            _piles = [.. Enumerable.Range(0, _options).Select(_ => new List<Bundle>())];
            _quota = (votings.Expressed / (_seats + 1)) + 1;
        }

        private List<Step> Steps => _votings.Steps;

        private string Article => _votings.Rules.Article;

        private int Number => _tallies.Count;

        private int SeatsLeft => _seats - _elected.Sum(g => g.Count);

        private IEnumerable<int> StillIn => Enumerable.Range(0, _options).Where(o => _states[o] == State.In);

        public Judged Run()
        {
            Steps.Add(new QuotaSet(Article, new(_votings.Expressed, 1), _seats, new(_quota, 1)));
            DealFirstPreferences();
            TakeStock();
            while (SeatsLeft > 0 && StillIn.Any())
            {
                if (StillIn.Count() <= SeatsLeft)
                {
                    Elect([.. StillIn], ElectedBy.SeatsLeft);
                }
                else if (_surpluses.Count > 0)
                {
                    if (Chosen(_surpluses, TieOver.Surplus) is not { } largest)
                        return Finish(Largest(_surpluses));
                    TransferSurplus(largest);
                }
                else
                {
                    if (Chosen([.. StillIn], TieOver.Exclusion) is not { } lowest)
                        return Finish(Lowest([.. StillIn]));
                    Exclude(lowest);
                }
            }

            return Finish([]);
        }

        private void DealFirstPreferences()
        {
            for (var v = 0; v < _votes.Count; v++)
            {
                var (rankings, weight) = _votes[v];
                var dealt = new Bundle?[_options];
                for (var r = 0; r < rankings.Count; r++)
                    Deal(rankings.Of(r)[0], (v, r, 1), rankings.CountOf(r), dealt, weight);
            }
        }

        private void Deal(int to, (int Votes, int Ranking, byte Next) ranking, long papers, Bundle?[] dealt, BigInteger value)
        {
            if (dealt[to] is not { } bundle)
            {
                dealt[to] = bundle = new(value);
                _piles[to].Add(bundle);
            }

            bundle.Papers += papers;
            bundle.Rankings.Add(ranking);
        }

        /// <summary>Moves a whole pile to the next preferences, each bundle at its value now.</summary>
        private (OptionVotes[] To, Fraction Exhausted) Move(List<Bundle> pile)
        {
            var before = _piles.Select(Sum).ToArray();
            var exhausted = BigInteger.Zero;
            foreach (var bundle in pile)
            {
                var dealt = new Bundle?[_options];
                var stuck = 0L;
                foreach (var (votes, ranking, from) in bundle.Rankings)
                {
                    var preferences = _votes[votes].Votes.Of(ranking);
                    var papers = _votes[votes].Votes.CountOf(ranking);
                    var next = (int)from;
                    while (next < preferences.Length && _states[preferences[next]] != State.In)
                        next++;
                    if (next < preferences.Length)
                        Deal(preferences[next], (votes, ranking, (byte)(next + 1)), papers, dealt, bundle.Value);
                    else
                        stuck += papers;
                }

                exhausted += bundle.Value * stuck;
            }

            _exhausted += exhausted;
            return (
                [.. StillIn.Select(o => (Option: o, Parts: Sum(_piles[o]) - before[o])).Where(o => !o.Parts.IsZero)
                    .Select(o => new OptionVotes(_count.Standing[o.Option], new(o.Parts, _parts)))],
                new(exhausted, _parts));
        }

        private void TransferSurplus(int option)
        {
            _surpluses.Remove(option);
            var total = Sum(_piles[option]);
            var surplus = total - (_quota * _parts);
            var (surplusVotes, totalVotes, ratio) = (new Fraction(surplus, _parts), new Fraction(total, _parts), new Fraction(surplus, total));

            // One denominator for all: it takes in the ratio's, and every value but those that go on takes it in with it.
            _parts *= ratio.Denominator;
            _exhausted *= ratio.Denominator;
            foreach (var bundle in _piles.SelectMany(p => p))
                bundle.Value *= ratio.Denominator;
            var pile = _piles[option];
            foreach (var bundle in pile)
                bundle.Value = bundle.Value / ratio.Denominator * ratio.Numerator;
            _piles[option] = [new(_quota * _parts) { Papers = 1 }];
            var (to, exhausted) = Move(pile);
            Steps.Add(new SurplusTransferred(Article, Number + 1, _count.Standing[option], surplusVotes, totalVotes, ratio, to, exhausted));
            TakeStock();
        }

        private void Exclude(int option)
        {
            var pile = _piles[option];
            var votes = new Fraction(Sum(pile), _parts);
            _states[option] = State.Out;
            _excluded.Add(option);
            _piles[option] = [];
            var (to, exhausted) = Move(pile);
            Steps.Add(new OptionExcluded(Article, Number + 1, _count.Standing[option], votes, to, exhausted));
            TakeStock();
        }

        /// <summary>Ends a count: says where everybody stands, and elects whoever has the quota.</summary>
        private void TakeStock()
        {
            var tallies = _piles.Select(p => new Fraction(Sum(p), _parts)).ToArray();
            _tallies.Add(tallies);
            Steps.Add(new VotesStand(
                Article, Number, [.. tallies.Select((votes, o) => new OptionVotes(_count.Standing[o], votes))], new(_exhausted, _parts)));
            List<int> reached = [.. StillIn.Where(o => tallies[o] >= new Fraction(_quota, 1))];
            _surpluses.AddRange(reached.Where(o => tallies[o] > new Fraction(_quota, 1)));
            if (reached.Count > 0)
                Elect(reached, ElectedBy.Quota);
        }

        private void Elect(List<int> options, ElectedBy by)
        {
            var groups = ByVotes(options);
            _elected.AddRange(groups);
            Steps.Add(new OptionsElected(Article, Number, _count.Names(groups.SelectMany(g => g)), by));
            foreach (var option in options)
                _states[option] = State.Elected;
        }

        /// <summary>Most votes first; equals by the latest earlier count that parts them, else in one group.</summary>
        private List<List<int>> ByVotes(IEnumerable<int> options)
        {
            int Compare(int a, int b)
            {
                for (var count = _tallies.Count - 1; count >= 0; count--)
                {
                    if (_tallies[count][b].CompareTo(_tallies[count][a]) is var order && order != 0)
                        return order;
                }

                return 0;
            }

            var groups = new List<List<int>>();
            foreach (var option in options.Order(Comparer<int>.Create((a, b) => Compare(a, b) is var order && order != 0 ? order : a - b)))
            {
                if (groups.Count > 0 && Compare(groups[^1][0], option) == 0)
                    groups[^1].Add(option);
                else
                    groups.Add([option]);
            }

            return groups;
        }

        private List<int> Largest(IEnumerable<int> options) => ByVotes(options)[0];

        private List<int> Lowest(IEnumerable<int> options) => ByVotes(options)[^1];

        /// <returns>Whose turn it is; null when nothing parts those whose it could be.</returns>
        private int? Chosen(List<int> options, TieOver over)
        {
            var best = over == TieOver.Surplus ? _tallies[^1].Where((_, o) => options.Contains(o)).Max() : _tallies[^1].Where((_, o) => options.Contains(o)).Min();
            List<int> equal = [.. options.Where(o => _tallies[^1][o] == best).Order()];
            if (equal.Count == 1)
                return equal[0];
            var left = over == TieOver.Surplus ? Largest(equal) : Lowest(equal);
            if (left.Count == 1)
            {
                Steps.Add(new TieParted(_votings.Rules.Article, over, _count.Names(equal), _count.Names(left), PartedAt(equal, left[0])));
                return left[0];
            }

            if (_count.Ordered(left) is not { } ordered)
            {
                Steps.Add(new TieDeclared(_votings.Rules.Tie.Article, over, _count.Names(left)));
                return null;
            }

            var chosen = over == TieOver.Surplus ? ordered[0] : ordered[^1];
            Steps.Add(new TieParted(_votings.Rules.Tie.Article, over, _count.Names(left), [_count.Standing[chosen]]));
            return chosen;
        }

        /// <returns>The latest count in which they were not all equal.</returns>
        private int PartedAt(List<int> equal, int chosen) =>
            _tallies.FindLastIndex(tallies => equal.Any(o => tallies[o] != tallies[chosen])) + 1;

        private Judged Finish(List<int> tied)
        {
            List<IReadOnlyList<int>> ranking = [.. _elected, .. ByVotes(StillIn), .. _excluded.AsEnumerable().Reverse().Select(o => new List<int> { o })];
            return new(
                tied.Count > 0 ? Verdict.Tied : Verdict.Elected, ranking, [.. _elected.SelectMany(g => g)], tied, new Fraction(_votings.Expressed, 1),
                new Fraction(_quota, 1), Comparison.AtLeast);
        }

        private static BigInteger Sum(List<Bundle> pile)
        {
            var sum = BigInteger.Zero;
            foreach (var bundle in pile)
                sum += bundle.Value * bundle.Papers;
            return sum;
        }
    }
}
