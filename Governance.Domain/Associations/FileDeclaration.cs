using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <summary>Records that changes were declared to the prefecture, on the day of <paramref name="On"/>: one declaration, of one day's changes.</summary>
/// <param name="Due">The event that made it due.</param>
/// <param name="Reference">How the filing is known: number of the online procedure, registered letter.</param>
/// <param name="Also">Other changes of the same day that it declares too.</param>
public sealed record FileDeclaration(EventId Due, string Reference, EffectiveTime On, IReadOnlyList<EventId>? Also = null)
{
    /// <param name="duties">What <see cref="DeclarationDuties"/> finds in the streams where the events may be.</param>
    public Decision Decide(Timeline<Association> association, IReadOnlyList<DeclarationDuty> duties, TimeZoneInfo zone)
    {
        if (Texts.Name("reference", Reference) is { } wrong)
            return wrong;
        if (association.At(On) is Association.Unfounded)
            return association.Missing(On);
        var declared = new List<IEvent>();
        DateOnly? day = null;
        foreach (var due in (Also ?? []).Prepend(Due).Distinct())
        {
            if (association.Latest.DeclarationOf(due) is { } filed)
            {
                if (filed.Reference != Reference || filed.FiledOn != On)
                    return new DeclarationAlreadyFiled(filed.Reference, filed.FiledOn);
                continue;
            }

            if (duties.FirstOrDefault(d => d.Event == due) is not { } duty)
                return new DeclarationNotDue();
            if (On < duty.ChangedOn)
                return new DeclarationBeforeItsChange(duty.ChangedOn);
            if ((day ??= LocalTime.DayOf(duty.ChangedOn.Instant, zone)) is var first && LocalTime.DayOf(duty.ChangedOn.Instant, zone) != first)
                return new ChangesOfSeveralDays(duty.ChangedOn);
            declared.Add(new DeclarationFiled(due, Reference));
        }

        return declared.Count == 0 ? Decision.NoChange : association.Accept(On, declared);
    }
}
