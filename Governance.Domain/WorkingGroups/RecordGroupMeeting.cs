using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>The group met on the day given.</summary>
/// <param name="Centres">The centres that took part; each has joined the group.</param>
public sealed record RecordGroupMeeting(bool InPerson, IReadOnlyList<MemberId> Centres, string? Place, string? Logbook, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if ((Texts.OptionalName("place", Place) ?? Texts.OptionalText("logbook", Logbook)) is { } wrong)
            return wrong;
        if (group.Effective.FirstOrDefault(e => e.On == On && e.Event is WorkingGroupMet)?.Event is WorkingGroupMet met)
            return IsThis(met) ? Decision.NoChange : new MeetingAlreadyRecorded(On);
        return group.At(On) switch
        {
            WorkingGroup.Active known when Centres.Any(c => !known.Centres.Contains(c)) => new CentreNotInGroup(known.Name),
            WorkingGroup.Active => group.Accept(On, new WorkingGroupMet(InPerson, [.. Centres.Distinct()], Place, Logbook)),
            _ => group.NotActive(On),
        };
    }

    private bool IsThis(WorkingGroupMet met) =>
        met.InPerson == InPerson && met.Place == Place && met.Logbook == Logbook && met.Centres.SequenceEqual(Centres.Distinct());
}
