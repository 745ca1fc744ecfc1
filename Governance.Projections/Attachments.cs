using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>Which documents belong to which things.</summary>
public sealed class Attachments : TimelineModel<Attachments.Attachment>
{
    private const string Stored = "attachments_1";

    internal const string StoredTable = "read." + Stored;

    public sealed record Attachment(DocumentId Document, Thing Thing, EffectiveTime On);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["folder"];

    public override IReadOnlyList<Type> Events => DocumentEvents.OfFolders;

    public override IReadOnlyList<string> Indexes => ["(tenant, stream)", "(tenant, document)"];

    public override Columns<Attachment> Columns { get; } = new Columns<Attachment>()
        .Uuid("document", a => a.Document.Value)
        .Text("stream", a => a.Thing.Stream.Value)
        .Uuid("part", a => a.Thing.Part, optional: true)
        .Time("attached_on", a => a.On);

    public override Guid Part(IEvent @event) => DocumentOf(@event)?.Value ?? Guid.Empty;

    public override IEnumerable<Segment<Attachment>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        from document in history.GroupBy(e => DocumentOf(e.Event)!.Value)
        from segment in Segments.Of(
            Keys.Of(document.Key.Value, history[0].Stream), [.. document], default(Attachment),
            (attached, e) => e.Event is DocumentAttached now ? new(now.Document, now.Thing, e.On) : null, attached => attached)
        select segment;

    private static DocumentId? DocumentOf(IEvent @event) => @event switch
    {
        DocumentAttached e => e.Document,
        DocumentDetached e => e.Document,
        _ => null,
    };

    /// <summary>The things that a document belongs to at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Attachment>> OfDocumentAsync(ReadView view, DocumentId document, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"select document, stream, part, attached_on, attached_on_precision from {StoredTable} a where {AsOf.Of("a")} and a.document = @document order by attached_on, stream",
        Read, ct, ("document", document.Value));

    /// <summary>Everything that belongs to something at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<Attachment>> ListAsync(ReadView view, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select document, stream, part, attached_on, attached_on_precision from {StoredTable} a where {AsOf.Of("a")} order by attached_on, stream", Read, ct);

    private static Attachment Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<DocumentId>(0), new(new StreamId(r.GetString(1)), r.IsDBNull(2) ? null : r.GetGuid(2)), r.Time(3));
}
