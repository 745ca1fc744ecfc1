using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>Says how many meetings a group means to hold in a year; the same number twice when it is exact.</summary>
public sealed record PlanMeetings(int Year, int AtLeast, int AtMost, string? Remark, EffectiveTime On)
{
    public Decision Decide(Timeline<WorkingGroup> group)
    {
        if ((Texts.Number("year", Year, 1901, 9999) ?? Texts.Number("atLeast", AtLeast, 0, 366) ?? Texts.Number("atMost", AtMost, AtLeast, 366)
            ?? Texts.OptionalText("remark", Remark)) is { } wrong)
        {
            return wrong;
        }

        var planned = new MeetingsPlanned(Year, AtLeast, AtMost, Remark);
        return group.At(On) switch
        {
            WorkingGroup.Active when planned.Equals(Before(group)) => Decision.NoChange,
            WorkingGroup.Active => group.Accept(On, planned),
            _ => group.NotActive(On),
        };
    }

    private IEvent? Before(Timeline<WorkingGroup> group) =>
        group.Effective.LastOrDefault(e => e.On <= On && e.Event is MeetingsPlanned before && before.Year == Year)?.Event;
}
