using Governance.Domain.Kernel;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Adds a bracket to a campaign, or changes the one of that name, until members are called by them.</summary>
public sealed record SetDuesBracket(DuesBracket Bracket, EffectiveTime On)
{
    public Decision Decide(Timeline<DuesCampaign> campaign)
    {
        if (campaign.At(On) is not DuesCampaign.Open open)
            return campaign.IsNotOpen(On);
        if (DuesCampaignChecks.Bracket(Bracket, open.Plan.Measure, open.Brackets) is { } wrong)
            return wrong;
        if (open.Bracket(Bracket.Name) == Bracket)
            return Decision.NoChange;
        if (open.Called.Count > 0)
            return new DuesBracketsInUse(open.Called.Count);
        return campaign.Accept(On, new DuesBracketSet(
            open.Plan.Campaign, Bracket.Name, Bracket.AmountCents, Bracket.From, Bracket.Below, Bracket.Category, Bracket.Decision));
    }
}
