using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Who came to which meeting, and when they left: by person. A meeting's own room is read from its streams.</summary>
public sealed class Attendances : TimelineModel<Attendances.Entry>
{
    private const string Stored = "attendances_1";

    /// <param name="Since">Since when in this way.</param>
    /// <param name="Left">When the person left last; null while there, and until the end of the meeting.</param>
    public sealed record Entry(MeetingId Meeting, PersonId Person, EffectiveTime Since, bool Remote, EffectiveTime? Left);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["attendance"];

    public override IReadOnlyList<Type> Events => [typeof(PersonArrived), typeof(PersonLeft)];

    public override IReadOnlyList<string> Indexes => ["(tenant, person)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("meeting", e => e.Meeting.Value)
        .Uuid("person", e => e.Person.Value)
        .Time("since", e => e.Since)
        .Bool("remote", e => e.Remote)
        .Time("left_on", e => e.Left, optional: true);

    public override Guid Part(IEvent @event) => @event switch
    {
        PersonArrived e => e.Person.Value,
        PersonLeft e => e.Person.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var meeting = new MeetingId(history[0].Stream.Thing());
        var person = new PersonId(Part(history[0].Event));
        return Segments.Of<AttendanceSheet, Entry>(
            Keys.Of(meeting.Value, person.Value), history,
            sheet => sheet.All.TryGetValue(person, out var known) ? new(meeting, person, known.Since, known.Remote, known.Left) : null);
    }

    /// <summary>The meetings that a person came to, the latest first.</summary>
    public static ValueTask<IReadOnlyList<Entry>> OfPersonAsync(ReadView view, PersonId person, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select meeting, person, since, since_precision, remote, left_on, left_on_precision from read.{Stored} a where {AsOf.Of("a")} and person = @person order by since desc, meeting",
        r => new Entry(r.Id<MeetingId>(0), r.Id<PersonId>(1), r.Time(2), r.GetBoolean(4), r.TimeOrNull(5)),
        ct,
        ("person", person.Value));
}
