using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What the items and the texts of meetings are called.</summary>
public sealed class MeetingParts : TimelineModel<MeetingParts.Entry>
{
    /// <param name="Id">Of an item of the agenda or of a text put before the meeting.</param>
    public sealed record Entry(Guid Id, MeetingId Meeting, string Title);

    public override string Name => "meeting_parts_1";

    public override IReadOnlyList<string> StreamKinds => ["meeting"];

    public override IReadOnlyList<Type> Events => [typeof(AgendaItemAdded), typeof(AgendaItemReworded), typeof(ResolutionProposed)];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>().Uuid("meeting", p => p.Meeting.Value).Text("title", p => p.Title);

    public override Guid Part(IEvent @event) => @event switch
    {
        AgendaItemAdded e => e.Item.Value,
        AgendaItemReworded e => e.Item.Value,
        ResolutionProposed e => e.Resolution.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(Part(history[0].Event), history, default(Entry), Evolve, part => part);

    private static Entry? Evolve(Entry? part, Recorded e) => (part, e.Event) switch
    {
        (null, AgendaItemAdded added) => new(added.Item.Value, added.Meeting, added.Title),
        (not null, AgendaItemReworded reworded) => part with { Title = reworded.Title },
        (null, ResolutionProposed proposed) => new(proposed.Resolution.Value, proposed.Meeting, proposed.Title),
        _ => throw ImpossibleHistoryException.After((object?)part ?? "a part not planned", e.Event, e.On),
    };
}
