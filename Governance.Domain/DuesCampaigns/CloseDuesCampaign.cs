using Governance.Domain.Kernel;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Ends a campaign: nobody is called or reminded any more, and what is owed stays owed.</summary>
public sealed record CloseDuesCampaign(string? Remark, EffectiveTime On)
{
    public Decision Decide(Timeline<DuesCampaign> campaign)
    {
        if (Texts.OptionalText("remark", Remark) is { } wrong)
            return wrong;
        return campaign.At(On) switch
        {
            DuesCampaign.Closed => Decision.NoChange,
            DuesCampaign.Open open => campaign.Accept(On, new DuesCampaignClosed(open.Plan.Campaign, Remark)),
            _ => campaign.IsNotOpen(On),
        };
    }
}
