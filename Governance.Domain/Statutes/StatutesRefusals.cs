using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Statutes;

public sealed record StatutesVersionNotFound : Refusal
{
    public override string Code => "statutes.version-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record StatutesVersionAlreadyDrafted(string Title) : Refusal
{
    public override string Code => "statutes.already-drafted";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>An adopted version never changes: a new one is drafted from it.</summary>
public sealed record StatutesAlreadyAdopted(string Title, EffectiveTime AdoptedOn) : Refusal
{
    public override string Code => "statutes.already-adopted";
    public override IReadOnlyList<object> Arguments => [Title, AdoptedOn];
}

/// <summary>The version that a draft is to start from is not there.</summary>
public sealed record StatutesBaseNotFound : Refusal
{
    public override string Code => "statutes.base-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ArticleTwice(string Number) : Refusal
{
    public override string Code => "statutes.article-twice";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Number];
}

public sealed record ArticleNotFound(string Number) : Refusal
{
    public override string Code => "statutes.article-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
    public override IReadOnlyList<object> Arguments => [Number];
}

public sealed record RuleNotFound(RuleKind Rule) : Refusal
{
    public override string Code => "statutes.rule-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
    public override IReadOnlyList<object> Arguments => [Rule];
}

/// <summary>Statutes hold for what comes after their adoption, or the assembly that adopts them would vote under them.</summary>
public sealed record InForceBeforeAdoption(EffectiveTime InForceFrom, EffectiveTime AdoptedOn) : Refusal
{
    public override string Code => "statutes.in-force-before-adoption";
    public override IReadOnlyList<object> Arguments => [InForceFrom, AdoptedOn];
}
