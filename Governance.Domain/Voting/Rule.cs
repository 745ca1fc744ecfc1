using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Voting;

/// <summary>What a rule is about. A version of the statutes has at most one rule for each kind and scope.</summary>
public enum RuleKind
{
    Notice,
    Eligibility,
    Quorum,
    SecondConvocation,
    Proxies,
    Majority,
    Colleges,
    Tie,
    Secrecy,
    Terms,
    Authority,
    RemoteVoting,
    VoteChange,
    Closing,
    Interest,
}

/// <summary>Which decisions a rule is for: those of a kind of body, of a kind of decision, of both, or all.</summary>
public readonly record struct RuleScope(BodyKind? Body = null, DecisionKind? Decision = null)
{
    public bool Covers(BodyKind body, DecisionKind decision) => (Body ?? body) == body && (Decision ?? decision) == decision;

    /// <summary>The most specific rule wins: what is said of a kind of decision stands before what is said of a body.</summary>
    internal int Rank => (Decision is null ? 0 : 2) + (Body is null ? 0 : 1);
}

/// <summary>One rule that a version of the statutes carries.</summary>
/// <param name="Article">The article it comes from, as the statutes number it, such as « art. 12 ».</param>
public sealed record Rule(string Article, RuleScope Scope, RuleContent Content)
{
    /// <summary>What stands against carrying this rule at all; null when nothing does.</summary>
    public Refusal? Fault() =>
        string.IsNullOrWhiteSpace(Article) ? new RuleWithoutArticle(Content.Kind)
        : Content.AllowsScope(Scope) ? Content.Fault(Scope)
        : new RuleOutOfScope(Content.Kind, Scope.Body, Scope.Decision);

    /// <summary>Whether two rules say the same: same article, scope and content.</summary>
    public bool SaysTheSameAs(Rule other) => Written(this).AsSpan().SequenceEqual(Written(other));

    internal bool Replaces(Rule other) => Content.Kind == other.Content.Kind && Scope == other.Scope;

    // Records that hold lists are compared by their stored form, which is what a rule is.
    private static byte[] Written(Rule rule) => JsonSerializer.SerializeToUtf8Bytes(rule, EventCatalogue.Json);
}

/// <summary>What a rule says: a closed set, told apart in JSON by <c>rule</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(NoticeRule), "notice")]
[JsonDerivedType(typeof(EligibilityRule), "eligibility")]
[JsonDerivedType(typeof(QuorumRule), "quorum")]
[JsonDerivedType(typeof(SecondConvocationRule), "second-convocation")]
[JsonDerivedType(typeof(ProxiesRule), "proxies")]
[JsonDerivedType(typeof(MajorityRule), "majority")]
[JsonDerivedType(typeof(CollegesRule), "colleges")]
[JsonDerivedType(typeof(TieRule), "tie")]
[JsonDerivedType(typeof(SecrecyRule), "secrecy")]
[JsonDerivedType(typeof(TermsRule), "terms")]
[JsonDerivedType(typeof(AuthorityRule), "authority")]
[JsonDerivedType(typeof(RemoteVotingRule), "remote-voting")]
[JsonDerivedType(typeof(VoteChangeRule), "vote-change")]
[JsonDerivedType(typeof(ClosingRule), "closing")]
[JsonDerivedType(typeof(InterestRule), "interest")]
public abstract record RuleContent
{
    private protected RuleContent() { }

    [JsonIgnore]
    public abstract RuleKind Kind { get; }

    /// <summary>What is wrong with the rule by itself; null when nothing is.</summary>
    internal virtual Refusal? Fault() => null;

    /// <summary>The same of the rule for the decisions that it is for.</summary>
    internal virtual Refusal? Fault(RuleScope scope) => Fault();

    internal virtual bool AllowsScope(RuleScope scope) => true;

    private protected Refusal? ShareFault(string field, Fraction? share, Comparison comparison) => share switch
    {
        null => new RuleFieldMissing(Kind, field),
        { } s when s < Fraction.Zero || s > Fraction.One => new RuleFractionOutOfRange(Kind, field, s),
        // More than the whole, or at least nothing: neither tells anything apart.
        { } s when comparison == Comparison.MoreThan && s == Fraction.One => new RuleFractionOutOfRange(Kind, field, s),
        { } s when comparison == Comparison.AtLeast && s == Fraction.Zero => new RuleFractionOutOfRange(Kind, field, s),
        _ => null,
    };

    private protected Refusal? NumberFault(string field, int? number, int least, int most) =>
        number is { } n && (n < least || n > most) ? new RuleNumberOutOfRange(Kind, field, n, least, most) : null;

    private protected Refusal? UnusedFault(string field, bool given) => given ? new RuleFieldUnused(Kind, field) : null;
}

/// <summary>How a count is held against a threshold.</summary>
public enum Comparison
{
    /// <summary>« Plus de »: strictly above.</summary>
    MoreThan,

    /// <summary>« Au moins »: reached or above.</summary>
    AtLeast,
}

internal static class Comparing
{
    public static bool Holds(this Comparison comparison, Fraction value, Fraction threshold) =>
        comparison == Comparison.MoreThan ? value > threshold : value >= threshold;
}
