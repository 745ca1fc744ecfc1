using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <summary>Whoever was registered does not come; who waits moves up in order.</summary>
public sealed record CancelRegistration(RegistrationId Registration, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering) => gathering.Open(On) switch
    {
        { } planned when planned.Find(Registration) is not null => gathering.AcceptAndMoveUp(On, new RegistrationCancelled(Registration)),
        { } when gathering.Effective.Any(e => e.Event is RegistrationCancelled gone && gone.Registration == Registration) => Decision.NoChange,
        { } => new RegistrationNotFound(),
        null => gathering.NotPlanned(On),
    };
}
