using Governance.Domain.Ballots;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Puts before the meeting what the vote on a text left open, as a text of its own under the same item, to be voted on as any other.</summary>
/// <param name="First">The text whose vote calls for a second round.</param>
public sealed record ProposeSecondRound(MeetingId Meeting, ResolutionId First, ResolutionId Resolution, string Title, EffectiveTime On)
{
    /// <param name="first">The ballot of <see cref="First"/>; null where it was put to none.</param>
    /// <param name="election">The election whose candidates <see cref="First"/> put; null for none.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Ballot>? first, Timeline<Election>? election = null)
    {
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        if (session.Find(First) is not { } voted)
            return new ResolutionNotFound();
        if (session.Resolutions.Find(r => r.SecondRoundOf == First && r.Withdrawn is null) is { } known)
            return known.Id == Resolution && known.Title == Title ? Decision.NoChange : new SecondRoundAlreadyPut(known.Title);
        return first?.Latest is Ballot.Proclaimed proclaimed && proclaimed.IsCalled(out var contest)
            ? new ProposeResolution(Meeting, Resolution, voted.Item, voted.Decision, Title, voted.Text, voted.Workstream, contest, On, voted.Election, voted.Minutes, First).Decide(meeting, election)
            : new NoSecondRoundCalled();
    }
}
