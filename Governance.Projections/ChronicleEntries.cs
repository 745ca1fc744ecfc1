using Governance.Domain.Chronicles;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Facts of the association's life that no other area keeps.</summary>
public sealed class ChronicleEntries : TimelineModel<ChronicleEntries.Entry>
{
    private const string Stored = "chronicle_entries_1";

    public sealed record Entry(EventId Event, EffectiveTime On, string Title, ChronicleTheme Theme, string? Text);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["chronicle"];

    public override IReadOnlyList<Type> Events => ChronicleEvents.Types;

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Time("happened", e => e.On)
        .Text("title", e => e.Title)
        .Choice<ChronicleTheme>("theme", e => e.Theme)
        .Text("text", e => e.Text, optional: true);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        foreach (var e in history)
        {
            if (e.Event is ChronicleEntryRecorded told)
                yield return new(e.Id.Value, e.On.Instant, null, new(e.Id, e.On, told.Title, told.Theme, told.Text));
        }
    }

    /// <summary>What is told up to the view's moment, latest first; of one theme when given.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, ChronicleTheme? theme = null, CancellationToken ct = default) =>
        view.Database.ListAsync(
            view,
            $"""
            select key, happened, happened_precision, title, theme, text from read.{Stored} e
            where {AsOf.Of("e")} and (@theme::text is null or theme = @theme) order by happened desc, title, key
            """,
            r => new Entry(r.Id<EventId>(0), r.Time(1), r.GetString(3), r.Choice<ChronicleTheme>(4), r.TextOrNull(5)),
            ct,
            ("theme", theme is { } wanted ? Choices<ChronicleTheme>.Name(wanted) : null));

}
