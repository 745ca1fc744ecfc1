using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Records that a reminder did not arrive, or could not be sent.</summary>
/// <param name="Reason">Null where there was no address.</param>
public sealed record RecordDuesReminderFailure(MemberId Member, PersonId? Person, NoticeChannel Channel, string? Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<DuesCampaign> campaign, Timeline<DuesReminders> reminders)
    {
        if (Texts.OptionalText("reason", Reason) is { } wrong)
            return wrong;
        if (campaign.At(On) is not DuesCampaign.Known known)
            return campaign.IsNotOpen(On);
        if (!known.Called.ContainsKey(Member) && !reminders.Latest.To.ContainsKey(Member))
            return new MemberNotCalled();
        return reminders.Latest.To.GetValueOrDefault(Member) is { Failed: not null } last && last.Person == Person && last.Reason == Reason
            ? Decision.NoChange
            : reminders.Accept(On, new DuesReminderFailed(known.Plan.Campaign, Member, Channel, Person, Reason));
    }
}
