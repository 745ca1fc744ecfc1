using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Puts a proxy whose holder is no elector any more into another hand, where the rule lets whoever presides do so.</summary>
/// <param name="Giver">The mandate whose vote it is.</param>
/// <param name="Holder">Who may cast it from now on.</param>
public sealed record ReassignProxy(BallotId Ballot, MandateId Giver, PersonId Holder, DateTimeOffset Now)
{
    /// <param name="vote">Of the giver's mandate, in an open ballot.</param>
    /// <param name="signing">Of the giver's mandate, in a secret ballot.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Vote> vote, Timeline<Signing> signing, ProxyBasis basis, Timeline<StatutesVersions> statutes)
    {
        var voted = vote.Latest is Vote.Cast || signing.Latest is Signing.Signed;
        var (ground, refused) = basis.GroundAt(ballot, voted, statutes, Now, Holder);
        if (ground is null)
            return refused!;
        var book = basis.Proxies.Latest;
        if (book.Running(Giver) is not { } running)
            return new ProxyNotFound();
        if (ground.Elector(Giver) is not { } giver)
            return new ProxyGiverNoElector();
        if (ground.Rule.Content.HolderLeaves != HolderLeaves.Reassigned)
            return new ReassignmentNotForeseen(ground.Rule.Article);
        if (running.Holder == Holder && running.GivenOutOn is not null)
            return Decision.NoChange;
        if (ground.Judge(book.All).First(p => p.Proxy.Giver == Giver).Fault is not (ProxyFault.HolderLeft or ProxyFault.HolderNoElector))
            return new ProxyHolderStays(ground.Rule.Article);

        var (at, happened) = (BallotStanding.ActNow(Now, book.Last!.Value), new ProxyReassigned(Ballot, Giver, Holder));
        if (running.Holder == Holder)
            return new ProxyHolderNoElector(ground.Rule.Article);
        return ground.Refuses(book.Evolve(happened, at).All, giver, received: false) is { } fault ? fault : basis.Proxies.Accept(at, happened);
    }
}
