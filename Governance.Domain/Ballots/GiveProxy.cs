using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
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
public sealed record GiveProxy(BallotId Ballot, MandateId Giver, PersonId? Holder, PersonId? By, ProxyForm Form, DateTimeOffset Now)
{
    /// <remarks>
    /// What breaks a cap is refused when the giver can still choose somebody else. On paper it was given already: it is
    /// entered, and the rule says what is void.
    /// </remarks>
    /// <param name="vote">Of the giver's mandate, in an open ballot.</param>
    /// <param name="signing">Of the giver's mandate, in a secret ballot.</param>
    /// <param name="body">The body that the draft names.</param>
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    public Decision Decide(
        Timeline<Ballot> ballot, Timeline<ProxyBook> proxies, Timeline<Vote> vote, Timeline<Signing> signing, Timeline<Body> body,
        IReadOnlyList<Timeline<Body>> colleges, Timeline<StatutesVersions> statutes)
    {
        var now = EffectiveTime.At(Now);
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Drafted drafted:
                if (body.At(now) is not Body.Constituted constituted)
                    return new BallotBodyNotFound();
                var rule = statutes.At(now).RulesAt(Now).Proxies(constituted.Kind, drafted.Draft.Decision);
                return Judge(proxies, rule, Electorate.At(constituted, [.. colleges.Select(c => c.At(now))], Now).Electors, null, null);
            case Ballots.Ballot.Open open when now >= open.Opening.Closes:
                return new ClosingTimePassed(open.Opening.Closes);
            case Ballots.Ballot.Open when vote.Latest is Vote.Cast || signing.Latest is Signing.Signed:
                return new ProxyAfterVoting();
            case Ballots.Ballot.Open open:
                return Judge(proxies, open.ProxiesRule, open.Roll.Values, open.Opening.Opens, open.Chair);
            case Ballots.Ballot.Closed closed:
                return new BallotClosedAlready(closed.On);
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    private Decision Judge(Timeline<ProxyBook> proxies, Applied<ProxiesRule> rule, IEnumerable<Elector> roll, EffectiveTime? opens, PersonId? chair)
    {
        List<Elector> electors = [.. roll];
        if (electors.Find(e => e.Mandate == Giver) is not { } giver)
            return new ProxyGiverNoElector();
        if (By is { } by && by != giver.Person)
            return new MandateOfAnotherPerson();

        var book = proxies.Latest;
        var at = BallotStanding.ActNow(Now, book.Last ?? EffectiveTime.At(Now));
        var running = book.Running(Giver);
        if (running is not null && running.Holder == Holder)
            return Decision.NoChange;
        var givesOut = running is { Holder: null } && By is null && rule.Content.Blank == BlankProxies.GivenOut;
        if (running is not null && !givesOut)
            return new ProxyAlreadyGiven();

        IEvent happened = givesOut ? new BlankProxyGivenOut(Ballot, Giver, Holder!.Value) : new ProxyGiven(Ballot, Giver, Form, Holder);
        var next = book.Evolve(happened, at);
        var judged = JudgedProxy.Judge(rule, electors, next.All, opens, chair);
        if (judged.Any(p => p.Fault == ProxyFault.HolderGaveAway && p.Holder == giver.Person))
            return new ProxyChain(rule.Article);
        var received = By is null && Form != ProxyForm.Platform && !givesOut;
        return Fault(judged.First(p => p.Proxy.Giver == Giver), received, rule, opens) is { } fault ? fault : proxies.Accept(at, happened);
    }

    private static Refusal? Fault(JudgedProxy judged, bool received, Applied<ProxiesRule> rule, EffectiveTime? opens) => judged.Fault switch
    {
        null or ProxyFault.NotGivenOut => null,
        ProxyFault.TooMany or ProxyFault.TooManyVotes when received => null,
        ProxyFault.NotAllowed => new ProxiesNotAllowed(rule.Article),
        ProxyFault.GiverPresent => new ProxyGiverPresent(),
        ProxyFault.NotWritten => new ProxyNotWritten(rule.Article),
        ProxyFault.TooLate => new ProxyTooLate(EffectiveTime.At(JudgedProxy.Deadline(rule.Content, opens)!.Value), rule.Article),
        ProxyFault.BlankRefused => new BlankProxyRefused(rule.Article),
        ProxyFault.NoChair => new BlankProxyWithoutChair(rule.Article),
        ProxyFault.ToOneself => new ProxyToOneself(),
        ProxyFault.HolderNoElector => new ProxyHolderNoElector(rule.Article),
        ProxyFault.OtherCollege => new ProxyOfAnotherCollege(rule.Article),
        ProxyFault.HolderGaveAway => new ProxyChain(rule.Article),
        ProxyFault.TooMany => new ProxyCapReached(rule.Content.MostPerHolder!.Value, rule.Article),
        ProxyFault.TooManyVotes => new ProxyShareReached(judged.InHand!.Votes, judged.InHand.MostVotes!.Value, rule.Article),
        var fault => throw new InvalidOperationException($"{fault} cannot be at the giving of a proxy."),
    };
}
