using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Domain.Elections;

/// <summary>
/// Gives those elected their mandates, in one act: nobody else, each under the rules in force now. Whoever was installed before is left as they are, so that a second
/// round, or whoever comes next, is installed after the others.
/// </summary>
/// <param name="Mandates">The mandates to be, at least as many as there are seats left.</param>
public sealed record InstallElected(ElectionId Election, IReadOnlyList<MandateId> Mandates, EffectiveTime On)
{
    /// <param name="ballots">Those of the election, in its order.</param>
    /// <param name="body">The body to be filled.</param>
    /// <param name="others">The association's other bodies.</param>
    /// <param name="terms">What the statutes in force then say of the mandates of the body to be filled.</param>
    public Decision Decide(
        Timeline<Election> election, IReadOnlyList<Timeline<Ballot>> ballots, Timeline<Body> body, Func<PersonId, Timeline<Person>> person,
        Func<MemberId, Timeline<Member>> member, IReadOnlyList<Timeline<Body>> others, MandateTerms terms, TimeZoneInfo zone)
    {
        var (called, refused) = election.AsCalled();
        if (called is null)
            return refused!;
        var seated = called.Seated([.. ballots.Select(ElectionResult.Of)], terms.NextElected);
        var coming = seated.Where(s => !called.Installed.Exists(i => i.Person == s.Person)).ToList();
        if (coming.Count == 0)
            return called.Installed.IsEmpty ? new NobodyElected() : Decision.NoChange;

        var free = Enumerable.Range(1, called.Call.Seats.Count).Where(seat => !called.Installed.Exists(i => i.Seat == seat)).ToList();
        if (free.Count == 0)
            return Decision.NoChange;
        if (Texts.Number("mandates", Mandates.Count, Math.Min(coming.Count, free.Count), int.MaxValue) is { } few)
            return few;
        var installed = new List<Installed>();
        var facts = new List<Fact>();
        foreach (var ((elected, ballot), seat, mandate) in coming.Zip(free, Mandates))
        {
            var appointed = Appoint(called, elected, ballots[called.Ballots.IndexOf(ballot)], ballot, called.Call.Seats[seat - 1].TermEnds, mandate, zone) is { } appoint
                ? appoint.Decide(body.After(facts), person(elected), appoint.Member is { } represented ? member(represented) : null, others, terms, zone)
                : new NotACandidate();
            if (appointed is not Decision.Accepted { Facts: var given })
                return new ElectedCannotSit(seated.TakeWhile(s => s.Person != elected).Count() + 1, ((appointed as Decision.Refused)?.Refusal) ?? new MandateAlreadyGiven());
            facts.AddRange(given);
            installed.Add(new(elected, mandate, seat, ballot));
        }

        return Decision.All(election.AcceptNext(On, new ElectedInstalled(Election, installed)), Accepted(body, facts));
    }

    // Nobody sits before being elected, whenever the term was to begin.
    private static AppointToMandate? Appoint(
        Election.Called called, PersonId elected, Timeline<Ballot> ballot, BallotId named, EffectiveTime? termEnds, MandateId mandate, TimeZoneInfo zone)
    {
        if (called.Find(elected) is not { } candidate)
            return null;
        var begins = called.Call.TermBegins;
        var decided = ballot.DecidedOn();
        return new(
            mandate, elected, candidate.Member, candidate.College, called.Call.Office, termEnds, false, false, new(named),
            decided > begins && decided.Instant >= begins.PeriodEnd(zone) ? decided : begins);
    }

    private static Decision Accepted(Timeline<Body> body, IReadOnlyList<Fact> facts) =>
        body.Refuses(facts) is { } impossible ? impossible : Decision.Accept(facts);
}
