using System.Globalization;
using System.Numerics;
using Governance.Api.Ballots;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Voting;

/// <summary>Outcomes by any method in words.</summary>
/// <param name="shown">Name of an option by its key.</param>
/// <param name="college">Name of a college by its id.</param>
public sealed class MethodWords(Func<string, string> shown, Func<string?, string?> college, IStringLocalizer<MethodText> t)
{
    /// <summary>The most lines that the working of one step shows: beyond, the tables of the result have them.</summary>
    private const int MostLines = 30;

    /// <summary>The most digits of a numerator or denominator that are shown; longer fractions are rounded, and said to be.</summary>
    private const int MostDigits = 12;

    /// <summary>« Ada, Bea et Cleo ».</summary>
    public static string Listed(IEnumerable<string> names, IStringLocalizer<MethodText> t) => names.ToList() switch
    {
        [] => "–",
        [var only] => only,
        [.. var first, var last] => string.Join(", ", first) + t["And"] + last,
    };

    /// <summary>« 12 », « 5 2/3 »; one with long numbers is cut to five decimals and says so: « ≈ 5,66666 ».</summary>
    public static string Number(Fraction value)
    {
        if (value.Denominator.IsOne)
            return Whole(value.Numerator);
        if (value < Fraction.Zero)
            return "\u2212" + Number(Fraction.Zero - value);
        var (whole, rest) = (value.Numerator / value.Denominator, value.Numerator % value.Denominator);
        if (value.Denominator < 1000)
            return (whole.IsZero ? "" : Whole(whole) + Typography.NoBreakSpace) + new Fraction(rest, value.Denominator);
        var decimals = (rest * 100_000 / value.Denominator).ToString("00000", CultureInfo.InvariantCulture);
        return $"≈{Typography.NoBreakSpace}{Whole(whole)}{(Typography.IsFrench ? "," : ".")}{decimals}";
    }

    /// <summary>As written in the record, unless it is too long to be read: then as <see cref="Number"/> has it.</summary>
    public static string Exact(Fraction value) =>
        value.Denominator.IsOne || value.Denominator.ToString(CultureInfo.InvariantCulture).Length > MostDigits || value.Numerator.ToString(CultureInfo.InvariantCulture).Length > MostDigits
            ? Number(value)
            : value.ToString();

    /// <summary>What a count came to, as one sentence.</summary>
    public string Verdict(Question question, MethodOutcome outcome) => outcome.Verdict switch
    {
        Domain.Voting.Verdict.Adopted => t["Verdict.Consent"],
        Domain.Voting.Verdict.NoQuorum => t["Verdict.NoQuorum"],
        Domain.Voting.Verdict.Tied when outcome.Steps.OfType<TieDeclared>().LastOrDefault() is { Over: TieOver.Exclusion } => t["Verdict.TiedOut", Named(outcome.Tied)],
        Domain.Voting.Verdict.Tied when outcome.Steps.OfType<TieDeclared>().LastOrDefault() is { Over: TieOver.Surplus } => t["Verdict.TiedSurplus", Named(outcome.Tied)],
        Domain.Voting.Verdict.Tied => t["Verdict.Tied", Named(outcome.Tied)],
        Domain.Voting.Verdict.Elected => t[outcome.Elected.Count == 1 ? "Verdict.One" : "Verdict.Several", Named(outcome.Elected)],
        _ when question.Method is Consent => t["Verdict.Objection"],
        _ when outcome.Steps.OfType<SecondRoundCalled>().LastOrDefault() is { } called => t["Verdict.SecondRound", Named(called.Options)],
        _ => t["Verdict.Nothing"],
    };

    /// <summary>One judgement by a method; null for one that a motion has too.</summary>
    public StepInWords? Step(Step step) => step switch
    {
        WeightsScaled s => new(t["Scaled"], [new(t["Scaled.Factor"], Exact(s.Factor))], t["Scaled.So", Exact(s.Factor)], null, s.Article),
        OptionsWithdrawn s => new(t["Withdrawn"], [], t["Withdrawn.So", Named(s.Options)], null, s.Article),
        PapersLeftOut s => new(t["LeftOut"], [Line("Papers", s.Papers.Heads), Line("Votes", s.Papers.Weight)], t["LeftOut.So", college(s.College) ?? "–"], null, s.Article),
        ConsentAsked s => new(
            t["Consent"],
            [Line("Consent.Consents", s.Consents.Weight), Line("Consent.Objections", s.Objections.Aggregate(Fraction.Zero, (sum, o) => sum + o.Papers.Weight)), Line("Consent.Aside", s.StandsAside.Weight)],
            t[s.Passed ? "Consent.Passed" : "Consent.Stopped"], t["Consent.Rule"], s.Article),
        RoundCounted s => new(
            t["Round", CountWording.Ordinal(s.Round, masculine: true)],
            [.. Lines(s.Votes), Line("Expressed", s.Expressed), .. s.MoreThan is { } most ? new[] { Line("Round.MoreThan", most) } : []],
            s.MoreThan is not null
                ? s.Elected.Count > 0 ? t["Round.Above", Named(s.Elected)] : t["Round.NoneAbove"]
                : s.Elected.Count > 0 ? t["Round.Most", Named(s.Elected)] : t["Round.NoSeat"],
            t[s.MoreThan is null ? "Round.MostRule" : "Round.AboveRule"], s.Article),
        SecondRoundCalled s => new(t["SecondRound"], [Line("Seats", s.Seats)], t["SecondRound.So", Named(s.Options)], t["SecondRound.Rule"], s.Article),
        ApprovalsCounted s => new(t["Approvals"], [.. Lines(s.Votes), Line("Expressed", s.Expressed)], Leading(s.Votes, "Approvals.So"), t["Approvals.Rule"], s.Article),
        PointsTotalled s => new(
            t["Points"], [.. Lines(s.Totals), Line("Expressed", s.Expressed), Line("Points.Each", s.Each)], Leading(s.Totals, "Points.So"), t["Points.Rule"], s.Article),
        PairsCompared s => new(t["Pairs"], [], t["Pairs.So", CountWording.Number(s.Options.Count * (s.Options.Count - 1) / 2)], t["Pairs.Rule"], s.Article),
        StrongestPaths s => new(t["Paths"], [], t["Paths.So"], t["Paths.Rule"], s.Article),
        MeritProfiled s => new(
            t["Merit"], [.. Bounded(s.Profiles, p => new(shown(p.Option), p.Median)), Line("Expressed", s.Expressed)], t["Merit.So"], t["Merit.Rule"], s.Article),
        MedianTieParted s => new(
            t["MedianTie", shown(s.Better), shown(s.Worse)],
            [Line("MedianTie.Taken", s.TakenAway), new(shown(s.Better), s.BetterGrade), new(shown(s.Worse), s.WorseGrade)],
            t["MedianTie.So", shown(s.Better), shown(s.Worse)], t["MedianTie.Rule"], s.Article),
        QuotaSet s => new(
            t["Quota"], [Line("Expressed", s.Votes), Line("Seats", s.Seats), Line("Quota", s.Quota)], t["Quota.So", Number(s.Quota)], t["Quota.Rule"], s.Article),
        VotesStand s => new(
            t["Stand", CountWording.Ordinal(s.Count, masculine: true)], [.. Lines(s.Tallies), Line("Exhausted", s.Exhausted)], t[s.Count == 1 ? "Stand.First" : "Stand.So"], null, s.Article),
        OptionsElected s => new(
            t["Elected", CountWording.Ordinal(s.Count, masculine: true)], [], t[s.By == ElectedBy.Quota ? "Elected.Quota" : "Elected.SeatsLeft", Named(s.Options)], null, s.Article),
        SurplusTransferred s => new(
            t["Surplus", shown(s.From)],
            [Line("Surplus.Votes", s.Surplus), Line("Surplus.Total", s.Total), Line("Surplus.Ratio", s.Ratio), .. Lines(s.To), Line("Exhausted", s.Exhausted)],
            t["Surplus.So", shown(s.From), Number(s.Surplus)], t["Surplus.Rule"], s.Article),
        OptionExcluded s => new(
            t["Excluded", shown(s.Option)], [Line("Excluded.Votes", s.Votes), .. Lines(s.To), Line("Exhausted", s.Exhausted)], t["Excluded.So", shown(s.Option), Number(s.Votes)],
            t["Excluded.Rule"], s.Article),
        TieParted s => new(
            t["TieParted", Named(s.Options)], [],
            t["TieParted." + s.Over, Named(s.Chosen)] + " "
                + (s.EarlierCount is { } count ? t["TieParted.Earlier", CountWording.Ordinal(count, masculine: true)].Value : t["TieParted.Order"].Value),
            null, s.Article),
        TieDeclared s => new(
            t["TieDeclared", Named(s.Options)], s.Seats is { } seats ? [Line("Seats", seats)] : [], t["TieDeclared." + s.Over], t["TieDeclared.Rule"], s.Article),
        _ => null,
    };

    /// <summary>What a count of the single transferable vote begins with.</summary>
    public string Opening(CountOfVotes count) => count.Opened switch
    {
        SurplusTransferred s => t["Count.Surplus", shown(s.From)],
        OptionExcluded s => t["Count.Excluded", shown(s.Option)],
        _ => t["Count.First"],
    };

    public string Named(IEnumerable<string> options) => Listed(options.Select(shown), t);

    // A number of any length, in groups of three.
    private static string Whole(BigInteger value) => value.ToString("#,0", CultureInfo.InvariantCulture)
        .Replace(",", Typography.IsFrench ? Typography.NarrowNoBreakSpace : ",", StringComparison.Ordinal).Replace("-", "\u2212", StringComparison.Ordinal);

    private WorkingLine Line(string key, Fraction value) => new(t[key], Exact(value));

    private IEnumerable<WorkingLine> Lines(IReadOnlyList<OptionVotes> votes) => Bounded(votes, v => new(shown(v.Option), Exact(v.Votes)));

    private IEnumerable<WorkingLine> Bounded<T>(IReadOnlyList<T> all, Func<T, WorkingLine> line) =>
        all.Count <= MostLines ? all.Select(line) : [.. all.Take(MostLines).Select(line), new(t["Others", CountWording.Number(all.Count - MostLines)], "…")];

    private string Leading(IReadOnlyList<OptionVotes> votes, string key) => t[key, Named(votes.Where(v => v.Votes == votes[0].Votes).Select(v => v.Option)), Number(votes[0].Votes)];
}
