using Governance.Domain.Ballots;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>Takes a proxy of a meeting back. Votes already cast by it stand; a vote under way is taken back with it.</summary>
/// <param name="By">The person who takes it back, for an own mandate; null for whoever keeps the records.</param>
public sealed record RevokeMeetingProxy(MeetingId Meeting, MandateId Giver, PersonId? By, EffectiveTime On)
{
    /// <param name="holder">Who holds the giver's mandate; null when nobody does.</param>
    /// <param name="vote">The vote that is under way; null for none.</param>
    /// <param name="book">Its proxies.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<MeetingProxies> proxies, PersonId? holder, Timeline<Ballot>? vote, Timeline<ProxyBook>? book)
    {
        if (meeting.Latest is not Meetings.Meeting.Known known || known is Meetings.Meeting.Cancelled or Meetings.Meeting.Closed or Meetings.Meeting.WithoutQuorum)
            return meeting.Latest.Otherwise();
        if (By is not null && By != holder)
            return new MandateOfAnotherPerson();
        if (proxies.Latest.All.Find(p => p.Giver == Giver) is not { } given)
            return new MeetingProxyNotFound();
        if (given.End is not null)
            return Decision.NoChange;
        return Decision.All(
            proxies.Accept(On, new MeetingProxyRevoked(Meeting, Giver)),
            holder is { } giver ? LateAttendance.Raise(meeting, giver, On, null, On.Instant) : Decision.NoChange,
            vote?.Latest is Ballot.Open open && book?.Latest.Running(Giver) is not null
                ? new Fact(book.Stream, new ProxyRevoked(open.Opening.Ballot, Giver, ProxyEnd.TakenBack), BallotStanding.ActNow(On.Instant, book.Latest.Last!.Value))
                : Decision.NoChange);
    }
}
