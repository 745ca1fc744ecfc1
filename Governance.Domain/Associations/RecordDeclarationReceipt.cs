using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <param name="Due">The event whose declaration the prefecture acknowledges.</param>
/// <param name="Receipt">The number on the receipt (récépissé).</param>
public sealed record RecordDeclarationReceipt(EventId Due, string Receipt, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if (Texts.Name("receipt", Receipt) is { } wrong)
            return wrong;
        if (association.At(On) is Association.Unfounded)
            return association.Missing(On);
        return association.Latest.DeclarationOf(Due) switch
        {
            null => new DeclarationNotFiled(),
            { Receipt: null } => association.Accept(On, new DeclarationReceiptRecorded(Due, Receipt)),
            { Receipt: var known } => known == Receipt ? Decision.NoChange : new ReceiptAlreadyRecorded(known),
        };
    }
}
