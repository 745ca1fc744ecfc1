using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>
/// Puts the vote of a mandate into somebody's hands, before or while the ballot is open; or puts a blank proxy, given before,
/// into a hand.
/// </summary>
/// <param name="Giver">The mandate whose vote it is.</param>
/// <param name="Holder">Who may cast it; null for a blank proxy.</param>
/// <param name="By">The person who gives it, for an own mandate; null for whoever keeps the records and enters what was received.</param>
/// <param name="Substitute">Who may cast it once the holder is no elector any more; null for nobody.</param>
public sealed record GiveProxy(BallotId Ballot, MandateId Giver, PersonId? Holder, PersonId? By, ProxyForm Form, DateTimeOffset Now, PersonId? Substitute = null)
{
    /// <remarks>
    /// What breaks a cap is refused when the giver can still choose somebody else. On paper it was given already: it is
    /// entered, and the rule says what is void.
    /// </remarks>
    /// <param name="vote">Of the giver's mandate, in an open ballot.</param>
    /// <param name="signing">Of the giver's mandate, in a secret ballot.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Vote> vote, Timeline<Signing> signing, ProxyBasis basis, Timeline<StatutesVersions> statutes)
    {
        var voted = vote.Latest is Vote.Cast || signing.Latest is Signing.Signed;
        var (ground, refused) = basis.GroundAt(ballot, voted, statutes, Now, Holder, Substitute);
        if (ground is null)
            return refused!;
        if (ground.Elector(Giver) is not { } giver)
            return new ProxyGiverNoElector();
        if (By is { } by && by != giver.Person)
            return new MandateOfAnotherPerson();

        var book = basis.Proxies.Latest;
        var at = BallotStanding.ActNow(Now, book.Last ?? EffectiveTime.At(Now));
        var running = book.Running(Giver);
        if (running is not null && running.Holder == Holder && running.Substitute == Substitute)
            return Decision.NoChange;
        var givesOut = running is { Holder: null } && By is null && Substitute is null && ground.Rule.Content.Blank == BlankProxies.GivenOut;
        if (running is not null && !givesOut)
            return new ProxyAlreadyGiven();

        IEvent happened = givesOut ? new BlankProxyGivenOut(Ballot, Giver, Holder!.Value) : new ProxyGiven(Ballot, Giver, Form, Holder, Substitute);
        var next = book.Evolve(happened, at).All;
        var received = By is null && Form != ProxyForm.Platform && !givesOut;
        if ((ground.Refuses(next, giver, received) ?? (Substitute is { } named ? ground.Refuses(next, giver, named, Holder) : null)) is { } fault)
            return fault;
        return basis.Proxies.Accept(at, happened);
    }
}
