using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Hands raised in one college for one choice.</summary>
/// <param name="College">Null for electors of no college.</param>
public sealed record Hands(Choice Choice, long Count, BodyId? College = null);

/// <summary>Enters the hands counted in a meeting: the ballot is closed, counted and its result proclaimed with it.</summary>
/// <param name="Raised">Who raised none has not voted.</param>
/// <param name="Chair">How whoever presides voted, where that parts a tie.</param>
public sealed record CountHands(BallotId Ballot, IReadOnlyList<Hands> Raised, Choice? Chair, DateTimeOffset Now)
{
    public Decision Decide(Timeline<Ballot> ballot)
    {
        if (ballot.Latest is not Ballots.Ballot.Open open)
            return ballot.Latest is Ballots.Ballot.Proclaimed { Was.Was.Hands: { } before } && Same(before) ? Decision.NoChange : ballot.Latest.Otherwise();
        if (!open.Opening.Hands)
            return new NoHandsToCount();

        var groups = new List<PaperGroup>();
        foreach (var college in Raised.GroupBy(h => h.College))
        {
            var room = open.Roll.Values.Where(e => e.College == college.Key && e.Present is not null && !e.Barred).ToList();
            if (college.FirstOrDefault(h => h.Count < 0 || h.Count > room.Count) is { } impossible)
                return new MoreHandsThanVotes(impossible.Count, room.Count);
            var counted = college.Sum(h => h.Count);
            if (counted > room.Count)
                return new MoreHandsThanVotes(counted, room.Count);
            if (counted > 0 && room.Select(e => e.Weight).Distinct().Count() > 1)
                return new HandsOfUnequalWeight(college.Key);
            groups.AddRange(college.GroupBy(h => h.Choice, (choice, hands) => new Hands(choice, hands.Sum(h => h.Count), college.Key))
                .Where(h => h.Count > 0).Select(h => new PaperGroup(h.Choice, room[0].Weight, h.Count, h.College?.ToString())));
        }

        groups = [.. groups.OrderBy(g => g.College, StringComparer.Ordinal).ThenBy(g => g.Choice)];
        if (Chair is { } chaired && !groups.Exists(g => g.Choice == chaired && ChairOf(open) is { } chair && g.College == chair.College?.ToString()))
            return new ChairRaisedNoHand();
        var at = BallotStanding.ActNow(Now, open.Last);
        return Then(ballot, new HandsCounted(Ballot, groups, Chair), at, counted => new CloseBallot(Ballot, ClosedBy.Hand, Now).Decide(counted),
            closed => new CountBallot(Ballot, Now).Decide(closed, [], [], ProxyBasis.WithoutProxies(new(ProxyBook.Stream(Ballot), 0, []))),
            counted => new ProclaimResult(Ballot, Now).Decide(counted));
    }

    // Who presides, where that is an elector who casts an own vote.
    private static Elector? ChairOf(Ballots.Ballot.Open open) =>
        open.Opening.Chair is { } chair && open.Roll[chair] is { Barred: false, Present: Presence.InPerson or Presence.Remote } elector ? elector : null;

    private bool Same(HandsCounted before) =>
        before.Chair == Chair && before.Groups.Sum(g => g.Count) == Raised.Sum(h => h.Count)
        && before.Groups.All(g => Raised.Where(h => h.College?.ToString() == g.College && h.Choice == g.Choice).Sum(h => h.Count) == g.Count);

    // One after the other, each decided on what the one before has made: recorded together.
    private static Decision Then(Timeline<Ballot> ballot, HandsCounted first, EffectiveTime at, params IReadOnlyList<Func<Timeline<Ballot>, Decision>> next)
    {
        var facts = new List<Fact> { new(ballot.Stream, first, at) };
        foreach (var decide in next)
        {
            switch (decide(ballot.After(facts)))
            {
                case Decision.Accepted accepted:
                    facts.AddRange(accepted.Facts);
                    break;
                case var otherwise:
                    return otherwise;
            }
        }

        return Decision.Accept(facts);
    }
}
