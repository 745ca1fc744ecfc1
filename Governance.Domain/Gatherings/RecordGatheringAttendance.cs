using Governance.Domain.Kernel;

namespace Governance.Domain.Gatherings;

/// <param name="Present">How many of the registration came, none included.</param>
public sealed record RecordGatheringAttendance(RegistrationId Registration, int Present, EffectiveTime On)
{
    public Decision Decide(Timeline<Gathering> gathering) => gathering.Open(On) switch
    {
        null => gathering.NotPlanned(On),
        { Plan.Starts: var starts } when On < starts => new GatheringNotBegun(starts),
        { } planned => planned.Find(Registration) switch
        {
            null => new RegistrationNotFound(),
            { Waiting: true } => new StillWaiting(),
            { Present: var known } when known == Present => Decision.NoChange,
            { } one => Texts.Number("present", Present, 0, one.Places) is { } wrong ? wrong : gathering.Accept(On, new GuestsAttended(Registration, Present)),
        },
    };
}
