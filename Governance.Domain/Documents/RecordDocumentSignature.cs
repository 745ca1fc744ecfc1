using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Documents;

/// <summary>Records that somebody signed a version of a document, and how.</summary>
/// <param name="Version">From 1; null for the one that was the present one then.</param>
/// <param name="Quality">In which quality: president of the session, secretary.</param>
public sealed record RecordDocumentSignature(PersonId Signer, SignatureLevel Level, string Quality, int? Version, EffectiveTime On)
{
    public Decision Decide(Timeline<Document> document, Timeline<Person> signer)
    {
        if (Texts.Name("quality", Quality) is { } wrong)
            return wrong;
        if (document.At(On) is not Document.Kept kept)
            return document.NotKept(On);
        if (Texts.Number("version", Version, 1, kept.Versions.Count) is { } unknown)
            return unknown;
        var signed = new DocumentSigned(Version ?? kept.Versions.Count, Signer, Level, Quality);
        if (kept.Signatures.Contains(signed))
            return Decision.NoChange;
        return signer.Latest is Person.Registered ? document.Accept(On, signed) : new PersonNotFound();
    }
}
