using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Who casts the vote of which mandate, and when: what open and secret ballots ask alike.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="Called">Answered when called, and taken down by whoever keeps the records.</param>
internal readonly record struct Casting(MandateId Elector, PersonId By, EffectiveTime Now, bool Called = false)
{
    /// <summary>What is wrong with what is voted by itself; null when nothing is.</summary>
    public static Refusal? Fault(Choice? choice, Paper? paper) =>
        (choice is null) == (paper is null) ? new ChoiceOrPaper()
        : paper is Paper.Null || choice is not (null or Choice.For or Choice.Against or Choice.Abstain or Choice.Blank) ? new NullIsNoChoice()
        : null;

    /// <summary>Why what is voted is none on this ballot; null when it is, and then packed where it is a paper.</summary>
    public static Refusal? Misfit(Contest? contest, Paper? paper, out byte[] packed)
    {
        packed = [];
        return contest is null ? paper is null ? null : new MotionTakesChoice()
            : paper is null ? new ContestTakesPaper()
            : new PackedPaper(contest.Question).TryPack(paper, out packed);
    }

    /// <summary>Whether what was voted in a contest is what is packed; on a motion there is nothing to compare.</summary>
    public static bool SaysTheSame(Contest? contest, Paper? voted, byte[] packed) =>
        contest is null || voted is null || (new PackedPaper(contest.Question).TryPack(voted, out var before) is null && packed.AsSpan().SequenceEqual(before));

    /// <summary>What stands against it; null when the ballot, which is open, takes the vote.</summary>
    /// <param name="proxies">What proxies are judged on; null when nobody votes for somebody else.</param>
    /// <param name="castBy">Who cast the vote that stands; null for nobody yet.</param>
    public Refusal? Refuses(Ballot state, ProxyBasis? proxies, PersonId? castBy)
    {
        if (state is Ballot.Closed closed)
            return new BallotClosedAlready(closed.On);
        if (state is not Ballot.Open open)
            return state.Otherwise();
        if (!open.Roll.TryGetValue(Elector, out var elector))
            return new NotOnTheRoll();
        if (open.IsSuspended)
            return new BallotSuspended(open.Opening.Rules.Secrecy.Article);
        if (open.Opening.Hands)
            return new HandsAreCounted();
        if (open.Opening.Called && !Called)
            return new AnswersAreTakenDown();
        if (elector.Barred)
            return new InterestBarsVote();
        // Who is there and for whom is recorded in such a meeting: nobody votes in it from outside.
        if (open.Opening.Meeting is not null && elector.Present is null)
            return new NotInTheRoom();
        // Who is represented there is not there, unless the proxy ended by their coming.
        if (open.Opening.Meeting is not null && elector.Present == Presence.Represented && elector.Person == By
            && proxies?.Proxies.Latest.Of(Elector) is not { End: ProxyEnd.GiverCame })
            return new NotInTheRoom();
        if (elector.Person != By && ByProxy(open, proxies, castBy, elector) is { } refused)
            return refused;
        if (Now < open.Opening.Opens)
            return new BallotNotYetOpen(open.Opening.Opens);
        return Now >= open.Opening.Closes ? new ClosingTimePassed(open.Opening.Closes) : null;
    }

    /// <summary>What stands against voting for the holder of another mandate; null when a proxy gives the vote.</summary>
    private Refusal? ByProxy(Ballot.Open open, ProxyBasis? proxies, PersonId? castBy, Elector elector)
    {
        if (proxies?.Proxies.Latest.Of(Elector) is not { } given)
            return new MandateOfAnotherPerson();
        if (given.End is { } end)
            return given.Holder == By && end == ProxyEnd.GiverCame ? new ProxySuspended() : new MandateOfAnotherPerson();
        var mandate = Elector;
        var judged = proxies.JudgeAt(open, Now).First(p => p.Proxy.Giver == mandate);
        if (judged.Holder != By)
            return given.Holder == By ? new ProxyVoid(ProxyFault.HolderLeft, open.ProxiesRule.Article) : new MandateOfAnotherPerson();
        if (judged.Fault == ProxyFault.GiverPresent || castBy == elector.Person)
            return new ProxySuspended();
        return judged.Fault is { } fault ? new ProxyVoid(fault, open.ProxiesRule.Article) : null;
    }
}
