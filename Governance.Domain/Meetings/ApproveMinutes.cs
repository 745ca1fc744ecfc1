using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>Records that a body approved its minutes, by the ballot that it did so with.</summary>
public sealed record ApproveMinutes(MeetingId Meeting, DecisionReference Decision, EffectiveTime On)
{
    /// <param name="ballot">That of <see cref="Decision"/>.</param>
    /// <param name="other">The meeting in which it was voted; null where it is not known to be one.</param>
    /// <remarks>
    /// What is approved is what was before the voters when the vote was opened, as far as its time is known: minutes that say something else since are put to another
    /// vote. A vote that names the minutes that it approves approves those alone; one that names none was opened after they were written.
    /// </remarks>
    public Decision Decide(Timeline<Minutes> minutes, Timeline<Meeting> meeting, Timeline<Ballot> ballot, Timeline<Meeting>? other, TimeZoneInfo zone)
    {
        switch (minutes.Latest)
        {
            case Minutes.Unwritten:
                return new MinutesNotDrafted();
            case Minutes.Approved approved:
                return approved.What.Decision == Decision ? Kernel.Decision.NoChange : new MinutesAreApproved(approved.On);
            case Minutes.Draft:
                return new MinutesNotSigned(Signatory.Chair);
            case Minutes.Signed signed when signed.Of(Signatory.Chair) is null:
                return new MinutesNotSigned(Signatory.Chair);
            case Minutes.Signed signed when (meeting.Latest as Meetings.Meeting.Held)?.Opening.Secretary is not null && signed.Of(Signatory.Secretary) is null:
                return new MinutesNotSigned(Signatory.Secretary);
        }

        if (ballot.Stands(DecisionKind.Ordinary) is { } refused)
            return refused;
        if (BodyOf(ballot.Latest) is { } body && (meeting.Latest as Meetings.Meeting.Known)?.Plan.Body is { } own && body != own)
            return new ApprovedByAnotherBody();
        if ((meeting.Latest as Meetings.Meeting.Known)?.Resolutions.Exists(r => r.Ballot == Decision.Ballot) == true)
            return new ApprovedInTheirOwnMeeting();
        var written = ((Minutes.Written)minutes.Latest).Last;
        if (ballot.Latest.Minutes is { } named && named != Meeting)
            return new ApprovesOtherMinutes();
        var put = ballot.PutOn().PeriodEnd(zone);
        if (ballot.Latest is { Workstream: not null } or { Contest: not null } || (ballot.Latest.Minutes is null && put < written.On.Instant))
            return new ApprovedBySomethingElse(written.On);
        if (VotedOn((Minutes.Written)minutes.Latest, put) is { Says: false, Number: var read })
            return new VotedOnAnotherVersion(read, written.Number, written.On);
        return minutes.Accept(On, new MinutesApproved(Meeting, written.Number, Decision, (other?.Latest as Meetings.Meeting.Known)?.Plan.Meeting));
    }

    // The version that the voters had, and whether it says what the last one does.
    private static (int? Number, bool Says) VotedOn(Minutes.Written minutes, DateTimeOffset put) =>
        minutes.Versions.FindLast(v => v.On.Instant <= put) is { } read ? (read.Number, minutes.HashOf(read) == minutes.HashOf(minutes.Last)) : (null, false);

    private static BodyId? BodyOf(Ballot ballot) => ballot switch { Ballot.Held b => b.Draft.Body, Ballot.Transcribed b => b.Record.Body, _ => null };
}
