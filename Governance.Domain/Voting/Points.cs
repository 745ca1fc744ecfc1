using System.Buffers.Binary;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Each elector shares exactly so many points among the options; those with most points have the seats.</summary>
/// <param name="Each">1 to 1,000,000.</param>
public sealed record Points(int Each, int Seats = 1) : Method
{
    public const int MostPoints = 1_000_000;

    internal override Refusal? Fault() => Texts.Number("points", Each, 1, MostPoints) ?? SeatsFault(Seats);

    internal override MethodCount Start(Question question) => new PointsCount(question, this);
}

internal sealed class PointsCount(Question question, Points method) : MethodCount(question)
{
    private sealed class SharedPoints(int[] places, int options) : OptionTotals(options)
    {
        public override bool Add(ReadOnlySpan<byte> said, long count)
        {
            if (said.Length % 5 != 0)
                throw NoPaper();
            var named = false;
            for (; !said.IsEmpty; said = said[5..])
            {
                if (said[0] >= places.Length)
                    throw NoPaper();
                var place = places[said[0]];
                if (place < 0)
                    continue;
                named = true;
                Totals[place] = checked(Totals[place] + (BinaryPrimitives.ReadInt32LittleEndian(said[1..]) * count));
            }

            return named;
        }
    }

    internal override Votes NewVotes() => new SharedPoints(Places, Standing.Count);

    internal override Judged Judge(Votings votings)
    {
        var totals = OptionTotals.Sum(votings, Standing.Count);
        votings.Steps.Add(new PointsTotalled(votings.Rules.Article, method.Each, ByVotes(totals), new(votings.Expressed, 1)));
        return Seat(GroupsOf(totals), method.Seats, votings.Rules, votings.Steps);
    }
}
