using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Meetings;

/// <summary>Takes back that somebody came or left, or gave a proxy: acts that rest on it are named by an irregularity.</summary>
/// <param name="Event">The fact, of the sheet or the proxies given.</param>
public sealed record RetractAttendance(EventId Event, string Reason, EffectiveTime On)
{
    /// <param name="vote">The vote that is under way; null for none.</param>
    /// <param name="book">Its proxies.</param>
    /// <param name="minutes">Of the meeting; null while it runs, when there are none.</param>
    public Decision Decide(Timeline<Meeting> meeting, Timeline<AttendanceSheet> sheet, Timeline<Ballot>? vote, Timeline<ProxyBook>? book, Timeline<Minutes>? minutes)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(sheet);
        if (decision is not Decision.Accepted || sheet.Effective.FirstOrDefault(e => e.Id == Event) is not { } fact)
            return decision;
        var person = fact.Event is PersonArrived arrived ? arrived.Person : ((PersonLeft)fact.Event).Person;
        return Decision.All(decision, LateAttendance.Raise(meeting, person, fact.On, null, On.Instant, minutes), fact.Event is PersonArrived ? GivenAgain(person, vote, book) : Decision.NoChange);
    }

    // Whoever did not come after all is represented again in a vote that is under way.
    private Decision GivenAgain(PersonId person, Timeline<Ballot>? vote, Timeline<ProxyBook>? book) =>
        vote?.Latest is not Ballot.Open open || book is null ? Decision.NoChange : Decision.All(
        [
            .. open.Roll.Values.Where(e => e.Person == person).Select(e => book.Latest.Of(e.Mandate)).OfType<Proxy>().Where(p => p.End == ProxyEnd.GiverCame)
                .Select(p => (Decision)new Fact(
                    book.Stream, new ProxyGiven(open.Opening.Ballot, p.Giver, p.Form, p.Holder, p.Substitute), BallotStanding.ActNow(On.Instant, book.Latest.Last!.Value))),
        ]);

    /// <param name="body">That meets.</param>
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    /// <param name="minutes">Of the meeting; null while it runs, when there are none.</param>
    public Decision Decide(
        Timeline<Meeting> meeting, Timeline<MeetingProxies> proxies, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges, Timeline<Minutes>? minutes)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(proxies);
        if (decision is not Decision.Accepted || proxies.Effective.FirstOrDefault(e => e.Id == Event) is not { } fact)
            return decision;
        var mandate = fact.Event switch
        {
            MeetingProxyGiven e => e.Giver,
            MeetingProxyHandedOn e => e.Giver,
            _ => ((MeetingProxyRevoked)fact.Event).Giver,
        };
        var electorate = Electorate.At(body.At(fact.On), [.. colleges.Select(c => c.At(fact.On))], fact.On.Instant);
        return electorate.Electors.FirstOrDefault(e => e.Mandate == mandate) is { Person: var giver }
            ? Decision.All(decision, LateAttendance.Raise(meeting, giver, fact.On, null, On.Instant, minutes))
            : decision;
    }
}
