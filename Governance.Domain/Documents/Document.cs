using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>A document, from its filing to the end of its content.</summary>
public abstract record Document : IState<Document>
{
    private Document() { }

    public sealed record Unfiled : Document;

    /// <param name="Versions">The contents in order; the last is the present one.</param>
    /// <param name="About">The one person whom it is about.</param>
    public sealed record Kept(
        DocumentId Id, string Title, DocumentKind Kind, ImmutableList<DocumentContent> Versions, Audience Audience, Retention Retention, PersonId? About,
        ImmutableList<DocumentSigned> Signatures) : Document
    {
        public DocumentContent Content => Versions[^1];
    }

    /// <summary>Its content was destroyed.</summary>
    public sealed record Destroyed(DocumentId Id, string Title, DestructionReason Because) : Document;

    public static Document Initial { get; } = new Unfiled();

    public static StreamId Stream(DocumentId id) => new($"document:{id}");

    public Document Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unfiled, DocumentFiled e) => new Kept(e.Document, e.Title, e.Kind, [e.Content], e.Audience, e.Retention, e.About, []),
        (Kept kept, DocumentReplaced e) when e.Version == kept.Versions.Count + 1 => kept with { Versions = kept.Versions.Add(e.Content) },
        (Kept kept, DocumentAudienceChanged e) => kept with { Audience = e.Audience },
        (Kept kept, DocumentSigned e) when e.Version <= kept.Versions.Count => kept with { Signatures = kept.Signatures.Add(e) },
        (Kept kept, DocumentDestroyed e) => new Destroyed(kept.Id, kept.Title, e.Because),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
