using System.Globalization;
using Governance.Api.Face.Components;
using Governance.Api.Kernel;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Voting;

/// <summary>What a form said on a paper.</summary>
/// <param name="Paper">Null when nothing was said, or when something is wrong.</param>
/// <param name="Errors">What is wrong, each beside its field.</param>
public sealed record PaperRead(Paper? Paper, IReadOnlyList<FieldError> Errors);

/// <summary>
/// Papers as forms send them. A paper is a few fields under one name: <c>name.say</c> is what is said instead of marking options, or the one option
/// chosen; <c>name.3</c> is the mark of the option at place 3 of the question; <c>name.reason</c> is the reason of an objection.
/// </summary>
public static class PaperForm
{
    public const string Marks = "marks", Abstains = "abstains", Blank = "blank", Null = "null", Consents = "consents", Objects = "objects", StandsAside = "stands-aside";

    private const string Ticked = "on";

    public static string SayField(string name) => name + ".say";

    public static string ReasonField(string name) => name + ".reason";

    /// <param name="place">Of the option in <see cref="Question.Options"/>, from 0.</param>
    public static string OptionField(string name, int place) => string.Create(CultureInfo.InvariantCulture, $"{name}.{place}");

    /// <summary>The options that stand, each with its place on the paper.</summary>
    public static IEnumerable<(int Place, string Option)> Standing(Question question) =>
        question.Options.Select((option, place) => (place, option)).Where(o => question.Standing.Contains(o.option, StringComparer.Ordinal));

    /// <summary>How many options a paper may choose; null for a method that asks otherwise.</summary>
    public static int? MostChoices(Question question) => question.Method switch
    {
        Plurality method => Math.Min(method.MostChoices ?? method.Seats, question.Options.Count),
        Approval => question.Options.Count,
        _ => null,
    };

    /// <summary>The paper that the fields say.</summary>
    /// <param name="values">Of the whole form.</param>
    /// <param name="shown">Name of an option, as errors call it.</param>
    /// <param name="keyed">It is keyed from paper, which may be null; on screen nobody chooses that.</param>
    public static PaperRead Read(
        IReadOnlyDictionary<string, string> values, string name, Question question, Func<string, string> shown, IStringLocalizer<MethodText> t, bool keyed = false)
    {
        var said = values.GetValueOrDefault(SayField(name), "");
        if (said is Abstains or Blank)
            return new(said == Blank ? new Paper.Blank() : new Paper.Abstains(), []);
        if (keyed && said == Null)
            return new(new Paper.Null(), []);
        var errors = new List<FieldError>();
        Paper? paper = question.Method switch
        {
            Consent => said switch
            {
                Consents => new Paper.Consents(),
                StandsAside => new Paper.StandsAside(),
                Objects => new Paper.Objects(values.GetValueOrDefault(ReasonField(name), "").Trim()),
                _ => null,
            },
            Plurality when MostChoices(question) == 1 => Standing(question).Where(o => o.Place.ToString(CultureInfo.InvariantCulture) == said)
                .Select(o => new Paper.Choices([o.Option])).FirstOrDefault(),
            Plurality or Approval => Chosen(values, name, question),
            Schulze or SingleTransferableVote => Ranked(values, name, question, errors, t),
            MajorityJudgment method => Graded(values, name, question, method),
            Points method => Shared(values, name, question, method, errors, t),
            var other => throw new InvalidOperationException($"No paper for {other}."),
        };
        if (errors.Count > 0)
            return new(null, errors);
        return paper is not null && new PackedPaper(question).TryPack(paper, out _) is { } wrong
            ? new(null, [Placed(wrong, name, question, shown)])
            : new(paper, []);
    }

    /// <summary>The fields that say a paper: what <see cref="Read"/> reads back.</summary>
    public static IReadOnlyDictionary<string, string> Values(Paper paper, string name, Question question)
    {
        string Of(string option) => OptionField(name, question.Options.ToList().IndexOf(option));
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        IEnumerable<(string Field, string Value)> fields = paper switch
        {
            Paper.Abstains => [(SayField(name), Abstains)],
            Paper.Blank => [(SayField(name), Blank)],
            Paper.Null => [(SayField(name), Null)],
            Paper.Consents => [(SayField(name), Consents)],
            Paper.StandsAside => [(SayField(name), StandsAside)],
            Paper.Objects said => [(SayField(name), Objects), (ReasonField(name), said.Reason ?? "")],
            Paper.Choices { Options: [var only] } when MostChoices(question) == 1 => [(SayField(name), Text(question.Options.ToList().IndexOf(only)))],
            Paper.Choices said => said.Options.Select(o => (Of(o), Ticked)),
            Paper.Ranking said => said.Groups.SelectMany((group, rank) => group.Select(o => (Of(o), Text(rank + 1)))),
            Paper.Grades said when question.Method is MajorityJudgment method => said.Given.Select(g => (Of(g.Option), Text(method.Grades.ToList().IndexOf(g.Grade)))),
            Paper.Points said => said.Given.Select(g => (Of(g.Option), Text(g.Points))),
            _ => throw new InvalidOperationException($"No form says {paper}."),
        };
        return fields.ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);
    }

    /// <summary>
    /// How many characters the fields of a paper under this name take at most in the body of a form, each with its « = » and « &amp; »: every option
    /// marked, and as long as a mark can be. Names and values are of signs that a form sends as they are. A reason is not counted.
    /// </summary>
    public static int MostCharacters(string name, Question question) => Math.Max(MostMarked(name, question), MostSaid(name, question));

    /// <summary>The same in the form where a paper is filled in, which sends options marked and what is said instead together.</summary>
    public static int MostSent(string name, Question question) => MostMarked(name, question) + MostSaid(name, question);

    private static int MostMarked(string name, Question question)
    {
        static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
        var mark = question.Method switch
        {
            Schulze or SingleTransferableVote => Digits(question.Options.Count),
            MajorityJudgment method => Digits(method.Grades.Count),
            Points method => Digits(method.Each),
            _ => Ticked.Length,
        };
        return Enumerable.Range(0, question.Options.Count).Sum(place => OptionField(name, place).Length + mark + 2);
    }

    private static int MostSaid(string name, Question question)
    {
        var longest = new[] { Abstains, Blank, Marks, Consents, Objects, StandsAside }.Max(word => word.Length);
        return SayField(name).Length + Math.Max(longest, question.Options.Count.ToString(CultureInfo.InvariantCulture).Length) + 2;
    }

    private static Paper.Choices? Chosen(IReadOnlyDictionary<string, string> values, string name, Question question)
    {
        List<string> chosen = [.. Standing(question).Where(o => values.GetValueOrDefault(OptionField(name, o.Place)) == Ticked).Select(o => o.Option)];
        return chosen.Count == 0 ? null : new(chosen);
    }

    private static Paper.Ranking? Ranked(
        IReadOnlyDictionary<string, string> values, string name, Question question, List<FieldError> errors, IStringLocalizer<MethodText> t)
    {
        var ranks = new List<(int Rank, string Option)>();
        foreach (var (place, option) in Standing(question))
        {
            if (Number(values, name, place, 1, question.Options.Count) is not { } rank)
                errors.Add(new(OptionField(name, place), t["Paper.RankUnreadable", question.Options.Count]));
            else if (rank > 0)
                ranks.Add((rank, option));
        }

        return ranks.Count == 0 ? null
            : new([.. ranks.GroupBy(r => r.Rank).OrderBy(g => g.Key).Select(IReadOnlyList<string> (g) => [.. g.Select(r => r.Option)])]);
    }

    private static Paper.Grades? Graded(IReadOnlyDictionary<string, string> values, string name, Question question, MajorityJudgment method)
    {
        var given = new List<OptionGrade>();
        foreach (var (place, option) in Standing(question))
        {
            // Only a forged form sends a grade that was not offered: it is none.
            if (int.TryParse(values.GetValueOrDefault(OptionField(name, place)), NumberStyles.None, CultureInfo.InvariantCulture, out var grade) && grade < method.Grades.Count)
                given.Add(new(option, method.Grades[grade]));
        }

        return given.Count == 0 ? null : new(given);
    }

    private static Paper.Points? Shared(
        IReadOnlyDictionary<string, string> values, string name, Question question, Points method, List<FieldError> errors, IStringLocalizer<MethodText> t)
    {
        var given = new List<OptionPoints>();
        foreach (var (place, option) in Standing(question))
        {
            if (Number(values, name, place, 0, method.Each) is not { } points)
                errors.Add(new(OptionField(name, place), t["Paper.PointsUnreadable", method.Each]));
            else if (points > 0)
                given.Add(new(option, points));
        }

        return given.Count == 0 ? null : new(given);
    }

    /// <returns>Zero for an empty field; null for what is no whole number in the bounds.</returns>
    private static int? Number(IReadOnlyDictionary<string, string> values, string name, int place, int least, int most)
    {
        var text = values.GetValueOrDefault(OptionField(name, place), "").Trim();
        return text.Length == 0 ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : null;
    }

    private static FieldError Placed(Refusal wrong, string name, Question question, Func<string, string> shown) => wrong switch
    {
        EqualRanks equal => new(
            OptionField(name, question.Options.ToList().IndexOf(equal.Other)), Wording.Sentence(new EqualRanks(shown(equal.Option), shown(equal.Other)))),
        ObjectionWithoutReason or TextOutOfBounds or TextUnreadable => new(ReasonField(name), Wording.Sentence(wrong)),
        _ => new(name, Wording.Sentence(wrong)),
    };
}
