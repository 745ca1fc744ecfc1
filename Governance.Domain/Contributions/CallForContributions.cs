using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <summary>Records that a funder calls for the collective papers of a year.</summary>
public sealed record CallForContributions(ContributionCallId Call, string Funder, int Year, string? Text, EffectiveTime On)
{
    public Decision Decide(Timeline<ContributionCall> call)
    {
        if ((Texts.Name("funder", Funder) ?? Texts.Number("year", Year, 1901, LocalTime.LastYear) ?? Texts.OptionalText("text", Text)) is { } wrong)
            return wrong;
        return call.Latest switch
        {
            ContributionCall.Made made when made == new ContributionCall.Made(Call, Funder, Year, Text) => Decision.NoChange,
            ContributionCall.Made made => new ContributionsAlreadyCalled(made.Funder),
            _ => call.Accept(On, new ContributionsCalled(Call, Funder, Year, Text)),
        };
    }
}
