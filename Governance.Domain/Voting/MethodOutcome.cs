using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Five counts that add up to the roll, in heads and in weight.</summary>
/// <param name="Expressed">Papers that the method counts.</param>
/// <param name="Null">Those that cannot be counted, which name only withdrawn options among them.</param>
public sealed record MethodCounts(Tally Expressed, Tally Abstention, Tally Blank, Tally Null, Tally NotVoting)
{
    public static MethodCounts None { get; } = new(Tally.Zero, Tally.Zero, Tally.Zero, Tally.Zero, Tally.Zero);

    [JsonIgnore]
    public Tally Papers => Expressed + Abstention + Blank + Null;

    [JsonIgnore]
    public Tally Roll => Papers + NotVoting;

    public static MethodCounts operator +(MethodCounts a, MethodCounts b) => new(
        a.Expressed + b.Expressed, a.Abstention + b.Abstention, a.Blank + b.Blank, a.Null + b.Null, a.NotVoting + b.NotVoting);
}

/// <param name="College">Null for electors of no college.</param>
public sealed record CollegeMethodCounts(MethodCounts Counts, string? College = null);

/// <summary>What a count by a <see cref="Method"/> came to, with its working: enough to judge it again.</summary>
/// <param name="Verdict">
/// <see cref="Verdict.Elected"/>: every seat that can be filled is; <see cref="Verdict.Tied"/>: a seat is left between <see cref="Tied"/>;
/// <see cref="Verdict.Rejected"/>: nothing was expressed, or a second round is needed; <see cref="Verdict.NoQuorum"/>. Consent is adopted or rejected.
/// </param>
/// <param name="Counts">Of the whole roll.</param>
/// <param name="Colleges">The same for each college; empty when the roll has none.</param>
/// <param name="Steps">Each judgement in order. Votes in them are in scaled weight: see <see cref="WeightsScaled"/>.</param>
/// <param name="Ranking">Every option that stands, best to worst; those that the method cannot part are in one group. Empty for consent.</param>
/// <param name="Elected">In order of election, or of the ranking.</param>
/// <param name="Tied">Options between which a seat or an exclusion is left undecided; empty unless the verdict is tied.</param>
/// <param name="Base">What the threshold is taken of, in scaled weight; null where there is none.</param>
/// <param name="Threshold">Half the expressed (plurality in two rounds, to be exceeded), the quota (single transferable vote, to be reached); null else.</param>
/// <param name="Comparison">How votes are held against it.</param>
public sealed record MethodOutcome(
    Verdict Verdict,
    MethodCounts Counts,
    IReadOnlyList<CollegeMethodCounts> Colleges,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<IReadOnlyList<string>> Ranking,
    IReadOnlyList<string> Elected,
    IReadOnlyList<string> Tied,
    StatutesVersionId? Statutes = null,
    Fraction? Base = null,
    Fraction? Threshold = null,
    Comparison? Comparison = null);
