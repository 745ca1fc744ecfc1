using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>
/// Records that a secret vote is demanded. Of a draft the rules judge it when it opens. Of an open ballot those that it was opened under do at once: one
/// that they grant suspends it until it goes on in secret (<see cref="HoldInSecret"/>) or is annulled.
/// </summary>
/// <param name="Demanding">How many electors demand it; null counts those named.</param>
/// <param name="TakingPart">Of how many who take part; null in a meeting that is recorded here, whose attendance tells it.</param>
/// <param name="ByChair">Whoever presides demands it.</param>
/// <param name="Electors">The mandates of those who demand it and are known by name, among those counted; null for none.</param>
public sealed record DemandSecretVote(
    BallotId Ballot, int? Demanding, int? TakingPart, bool ByChair, IReadOnlyList<MandateId>? Electors, DateTimeOffset Now)
{
    /// <param name="body">The body that the draft names.</param>
    /// <param name="colleges">The bodies that this body names as its colleges.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges)
    {
        var now = EffectiveTime.At(Now);
        switch (ballot.Latest)
        {
            case Ballots.Ballot.Drafted drafted:
                return body.At(now) is Body.Constituted constituted
                    ? Record(ballot, now, drafted.Demands, [.. Electorate.At(constituted, [.. colleges.Select(c => c.At(now))], Now).Electors.Select(e => e.Mandate)])
                    : new BallotBodyNotFound();
            case Ballots.Ballot.Open { Opening: { Secret: true, Rules.Secrecy.Article: var article } }:
                return new BallotSecretAlready(article);
            case Ballots.Ballot.Open open when now >= open.Opening.Closes:
                return new SecrecyDemandedTooLate(open.Opening.Closes, open.Opening.Rules.Secrecy.Article);
            case Ballots.Ballot.Open { Opening.Meeting: not null } open:
                // Whoever is absent, or has an interest of their own, takes no part in the vote and demands nothing.
                var room = open.Roll.Values.Where(e => e is { Present: not null, Barred: false }).Select(e => e.Mandate).ToHashSet();
                return TakingPart is { } said && said != room.Count
                    ? new NumberOutOfBounds("takingPart", room.Count, room.Count)
                    : (this with { TakingPart = room.Count }).Record(ballot, BallotStanding.ActNow(Now, open.Last), open.Demands, room);
            case Ballots.Ballot.Open open:
                return Record(ballot, BallotStanding.ActNow(Now, open.Last), open.Demands, open.Roll.Keys.ToHashSet());
            case Ballots.Ballot.Held held:
                return new SecrecyDemandedTooLate(held.Last, held.Opening.Rules.Secrecy.Article);
            case var otherwise:
                return otherwise.Otherwise();
        }
    }

    /// <param name="known">The demands so far.</param>
    /// <param name="holding">The mandates that may demand it.</param>
    private Decision Record(Timeline<Ballot> ballot, EffectiveTime on, IReadOnlyList<SecretVoteDemanded> known, HashSet<MandateId> holding)
    {
        IReadOnlyList<MandateId> named = [.. (Electors ?? []).Distinct()];
        if (TakingPart is not { } takingPart || takingPart < 1 || takingPart > holding.Count)
            return new NumberOutOfBounds("takingPart", 1, holding.Count);
        var demanding = Demanding ?? named.Count;
        if (demanding < named.Count || demanding > takingPart)
            return new NumberOutOfBounds("demanding", named.Count, takingPart);
        if (demanding == 0 && !ByChair)
            return new SecrecyDemandedByNobody();
        foreach (var mandate in named)
        {
            if (!holding.Contains(mandate))
                return new SecrecyDemandedByOutsider(mandate);
        }

        var demanded = new SecretVoteDemanded(Ballot, demanding, takingPart, ByChair, named.Count == 0 ? null : named);
        return known is [.., var last] && Same(last, demanded) ? Decision.NoChange : ballot.Accept(on, demanded);
    }

    /// <summary>A demand under the rule on secrecy.</summary>
    public static SecrecyDemand Judge(SecretVoteDemanded demand, Applied<SecrecyRule> rule) =>
        SecrecyDemand.Judge(rule, demand.Demanding, demand.TakingPart, demand.ByChair);

    /// <summary>Why a draft cannot be voted on openly: one of its demands is granted by the rule. Null when none is.</summary>
    internal static Refusal? Forbids(Ballots.Ballot.Drafted drafted, Applied<SecrecyRule> rule)
    {
        var granted = drafted.Demands.Select(d => Judge(d, rule)).Where(d => d.Secret).ToList();
        return granted.Find(d => d.ByChair && rule.Content.OnDemandOfChair) is not null ? new SecretVoteIsDemandedByChair(rule.Article)
            : granted is [var demand, ..] ? new SecretVoteIsDemanded(demand.Demanding, demand.TakingPart, demand.Least!.Value, rule.Article)
            : null;
    }

    private static bool Same(SecretVoteDemanded left, SecretVoteDemanded right) =>
        left with { Electors = null } == right with { Electors = null } && (left.Electors ?? []).SequenceEqual(right.Electors ?? []);
}
