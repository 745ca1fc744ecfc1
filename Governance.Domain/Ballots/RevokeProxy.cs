using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>Takes a proxy back, or suspends it because its giver came, before or while the ballot is open. A vote already cast by it stands.</summary>
/// <param name="By">The person who takes it back, for an own mandate; null for whoever keeps the records.</param>
public sealed record RevokeProxy(BallotId Ballot, MandateId Giver, PersonId? By, ProxyEnd Because, DateTimeOffset Now)
{
    /// <param name="holder">Who holds the giver's mandate; null when nobody does.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<ProxyBook> proxies, PersonId? holder)
    {
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Drafted or Ballots.Ballot.Open:
                break;
            case Ballots.Ballot.Closed closed:
                return new BallotClosedAlready(closed.On);
            case var otherwise:
                return otherwise.Otherwise();
        }

        if (By is not null && By != holder)
            return new MandateOfAnotherPerson();
        var book = proxies.Latest;
        return book.Of(Giver) switch
        {
            null => new ProxyNotFound(),
            { End: not null } => Decision.NoChange,
            _ => proxies.Accept(BallotStanding.ActNow(Now, book.Last!.Value), new ProxyRevoked(Ballot, Giver, Because)),
        };
    }
}
