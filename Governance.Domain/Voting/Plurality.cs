using System.Numerics;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>
/// Each elector chooses at most as many options as there are seats. In one round most votes win. In two rounds those with more than
/// half of the papers expressed are elected in the first; the two best of the others for each seat left, and whoever equals the last of them, go to a
/// second, in which most votes win.
/// </summary>
/// <param name="Rounds">1 or 2.</param>
/// <param name="MostChoices">How many options a paper may name; null for as many as seats.</param>
public sealed record Plurality(int Seats = 1, int Rounds = 1, int? MostChoices = null) : Method
{
    internal override Refusal? Fault() =>
        SeatsFault(Seats) ?? Texts.Number("rounds", Rounds, 1, 2) ?? Texts.Number("mostChoices", MostChoices, 1, Question.MostOptions);

    internal override MethodCount Start(Question question) => new PluralityCount(question, this);

    /// <summary>The question of the second round, which has papers, and may have a roll, of its own; null when none is needed.</summary>
    public static Question? SecondRound(Question first, MethodOutcome outcome) =>
        outcome.Steps.OfType<SecondRoundCalled>().SingleOrDefault() is { } called && first.Method is Plurality
            ? first with { Method = new Plurality(called.Seats), Options = called.Options, Withdrawn = null, TieOrder = Among(first.TieOrder, called.Options) }
            : null;

    /// <summary>Both rounds as one outcome: its counts, base and threshold are the second's, the first's are in its step.</summary>
    public static MethodOutcome Together(MethodOutcome first, MethodOutcome second)
    {
        List<string> decided = [.. first.Elected, .. second.Ranking.SelectMany(g => g)];
        IEnumerable<IReadOnlyList<string>> Without(IEnumerable<string> gone) =>
            first.Ranking.Select(IReadOnlyList<string> (g) => [.. g.Except(gone, StringComparer.Ordinal)]).Where(g => g.Count > 0);
        return second with
        {
            Steps = [.. first.Steps, .. second.Steps.Select(s => s is RoundCounted round ? round with { Round = 2 } : s)],
            Ranking = [.. Without(first.Ranking.SelectMany(g => g).Except(first.Elected, StringComparer.Ordinal)), .. second.Ranking, .. Without(decided)],
            Elected = [.. first.Elected, .. second.Elected],
        };
    }

    private static List<string>? Among(IReadOnlyList<string>? order, IReadOnlyList<string> options) =>
        order is null ? null : [.. order.Where(o => options.Contains(o, StringComparer.Ordinal))];
}

internal sealed class PluralityCount(Question question, Plurality method) : MethodCount(question)
{
    internal override Votes NewVotes() => new ChosenVotes(Places, Standing.Count);

    internal override Judged Judge(Votings votings)
    {
        var totals = OptionTotals.Sum(votings, Standing.Count);
        var ranking = GroupsOf(totals);
        var expressed = new Fraction(votings.Expressed, 1);
        if (method.Rounds == 1)
        {
            // The round comes before what parts its tie.
            var at = votings.Steps.Count;
            var judged = Seat(ranking, method.Seats, votings.Rules, votings.Steps);
            votings.Steps.Insert(at, Round(votings, totals, judged.Elected, null));
            return judged;
        }

        var elected = new List<int>();
        foreach (var group in ranking)
        {
            // As many above half as to share the last seat are left to the second round with the others.
            if (totals[group[0]] * 2 <= votings.Expressed || elected.Count + group.Count > method.Seats)
                break;
            elected.AddRange(group);
        }

        votings.Steps.Add(Round(votings, totals, elected, expressed / 2));
        var others = ranking.SelectMany(g => g).Where(o => !elected.Contains(o)).ToList();
        var left = method.Seats - elected.Count;
        if (left == 0 || others.Count == 0)
            return new(Verdict.Elected, ranking, elected, [], expressed, expressed / 2, Comparison.MoreThan);

        var last = totals[others[Math.Min(2 * left, others.Count) - 1]];
        votings.Steps.Add(new SecondRoundCalled(votings.Rules.Article, left, Names(others.Where(o => totals[o] >= last))));
        return new(Verdict.Rejected, ranking, elected, [], expressed, expressed / 2, Comparison.MoreThan);
    }

    private RoundCounted Round(Votings votings, BigInteger[] totals, IReadOnlyList<int> elected, Fraction? moreThan) => new(
        votings.Rules.Article, 1, method.Seats, votings.Counts, ByVotes(totals), new(votings.Expressed, 1), Names(elected), moreThan);
}
