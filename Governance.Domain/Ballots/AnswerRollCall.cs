using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Takes down what an elector of a meeting answers when called, or who holds the elector's proxy.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
public sealed record AnswerRollCall(BallotId Ballot, MandateId Elector, Choice Choice, DateTimeOffset Now)
{
    /// <param name="proxies">What those of this ballot are judged on.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Vote> vote, ProxyBasis proxies)
    {
        var state = ballot.Latest;
        if (state is not Ballots.Ballot.Open open)
            return state.Otherwise();
        if (open.Opening.Secret)
            return new BallotIsSecret();
        if (open.Draft.Contest is not null)
            return new ContestTakesPaper();
        if (!open.Opening.Called)
            return open.Opening.Hands ? new HandsAreCounted() : new NoCallIsTaken();
        if (open.Roll.TryGetValue(Elector, out var elector) && elector.Present is null)
            return new NotInTheRoom();
        var now = EffectiveTime.At(Now);
        var by = elector is { Present: Presence.Represented, Person: var giver }
            ? proxies.JudgeAt(open, now).FirstOrDefault(p => p.Proxy.Giver == Elector)?.Holder ?? giver
            : elector?.Person ?? default;
        if ((Casting.Fault(Choice, null) ?? new Casting(Elector, by, now, Called: true).Refuses(state, proxies, (vote.Latest as Vote.Cast)?.By)) is { } refused)
            return refused;
        var onBehalfOf = elector!.Person == by ? (PersonId?)null : elector.Person;
        return vote.Latest switch
        {
            Vote.NotCast => vote.Accept(now, new VoteCast(Ballot, Elector, by, Choice, onBehalfOf, Called: true)),
            // What was misheard is put right while the call lasts.
            Vote.Cast cast when cast.Choice == Choice && cast.By == by => Decision.NoChange,
            Vote.Cast cast => vote.Accept(BallotStanding.ActNow(Now, cast.On), new VoteChanged(Ballot, Elector, by, Choice, onBehalfOf)),
            var impossible => throw new InvalidOperationException(impossible.GetType().Name),
        };
    }
}
