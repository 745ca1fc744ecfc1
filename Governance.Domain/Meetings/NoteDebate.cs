using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Notes what was said.</summary>
/// <param name="Item">Null for what belongs to no item.</param>
/// <param name="On">The minute at which it was said.</param>
public sealed record NoteDebate(MeetingId Meeting, AgendaItemId? Item, string Text, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting) =>
        Texts.Text("text", Text) is { } wrong ? wrong
        : SaidIn.Refuses(meeting, Item, On) is { } refused ? refused
        : meeting.Accept(On, new DebateNoted(Meeting, Text, Item));
}
