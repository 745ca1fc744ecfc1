using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Records what a member declares for a campaign, until it is called by it.</summary>
public sealed record DeclareDuesBasis(MemberId Member, int? Number, string? Category, EffectiveTime On)
{
    public Decision Decide(Timeline<DuesCampaign> campaign, Timeline<Member> member)
    {
        if (Texts.OptionalName("category", Category) is { } wrong)
            return wrong;
        if (campaign.At(On) is not DuesCampaign.Open open)
            return campaign.IsNotOpen(On);
        if (!member.At(On).IsMember)
            return member.Stands(On);
        var (declared, fits) = (new DuesBasis(Number, Category), open.Plan.Measure switch
        {
            DuesMeasure.Number => Number >= 0 && Category is null,
            DuesMeasure.Category => Number is null && Category is not null,
            _ => false,
        });
        if (!fits)
            return new DuesBasisUnfit();
        if (open.Declared.GetValueOrDefault(Member) == declared)
            return Decision.NoChange;
        if (open.Called.ContainsKey(Member) || member.Latest.DuesOf(open.Period) is not null)
            return new DuesBasisInUse(open.Period);
        return open.Brackets.Exists(b => b.Covers(declared))
            ? campaign.Accept(On, new DuesBasisDeclared(open.Plan.Campaign, Member, Number, Category))
            : new DuesBasisInNoBracket();
    }
}
