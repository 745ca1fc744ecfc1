using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <summary>Records the receipt of the prefecture: for each of the changes that one declaration told it of.</summary>
/// <param name="Due">The event whose declaration the prefecture acknowledges.</param>
/// <param name="Receipt">The number on the receipt (récépissé).</param>
/// <param name="Also">Other changes that the same declaration told of.</param>
public sealed record RecordDeclarationReceipt(EventId Due, string Receipt, EffectiveTime On, IReadOnlyList<EventId>? Also = null)
{
    public Decision Decide(Timeline<Association> association)
    {
        if (Texts.Name("receipt", Receipt) is { } wrong)
            return wrong;
        if (association.At(On) is Association.Unfounded)
            return association.Missing(On);
        var acknowledged = new List<IEvent>();
        foreach (var due in (Also ?? []).Prepend(Due).Distinct())
        {
            switch (association.Latest.DeclarationOf(due))
            {
                case null:
                    return new DeclarationNotFiled();
                case { Receipt: null }:
                    acknowledged.Add(new DeclarationReceiptRecorded(due, Receipt));
                    break;
                case { Receipt: { } known } when known != Receipt:
                    return new ReceiptAlreadyRecorded(known);
            }
        }

        return acknowledged.Count == 0 ? Decision.NoChange : association.Accept(On, acknowledged);
    }
}
