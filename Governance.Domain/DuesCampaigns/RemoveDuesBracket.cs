using Governance.Domain.Kernel;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Takes a bracket out of a campaign that has called nobody yet.</summary>
public sealed record RemoveDuesBracket(string Name, EffectiveTime On)
{
    public Decision Decide(Timeline<DuesCampaign> campaign) => campaign.At(On) switch
    {
        DuesCampaign.Open open when open.Bracket(Name) is null => new DuesBracketNotFound(Name),
        DuesCampaign.Open { Called.Count: > 0 and var called } => new DuesBracketsInUse(called),
        DuesCampaign.Open open => campaign.Accept(On, new DuesBracketRemoved(open.Plan.Campaign, Name)),
        _ => campaign.IsNotOpen(On),
    };
}
