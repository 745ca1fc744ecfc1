using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>What a named elector marked would be known to whoever keys it.</summary>
public sealed record PaperInSecretBallot : Refusal
{
    public override string Code => "paper-entry.secret-ballot";
}

/// <summary>Two accounts without a person are not two people.</summary>
public sealed record PaperKeyedByNobody : Refusal
{
    public override string Code => "paper-entry.by-nobody";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

/// <summary>Two other people key a paper; whoever is at the screen votes there.</summary>
public sealed record PaperKeyedByItsElector : Refusal
{
    public override string Code => "paper-entry.by-its-elector";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

/// <summary>Somebody else has keyed this paper otherwise; how is not told, or the second entry would be no check.</summary>
public sealed record PaperEntriesDiffer : Refusal
{
    public override string Code => "paper-entry.differs";
}

/// <summary>The elector has voted, on screen or on paper.</summary>
public sealed record ElectorHasVoted : Refusal
{
    public override string Code => "paper-entry.elector-has-voted";
}

/// <summary>Who holds the elector's proxy has voted by it.</summary>
public sealed record ProxyHasVoted : Refusal
{
    public override string Code => "paper-entry.proxy-has-voted";
}
