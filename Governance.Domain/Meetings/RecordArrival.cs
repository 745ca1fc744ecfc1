using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.People;

namespace Governance.Domain.Meetings;

/// <summary>Checks a person in, in the room or from elsewhere; or changes the way.</summary>
/// <param name="On">The minute at which it happened, which may lie in the past.</param>
public sealed record RecordArrival(MeetingId Meeting, PersonId Person, bool Remote, EffectiveTime On, DateTimeOffset Now)
{
    /// <param name="vote">The vote that is under way; null for none.</param>
    /// <param name="proxies">Of that vote.</param>
    /// <param name="minutes">Of the meeting; null while it runs, when there are none.</param>
    public Decision Decide(
        Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet, Timeline<Person> person, Timeline<Ballot>? vote, Timeline<ProxyBook>? proxies, Timeline<Minutes>? minutes)
    {
        if (meeting.Latest is not Meetings.Meeting.Known known || known is Meetings.Meeting.Cancelled)
            return meeting.Latest.Otherwise();
        if (((Refusal?)NotYetHappened.Of(On, Now) ?? known.Ended(On)) is { } outside)
            return outside;
        if (person.At(On) is not People.Person.Registered)
            return new AttendingPersonUnknown();
        if (Remote && !known.Remote)
            return new RemoteNotForeseen();
        if (sheet.At(On).There(Person) is { } there && there.Remote == Remote)
            return there.Since == On ? Decision.NoChange : new AlreadyInTheMeeting(there.Since);
        var arrived = sheet.Accept(On, new PersonArrived(Meeting, Person, Remote));
        // An arrival of before a departure that is known changes nothing of the vote under way now.
        var isThere = arrived is Decision.Accepted { Facts: var facts } && sheet.After(facts).Latest.There(Person) is not null;
        return Decision.All(
            arrived, LateAttendance.Raise(meeting, Person, On, LateAttendance.Next(sheet, Person, On), Now, minutes), isThere ? Suspended(vote, proxies) : Decision.NoChange);
    }

    // Who comes while a vote is under way has that vote again, unless the proxy has cast it.
    private Decision Suspended(Timeline<Ballot>? vote, Timeline<ProxyBook>? proxies)
    {
        if (vote?.Latest is not Ballot.Open open || proxies is null)
            return Decision.NoChange;
        var at = BallotStanding.ActNow(Now, proxies.Latest.Last ?? EffectiveTime.At(Now));
        return Decision.All([.. open.Roll.Values.Where(e => e.Person == Person && proxies.Latest.Running(e.Mandate) is not null)
            .Select(e => (Decision)new Fact(proxies.Stream, new ProxyRevoked(open.Opening.Ballot, e.Mandate, ProxyEnd.GiverCame), at))]);
    }
}
