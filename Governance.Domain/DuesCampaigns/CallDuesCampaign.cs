using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Domain.DuesCampaigns;

/// <summary>
/// Calls the dues of members, each by its bracket, all at once. Who was called before is left as it is, so that it can be asked again: after a member is
/// admitted, after one declares, after an interruption.
/// </summary>
public sealed record CallDuesCampaign(EffectiveTime On)
{
    /// <summary>How many members one call takes; more are called by more of them.</summary>
    public const int MostMembers = 500;

    /// <param name="members">Those whom it is about; who is none, is called already or in no bracket is left out.</param>
    public Decision Decide(Timeline<DuesCampaign> campaign, IReadOnlyList<Timeline<Member>> members, TimeZoneInfo zone)
    {
        if (Texts.Number("members", members.Count, 0, MostMembers) is { } wrong)
            return wrong;
        if (campaign.At(On) is not DuesCampaign.Open open)
            return campaign.IsNotOpen(On);
        if (open.Brackets.IsEmpty)
            return new DuesCampaignWithoutBrackets();
        var calls = members.Select(member => (member, call: ToCall(open, member, zone))).Where(c => c.call is not null).ToList();
        if (calls.Count == 0)
            return Decision.NoChange;
        List<Fact> facts =
        [
            new(campaign.Stream, new DuesCampaignCalled(open.Plan.Campaign, [.. calls.Select(c => c.call!.Call)]), On),
            .. calls.Select(c => new Fact(
                c.member.Stream, new DuesCalled(open.Period, c.call!.Call.AmountCents, c.call.DueOn, open.Bracket(c.call.Call.Bracket)!.Decision ?? open.Plan.Decision), HoldsFrom(c.member, zone))),
        ];
        var refused = calls.Aggregate((Refusal?)campaign.Refuses(facts), (found, c) => found ?? c.member.Refuses(facts));
        return refused is null ? Decision.Accept(facts) : refused;
    }

    // The whole day, so that a payment of the very day of the call follows it.
    private EffectiveTime HoldsFrom(Timeline<Member> member, TimeZoneInfo zone) =>
        On.Precision == Precision.Instant && EffectiveTime.On(LocalTime.DayOf(On.Instant, zone), zone) is var day && member.At(day).IsMember ? day : On;

    private DuesToCall? ToCall(DuesCampaign.Known campaign, Timeline<Member> member, TimeZoneInfo zone) => member.Latest.DuesOf(campaign.Period) is null
        ? member.At(On) switch
        {
            Member.Active m => campaign.Of(m.Entry.Id, m.Since, On, zone),
            Member.Suspended m => campaign.Of(m.Entry.Id, m.Since, On, zone),
            _ => null,
        }
        : null;
}
