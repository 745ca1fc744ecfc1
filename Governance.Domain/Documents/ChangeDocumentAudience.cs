using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>Says who may read a document from here on.</summary>
public sealed record ChangeDocumentAudience(Audience Audience, EffectiveTime On)
{
    public Decision Decide(Timeline<Document> document)
    {
        if (Audience.Refuses() is { } wrong)
            return wrong;
        return document.At(On) switch
        {
            Document.Kept kept when kept.Audience == Audience => Decision.NoChange,
            Document.Kept => document.Accept(On, new DocumentAudienceChanged(Audience)),
            _ => document.NotKept(On),
        };
    }
}
