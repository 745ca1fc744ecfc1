using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>A proxy as it was given, and as it ended.</summary>
/// <param name="Holder">Null while it is blank.</param>
/// <param name="On">When it was given.</param>
/// <param name="GivenOutOn">When whoever presides put it into the holder's hand: a blank one, or one whose holder before was no elector any more.</param>
/// <param name="Substitute">Who holds it once the holder is no elector any more, where the rule says so; null for nobody.</param>
public sealed record Proxy(
    MandateId Giver, PersonId? Holder, ProxyForm Form, EffectiveTime On, ProxyEnd? End = null, EffectiveTime? EndedOn = null, EffectiveTime? GivenOutOn = null,
    PersonId? Substitute = null);

/// <summary>
/// Every proxy of one ballot, in one stream: whoever gives one moves it, so that two at the same time cannot fill the last place
/// in a holder's hands.
/// </summary>
public sealed record ProxyBook : IState<ProxyBook>
{
    private ProxyBook() { }

    /// <summary>The last proxy of each giver, in the order in which they came into the hand that they are in.</summary>
    public ImmutableList<Proxy> All { get; init; } = [];

    /// <summary>When the last of what happened took effect; null when nothing did.</summary>
    public EffectiveTime? Last { get; init; }

    public static ProxyBook Initial { get; } = new();

    public static StreamId Stream(BallotId ballot) => new($"proxies:{ballot}");

    public Proxy? Of(MandateId giver) => All.Find(p => p.Giver == giver);

    /// <summary>The proxy of a giver that was neither taken back nor suspended.</summary>
    public Proxy? Running(MandateId giver) => Of(giver) is { End: null } proxy ? proxy : null;

    public ProxyBook Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        ProxyGiven e when Running(e.Giver) is null => this with
        {
            All = All.RemoveAll(p => p.Giver == e.Giver).Add(new(e.Giver, e.Holder, e.Form, on, Substitute: e.Substitute)),
            Last = on,
        },
        BlankProxyGivenOut e when Running(e.Giver) is { Holder: null } blank => this with
        {
            All = All.Remove(blank).Add(blank with { Holder = e.Holder, GivenOutOn = on }),
            Last = on,
        },
        ProxyReassigned e when Running(e.Giver) is { } left && left.Holder != e.Holder => this with
        {
            All = All.Remove(left).Add(left with { Holder = e.Holder, GivenOutOn = on, Substitute = null }),
            Last = on,
        },
        ProxyRevoked e when Running(e.Giver) is { } proxy => this with { All = All.Replace(proxy, proxy with { End = e.Because, EndedOn = on }), Last = on },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
