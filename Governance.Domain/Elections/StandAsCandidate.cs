using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Domain.Elections;

/// <summary>Somebody stands: whoever could not be given the seat if elected is refused now, by the same rules.</summary>
public sealed record StandAsCandidate(ElectionId Election, Candidate Candidate, EffectiveTime On)
{
    /// <param name="body">The body to be filled.</param>
    /// <param name="member">The member represented; null when none is.</param>
    /// <param name="others">The association's other bodies.</param>
    /// <param name="terms">What the statutes in force then say of the mandates of the body to be filled.</param>
    public Decision Decide(
        Timeline<Election> election, Timeline<Body> body, Timeline<Person> person, Timeline<Member>? member, IReadOnlyList<Timeline<Body>> others, MandateTerms terms,
        TimeZoneInfo zone)
    {
        var (called, refused) = election.AsCalled();
        if (called is null)
            return refused!;
        if (called.Find(Candidate.Person) is { } known && known == Candidate)
            return Decision.NoChange;
        if (!called.Ballots.IsEmpty)
            return new CandidaciesClosed();
        var call = called.Call;
        var seat = new AppointToMandate(
            default, Candidate.Person, Candidate.Member, Candidate.College, call.Office, call.Seats[0].TermEnds, false, false, null, call.TermBegins);
        return seat.Decide(body, person, member, others, terms, zone) is Decision.Refused unfit
            ? unfit
            : election.AcceptNext(On, new CandidateStood(Election, Candidate));
    }
}
