using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>A person declares an interest of their own in an item: they leave its debate and cast no vote on it.</summary>
public sealed record DeclareInterest(MeetingId Meeting, AgendaItemId Item, PersonId Person, string? Note, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if (Texts.OptionalText("note", Note) is { } wrong)
            return wrong;
        var (known, refused) = meeting.Changeable();
        if (known is null)
            return refused!;
        return known.Item(Item) switch
        {
            null => new AgendaItemNotFound(),
            { } item when item.Interested.Contains(Person) => Decision.NoChange,
            _ when known.Resolutions.Find(r => r.Item == Item && r.Ballot is not null) is { } voted
                && !known.Resolutions.Exists(r => r.Item == Item && r.Ballot is null && r.Withdrawn is null) => new ResolutionWasPutToVote(voted.Title),
            _ => meeting.Accept(meeting.ActAt(On), new InterestDeclared(Meeting, Item, Person, Note)),
        };
    }
}
