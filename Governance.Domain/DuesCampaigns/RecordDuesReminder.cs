using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Records that a member was reminded, with what shows it.</summary>
/// <param name="Person">To whom; null where it went to the member itself, as a letter does.</param>
public sealed record RecordDuesReminder(MemberId Member, PersonId? Person, NoticeChannel Channel, string? Proof, EffectiveTime On)
{
    public Decision Decide(Timeline<DuesCampaign> campaign, Timeline<DuesReminders> reminders, TimeZoneInfo zone)
    {
        if (Texts.OptionalName("proof", Proof) is { } wrong)
            return wrong;
        if (campaign.At(On) is not DuesCampaign.Known known)
            return campaign.IsNotOpen(On);
        if (!known.Called.ContainsKey(Member) && !reminders.Latest.To.ContainsKey(Member))
            return new MemberNotCalled();
        var last = reminders.Latest.To.GetValueOrDefault(Member);
        if (last is { Sent: { } sent } && sent == On && last.Proof == Proof)
            return Decision.NoChange;
        // The message that was asked for goes out on its day or on another; a second one does not.
        return reminders.Latest.RemindedOn(Member, On, zone) && !(last is { Sent: null, Failed: null } && last.Person == Person)
            ? new RemindedToday()
            : reminders.Accept(On, new DuesReminderSent(known.Plan.Campaign, Member, Channel, Person, Proof));
    }
}
