using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Prepares an amendment (avenant): it begins as what holds, and its terms are then changed.</summary>
public sealed record DraftAmendment(AmendmentId Amendment, string Title, string? Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if ((Texts.Name("title", Title) ?? Texts.OptionalText("reason", Reason)) is { } wrong)
            return wrong;
        var drafted = new AmendmentDrafted(Amendment, Title, Reason);
        if (convention.Recorded.Any(e => e.On == On && drafted.Equals(e.Event)))
            return Decision.NoChange;
        return convention.At(On) switch
        {
            Convention.Signed { File.Prepared: { } prepared } => new AmendmentInPreparation(prepared.Title),
            Convention.Signed => convention.Accept(On, drafted),
            Convention.Draft c => convention.NotAmended(c.File),
            _ => convention.NotSigned(On),
        };
    }
}
