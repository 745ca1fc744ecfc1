using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Ties a text of a meeting to the outcome that a document gives of it, where its papers are not here.</summary>
/// <param name="Ballot">The outcome transcribed.</param>
public sealed record TranscribeResolution(MeetingId Meeting, ResolutionId Resolution, BallotId Ballot, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, Timeline<Ballot> ballot)
    {
        var (session, refused) = meeting.InSession();
        if (session is null)
            return refused!;
        return session.Find(Resolution) switch
        {
            null => new ResolutionNotFound(),
            { Withdrawn: not null } withdrawn => new ResolutionIsWithdrawn(withdrawn.Title),
            { Ballot: { } known } voted => known == Ballot ? Decision.NoChange : new ResolutionWasPutToVote(voted.Title),
            _ when ballot.Latest is not Ballots.Ballot.Transcribed => new OutcomeNotTranscribed(),
            _ => meeting.Accept(meeting.ActAt(On), new ResolutionTranscribed(Meeting, Resolution, Ballot)),
        };
    }
}
