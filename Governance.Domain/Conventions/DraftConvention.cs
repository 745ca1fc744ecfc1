using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Prepares a convention over some years with a funder.</summary>
/// <param name="Beneficiary">In support of whom, where it is not the funder itself.</param>
/// <param name="AmountCents">All that is to be agreed, from 0.</param>
public sealed record DraftConvention(
    ConventionId Convention, string Title, string Funder, string? Beneficiary, DateOnly FirstDay, DateOnly LastDay, int AmountCents, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if ((Texts.Name("title", Title) ?? Texts.Name("funder", Funder) ?? Texts.OptionalName("beneficiary", Beneficiary)
            ?? ConventionChecks.Amount("amountCents", AmountCents, 0) ?? ConventionChecks.Days(FirstDay, LastDay)) is { } wrong)
            return wrong;
        var drafted = new ConventionDrafted(Convention, Title, Funder, FirstDay, LastDay, AmountCents, Beneficiary);
        return convention.Latest switch
        {
            Conventions.Convention.Undrafted => convention.Accept(On, drafted),
            Conventions.Convention.Known when convention.Recorded.Any(e => e.On == On && drafted.Equals(e.Event)) => Decision.NoChange,
            Conventions.Convention.Known c => new ConventionAlreadyDrafted(c.File.Title),
            _ => throw new InvalidOperationException(),
        };
    }
}
