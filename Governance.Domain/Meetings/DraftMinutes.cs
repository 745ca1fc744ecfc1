using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Composes the minutes of a meeting from all that is known of it; again, while nobody has signed, when more became known.</summary>
public sealed record DraftMinutes(MeetingId Meeting, EffectiveTime On)
{
    /// <param name="source">Its meeting is that of <see cref="Meeting"/>.</param>
    public Decision Decide(Timeline<Minutes> minutes, MinutesSource source)
    {
        if (source.Meeting.Latest is not (Meetings.Meeting.Held or Meetings.Meeting.WithoutQuorum))
            return source.Meeting.Latest is Meetings.Meeting.Unknown ? new MeetingNotFound() : new NothingToMinute();
        var (hash, position) = (MinutesComposition.Of(source)!.Hash(), source.Position);
        return minutes.Latest switch
        {
            Minutes.Signed signed => new MinutesAreSigned(signed.Signatures[0].On),
            Minutes.Approved approved => new MinutesAreApproved(approved.On),
            Minutes.Draft draft when draft.Last.Composed.Hash == hash => Decision.NoChange,
            Minutes.Draft draft => Accept(draft.Last.Number + 1),
            _ => Accept(1),
        };

        Decision Accept(int version) => minutes.Accept(On, new MinutesDrafted(Meeting, version, position, hash));
    }
}
