using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>Puts a newer version, whose content is stored already, in the place of the present one.</summary>
public sealed record ReplaceDocument(DocumentContent Content, EffectiveTime On)
{
    public Decision Decide(Timeline<Document> document)
    {
        if (ContentRules.Refuses(Content) is { } wrong)
            return wrong;
        return document.At(On) switch
        {
            Document.Kept kept when kept.Content.Sha256 == Content.Sha256 => Decision.NoChange,
            Document.Kept kept => document.Accept(On, new DocumentReplaced(kept.Versions.Count + 1, Content)),
            _ => document.NotKept(On),
        };
    }
}
