using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>How a proxy was given.</summary>
public enum ProxyForm
{
    /// <summary>By the giver, signed in: in writing.</summary>
    Platform,
    Paper,
    Oral,
}

/// <summary>The vote of a mandate in one ballot is put into somebody's hands. Stream <c>proxies:{ballot}</c>.</summary>
/// <param name="Giver">The mandate whose vote it is.</param>
/// <param name="Holder">Who may cast it; null for a blank proxy.</param>
/// <param name="Substitute">Who may cast it once the holder is no elector any more; null for nobody.</param>
public sealed record ProxyGiven(BallotId Ballot, MandateId Giver, ProxyForm Form, PersonId? Holder = null, PersonId? Substitute = null) : IAct;

/// <summary>A blank proxy is put into somebody's hands by whoever presides.</summary>
public sealed record BlankProxyGivenOut(BallotId Ballot, MandateId Giver, PersonId Holder) : IAct;

/// <summary>A proxy whose holder is no elector any more is put into another hand by whoever presides.</summary>
public sealed record ProxyReassigned(BallotId Ballot, MandateId Giver, PersonId Holder) : IAct;

public enum ProxyEnd
{
    TakenBack,

    /// <summary>The giver came to the meeting: the proxy is suspended from that instant.</summary>
    GiverCame,
}

/// <summary>A proxy gives no vote any more; votes already cast by it stand.</summary>
public sealed record ProxyRevoked(BallotId Ballot, MandateId Giver, ProxyEnd Because) : IAct;

public static class ProxyEvents
{
    public static IReadOnlyList<Type> Types { get; } = [typeof(ProxyGiven), typeof(BlankProxyGivenOut), typeof(ProxyReassigned), typeof(ProxyRevoked)];
}
