using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Elections;

/// <summary>Somebody elected does not take the seat. It stays vacant, or goes to whoever comes next where the statutes say so.</summary>
public sealed record DeclineElection(ElectionId Election, PersonId Person, EffectiveTime On)
{
    /// <param name="ballots">Those of the election, in its order.</param>
    /// <param name="terms">What the statutes in force then say of the mandates of the body to be filled.</param>
    public Decision Decide(Timeline<Election> election, IReadOnlyList<Timeline<Ballot>> ballots, MandateTerms terms)
    {
        var (called, refused) = election.AsCalled();
        if (called is null)
            return refused!;
        if (called.Declined.Contains(Person))
            return Decision.NoChange;
        if (called.Installed.Exists(i => i.Person == Person))
            return new AlreadyInstalled();
        return called.Seated([.. ballots.Select(ElectionResult.Of)], terms.NextElected).Any(s => s.Person == Person)
            ? election.AcceptNext(On, new ElectionDeclined(Election, Person))
            : new PersonNotElected();
    }
}
