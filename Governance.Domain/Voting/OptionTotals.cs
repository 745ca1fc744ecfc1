using System.Numerics;

namespace Governance.Domain.Voting;

/// <summary>One sum for each option.</summary>
internal abstract class OptionTotals(int options) : MethodCount.Votes
{
    public long[] Totals { get; } = new long[options];

    public static BigInteger[] Sum(MethodCount.Votings votings, int options)
    {
        var sums = new BigInteger[options];
        foreach (var (votes, weight) in votings.Of<OptionTotals>())
        {
            for (var i = 0; i < options; i++)
                sums[i] += weight * votes.Totals[i];
        }

        return sums;
    }
}

/// <summary>How many papers choose each option.</summary>
internal sealed class ChosenVotes(int[] places, int options) : OptionTotals(options)
{
    public override bool Add(ReadOnlySpan<byte> said, long count)
    {
        var named = false;
        foreach (var option in said)
        {
            if (option >= places.Length)
                throw new ArgumentException("The packed form is no paper on this question.");
            if (places[option] is var place && place < 0)
                continue;
            named = true;
            Totals[place] += count;
        }

        return named;
    }
}
