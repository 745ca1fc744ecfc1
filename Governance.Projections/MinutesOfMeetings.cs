using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>How far the minutes of meetings are. What they say is composed from the meeting's own streams.</summary>
public sealed class MinutesOfMeetings : TimelineModel<MinutesOfMeetings.Entry>
{
    private const string Stored = "minutes_of_meetings_1";

    public enum Stage
    {
        /// <summary>Composed, and signed by nobody.</summary>
        Draft,

        /// <summary>Signed by the chair, the secretary, or both, and not approved.</summary>
        Signed,
        Approved,
    }

    /// <param name="Since">When they came to their stage.</param>
    /// <param name="Signatures">How many signed.</param>
    public sealed record Entry(MeetingId Meeting, Stage Stage, EffectiveTime Since, int Signatures);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["minutes"];

    public override IReadOnlyList<Type> Events => MinutesEvents.Types;

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Choice<Stage>("stage", m => m.Stage)
        .Time("since", m => m.Since)
        .Int32("signatures", m => m.Signatures);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var key = history[0].Stream.Thing();
        return Segments.Of<Minutes, Entry>(key, history, state => RowOf(state, new MeetingId(key)));
    }

    private static Entry? RowOf(Minutes state, MeetingId meeting) => state switch
    {
        Minutes.Approved m => new(meeting, Stage.Approved, m.On, m.Signatures.Count),
        Minutes.Signed m => new(meeting, Stage.Signed, m.Signatures[^1].On, m.Signatures.Count),
        Minutes.Draft m => new(meeting, Stage.Draft, m.Versions[0].On, 0),
        _ => null,
    };

    /// <summary>Every meeting whose minutes were composed by the view's moment, in the order of their ids.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select key, stage, since, since_precision, signatures from read.{Stored} m where {AsOf.Of("m")} order by key",
        r => new Entry(r.Id<MeetingId>(0), r.Choice<Stage>(1), r.Time(2), r.GetInt32(4)),
        ct);
}
