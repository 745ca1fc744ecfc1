using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Takes an item off the agenda: it stays there as withdrawn once the notice was out.</summary>
public sealed record WithdrawAgendaItem(MeetingId Meeting, AgendaItemId Item, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        var (known, refused) = meeting.Changeable();
        if (known is null)
            return refused!;
        return known.Item(Item) switch
        {
            null => new AgendaItemNotFound(),
            { Withdrawn: not null } => Decision.NoChange,
            _ when known.Resolutions.Find(r => r.Item == Item && r.Ballot is not null) is { } voted => new ResolutionWasPutToVote(voted.Title),
            _ => meeting.Accept(meeting.ActAt(On), new AgendaItemWithdrawn(Meeting, Item, Reason)),
        };
    }
}
