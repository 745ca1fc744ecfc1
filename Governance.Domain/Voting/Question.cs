using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>What is put to the electors: a method and the options, in the order of the paper.</summary>
/// <param name="Options">Unique names or identifiers, compared letter by letter; one for consent.</param>
/// <param name="Withdrawn">Options that no longer stand: papers are read as though they did not name them.</param>
/// <param name="TieOrder">
/// Options in an order that parts what the method leaves tied, the first preferred: as drawn by lot, or by age. Null while there is
/// none: a tie that matters is then declared.
/// </param>
public sealed record Question(
    Method Method,
    IReadOnlyList<string> Options,
    IReadOnlyList<string>? Withdrawn = null,
    IReadOnlyList<string>? TieOrder = null)
{
    public const int MostOptions = 200;

    /// <summary>The options that stand, in the order of the paper.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Standing => Withdrawn is { Count: > 0 } gone ? [.. Options.Where(o => !gone.Contains(o, StringComparer.Ordinal))] : Options;

    /// <summary>How many options the method elects; 0 for one that elects none.</summary>
    [JsonIgnore]
    public int Seats => Method switch
    {
        Schulze m => m.Seats,
        MajorityJudgment m => m.Seats,
        Approval m => m.Seats,
        Points m => m.Seats,
        Plurality m => m.Seats,
        SingleTransferableVote m => m.Seats,
        _ => 0,
    };

    /// <summary>What is wrong with the question; null when it can be put.</summary>
    public Refusal? Fault() =>
        Texts.Number("options", Options.Count, 1, MostOptions)
        ?? Options.Select(o => Texts.Name("options", o)).FirstOrDefault(fault => fault is not null)
        ?? Twice(Options)
        ?? Unknown("withdrawn", Withdrawn) ?? Twice(Withdrawn)
        ?? (Standing.Count == 0 ? new NoOptionStands() : null)
        ?? Unknown("tieOrder", TieOrder) ?? Twice(TieOrder)
        ?? Method.Fault();

    /// <summary>Starts counting papers on this question.</summary>
    /// <exception cref="ArgumentException">The question has a <see cref="Fault"/>.</exception>
    public MethodCount Count() => Fault() is { } fault ? throw new ArgumentException(fault.Code) : Method.Start(this);

    private static OptionTwice? Twice(IReadOnlyList<string>? options) =>
        options?.GroupBy(o => o, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice ? new(twice.Key) : null;

    private UnknownOption? Unknown(string field, IReadOnlyList<string>? options) =>
        options?.FirstOrDefault(o => !Options.Contains(o, StringComparer.Ordinal)) is { } unknown ? new(field, unknown) : null;
}

/// <summary>The rules that a count by a <see cref="Method"/> is judged by.</summary>
/// <param name="Article">The article that sets the method, or <see cref="RulesInForce.DefaultArticle"/>.</param>
/// <param name="Colleges">Votes are pooled by weight; the rest of the rule says what becomes of a college without quorum.</param>
/// <param name="Tie">Its article is named where <see cref="Question.TieOrder"/> parts a tie.</param>
public sealed record MethodRules(
    StatutesVersionId? Statutes,
    string Article,
    Applied<QuorumRule> Quorum,
    Applied<CollegesRule> Colleges,
    Applied<TieRule> Tie)
{
    /// <summary>What no count can be judged by; null when nothing is wrong.</summary>
    public Refusal? Fault() =>
        Colleges.Content.Mode != CollegeMode.Pooled ? new CollegesNotPooled(Colleges.Content.Mode, Colleges.Article)
        : Quorum.Content.Extent == QuorumExtent.EachCollege && Colleges.Content.Missing == MissingCollege.Against
            ? new NothingToVoteAgainst(Colleges.Article)
            : null;
}
