using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Keys the paper of an elector of an open ballot. Two people do, and when both say the same the vote is cast.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">Who keys it.</param>
/// <param name="Choice">What is marked on a motion, null paper included; null in a contest.</param>
/// <param name="Paper">What is marked in a contest, null paper included; null on a motion.</param>
public sealed record EnterPaperVote(BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice, Paper? Paper, DateTimeOffset Now)
{
    /// <remarks>
    /// Ballot, entry and vote are all conditions of the append: of two people at once one is first, and a paper keyed a second time while the elector
    /// votes on screen is decided again and refused. A proxy that nobody has used is suspended: the elector has voted.
    /// </remarks>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<PaperEntry> entry, Timeline<Vote> vote)
    {
        if ((Choice is null) == (Paper is null))
            return new ChoiceOrPaper();
        // Folded once: the roll can be long.
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Open { Opening.Secret: true })
            return new PaperInSecretBallot();
        byte[] packed = [];
        if (state is Ballots.Ballot.Open { Draft.Contest: var contest } && Casting.Misfit(contest, Paper, out packed) is { } misfit)
            return misfit;
        var now = EffectiveTime.At(Now);
        var voter = state is Ballots.Ballot.Open { Roll: var roll } && roll.TryGetValue(Elector, out var elector) ? elector.Person : By;
        if (new Casting(Elector, voter, now).Refuses(state, null, null) is { } refused)
            return refused;
        if (voter == By)
            return new PaperKeyedByItsElector();

        var entered = new PaperEntered(Ballot, Elector, By, Choice, Paper);
        bool Agrees(PaperEntry.KeyedOnce first) =>
            first.Choice == Choice && Casting.SaysTheSame(((Ballots.Ballot.Open)state).Draft.Contest, first.Paper, packed);
        return (entry.Latest, vote.Latest) switch
        {
            (PaperEntry.KeyedTwice { First: var first, By: var second }, Vote.Cast) when (By == first.By || By == second) && Agrees(first) => Decision.NoChange,
            (_, Vote.Cast cast) => cast.By == voter ? new ElectorHasVoted() : new ProxyHasVoted(),
            (PaperEntry.NotKeyed, _) => entry.Accept(now, entered),
            (PaperEntry.KeyedOnce own, _) when own.By == By => Agrees(own) ? Decision.NoChange : entry.Accept(BallotStanding.ActNow(Now, own.On), entered),
            (PaperEntry.KeyedOnce first, _) when Agrees(first) => Cast(BallotStanding.ActNow(Now, first.On)),
            (PaperEntry.KeyedOnce, _) => new PaperEntriesDiffer(),
            var (impossible, _) => throw new InvalidOperationException(impossible.GetType().Name),
        };

        Decision Cast(EffectiveTime on) => Decision.Accept(
            new Fact(entry.Stream, entered, on), new Fact(vote.Stream, new VoteCast(Ballot, Elector, voter, Choice, null, Paper, OnPaper: true), on));
    }
}
