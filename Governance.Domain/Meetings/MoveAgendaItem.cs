using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Takes an item before or after another: the order is the meeting's to change.</summary>
/// <param name="After">The item that it shall follow; null for the first place.</param>
public sealed record MoveAgendaItem(MeetingId Meeting, AgendaItemId Item, AgendaItemId? After, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        var (known, refused) = meeting.Changeable();
        if (known is null)
            return refused!;
        if (known.Item(Item) is null || (After is { } after && known.Item(after) is null))
            return new AgendaItemNotFound();
        if (After == Item)
            return new ItemFollowsItself();
        var at = known.Agenda.FindIndex(i => i.Id == Item);
        return (at == 0 ? null : (AgendaItemId?)known.Agenda[at - 1].Id) == After
            ? Decision.NoChange
            : meeting.Accept(meeting.ActAt(On), new AgendaItemMoved(Meeting, Item, After));
    }
}
