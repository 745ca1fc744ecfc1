using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>When something can be said in a meeting, and under which item.</summary>
internal static class SaidIn
{
    /// <summary>Why nothing can have been said in a meeting then; null when it can.</summary>
    public static Refusal? Refuses(Timeline<Meeting> meeting, AgendaItemId? item, EffectiveTime on) => meeting.Latest switch
    {
        Meeting.Held held when on < held.Since => new MeetingNotOpen(),
        Meeting.Closed closed when on > closed.On => new MeetingIsClosed(closed.On),
        Meeting.Held held when item is { } named && held.Item(named) is null => new AgendaItemNotFound(),
        Meeting.Held => null,
        var otherwise => otherwise.Otherwise(),
    };
}
