using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>A document that is kept belongs to one more thing.</summary>
public sealed record AttachDocument(DocumentId Document, EffectiveTime On)
{
    public Decision Decide(Timeline<Document> document, OpenFolder thing)
    {
        if (thing.Folder.Latest.Documents.Contains(Document))
            return Decision.NoChange;
        if (thing.Refuses() is { } wrong)
            return wrong;
        return document.At(On) switch
        {
            Documents.Document.Kept kept when thing.Holds(kept.Content) => Decision.NoChange,
            Documents.Document.Kept => thing.Folder.Accept(On, new DocumentAttached(Document, thing.Thing)),
            _ => document.NotKept(On),
        };
    }
}

/// <summary>A document belongs to a thing no more; it stays where it is kept.</summary>
public sealed record DetachDocument(DocumentId Document, EffectiveTime On)
{
    public Decision Decide(Timeline<Folder> folder) =>
        folder.At(On).Documents.Contains(Document) ? folder.Accept(On, new DocumentDetached(Document))
        : folder.Effective.Any(e => e.Event is DocumentDetached gone && gone.Document == Document) ? Decision.NoChange
        : new DocumentNotAttached();
}
