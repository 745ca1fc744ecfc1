using Governance.Domain.Kernel;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Opens the campaign of a period, with its brackets.</summary>
/// <param name="Plan">Its terms.</param>
/// <param name="Brackets">The first of them; more can be set until somebody is called.</param>
public sealed record OpenDuesCampaign(DuesCampaignOpened Plan, IReadOnlyList<DuesBracket> Brackets, EffectiveTime On)
{
    public const int MostBrackets = 100;
    public const int MostDaysToPay = 366;

    public Decision Decide(Timeline<DuesCampaign> campaign, Timeline<RegisterOfDuesCampaigns> register)
    {
        if ((Texts.Name("period", Plan.Period) ?? Texts.OptionalName("measureName", Plan.MeasureName) ?? Texts.Number("daysToPay", Plan.DaysToPay, 0, MostDaysToPay)
            ?? Texts.Number("brackets", Brackets.Count, 0, MostBrackets)) is { } wrong)
            return wrong;
        if (Plan.Until <= Plan.From)
            return new DuesPeriodEndsBeforeItBegins();
        if (Plan.Measure == DuesMeasure.None != Plan.MeasureName is null)
            return new DuesMeasureUnnamed();
        foreach (var (bracket, i) in Brackets.Select((bracket, i) => (bracket, i)))
        {
            if (DuesCampaignChecks.Bracket(bracket, Plan.Measure, Brackets.Take(i)) is { } unfit)
                return unfit;
            if (Brackets.Take(i).Any(b => b.Name == bracket.Name))
                return new DuesBracketsOverlap(bracket.Name, bracket.Name);
        }

        if (campaign.Latest is DuesCampaign.Known known)
            return known.Plan == Plan ? Decision.NoChange : new DuesCampaignOpenedOtherwise();
        if (register.Latest.ByPeriod.ContainsKey(Plan.Period))
            return new DuesPeriodTaken(Plan.Period);
        List<Fact> facts =
        [
            new(campaign.Stream, Plan, On),
            .. Brackets.Select(b => new Fact(campaign.Stream, new DuesBracketSet(Plan.Campaign, b.Name, b.AmountCents, b.From, b.Below, b.Category, b.Decision), On)),
            new(register.Stream, new DuesPeriodRegistered(Plan.Campaign, Plan.Period), On),
        ];
        return (campaign.Refuses(facts) ?? register.Refuses(facts)) is { } impossible ? impossible : Decision.Accept(facts);
    }
}
