using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Says what the evaluation of the convention comes to; said again, it stands in the place of what was said.</summary>
/// <param name="Document">Where it is written; null when nowhere else.</param>
public sealed record EvaluateConvention(string Conclusion, DocumentId? Document, EffectiveTime On)
{
    /// <param name="document">The document named; null when none is.</param>
    public Decision Decide(Timeline<Convention> convention, Timeline<Document>? document)
    {
        if (Texts.Text("conclusion", Conclusion) is { } wrong)
            return wrong;
        return convention.At(On) switch
        {
            Convention.Signed c when c.File.Evaluation == new ConventionEvaluation(Conclusion, On, Document) => Decision.NoChange,
            Convention.Signed when Document is not null && document?.Latest is not Documents.Document.Kept => new DocumentNotKeptHere(),
            Convention.Signed => convention.Accept(On, new ConventionEvaluated(Conclusion, Document)),
            _ => convention.NotSigned(On),
        };
    }
}
