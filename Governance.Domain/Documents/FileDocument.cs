using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Documents;

/// <summary>Keeps a document, whose content is stored already, and attaches it to a thing where one is named.</summary>
/// <param name="Retention">Without its day where years are counted.</param>
/// <param name="About">The one person whom it is about.</param>
public sealed record FileDocument(
    DocumentId Document, string Title, DocumentKind Kind, DocumentContent Content, Audience Audience, Retention Retention, PersonId? About, EffectiveTime On)
{
    /// <param name="from">The day from which the years of the retention are counted.</param>
    /// <param name="thing">What it is attached to; null for nothing.</param>
    /// <param name="about">The person; null where it is about nobody.</param>
    public Decision Decide(Timeline<Document> document, DateOnly from, OpenFolder? thing, Timeline<Person>? about)
    {
        if ((Texts.Name("title", Title) ?? ContentRules.Refuses(Content) ?? Audience.Refuses() ?? thing?.Refuses()) is { } wrong)
            return wrong;
        var (settled, unclear) = Retention.Settle(from);
        if (settled is null)
            return unclear!;
        if (about is { Latest: Person.Unregistered })
            return new PersonNotFound();
        if (about is { Latest: Person.Erased })
            return new DocumentOfSomebodyErased();
        // A second sending, or the same file again for the same thing.
        if (thing?.Holds(Content) == true || document.Latest is Documents.Document.Kept { Versions: [var first, ..] } && first == Content)
            return Decision.NoChange;
        if (document.Latest is not Documents.Document.Unfiled)
            return new DocumentAlreadyFiled();
        var filed = new Fact(document.Stream, new DocumentFiled(Document, Title, Kind, Content, Audience, settled, About), On);
        return thing is null ? filed : Decision.Accept(filed, new Fact(thing.Folder.Stream, new DocumentAttached(Document, thing.Thing), On));
    }
}
