using System.Collections.Immutable;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>
/// Every proxy of a meeting, in one stream: whoever gives one moves it, so that two at the same time cannot fill the last place in a holder's hands.
/// </summary>
public sealed record MeetingProxies : IState<MeetingProxies>
{
    private MeetingProxies() { }

    /// <summary>The last proxy of each giver, in the order in which they came into the hand that they are in.</summary>
    public ImmutableList<Proxy> All { get; init; } = [];

    public static MeetingProxies Initial { get; } = new();

    public static StreamId Stream(MeetingId meeting) => new($"meeting-proxies:{meeting}");

    /// <summary>The proxy of a giver that was not taken back.</summary>
    public Proxy? Running(MandateId giver) => All.Find(p => p.Giver == giver) is { End: null } proxy ? proxy : null;

    public MeetingProxies Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        MeetingProxyGiven e when Running(e.Giver) is null => this with
        {
            All = All.RemoveAll(p => p.Giver == e.Giver).Add(new(e.Giver, e.Holder, e.Form, on, Substitute: e.Substitute)),
        },
        MeetingProxyHandedOn e when Running(e.Giver) is { } running && running.Holder != e.Holder => this with
        {
            All = All.Remove(running).Add(running with { Holder = e.Holder, GivenOutOn = on, Substitute = null }),
        },
        MeetingProxyRevoked e when Running(e.Giver) is { } running => this with { All = All.Replace(running, running with { End = ProxyEnd.TakenBack, EndedOn = on }) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
