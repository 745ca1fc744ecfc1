using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Records something out of the ordinary, which the minutes have to tell.</summary>
/// <param name="Item">Null for what belongs to no item.</param>
/// <param name="On">The minute at which it happened.</param>
public sealed record RecordIncident(MeetingId Meeting, AgendaItemId? Item, string Text, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting) =>
        Texts.Text("text", Text) is { } wrong ? wrong
        : SaidIn.Refuses(meeting, Item, On) is { } refused ? refused
        : meeting.Accept(On, new IncidentRecorded(Meeting, Text, Item));
}
