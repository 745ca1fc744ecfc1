using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The documents of an association: what they are, who may read them, how long they are kept, with every version and signature.</summary>
public sealed class Documents : TimelineModel<Documents.Document>
{
    private const string Stored = "documents_1";

    /// <summary>A content that the document has or had.</summary>
    /// <param name="Number">From 1.</param>
    public sealed record Version(int Number, DocumentContent Content, EffectiveTime On);

    public sealed record Signature(int Version, PersonId Signer, SignatureLevel Level, string Quality, EffectiveTime On);

    /// <param name="Audience">Who may read it today, whatever day is looked at.</param>
    /// <param name="About">The one person whom it is about.</param>
    /// <param name="Destroyed">Why there is no content any more; null while there is.</param>
    public sealed record Document(
        DocumentId Id, string Title, DocumentKind Kind, IReadOnlyList<Version> Versions, Audience Audience, Retention Retention, PersonId? About, EffectiveTime FiledOn,
        IReadOnlyList<Signature> Signatures, DestructionReason? Destroyed, EffectiveTime? DestroyedOn)
    {
        public Version Present => Versions[^1];
    }

    /// <summary>What to look for; nothing given means everything.</summary>
    /// <param name="Of">The kind of thing that it belongs to, as its streams begin: <c>ballot</c>.</param>
    /// <param name="Text">A part of the title.</param>
    /// <param name="DueOn">The time for which the content is kept is over on this day, and there is a content.</param>
    public sealed record Filter(DocumentKind? Kind = null, string? Of = null, string? Text = null, DateOnly? DueOn = null)
    {
        public static Filter None { get; } = new();
    }

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["document"];

    public override IReadOnlyList<Type> Events => DocumentEvents.Types;

    public override Columns<Document> Columns { get; } = new Columns<Document>()
        .Text("title", d => d.Title)
        .Choice<DocumentKind>("kind", d => d.Kind)
        .Json("versions", d => d.Versions)
        .Choice<AudienceKind>("audience", d => d.Audience.Kind)
        .Uuid("audience_body", d => d.Audience.Body?.Value, optional: true)
        .Json("retention", d => d.Retention)
        .Date("kept_until", d => d.Retention.Until, optional: true)
        .Uuid("about", d => d.About?.Value, optional: true)
        .Time("filed_on", d => d.FiledOn)
        .Json("signatures", d => d.Signatures)
        .Choice<DestructionReason>("destroyed", d => d.Destroyed, optional: true)
        .Time("destroyed_on", d => d.DestroyedOn, optional: true);

    public override IEnumerable<Segment<Document>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Document), Evolve, d => d);

    private static Document? Evolve(Document? d, Recorded e) => (d, e.Event) switch
    {
        (null, DocumentFiled f) => new(f.Document, f.Title, f.Kind, [new(1, f.Content, e.On)], f.Audience, f.Retention, f.About, e.On, [], null, null),
        (not null, DocumentReplaced r) => d with { Versions = [.. d.Versions, new(r.Version, r.Content, e.On)] },
        (not null, DocumentAudienceChanged c) => d with { Audience = c.Audience },
        (not null, DocumentSigned s) => d with { Signatures = [.. d.Signatures, new(s.Version, s.Signer, s.Level, s.Quality, e.On)] },
        (not null, DocumentDestroyed gone) => d with { Destroyed = gone.Because, DestroyedOn = e.On },
        _ => throw ImpossibleHistoryException.After((object?)d ?? "a document not filed", e.Event, e.On),
    };

    private const string Selected =
        """
        d.key, d.title, d.kind, d.versions, t.audience, t.audience_body, d.retention, d.about, d.filed_on, d.filed_on_precision, d.signatures, d.destroyed, d.destroyed_on,
        d.destroyed_on_precision
        """;

    // The document at the view's moment, and beside it as it is by all that is known: who may read it is always today's.
    private const string Both = $"read.{Stored} d join read.{Stored} t on t.tenant = d.tenant and t.key = d.key and upper_inf(t.recorded) and upper_inf(t.effective)";

    // As DocumentReading.Admits says it.
    internal const string Readable =
        "(@all or t.audience = 'public' or (t.audience = 'association' and @ours) or t.audience_body = any(@bodies) or d.about = @self::uuid)";

    /// <summary>The documents known at the view's moment that a reader may read, the latest first; destroyed ones too, which have no content.</summary>
    public static ValueTask<IReadOnlyList<Document>> ListAsync(ReadView view, Reader reader, Filter filter, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        $"""
        select {Selected} from {Both}
        where {AsOf.Of("d")} and {Readable} and (@kind::text is null or d.kind = @kind) and (@pattern::text is null or {Names.Folded("d.title")} like @pattern)
        and (@due::date is null or (d.kept_until <= @due and d.destroyed is null))
        and (@of::text is null or exists (select from {Attachments.StoredTable} a where {AsOf.Of("a")} and a.document = d.key and split_part(a.stream, ':', 1) = @of))
        order by d.filed_on desc, d.key
        """,
        Read,
        ct,
        [
            .. Of(reader), ("kind", filter.Kind is { } kind ? Choices<DocumentKind>.Name(kind) : null), ("pattern", filter.Text is { Length: > 0 } text ? Names.Pattern(text) : null),
            ("due", filter.DueOn), ("of", filter.Of),
        ]);

    /// <summary>How many documents there are at the view's moment, whoever may read them.</summary>
    public static async ValueTask<int> CountAsync(ReadView view, CancellationToken ct = default) =>
        (await view.Database.ListAsync(view, $"select count(*)::int from read.{Stored} d where {AsOf.Of("d")}", r => r.GetInt32(0), ct).ConfigureAwait(false))[0];

    /// <summary>The documents of one thing that a reader may read, in the order in which they were attached; and how many more there are.</summary>
    public static async ValueTask<(IReadOnlyList<Document> Readable, int Others)> OfAsync(ReadView view, Thing thing, Reader reader, CancellationToken ct = default)
    {
        var attached = $"join {Attachments.StoredTable} a on {AsOf.Of("a")} and a.document = d.key and a.stream = @stream and a.part is not distinct from @part::uuid where {AsOf.Of("d")}";
        var readable = await view.Database.ListAsync(
            view, $"select {Selected} from {Both} {attached} and {Readable} order by a.attached_on, d.key", Read, ct,
            [.. Of(reader), ("stream", thing.Stream.Value), ("part", thing.Part)]).ConfigureAwait(false);
        var all = await view.Database.ListAsync(
            view, $"select count(*)::int from read.{Stored} d {attached}", r => r.GetInt32(0), ct, ("stream", thing.Stream.Value), ("part", thing.Part)).ConfigureAwait(false);
        return (readable, all[0] - readable.Count);
    }

    /// <summary>The same of every part of a stream at once; a part without documents is left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<Guid, (IReadOnlyList<Document> Readable, int Others)>> OfPartsAsync(
        ReadView view, StreamId stream, Reader reader, CancellationToken ct = default)
    {
        var attached = $"join {Attachments.StoredTable} a on {AsOf.Of("a")} and a.document = d.key and a.stream = @stream and a.part is not null where {AsOf.Of("d")}";
        var readable = (await view.Database.ListAsync(
            view, $"select {Selected}, a.part from {Both} {attached} and {Readable} order by a.attached_on, d.key", r => (Part: r.GetGuid(14), Document: Read(r)), ct,
            [.. Of(reader), ("stream", stream.Value)]).ConfigureAwait(false)).ToLookup(one => one.Part, one => one.Document);
        var all = await view.Database.ListAsync(
            view, $"select a.part, count(*)::int from read.{Stored} d {attached} group by a.part", r => (Part: r.GetGuid(0), Documents: r.GetInt32(1)), ct, ("stream", stream.Value))
            .ConfigureAwait(false);
        return all.ToDictionary(one => one.Part, one => ((IReadOnlyList<Document>)[.. readable[one.Part]], one.Documents - readable[one.Part].Count()));
    }

    /// <summary>One document, whoever may read it; null when it was not filed yet at the view's moment.</summary>
    public static ValueTask<Document?> FindAsync(ReadView view, DocumentId document, CancellationToken ct = default) => view.Database.FindAsync(
        view, $"select {Selected} from {Both} where {AsOf.Of("d")} and d.key = @document", Read, ct, ("document", document.Value));

    /// <summary>The documents about one person.</summary>
    public static ValueTask<IReadOnlyList<Document>> AboutAsync(ReadView view, PersonId person, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from {Both} where {AsOf.Of("d")} and d.about = @person order by d.filed_on, d.key", Read, ct, ("person", person.Value));

    /// <summary>Of all associations, the documents about somebody whose key is gone, which nothing says yet to be destroyed.</summary>
    public static ValueTask<IReadOnlyList<(AssociationId Association, DocumentId Document)>> OfErasedPeopleAsync(ReadDatabase reads, CancellationToken ct = default) =>
        reads.ListAsync<(AssociationId, DocumentId)>(
            $"""
            select d.tenant, d.key from read.{Stored} d join governance.person_key k on k.tenant_id = d.tenant::text and k.person_id = d.about and k.wrapped_key is null
            where upper_inf(d.recorded) and upper_inf(d.effective) and d.destroyed is null
            """,
            r => (r.Id<AssociationId>(0), r.Id<DocumentId>(1)), ct);

    /// <summary>Of all associations, the documents that are recorded as destroyed and have a content all the same.</summary>
    public static ValueTask<IReadOnlyList<(AssociationId Association, DocumentId Document)>> DestroyedWithAContentAsync(ReadDatabase reads, CancellationToken ct = default) =>
        reads.ListAsync<(AssociationId, DocumentId)>(
            $"""
            select distinct d.tenant, d.key from read.{Stored} d join governance.document_claim k on k.tenant_id = d.tenant::text and k.document_id = d.key
            where upper_inf(d.recorded) and upper_inf(d.effective) and d.destroyed is not null
            """,
            r => (r.Id<AssociationId>(0), r.Id<DocumentId>(1)), ct);

    internal const string StoredTable = "read." + Stored;

    internal static (string, object?)[] Of(Reader reader) =>
    [
        ("all", reader.KeepsOrAudits), ("ours", reader.OfTheAssociation), ("bodies", reader.Bodies.Select(b => b.Value).ToArray()), ("self", reader.Person?.Value),
    ];

    private static Document Read(Npgsql.NpgsqlDataReader r) => new(
        r.Id<DocumentId>(0), r.GetString(1), r.Choice<DocumentKind>(2), r.Json<IReadOnlyList<Version>>(3), new(r.Choice<AudienceKind>(4), r.IdOrNull<BodyId>(5)),
        r.Json<Retention>(6), r.IdOrNull<PersonId>(7), r.Time(8), r.Json<IReadOnlyList<Signature>>(10), r.ChoiceOrNull<DestructionReason>(11), r.TimeOrNull(12));
}
