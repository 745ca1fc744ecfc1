using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

public enum Verdict
{
    Adopted,

    /// <summary>The motion is not adopted, or nobody is elected.</summary>
    Rejected,

    /// <summary>For and against are equal, that alone keeps the majority away, and the rule leaves it to a further step.</summary>
    Tied,

    /// <summary>Nothing was decided: too few took part, or a college without which nothing is decided is missing.</summary>
    NoQuorum,

    /// <summary>By a method that fills seats or ranks options; a motion is never elected.</summary>
    Elected,
}

/// <summary>Six counts that add up to the roll.</summary>
public sealed record Counts(Tally For, Tally Against, Tally Abstention, Tally Blank, Tally Null, Tally NotVoting)
{
    [JsonIgnore]
    public Tally Papers => For + Against + Abstention + Blank + Null;

    [JsonIgnore]
    public Tally Roll => Papers + NotVoting;
}

/// <param name="College">Null for electors of no college.</param>
public sealed record CollegeCounts(Counts Counts, string? College = null);

/// <summary>What a motion came to, with its working: enough to judge it again.</summary>
/// <param name="Counts">Of the whole roll, in heads and in weight.</param>
/// <param name="Colleges">The same for each college; empty when the roll has none.</param>
/// <param name="Steps">Each judgement in order, with the article of its rule.</param>
/// <param name="Statutes">The version of the statutes; null when none was in force.</param>
/// <param name="Base">What the decisive majority is counted over; null when none was (no quorum, or colleges alone decide).</param>
/// <param name="Threshold">What « for » is held against.</param>
public sealed record Outcome(
    Verdict Verdict,
    Counts Counts,
    IReadOnlyList<CollegeCounts> Colleges,
    IReadOnlyList<Step> Steps,
    StatutesVersionId? Statutes = null,
    Fraction? Base = null,
    Fraction? Threshold = null,
    Comparison? Comparison = null);

/// <summary>One judgement on the way to the verdict, told apart in JSON by <c>step</c>.</summary>
/// <param name="Article">The article of the rule applied, or <see cref="RulesInForce.DefaultArticle"/>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(QuorumNotRequired), "quorum-not-required")]
[JsonDerivedType(typeof(QuorumChecked), "quorum-checked")]
[JsonDerivedType(typeof(CollegesWithQuorum), "colleges-with-quorum")]
[JsonDerivedType(typeof(CollegeMissing), "college-missing")]
[JsonDerivedType(typeof(CollegeNormalised), "college-normalised")]
[JsonDerivedType(typeof(MajorityJudged), "majority-judged")]
[JsonDerivedType(typeof(CollegesInFavour), "colleges-in-favour")]
[JsonDerivedType(typeof(VetoJudged), "veto-judged")]
[JsonDerivedType(typeof(VotesEqual), "votes-equal")]
[JsonDerivedType(typeof(CastingVoteGiven), "casting-vote-given")]
[JsonDerivedType(typeof(WeightsScaled), "weights-scaled")]
[JsonDerivedType(typeof(OptionsWithdrawn), "options-withdrawn")]
[JsonDerivedType(typeof(PapersLeftOut), "papers-left-out")]
[JsonDerivedType(typeof(ConsentAsked), "consent-asked")]
[JsonDerivedType(typeof(RoundCounted), "round-counted")]
[JsonDerivedType(typeof(SecondRoundCalled), "second-round-called")]
[JsonDerivedType(typeof(ApprovalsCounted), "approvals-counted")]
[JsonDerivedType(typeof(PointsTotalled), "points-totalled")]
[JsonDerivedType(typeof(PairsCompared), "pairs-compared")]
[JsonDerivedType(typeof(StrongestPaths), "strongest-paths")]
[JsonDerivedType(typeof(MeritProfiled), "merit-profiled")]
[JsonDerivedType(typeof(MedianTieParted), "median-tie-parted")]
[JsonDerivedType(typeof(QuotaSet), "quota-set")]
[JsonDerivedType(typeof(VotesStand), "votes-stand")]
[JsonDerivedType(typeof(OptionsElected), "options-elected")]
[JsonDerivedType(typeof(SurplusTransferred), "surplus-transferred")]
[JsonDerivedType(typeof(OptionExcluded), "option-excluded")]
[JsonDerivedType(typeof(TieParted), "tie-parted")]
[JsonDerivedType(typeof(TieDeclared), "tie-declared")]
public abstract record Step(string Article);

public sealed record QuorumNotRequired(string Article) : Step(Article);

/// <param name="Total">Of the roll, in the measure.</param>
/// <param name="TakingPart">Of it, those who count.</param>
/// <param name="Share">p/q of the total.</param>
/// <param name="Threshold">What had to be reached, after rounding and one more where the rule asks.</param>
/// <param name="College">The college it is asked of; null for the whole roll.</param>
public sealed record QuorumChecked(
    string Article,
    QuorumMeasure Measure,
    Fraction Total,
    Fraction TakingPart,
    Fraction Share,
    Comparison Comparison,
    Fraction Threshold,
    bool Reached,
    string? College = null) : Step(Article);

/// <param name="WithQuorum">Colleges that have it.</param>
/// <param name="Needed">How many must.</param>
public sealed record CollegesWithQuorum(string Article, long WithQuorum, long Needed, long Colleges, bool Reached) : Step(Article);

public enum MissingReason
{
    /// <summary>Nobody is on its roll.</summary>
    Empty,
    NoQuorum,

    /// <summary>Papers, but none that counts, so that it has no result to weigh.</summary>
    NothingExpressed,
}

public sealed record CollegeMissing(string Article, MissingReason Reason, MissingCollege Treatment, string? College = null) : Step(Article);

/// <summary>A college's result brought to its weight: weight × for / base, and the same for against.</summary>
public sealed record CollegeNormalised(
    string Article, Fraction Weight, Fraction For, Fraction Against, Fraction Base, Fraction WeighedFor, Fraction WeighedAgainst, string? College = null)
    : Step(Article);

/// <param name="Base">What the share is taken of.</param>
/// <param name="Threshold">share × base, base / 2 + 1, or the votes against.</param>
/// <param name="Reached">« For » compares so with the threshold, and there is a vote for.</param>
/// <param name="College">The college judged by itself; null for the whole.</param>
/// <param name="Share">p/q, where the majority is a fraction.</param>
public sealed record MajorityJudged(
    string Article,
    MajorityForm Form,
    MajorityBase Over,
    bool WithAbstentions,
    bool WithBlanks,
    bool WithNulls,
    Fraction For,
    Fraction Against,
    Fraction Base,
    Comparison Comparison,
    Fraction Threshold,
    bool Reached,
    string? College = null,
    Fraction? Share = null) : Step(Article);

/// <param name="Needed">How many had to adopt: at most the colleges left when missing ones are dropped.</param>
public sealed record CollegesInFavour(string Article, long InFavour, long Needed, long Colleges, bool Reached) : Step(Article);

public sealed record VetoJudged(string Article, string College, VetoWhen When, bool Vetoed) : Step(Article);

/// <param name="Each">The votes on either side.</param>
public sealed record VotesEqual(string Article, Fraction Each, TieBreak Break) : Step(Article);

/// <summary>What the chair voted parts the tie.</summary>
public sealed record CastingVoteGiven(string Article, Choice Choice) : Step(Article);
