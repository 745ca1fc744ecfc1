using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Takes a text back before it is voted on.</summary>
public sealed record WithdrawResolution(MeetingId Meeting, ResolutionId Resolution, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        var (resolution, refused) = Open(meeting, Resolution);
        return resolution is null ? refused!
            : resolution.Withdrawn is not null ? Decision.NoChange
            : meeting.Accept(meeting.ActAt(On), new ResolutionWithdrawn(Meeting, Resolution, Reason));
    }

    /// <summary>A text that was not voted on yet; or why it cannot change.</summary>
    internal static (Resolution? Resolution, Refusal? Refused) Open(Timeline<Meeting> meeting, ResolutionId id)
    {
        var (known, refused) = meeting.Changeable();
        return known is null ? (null, refused)
            : known.Find(id) switch
            {
                null => (null, new ResolutionNotFound()),
                { Ballot: not null } voted => (null, new ResolutionWasPutToVote(voted.Title)),
                var resolution => (resolution, null),
            };
    }
}
