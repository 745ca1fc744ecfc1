using System.Text;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// Decides by consent: the proposal passes when no reasoned objection stands. Whoever objected may find the amended proposal answers, and
/// is asked again: each time is a count of its own.
/// </summary>
public sealed record Consent : Method
{
    internal override Refusal? Fault() => null;

    internal override MethodCount Start(Question question) => new ConsentCount(question);
}

internal sealed class ConsentCount(Question question) : MethodCount(question)
{
    private sealed class Answers : Votes
    {
        public long Consents, StandsAside;
        public readonly Dictionary<string, long> Objections = new(StringComparer.Ordinal);

        public override bool Add(ReadOnlySpan<byte> said, long count)
        {
            switch (said)
            {
                case [PackedPaper.Consents]:
                    Consents += count;
                    return true;
                case [PackedPaper.StandsAside]:
                    StandsAside += count;
                    return true;
                case [PackedPaper.Objects, _, ..]:
                    var reason = Encoding.UTF8.GetString(said[1..]);
                    Objections[reason] = Objections.GetValueOrDefault(reason) + count;
                    return true;
                default:
                    throw NoPaper();
            }
        }
    }

    internal override Votes NewVotes() => new Answers();

    private protected override IReadOnlyList<IReadOnlyList<int>> Unparted => [];

    internal override Judged JudgeNothing(Votings votings) => Judge(votings);

    internal override Judged Judge(Votings votings)
    {
        Tally Sum(Func<Answers, long> of) => votings.Of<Answers>().Aggregate(
            Tally.Zero, (sum, v) => sum + new Tally(of(v.Votes), new Fraction(v.Weight, 1) * of(v.Votes)));
        List<Objection> objections =
        [
            .. votings.Votes.SelectMany(v => ((Answers)v.Votes).Objections, (v, o) => (v.College, Reason: o.Key, Tally: new Tally(o.Value, new Fraction(v.Weight, 1) * o.Value)))
                .GroupBy(o => (o.College, o.Reason))
                .OrderBy(g => g.Key.College, StringComparer.Ordinal).ThenBy(g => g.Key.Reason, StringComparer.Ordinal)
                .Select(g => new Objection(g.Key.Reason, g.Aggregate(Tally.Zero, (sum, o) => sum + o.Tally), g.Key.College)),
        ];
        var passed = objections.Count == 0;
        votings.Steps.Add(new ConsentAsked(votings.Rules.Article, Sum(a => a.Consents), Sum(a => a.StandsAside), objections, passed));
        return new(passed ? Verdict.Adopted : Verdict.Rejected, Unparted, [], []);
    }
}
