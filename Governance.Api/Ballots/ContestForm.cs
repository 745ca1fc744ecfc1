using System.Globalization;
using Governance.Api.Elections;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>The part of the form of a draft that says by which method it is voted, and between which options.</summary>
public static class ContestForm
{
    public const string MethodField = "method", OfField = "optionsOf", OptionsField = "options", WorkstreamsField = "workstreams", PeopleField = "people";
    public const string SeatsField = "seats", RoundsField = "rounds", MostChoicesField = "mostChoices", PointsField = "points", GradesField = "grades";

    /// <summary>The value of the method that a motion has.</summary>
    public const string Motion = "motion";

    /// <summary>The methods of contests, as events name them, in the order in which they are offered.</summary>
    public static IReadOnlyList<(string Name, Type Method)> Methods { get; } =
    [
        ("schulze", typeof(Schulze)), ("majority-judgment", typeof(MajorityJudgment)), ("approval", typeof(Approval)), ("points", typeof(Points)),
        ("plurality", typeof(Plurality)), ("stv", typeof(SingleTransferableVote)), ("consent", typeof(Consent)),
    ];

    private static readonly string[] Fields =
    [
        MethodField, OfField, OptionsField, WorkstreamsField, PeopleField, SeatsField, RoundsField, MostChoicesField, PointsField, GradesField,
    ];

    /// <summary>The values of the form that are not of this part.</summary>
    public static IReadOnlyDictionary<string, string> Others(IReadOnlyDictionary<string, string> values) =>
        values.Where(v => !Fields.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    /// <summary>The contest that the form asks for; null for a motion, and where errors were added.</summary>
    public static Contest? Read(IReadOnlyDictionary<string, string> values, ShapeErrors errors)
    {
        var name = values.GetValueOrDefault(MethodField, "");
        if (name.Length == 0 || name == Motion)
            return null;
        var seats = Number(values, SeatsField, 1, errors);
        Method? method = name switch
        {
            "schulze" => new Schulze(seats),
            "majority-judgment" => new MajorityJudgment(Lines(values.GetValueOrDefault(GradesField, "")), seats),
            "approval" => new Approval(seats),
            "points" => new Points(Number(values, PointsField, 0, errors), seats),
            "plurality" => new Plurality(
                seats, Number(values, RoundsField, 1, errors), values.GetValueOrDefault(MostChoicesField, "").Trim().Length == 0 ? null : Number(values, MostChoicesField, 1, errors)),
            "stv" => new SingleTransferableVote(seats),
            "consent" => new Consent(),
            _ => null,
        };
        if (method is null)
            errors.Add(MethodField, Wording.Shape("expected-one-of", string.Join(", ", Methods.Select(m => m.Name).Prepend(Motion))));
        if (errors.Any)
            return null;
        var of = Of(values);
        return new(new Question(method!, of == ContestOptions.Words ? Lines(values.GetValueOrDefault(OptionsField, "")) : Ticked(values.GetValueOrDefault(OptionsFieldOf(of), ""))), of);
    }

    /// <summary>The form of the second round that a ballot's result calls for, as if it had been typed; null when it calls for none.</summary>
    /// <param name="election">The election that the first round decides; null for none.</param>
    public static FormSent? SecondRound(Row.Ballot first, IStringLocalizer<BallotText> t, ElectionId? election = null)
    {
        if (first is not { Verdict: { } verdict, Rules.Tie.Content: var tie })
            return null;
        var question = first is { Contest: { } put, Method: { } outcome } ? Domain.Ballots.SecondRound.Of(put.Question, outcome, tie) : null;
        if (question is null && (first.Contest is not null || verdict != Verdict.Tied || tie.Break != TieBreak.SecondRound))
            return null;
        var typed = new Dictionary<string, string>(Again(first, election).Values, StringComparer.Ordinal)
        {
            ["title"] = t["Draft.SecondRound", first.Title],
            ["secondRoundOf"] = first.Id.ToString(),
        };
        if (question is not null && first.Contest is { Of: var of })
        {
            typed[SeatsField] = question.Seats.ToString(CultureInfo.InvariantCulture);
            typed[OptionsFieldOf(of)] = string.Join(of == ContestOptions.Words ? '\n' : ',', question.Options);
            typed.Remove(RoundsField);
            typed.Remove(MostChoicesField);
        }

        return new(typed, "", []);
    }

    /// <summary>The part of the form for the candidates of an election, as if it had been typed: plurality in two rounds, until somebody chooses otherwise.</summary>
    public static FormSent OfCandidates(ElectionDossier election) => new(
        new Dictionary<string, string>
        {
            [MethodField] = "plurality",
            [SeatsField] = (election.Seats.Count - election.Seats.Count(s => s.Taken is not null)).ToString(CultureInfo.InvariantCulture),
            [RoundsField] = "2",
            [OfField] = EnumNames.Of(ContestOptions.People),
            [PeopleField] = string.Join(',', election.Candidates.Select(c => c.Person.Id)),
        },
        "", []);

    /// <summary>The form of a ballot that puts the same again, as if it had been typed.</summary>
    /// <param name="election">The election that the ballot decides; null for none.</param>
    public static FormSent Again(Row.Ballot ballot, ElectionId? election = null)
    {
        var typed = new Dictionary<string, string>
        {
            ["body"] = ballot.Body?.ToString() ?? "",
            ["decision"] = EnumNames.Of(ballot.Decision),
            ["title"] = ballot.Title,
            ["question"] = ballot.Question ?? "",
            ["motion"] = ballot.Motion ?? "",
            ["workstream"] = ballot.Workstream?.ToString() ?? "",
            ["reference"] = ballot.Reference ?? "",
            ["election"] = election?.ToString() ?? "",
            ["minutes"] = ballot.Minutes?.ToString() ?? "",
        };
        if (ballot.Contest is { Question: { Method: var method } question, Of: var of })
        {
            typed[MethodField] = Methods.First(m => m.Method == method.GetType()).Name;
            typed[OfField] = EnumNames.Of(of);
            typed[OptionsFieldOf(of)] = string.Join(of == ContestOptions.Words ? '\n' : ',', question.Options);
            typed[SeatsField] = Typed(Math.Max(1, question.Seats));
            if (method is Plurality { Rounds: var rounds, MostChoices: var most })
                (typed[RoundsField], typed[MostChoicesField]) = (Typed(rounds), most is { } choices ? Typed(choices) : "");
            if (method is Points { Each: var each })
                typed[PointsField] = Typed(each);
            if (method is MajorityJudgment { Grades: var grades })
                typed[GradesField] = string.Join('\n', grades);
        }

        return new(typed, "", []);

        static string Typed(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Beside which field a refusal of the draft is shown; null for one that this part has not asked for.</summary>
    public static string? Beside(Refusal refusal, IReadOnlyDictionary<string, string> values) => refusal switch
    {
        OptionTwice or OptionNotFound or NumberOutOfBounds { Field: "options" } or TextOutOfBounds { Field: "options" } or TextUnreadable { Field: "options" } =>
            OptionsFieldOf(Of(values)),
        GradeTwice => GradesField,
        _ => null,
    };

    private static ContestOptions Of(IReadOnlyDictionary<string, string> values) =>
        EnumNames.Read<ContestOptions>(values.GetValueOrDefault(OfField)) ?? ContestOptions.Words;

    private static string OptionsFieldOf(ContestOptions of) => of switch
    {
        ContestOptions.Workstreams => WorkstreamsField,
        ContestOptions.People => PeopleField,
        _ => OptionsField,
    };

    private static int Number(IReadOnlyDictionary<string, string> values, string field, int otherwise, ShapeErrors errors)
    {
        var text = values.GetValueOrDefault(field, "").Trim();
        if (text.Length == 0)
            return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        errors.Add(field, Wording.Shape("expected-integer"));
        return otherwise;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string[] Ticked(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
