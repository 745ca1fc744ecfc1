using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Has members that owe dues of a campaign reminded by e-mail: one message for each, to who represents it, once a day at most.</summary>
/// <param name="LateOnly">Only those whose day has passed; days of grace count for nothing here.</param>
public sealed record RemindOfDues(bool LateOnly, EffectiveTime On)
{
    /// <param name="members">Those whom it is about.</param>
    /// <param name="bodies">Every body of the association: where a member may be represented.</param>
    public Decision Decide(
        Timeline<DuesCampaign> campaign, Timeline<DuesReminders> reminders, IReadOnlyList<Timeline<Member>> members, IReadOnlyList<Timeline<Body>> bodies, TimeZoneInfo zone)
    {
        if (Texts.Number("members", members.Count, 0, CallDuesCampaign.MostMembers) is { } wrong)
            return wrong;
        if (campaign.At(On) is not DuesCampaign.Open open)
            return campaign.IsNotOpen(On);
        var owing = members.Select(m => m.At(On))
            .Where(m => m.IsMember && m.DuesOf(open.Period) is { OwedCents: > 0 } dues && (!LateOnly || dues.LateAt(On.Instant, 0, zone))).ToList();
        if (owing.Count == 0)
            return new NobodyToRemind();
        var today = owing.Where(m => reminders.Latest.RemindedOn(m.Register!.Id, On, zone)).Select(m => m.Register!.Id).ToList();
        owing.RemoveAll(m => today.Contains(m.Register!.Id));
        if (owing.Count == 0)
            return today.Exists(m => reminders.Latest.To[m].Asked == On) ? Decision.NoChange : new RemindedToday();
        var to = owing.Select(m => (m.Register!.Id, Person: Representative.Of(m.Register!, bodies, On), Owed: m.DuesOf(open.Period)!.OwedCents))
            .Where(m => m.Person is not null).Select(m => new DuesReminderTo(m.Id, m.Person!.Value, m.Owed)).ToList();
        // Asked again, those who have no address are all that is left.
        return to.Count == 0 ? today.Exists(m => reminders.Latest.To[m].Asked == On) ? Decision.NoChange : new NobodyToWriteTo() : reminders.Accept(On, new DuesRemindersAsked(open.Plan.Campaign, to));
    }
}

/// <summary>Who is written to on behalf of a member.</summary>
public static class Representative
{
    /// <summary>
    /// An individual is their own. An organisation's is whoever has represented it longest, in a college first, elsewhere where no college has anybody of it.
    /// </summary>
    /// <returns>Null when nobody represents it.</returns>
    public static PersonId? Of(RegisterEntry member, IReadOnlyList<Timeline<Body>> bodies, EffectiveTime on) => member.Name.Individual is { } individual
        ? individual.Person
        : bodies.Select(body => body.At(on)).OfType<Body.Constituted>()
            .SelectMany(body => body.Mandates.Where(m => m.Member == member.Id && m.HeldAt(on.Instant)).Select(m => (m, elsewhere: body.Kind != BodyKind.College)))
            .OrderBy(held => held.elsewhere).ThenBy(held => held.m.Start.Instant).ThenBy(held => held.m.Id.Value)
            .Select(held => (PersonId?)held.m.Person).FirstOrDefault();
}
