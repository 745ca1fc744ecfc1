using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Words an item of the agenda otherwise, until the notice is out.</summary>
public sealed record RewordAgendaItem(MeetingId Meeting, AgendaItemId Item, string Title, string? Text, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("text", Text)) is { } wrong)
            return wrong;
        return meeting.Latest switch
        {
            Meetings.Meeting.Planned known when known.Item(Item) is not { } => new AgendaItemNotFound(),
            Meetings.Meeting.Planned known when known.Item(Item) is { } item && item.Title == Title && item.Text == Text => Decision.NoChange,
            Meetings.Meeting.Planned => meeting.Accept(On, new AgendaItemReworded(Meeting, Item, Title, Text)),
            Meetings.Meeting.Convened convened => new MeetingAlreadyConvened(convened.ConvenedOn!.Value),
            var otherwise => otherwise.Otherwise(),
        };
    }
}
