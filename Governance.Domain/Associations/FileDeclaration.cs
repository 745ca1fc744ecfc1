using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <summary>Records that a change was declared to the prefecture, on the day of <paramref name="On"/>.</summary>
/// <param name="Due">The event that made it due.</param>
/// <param name="Reference">How the filing is known: number of the online procedure, registered letter.</param>
public sealed record FileDeclaration(EventId Due, string Reference, EffectiveTime On)
{
    /// <param name="duties">What <see cref="DeclarationDuties"/> finds in the streams where the event may be.</param>
    public Decision Decide(Timeline<Association> association, IReadOnlyList<DeclarationDuty> duties)
    {
        if (Texts.Name("reference", Reference) is { } wrong)
            return wrong;
        if (association.At(On) is Association.Unfounded)
            return association.Missing(On);
        if (association.Latest.DeclarationOf(Due) is { } filed)
            return filed.Reference == Reference && filed.FiledOn == On ? Decision.NoChange : new DeclarationAlreadyFiled(filed.Reference, filed.FiledOn);
        if (duties.FirstOrDefault(d => d.Event == Due) is not { } duty)
            return new DeclarationNotDue();
        return On < duty.ChangedOn ? new DeclarationBeforeItsChange(duty.ChangedOn) : association.Accept(On, new DeclarationFiled(Due, Reference));
    }
}
