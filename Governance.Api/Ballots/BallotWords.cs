using System.Globalization;
using System.Numerics;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Voting;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;
using Choice = Governance.Domain.Voting.Choice;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>One judgement of an outcome in words: its working, what follows, the article of its rule.</summary>
public sealed record StepInWords(string Title, IReadOnlyList<WorkingLine> Lines, string Conclusion, string? Rule, string Article);

/// <summary>Ballots in words.</summary>
public static class BallotWords
{
    /// <summary>The word for one of an enum's values, as sentences of refusals use it.</summary>
    public static string Name(Enum value) =>
        Wording.Template("name." + EventCatalogue.NameOf(value.GetType()) + "." + value, CultureInfo.CurrentUICulture) ?? value.ToString();

    /// <summary>With a capital, as titles and choices have it.</summary>
    public static string Title(Enum value) => Capital(Name(value));

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.CurrentUICulture) + text[1..];

    /// <summary>What a paper that came out of the box says, in one line.</summary>
    public static string Said(PublishedPaper published, BallotScene scene, IStringLocalizer<BallotText> t) => published switch
    {
        { Choice: { } choice } => Title(choice),
        { Paper: { } paper } => Said(paper, scene.OptionName, t),
        _ => "–",
    };

    /// <summary>What a paper says, in one line.</summary>
    /// <param name="name">What an option is called.</param>
    public static string Said(Paper paper, Func<string, string> name, IStringLocalizer<BallotText> t) => paper switch
    {
        Paper.Choices p => string.Join(", ", p.Options.Select(name)),
        Paper.Ranking p => string.Join(" > ", p.Groups.Select(g => string.Join(" = ", g.Select(name)))),
        Paper.Grades p => string.Join(", ", p.Given.Select(g => t["Paper.Pair", name(g.Option), g.Grade].Value)),
        Paper.Points p => string.Join(", ", p.Given.Select(g => t["Paper.Pair", name(g.Option), CountWording.Number(g.Points)].Value)),
        Paper.Objects p => t["Paper.Objects", p.Reason ?? ""],
        Paper.Abstains => Title(Choice.Abstain),
        Paper.Blank => Title(Choice.Blank),
        _ => t["Paper." + paper.GetType().Name],
    };

    /// <summary>The shape of a ballot's state, and its word where the usual one does not say enough.</summary>
    public static (StateKind Kind, string? Word) State(Row.Ballot ballot, DateTimeOffset now, IStringLocalizer<BallotText> t) => ballot.Stage switch
    {
        Row.Stage.Drafted => (StateKind.Draft, t["Stage.Drafted"]),
        Row.Stage.Open when ballot.Suspended => (StateKind.Suspended, null),
        Row.Stage.Open when ballot.Opens is { } opens && opens.Instant > now => (StateKind.Planned, t["Stage.Planned"]),
        Row.Stage.Open when !ballot.TakesVotesAt(now) => (StateKind.Closed, t["Stage.Overdue"]),
        Row.Stage.Open => (StateKind.Open, null),
        Row.Stage.Closed => (StateKind.Closed, t["Stage.Closed"]),
        Row.Stage.Counted => (StateKind.Closed, t["Stage.Counted"]),
        Row.Stage.Annulled => (StateKind.Cancelled, null),
        _ => ballot.Verdict switch
        {
            Verdict.Adopted => (StateKind.Adopted, null),
            Verdict.Elected => (StateKind.Adopted, Ranks(ballot) ? t["Stage.Ranked"] : Name(Verdict.Elected)),
            Verdict.Rejected => (StateKind.Rejected, null),
            Verdict.Tied => (StateKind.Tied, null),
            _ => (StateKind.Invalid, Name(Verdict.NoQuorum)),
        },
    };

    /// <summary>Whether what is elected is no person: options are ranked, and none has a seat to sit in.</summary>
    public static bool Ranks(Row.Ballot ballot) => ballot.Contest is { Of: not ContestOptions.People };

    /// <summary>Who will read what is voted, and from when; nothing before the opening names the rules.</summary>
    public static string WhoReadsChoices(Row.Ballot ballot, IStringLocalizer<BallotText> t, IStringLocalizer<SecretText> s) => ballot.Secret ? s["Vote"]
        : ballot.Rules?.Secrecy.Content.Form is { } form and not VoteForm.Secret ? t["Vote.Open." + form] : "";

    /// <summary>The working of an outcome, step by step.</summary>
    /// <param name="college">Name of a college by its id.</param>
    /// <param name="methods">Words of what a method alone judges.</param>
    public static IReadOnlyList<StepInWords> Steps(
        IReadOnlyList<Step> steps, Func<string?, string?> college, IStringLocalizer<BallotText> t, MethodWords methods) =>
        [.. steps.Select(step => methods.Step(step) ?? Step(step, college, t))];

    /// <summary>Bars of all six counts on one scale of whole numbers, the threshold marked on « for ».</summary>
    public static IReadOnlyList<Bar> Bars(Outcome outcome, IStringLocalizer<BallotText> t)
    {
        var counts = outcome.Counts;
        (Enum? Choice, Tally Tally)[] rows =
        [
            (Choice.For, counts.For), (Choice.Against, counts.Against), (Choice.Abstain, counts.Abstention), (Choice.Blank, counts.Blank),
            (Choice.Null, counts.Null), (null, counts.NotVoting),
        ];
        var scale = rows.Select(r => r.Tally.Weight).Append(outcome.Threshold ?? Fraction.Zero)
            .Aggregate(BigInteger.One, (lcm, f) => lcm / BigInteger.GreatestCommonDivisor(lcm, f.Denominator) * f.Denominator);
        long Scaled(Fraction value) => (long)(value * new Fraction(scale, 1)).Numerator;
        return
        [
            .. rows.Select(r => new Bar(
                r.Choice is { } choice ? Title(choice) : t["NotVoting"],
                Scaled(r.Tally.Weight),
                r.Choice is Choice.For && outcome.Threshold is { } threshold ? Scaled(threshold) : null,
                Number(r.Tally.Weight))),
        ];
    }

    // What people write with three decimals at most; thirds and the like stay fractions.
    private const int Thousandths = 1000;

    /// <summary>« 12 345 », « 2,5 », « 17/3 »: always exact.</summary>
    public static string Number(Fraction value)
    {
        if (value.Denominator.IsOne)
            return CountWording.Number((long)value.Numerator);
        var thousandths = value * (Fraction)Thousandths;
        if (value < Fraction.Zero || !thousandths.Denominator.IsOne)
            return value.ToString();
        var (whole, rest) = BigInteger.DivRem(thousandths.Numerator, Thousandths);
        return CountWording.Number((long)whole) + CultureInfo.CurrentUICulture.NumberFormat.NumberDecimalSeparator + ((int)rest).ToString("000", CultureInfo.InvariantCulture).TrimEnd('0');
    }

    private static StepInWords Step(Step step, Func<string?, string?> college, IStringLocalizer<BallotText> t)
    {
        string Of(string key, string? id) => college(id) is { } name ? t[key + ".College", name] : t[key];
        WorkingLine Line(string key, Fraction value) => new(t[key], Number(value));
        return step switch
        {
            QuorumNotRequired => new(t["Quorum"], [], t["Quorum.None"], null, step.Article),
            QuorumChecked q => new(
                Of("Quorum", q.College),
                [
                    Line(q.Measure == QuorumMeasure.Members ? "Quorum.Members" : "Quorum.Votes", q.Total),
                    Line("Quorum.Part", q.TakingPart), new(t[Compared("Needed", q.Comparison)], Number(q.Threshold)),
                ],
                t[q.Reached ? "Quorum.Reached" : "Quorum.Missed"], t[Compared("Quorum.Rule", q.Comparison), Share(q.Share)], step.Article),
            CollegesWithQuorum c => new(
                t["Quorum"], [Line("Colleges.WithQuorum", c.WithQuorum), Line("Colleges.Needed", c.Needed), Line("Colleges.All", c.Colleges)],
                t[c.Reached ? "Quorum.Reached" : "Quorum.Missed"], null, step.Article),
            CollegeMissing m => new(t["College.Missing", college(m.College) ?? "–"], [], t["Missing." + m.Reason] + " " + t["Treatment." + m.Treatment], null, step.Article),
            CollegeNormalised n => new(
                t["College.Normalised", college(n.College) ?? "–"],
                [
                    Line("College.Weight", n.Weight), Line("Votes.For", n.For), Line("Votes.Against", n.Against), Line("Votes.Base", n.Base),
                    Line("College.WeighedFor", n.WeighedFor), Line("College.WeighedAgainst", n.WeighedAgainst),
                ],
                t["College.NormalisedRule"], null, step.Article),
            MajorityJudged m => new(
                Of("Majority", m.College),
                [
                    Line("Votes.For", m.For), Line("Votes.Against", m.Against), .. m.Form == MajorityForm.Relative ? [] : new[] { new WorkingLine(Base(m, t), Number(m.Base)) },
                    new(t[Compared("Needed", m.Comparison)], Number(m.Threshold)),
                ],
                t[m.Reached ? "Majority.Reached" : "Majority.Missed"],
                m.Form switch
                {
                    MajorityForm.Relative => t["Majority.Relative"],
                    MajorityForm.HalfPlusOne => t["Majority.HalfPlusOne"],
                    _ => t[Compared("Majority.Rule", m.Comparison), Share(m.Share ?? Fraction.Zero)],
                },
                step.Article),
            CollegesInFavour c => new(
                t["Colleges"], [Line("Colleges.InFavour", c.InFavour), Line("Colleges.Needed", c.Needed), Line("Colleges.All", c.Colleges)],
                t[c.Reached ? "Colleges.Reached" : "Colleges.Missed"], null, step.Article),
            VetoJudged v => new(t["Veto", college(v.College) ?? "–"], [], t[v.Vetoed ? "Veto.Given" : "Veto.None"], null, step.Article),
            VotesEqual e => new(t["Tie"], [Line("Tie.Each", e.Each)], t["Tie." + e.Break], null, step.Article),
            CastingVoteGiven c => new(t["CastingVote"], [], t["CastingVote.Given", Name(c.Choice)], null, step.Article),
            _ => throw new InvalidOperationException($"No words for {step}."),
        };
    }

    private static string Compared(string key, Comparison comparison) => key + (comparison == Comparison.MoreThan ? ".MoreThan" : ".AtLeast");

    private static string Share(Fraction share) => FractionWording.InWords((long)share.Numerator, (long)share.Denominator);

    private static string Base(MajorityJudged m, IStringLocalizer<BallotText> t)
    {
        var counted = new List<string>();
        if (m.WithAbstentions)
            counted.Add(t["Base.Abstentions"]);
        if (m.WithBlanks)
            counted.Add(t["Base.Blanks"]);
        if (m.WithNulls)
            counted.Add(t["Base.Nulls"]);
        return counted.Count == 0 ? t["Base." + m.Over] : $"{t["Base." + m.Over].Value} + {string.Join(" + ", counted)}";
    }
}
