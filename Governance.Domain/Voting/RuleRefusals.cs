using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Voting;

/// <summary>A rule names the article it comes from.</summary>
public sealed record RuleWithoutArticle(RuleKind Rule) : Refusal
{
    public override string Code => "rule.without-article";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Rule];
}

/// <summary>A rule on terms is for bodies, a rule on authority for a kind of decision.</summary>
public sealed record RuleOutOfScope(RuleKind Rule, BodyKind? Body, DecisionKind? Decision) : Refusal
{
    public override string Code => "rule.out-of-scope";
    public override IReadOnlyList<object> Arguments => [Rule];
}

public sealed record RuleFractionOutOfRange(RuleKind Rule, string Field, Fraction Value) : Refusal
{
    public override string Code => "rule.fraction-out-of-range";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Rule, Field, Value];
}

public sealed record RuleNumberOutOfRange(RuleKind Rule, string Field, int Value, int Least, int Most) : Refusal
{
    public override string Code => "rule.number-out-of-range";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Rule, Field, Value, Least, Most];
}

public sealed record RuleFieldMissing(RuleKind Rule, string Field) : Refusal
{
    public override string Code => "rule.field-missing";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Rule, Field];
}

/// <summary>A value that the rest of the rule leaves without effect, and so may be meant otherwise.</summary>
public sealed record RuleFieldUnused(RuleKind Rule, string Field) : Refusal
{
    public override string Code => "rule.field-unused";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Rule, Field];
}

public sealed record RuleNamesCollegeTwice(string College) : Refusal
{
    public override string Code => "rule.college-twice";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [College];
}

/// <summary>Two rules of one kind for the same scope in one version.</summary>
public sealed record RuleTwice(RuleKind Rule, BodyKind? Body, DecisionKind? Decision) : Refusal
{
    public override string Code => "rule.twice";
    public override IReadOnlyList<object> Arguments => [Rule];
}

/// <summary>
/// A casting vote parts a tie by what the chair voted, which a secret ballot does not tell: refused when the rule is set.
/// </summary>
public sealed record CastingVoteInSecretBallot(string TieArticle, string SecrecyArticle, BodyKind Body, DecisionKind Decision) : Refusal
{
    public override string Code => "rule.casting-vote-in-secret-ballot";
    public override IReadOnlyList<object> Arguments => [TieArticle, SecrecyArticle, Body, Decision];
    public override string? Article => TieArticle;
}

/// <summary>« La moitié plus une » adds one vote; results normalised by college are shares, to which a vote cannot be added.</summary>
public sealed record HalfPlusOneOfShares(string MajorityArticle, string CollegesArticle, BodyKind Body, DecisionKind Decision) : Refusal
{
    public override string Code => "rule.half-plus-one-of-shares";
    public override IReadOnlyList<object> Arguments => [MajorityArticle, CollegesArticle, Body, Decision];
    public override string? Article => MajorityArticle;
}

/// <summary>A lot and an age part options; such a decision has none, so that the rule would never be used.</summary>
public sealed record TieRuleNeverUsed(DecisionKind Decision) : Refusal
{
    public override string Code => "rule.tie-never-used";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Decision];
}
