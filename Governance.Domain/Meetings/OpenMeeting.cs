using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Opens a meeting: who presides is named, the quorum fixed.</summary>
/// <param name="Chair">Who presides.</param>
/// <param name="Secretary">Who writes the minutes; null when not named.</param>
/// <param name="Scrutineers">Who watches over the votes.</param>
public sealed record OpenMeeting(MeetingId Meeting, PersonId Chair, PersonId? Secretary, IReadOnlyList<PersonId> Scrutineers, EffectiveTime On)
{
    public Decision Decide(Timeline<Meeting> meeting, MeetingBasis basis)
    {
        if (meeting.Latest is not (Meetings.Meeting.Planned or Meetings.Meeting.Convened) || meeting.Latest is not Meetings.Meeting.Known known)
            return meeting.Latest.Otherwise();
        if (known is Meetings.Meeting.Planned && known.Plan.Body is not null)
            return new MeetingNotConvened();
        // Who comes at the hour that was announced finds the meeting as it was announced.
        if (known.Plan.Body is not null && On < known.Starts)
            return new MeetingStillToStart(known.Starts);
        var sheet = basis.Sheet.At(On);
        if (sheet.There(Chair) is null)
            return new OfficerNotThere("chair");
        if (Secretary is { } secretary && sheet.There(secretary) is null)
            return new OfficerNotThere("secretary");
        if (Scrutineers.Any(s => sheet.There(s) is null))
            return new OfficerNotThere("scrutineers");

        var room = Room.At(known, basis, known.Decision, On.Instant, Chair);
        var quorum = room.Found();
        if (room.Quorum.Content.Check != QuorumCheck.AtEachVote && quorum.Missing() is { } missing)
            return missing;
        return meeting.Accept(On, new MeetingOpened(Meeting, Chair, [.. Scrutineers.Distinct()], quorum, Secretary, room.Rules.Version));
    }
}
