using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Words a text otherwise before it is voted on.</summary>
/// <param name="Reason">Who asked for it, or why.</param>
public sealed record AmendResolution(MeetingId Meeting, ResolutionId Resolution, string Text, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting)
    {
        if ((Texts.Text("text", Text) ?? Texts.Text("reason", Reason)) is { } wrong)
            return wrong;
        var (resolution, refused) = WithdrawResolution.Open(meeting, Resolution);
        return resolution is null ? refused!
            : resolution.Withdrawn is not null ? new ResolutionIsWithdrawn(resolution.Title)
            : resolution.Text == Text ? Decision.NoChange
            // Another text would be another motion, which nothing has left tied.
            : resolution is { SecondRoundOf: not null, Contest: null } && !SecondRound.SameText(resolution.Text, Text) ? new SecondRoundPutsSomethingElse()
            : meeting.Accept(meeting.ActAt(On), new ResolutionAmended(Meeting, Resolution, Text, Reason));
    }
}
