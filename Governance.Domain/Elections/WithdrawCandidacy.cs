using Governance.Domain.Kernel;

namespace Governance.Domain.Elections;

/// <summary>Somebody does not stand any more.</summary>
public sealed record WithdrawCandidacy(ElectionId Election, PersonId Person, EffectiveTime On)
{
    public Decision Decide(Timeline<Election> election)
    {
        var (called, refused) = election.AsCalled();
        if (called is null)
            return refused!;
        if (called.Find(Person) is null)
            return election.Effective.Any(e => e.Event is CandidateWithdrew gone && gone.Person == Person) ? Decision.NoChange : new NotACandidate();
        return called.Ballots.IsEmpty ? election.AcceptNext(On, new CandidateWithdrew(Election, Person)) : new CandidaciesClosed();
    }
}
