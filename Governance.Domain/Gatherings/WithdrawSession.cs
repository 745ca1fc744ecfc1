using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Takes a session off the programme.</summary>
public sealed record WithdrawSession(SessionId Session, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering) => gathering.At(On) switch
    {
        Gathering.Planned planned when planned.Sessions.ContainsKey(Session) => gathering.Accept(On, new SessionWithdrawn(Session)),
        Gathering.Planned when gathering.Effective.Any(e => e.Event is SessionWithdrawn gone && gone.Session == Session) => Decision.NoChange,
        Gathering.Planned => new SessionNotFound(),
        _ => gathering.NotPlanned(On),
    };
}
