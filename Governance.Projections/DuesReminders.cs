using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>The last reminder to each member of a campaign of dues.</summary>
public sealed class DuesReminders : TimelineModel<DuesReminders.OfCampaign>
{
    internal const string Stored = "dues_reminders_1";

    /// <param name="Person">To whom; null where it went to the member itself.</param>
    /// <param name="Reason">Why it did not arrive; null where there was no address.</param>
    public sealed record Reminder(
        MemberId Member, EffectiveTime Asked, PersonId? Person = null, EffectiveTime? Sent = null, string? Proof = null, EffectiveTime? Failed = null, string? Reason = null);

    /// <param name="Reminders">In the order of the members' ids.</param>
    public sealed record OfCampaign(DuesCampaignId Campaign, IReadOnlyList<Reminder> Reminders);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["dues-reminders"];

    public override IReadOnlyList<Type> Events => DuesCampaignEvents.OfReminders;

    public override Columns<OfCampaign> Columns { get; } = new Columns<OfCampaign>().Json("reminders", r => r.Reminders);

    public override IEnumerable<Segment<OfCampaign>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var campaign = DuesCampaignId.Of(history[0].Stream.Thing());
        return Segments.Of<Domain.DuesCampaigns.DuesReminders, OfCampaign>(campaign.Value, history, state => state.To.IsEmpty
            ? null
            : new(campaign, [.. state.To.OrderBy(to => to.Key.Value).Select(to => Row(to.Key, to.Value))]));
    }

    private static Reminder Row(MemberId member, Domain.DuesCampaigns.DuesReminders.Reminder r) => new(member, r.Asked, r.Person, r.Sent, r.Proof, r.Failed, r.Reason);

    /// <summary>The last reminder to each member that a campaign reminded by the view's moment.</summary>
    public static async ValueTask<IReadOnlyDictionary<MemberId, Reminder>> OfAsync(ReadView view, DuesCampaignId campaign, CancellationToken ct = default)
    {
        var found = await view.Database.FindAsync(
            view, $"select reminders from read.{Stored} r where {AsOf.Of("r")} and key = @campaign", r => r.Json<IReadOnlyList<Reminder>>(0), ct,
            ("campaign", campaign.Value)).ConfigureAwait(false);
        return (found ?? []).ToDictionary(r => r.Member);
    }
}
