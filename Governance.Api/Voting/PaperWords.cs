using Governance.Api.Face.Wording;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Voting;

/// <summary>Methods and papers in words.</summary>
public static class PaperWords
{
    /// <summary>What people call the method: « vote par approbation ».</summary>
    public static string Name(Method method, IStringLocalizer<MethodText> t) => method switch
    {
        Plurality { Rounds: 2 } => t["Method.TwoRounds"],
        _ => t["Method." + method.GetType().Name],
    };

    /// <summary>How to fill the paper in.</summary>
    public static string How(Question question, IStringLocalizer<MethodText> t) => question.Method switch
    {
        Plurality => PaperForm.MostChoices(question) is { } most && most > 1 ? t["How.Choices", CountWording.Number(most)] : t["How.One"],
        Points method => t["How.Points", CountWording.Number(method.Each)],
        var method => t["How." + method.GetType().Name],
    };

    /// <summary>A paper line by line, in the order in which it is read.</summary>
    /// <param name="shown">Name of an option.</param>
    public static IReadOnlyList<string> Lines(Paper paper, Question question, Func<string, string> shown, IStringLocalizer<MethodText> t)
    {
        string Named(IEnumerable<string> options) => MethodWords.Listed(options.Select(shown), t);
        List<string> left = [.. question.Standing.Except(Marked(paper), StringComparer.Ordinal)];
        return paper switch
        {
            Paper.Abstains => [t["Paper.Abstains"]],
            Paper.Blank => [t["Paper.Blank"]],
            Paper.Null => [t["Paper.Null"]],
            Paper.Consents => [t["Paper.Consents"]],
            Paper.StandsAside => [t["Paper.StandsAside"]],
            Paper.Objects said => [t["Said.Objects", said.Reason ?? "–"]],
            Paper.Choices said => [.. said.Options.Select(shown)],
            Paper.Ranking said =>
            [
                .. said.Groups.Select((group, rank) => t[group.Count > 1 ? "Said.Equal" : "Said.Ranked", CountWording.Number(rank + 1), Named(group)].Value),
                .. left.Count > 0 ? [t["Said.Unranked", Named(left)].Value] : Array.Empty<string>(),
            ],
            Paper.Grades said =>
            [
                .. said.Given.Select(g => t["Said.Graded", shown(g.Option), g.Grade].Value),
                .. left.Count > 0 && question.Method is MajorityJudgment method ? [t["Said.Ungraded", Named(left), method.Grades[^1]].Value] : Array.Empty<string>(),
            ],
            Paper.Points said => [.. said.Given.Select(g => t["Said.Points", shown(g.Option), CountWording.Number(g.Points)].Value)],
            _ => throw new InvalidOperationException($"No words for {paper}."),
        };
    }

    private static IEnumerable<string> Marked(Paper paper) => paper switch
    {
        Paper.Ranking said => said.Groups.SelectMany(g => g),
        Paper.Grades said => said.Given.Select(g => g.Option),
        _ => [],
    };
}
