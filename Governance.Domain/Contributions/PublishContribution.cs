using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <param name="Reference">Where it can be read.</param>
/// <param name="Document">The paper, as it is kept here; null when it is kept elsewhere.</param>
public sealed record PublishContribution(string? Reference, DocumentId? Document, EffectiveTime On)
{
    /// <param name="document">The document named; null when none is.</param>
    public Decision Decide(Timeline<Contribution> contribution, Timeline<Document>? document)
    {
        if (Texts.OptionalName("reference", Reference) is { } wrong)
            return wrong;
        var step = contribution.Step(On, new ContributionPublished(Reference, Document), ContributionStage.Presented);
        return step is Decision.Accepted && Document is not null && document?.Latest is not Documents.Document.Kept ? new PaperNotKept() : step;
    }
}
