using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Documents;

/// <summary>Records that the content of a document is to be destroyed for good, in every version. What was recorded of it stays.</summary>
public sealed record DestroyDocument(DestructionReason Because, EffectiveTime On)
{
    /// <param name="today">The day of the command, in the association's time zone.</param>
    /// <param name="about">The person whom it is about; null where it is about nobody.</param>
    public Decision Decide(Timeline<Document> document, DateOnly today, Timeline<Person>? about) => document.At(On) switch
    {
        Document.Destroyed => Decision.NoChange,
        Document.Kept when about?.Latest is Person.Registered { HeldUntil: { } until } && On < until => new PersonUnderLegalHold(until),
        Document.Kept when Because == DestructionReason.PersonErased && about?.Latest is not Person.Erased => new NobodyWasErased(),
        Document.Kept { Retention: { Until: null } } when Because == DestructionReason.RetentionOver => new DocumentKeptForEver(),
        Document.Kept { Retention: { Until: { } until } kept } when Because == DestructionReason.RetentionOver && kept.HoldsOn(today) => new DocumentStillKept(until),
        Document.Kept => document.Accept(On, new DocumentDestroyed(Because)),
        _ => document.NotKept(On),
    };
}
