using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Turns the meeting to an item, in the order of the agenda or out of it.</summary>
public sealed record TakeAgendaItem(MeetingId Meeting, AgendaItemId Item, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        return session.Item(Item) switch
        {
            null => new AgendaItemNotFound(),
            { Withdrawn: not null } item => new AgendaItemIsWithdrawn(item.Title),
            _ when session.Current == Item => Decision.NoChange,
            _ => meeting.Accept(meeting.ActAt(On), new AgendaItemTaken(Meeting, Item)),
        };
    }
}
