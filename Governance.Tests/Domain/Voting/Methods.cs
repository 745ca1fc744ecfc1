using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Domain.Voting;

/// <summary>Words in which examples of the methods are told.</summary>
internal static class Methods
{
    public static MethodRules MethodRules(QuorumRule? quorum = null, CollegesRule? colleges = null) => new(
        null,
        "art. 20",
        new("art. 10", quorum ?? QuorumRule.None),
        new("art. 7", colleges ?? CollegesRule.Pooled),
        new("art. 13", new TieRule(TieBreak.Lot)));

    public static PapersAlike Times(this Paper paper, long count, string? college = null) => new(paper, count, Fraction.One, college);

    public static PapersAlike Weighing(this Paper paper, Fraction weight, long count = 1, string? college = null) => new(paper, count, weight, college);

    public static Paper Choose(params string[] options) => new Paper.Choices(options);

    /// <summary>« A > B = C »: best first, equals joined.</summary>
    public static Paper Rank(string ranking) => new Paper.Ranking(
        [.. ranking.Split('>').Select(group => (IReadOnlyList<string>)[.. group.Split('=', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)])]);

    /// <summary>« 8 A > C ; 2 B »: so many papers of each ranking, each option one letter where no space parts them.</summary>
    public static PapersAlike[] Rankings(string papers) => [.. papers.Split(';', StringSplitOptions.TrimEntries).Select(line =>
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var ranking = line[(space + 1)..];
        return Rank(ranking.Contains('>', StringComparison.Ordinal) || ranking.Contains('=', StringComparison.Ordinal) ? ranking : string.Join('>', ranking.ToCharArray()))
            .Times(long.Parse(line[..space]));
    })];

    public static string[] Letters(string letters) => [.. letters.Select(l => l.ToString())];

    public static MethodOutcome Outcome(this Question question, params IEnumerable<PapersAlike> papers) => question.Outcome(null, null, papers);

    public static MethodOutcome Outcome(this Question question, MethodRules? rules, IReadOnlyList<RollGroup>? roll, params IEnumerable<PapersAlike> papers)
    {
        var count = question.Count();
        foreach (var group in papers)
            Assert.Null(count.Add(group));
        return count.Result(rules ?? MethodRules(), roll);
    }

    /// <summary>« A > B = C ».</summary>
    public static string Told(IEnumerable<IEnumerable<string>> ranking) => string.Join(" > ", ranking.Select(g => string.Join(" = ", g)));

    public static string Told(IReadOnlyList<string> options) => string.Join(", ", options);

    public static string Told(IReadOnlyList<OptionVotes> votes) => string.Join(", ", votes.Select(v => $"{v.Option} {v.Votes}"));

    public static string Told(IReadOnlyList<IReadOnlyList<Fraction>> table) => string.Join(" | ", table.Select(row => string.Join(' ', row)));

    public static TStep Only<TStep>(this MethodOutcome outcome) where TStep : Step => Assert.Single(outcome.Steps.OfType<TStep>());
}
