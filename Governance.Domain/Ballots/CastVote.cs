using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Casts the vote of a mandate in an open ballot, or changes it where the rule allows.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">Who casts it: who holds the mandate, or a proxy of who does.</param>
/// <param name="Choice">What is voted on a motion; null in a contest.</param>
/// <param name="Paper">What is voted in a contest; null on a motion.</param>
public sealed record CastVote(BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice, DateTimeOffset Now, Paper? Paper = null)
{
    /// <remarks>
    /// The append is conditional on the ballot's version as well as the vote's: a vote and the closing at the same instant
    /// are in one order or the other, and the vote counts or is refused.
    /// </remarks>
    /// <param name="proxies">Of this ballot; null when nobody votes for somebody else.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Vote> vote, Timeline<ProxyBook>? proxies = null)
    {
        if ((Choice is null) == (Paper is null))
            return new ChoiceOrPaper();
        if (Paper is Paper.Null || Choice is not (null or Voting.Choice.For or Voting.Choice.Against or Voting.Choice.Abstain or Voting.Choice.Blank))
            return new NullIsNoChoice();
        // Folded once: the roll can be long.
        var state = ballot.Latest;
        if (state is Ballots.Ballot.Closed closed)
            return new BallotClosedAlready(closed.On);
        if (state is not Ballots.Ballot.Open open)
            return state.Otherwise();

        if (Misfit(open.Draft.Contest, out var packed) is { } misfit)
            return misfit;
        var now = EffectiveTime.At(Now);
        if (!open.Roll.TryGetValue(Elector, out var elector))
            return new NotOnTheRoll();
        var giver = elector.Person == By ? (PersonId?)null : elector.Person;
        if (giver is not null && ByProxy(open, proxies?.Latest, vote.Latest, elector) is { } refused)
            return refused;
        if (now < open.Opening.Opens)
            return new BallotNotYetOpen(open.Opening.Opens);
        if (now >= open.Opening.Closes)
            return new ClosingTimePassed(open.Opening.Closes);

        return vote.Latest switch
        {
            Vote.NotCast => vote.Accept(now, new VoteCast(Ballot, Elector, By, Choice, giver, Paper)),
            Vote.Cast cast when cast.By == By && cast.Choice == Choice && SaysTheSame(open.Draft.Contest, cast.Paper, packed) => Decision.NoChange,
            Vote.Cast cast when open.Opening.Rules.VoteChange is { Content.Allowed: false } rule => cast.Choice is { } before ? new VoteChangeNotAllowed(before, rule.Article) : new PaperChangeNotAllowed(rule.Article),
            Vote.Cast cast => vote.Accept(BallotStanding.ActNow(Now, cast.On), new VoteChanged(Ballot, Elector, By, Choice, giver, Paper)),
            var impossible => throw new InvalidOperationException(impossible.GetType().Name),
        };
    }

    /// <summary>Why what is voted is none on this ballot; null when it is, and then packed where it is a paper.</summary>
    private Refusal? Misfit(Contest? contest, out byte[] packed)
    {
        packed = [];
        return contest is null ? Paper is null ? null : new MotionTakesChoice()
            : Paper is null ? new ContestTakesPaper()
            : new PackedPaper(contest.Question).TryPack(Paper, out packed);
    }

    private static bool SaysTheSame(Contest? contest, Paper? cast, byte[] packed) =>
        contest is null || cast is null || (new PackedPaper(contest.Question).TryPack(cast, out var before) is null && packed.AsSpan().SequenceEqual(before));

    /// <summary>What stands against voting for the holder of another mandate; null when a proxy gives the vote.</summary>
    private Refusal? ByProxy(Ballots.Ballot.Open open, ProxyBook? proxies, Vote vote, Elector elector)
    {
        if (proxies?.Of(Elector) is not { } given)
            return new MandateOfAnotherPerson();
        if (given.End is { } end)
            return given.Holder == By && end == ProxyEnd.GiverCame ? new ProxySuspended() : new MandateOfAnotherPerson();
        var judged = JudgedProxy.Judge(open.ProxiesRule, open.Roll.Values, proxies.All, open.Opening.Opens, open.Chair).First(p => p.Proxy.Giver == Elector);
        if (judged.Holder != By)
            return new MandateOfAnotherPerson();
        if (judged.Fault == ProxyFault.GiverPresent || (vote is Vote.Cast cast && cast.By == elector.Person))
            return new ProxySuspended();
        return judged.Fault is { } fault ? new ProxyVoid(fault, open.ProxiesRule.Article) : null;
    }
}
