using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Votes of an option, in scaled weight.</summary>
public sealed record OptionVotes(string Option, [property: JsonConverter(typeof(ExactFractionJson))] Fraction Votes);

/// <summary>Some weights were fractions: all were multiplied by one factor, which makes them the least whole numbers.</summary>
public sealed record WeightsScaled(string Article, Fraction Factor) : Step(Article);

public sealed record OptionsWithdrawn(string Article, IReadOnlyList<string> Options) : Step(Article);

/// <summary>A college without quorum was dropped, and with it its papers.</summary>
/// <param name="Papers">How many.</param>
public sealed record PapersLeftOut(string Article, string? College, Tally Papers) : Step(Article);

public sealed record Objection(string Reason, Tally Papers, string? College = null);

/// <param name="Objections">Those that stand, each with its reason, in order of college and reason.</param>
/// <param name="Passed">No reasoned objection stands.</param>
public sealed record ConsentAsked(string Article, Tally Consents, Tally StandsAside, IReadOnlyList<Objection> Objections, bool Passed) : Step(Article);

/// <summary>Votes of a round of plurality.</summary>
/// <param name="Votes">Most votes first.</param>
/// <param name="Expressed">Papers that name somebody who stands, in scaled weight.</param>
/// <param name="Elected">In this round.</param>
/// <param name="MoreThan">What had to be exceeded: half the expressed, in the first of two rounds; null where most votes are enough.</param>
public sealed record RoundCounted(
    string Article, int Round, int Seats, MethodCounts Counts, IReadOnlyList<OptionVotes> Votes, Fraction Expressed, IReadOnlyList<string> Elected,
    Fraction? MoreThan = null) : Step(Article);

/// <summary>Seats are left to a second round.</summary>
/// <param name="Options">The two best for each seat left, and whoever equals the last of them.</param>
public sealed record SecondRoundCalled(string Article, int Seats, IReadOnlyList<string> Options) : Step(Article);

/// <param name="Votes">How many approve each option, most first.</param>
public sealed record ApprovalsCounted(string Article, IReadOnlyList<OptionVotes> Votes, Fraction Expressed) : Step(Article);

/// <param name="Each">What each elector shares.</param>
/// <param name="Totals">Points of each option, most first.</param>
public sealed record PointsTotalled(string Article, int Each, IReadOnlyList<OptionVotes> Totals, Fraction Expressed) : Step(Article);

/// <param name="Preferring">Row x, column y, in the order of <paramref name="Options"/>: how many prefer x to y; zero on the diagonal.</param>
public sealed record PairsCompared(string Article, IReadOnlyList<string> Options, IReadOnlyList<IReadOnlyList<Fraction>> Preferring) : Step(Article);

/// <param name="Strengths">Row x, column y: strength of the strongest path of winning votes from x to y, zero where there is none and on the diagonal.</param>
public sealed record StrongestPaths(string Article, IReadOnlyList<string> Options, IReadOnlyList<IReadOnlyList<Fraction>> Strengths) : Step(Article);

/// <param name="Counts">How many gave each grade, in the order of the grades, best first.</param>
/// <param name="Median">The majority grade: the lower median.</param>
public sealed record MeritProfile(string Option, IReadOnlyList<Fraction> Counts, string Median);

/// <param name="Grades">Best first.</param>
/// <param name="Profiles">In the order of the ranking.</param>
public sealed record MeritProfiled(string Article, IReadOnlyList<string> Grades, IReadOnlyList<MeritProfile> Profiles, Fraction Expressed) : Step(Article);

/// <summary>Two neighbours of the ranking with the same median, parted by taking medians away one by one.</summary>
/// <param name="TakenAway">How many medians, the first included, before they differ.</param>
public sealed record MedianTieParted(
    string Article, string Better, string Worse, Fraction TakenAway, string BetterGrade, string WorseGrade) : Step(Article);

/// <param name="Votes">V: papers that rank somebody who stands, in scaled weight.</param>
/// <param name="Quota">floor(V / (seats + 1)) + 1.</param>
public sealed record QuotaSet(string Article, Fraction Votes, int Seats, Fraction Quota) : Step(Article);

/// <summary>Where everybody stands after a count of the single transferable vote; the tallies and the exhausted add up to V.</summary>
/// <param name="Count">1 for the first preferences.</param>
/// <param name="Tallies">Every option that stands, in the order of the paper; those elected keep what they were left with.</param>
/// <param name="Exhausted">Votes of papers that name nobody else who is still in.</param>
public sealed record VotesStand(
    string Article, int Count, IReadOnlyList<OptionVotes> Tallies, [property: JsonConverter(typeof(ExactFractionJson))] Fraction Exhausted) : Step(Article);

public enum ElectedBy
{
    Quota,

    /// <summary>No more were left than seats.</summary>
    SeatsLeft,
}

/// <param name="Options">Most votes first.</param>
public sealed record OptionsElected(string Article, int Count, IReadOnlyList<string> Options, ElectedBy By) : Step(Article);

/// <summary>Every paper of the elected option goes on at ratio × its present value.</summary>
/// <param name="Count">The count that this opens.</param>
/// <param name="Ratio">Surplus / total.</param>
/// <param name="To">What each option still in received; options that received nothing are left out.</param>
public sealed record SurplusTransferred(
    string Article,
    int Count,
    string From,
    [property: JsonConverter(typeof(ExactFractionJson))] Fraction Surplus,
    [property: JsonConverter(typeof(ExactFractionJson))] Fraction Total,
    [property: JsonConverter(typeof(ExactFractionJson))] Fraction Ratio,
    IReadOnlyList<OptionVotes> To,
    [property: JsonConverter(typeof(ExactFractionJson))] Fraction Exhausted) : Step(Article);

/// <summary>The lowest is out, and its papers go on at their present value.</summary>
/// <param name="Count">The count that this opens.</param>
public sealed record OptionExcluded(
    string Article,
    int Count,
    string Option,
    [property: JsonConverter(typeof(ExactFractionJson))] Fraction Votes,
    IReadOnlyList<OptionVotes> To,
    [property: JsonConverter(typeof(ExactFractionJson))] Fraction Exhausted) : Step(Article);

public enum TieOver
{
    /// <summary>Whose surplus goes on first.</summary>
    Surplus,

    /// <summary>Who is out.</summary>
    Exclusion,

    /// <summary>Who has the last seats.</summary>
    Seat,
}

/// <param name="Chosen">Who goes first, is out, or is seated.</param>
/// <param name="EarlierCount">The count that parted them; null where <see cref="Question.TieOrder"/> did.</param>
public sealed record TieParted(string Article, TieOver Over, IReadOnlyList<string> Options, IReadOnlyList<string> Chosen, int? EarlierCount = null) : Step(Article);

/// <summary>Nothing in the count parts them, and no order was given that does.</summary>
/// <param name="Seats">How many seats are left between them, for a tie over seats.</param>
public sealed record TieDeclared(string Article, TieOver Over, IReadOnlyList<string> Options, int? Seats = null) : Step(Article);
