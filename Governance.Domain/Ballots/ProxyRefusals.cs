using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>The rules allow nobody to vote for somebody else.</summary>
public sealed record ProxiesNotAllowed(string By) : Refusal
{
    public override string Code => "proxy.not-allowed";
    public override string? Article => By;
}

/// <summary>The mandate has no vote in this ballot that could be given.</summary>
public sealed record ProxyGiverNoElector : Refusal
{
    public override string Code => "proxy.giver-no-elector";
}

/// <summary>Who is in the meeting votes in person.</summary>
public sealed record ProxyGiverPresent : Refusal
{
    public override string Code => "proxy.giver-present";
}

/// <summary>The vote of this mandate is cast: there is nothing left to give.</summary>
public sealed record ProxyAfterVoting : Refusal
{
    public override string Code => "proxy.after-voting";
}

/// <summary>The rules ask for a written form.</summary>
public sealed record ProxyNotWritten(string By) : Refusal
{
    public override string Code => "proxy.not-written";
    public override string? Article => By;
}

/// <param name="Deadline">Until when proxies had to be in.</param>
public sealed record ProxyTooLate(EffectiveTime Deadline, string By) : Refusal
{
    public override string Code => "proxy.too-late";
    public override IReadOnlyList<object> Arguments => [Deadline];
    public override string? Article => By;
}

/// <summary>The rules refuse a proxy that names nobody.</summary>
public sealed record BlankProxyRefused(string By) : Refusal
{
    public override string Code => "proxy.blank-refused";
    public override string? Article => By;
}

/// <summary>A blank proxy goes to the chair, and nobody presides over this ballot.</summary>
public sealed record BlankProxyWithoutChair(string By) : Refusal
{
    public override string Code => "proxy.no-chair";
    public override string? Article => By;
}

public sealed record ProxyToOneself : Refusal
{
    public override string Code => "proxy.to-oneself";
}

/// <summary>Only electors of this ballot hold proxies.</summary>
public sealed record ProxyHolderNoElector(string By) : Refusal
{
    public override string Code => "proxy.holder-no-elector";
    public override string? Article => By;
}

/// <summary>The rules name no substitute for a holder who leaves.</summary>
public sealed record SubstituteNotForeseen(string By) : Refusal
{
    public override string Code => "proxy.substitute-not-foreseen";
    public override string? Article => By;
}

/// <summary>The substitute is somebody else than the giver and the holder.</summary>
public sealed record SubstituteNobodyElse : Refusal
{
    public override string Code => "proxy.substitute-nobody-else";
}

/// <summary>The rules let nobody put the proxy of a holder who leaves into another hand.</summary>
public sealed record ReassignmentNotForeseen(string By) : Refusal
{
    public override string Code => "proxy.reassignment-not-foreseen";
    public override string? Article => By;
}

/// <summary>Only a proxy whose holder is no elector any more is put into another hand.</summary>
public sealed record ProxyHolderStays(string By) : Refusal
{
    public override string Code => "proxy.holder-stays";
    public override string? Article => By;
}

public sealed record ProxyOfAnotherCollege(string By) : Refusal
{
    public override string Code => "proxy.other-college";
    public override string? Article => By;
}

/// <summary>Who holds a proxy does not give an own vote away, and who gave it away holds none.</summary>
public sealed record ProxyChain(string By) : Refusal
{
    public override string Code => "proxy.chain";
    public override string? Article => By;
}

/// <param name="Most">How many one may hold.</param>
public sealed record ProxyCapReached(int Most, string By) : Refusal
{
    public override string Code => "proxy.cap-reached";
    public override IReadOnlyList<object> Arguments => [Most];
    public override string? Article => By;
}

/// <param name="Votes">What the holder would have in hand, own votes included.</param>
/// <param name="Most">How many votes one may have in hand.</param>
public sealed record ProxyShareReached(Fraction Votes, Fraction Most, string By) : Refusal
{
    public override string Code => "proxy.share-reached";
    public override IReadOnlyList<object> Arguments => [Votes, Most];
    public override string? Article => By;
}

/// <summary>One vote is in one hand: the proxy given before is taken back first.</summary>
public sealed record ProxyAlreadyGiven : Refusal
{
    public override string Code => "proxy.already-given";
}

public sealed record ProxyNotFound : Refusal
{
    public override string Code => "proxy.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>The giver has come or has voted: the vote is the giver's again.</summary>
public sealed record ProxySuspended : Refusal
{
    public override string Code => "proxy.suspended";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

/// <summary>The proxy gives no vote under the rules.</summary>
public sealed record ProxyVoid(ProxyFault Fault, string By) : Refusal
{
    public override string Code => "proxy.void";
    public override RefusalKind Kind => RefusalKind.Forbidden;
    public override IReadOnlyList<object> Arguments => [Fault];
    public override string? Article => By;
}
