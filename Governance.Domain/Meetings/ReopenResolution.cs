using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Puts a text before the meeting again whose vote was annulled: it is amended, withdrawn or voted on as any other.</summary>
public sealed record ReopenResolution(MeetingId Meeting, ResolutionId Resolution, EffectiveTime On)
{
    /// <param name="ballot">That the text was put to; null where it was to none.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Ballot>? ballot)
    {
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        return session.Find(Resolution) switch
        {
            null => new ResolutionNotFound(),
            { Ballot: null } => Decision.NoChange,
            { Ballot: { } voted } when ballot?.Latest is Ballots.Ballot.Annulled => meeting.Accept(meeting.ActAt(On), new ResolutionReopened(Meeting, Resolution, voted)),
            var standing => new VoteOnResolutionStands(standing.Title),
        };
    }
}
