using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Roadmaps;

/// <summary>Makes the ranking of a contest over workstreams their order in the roadmap, by a resolution that adopts it.</summary>
/// <param name="Contest">The ballot that ranked them.</param>
/// <param name="Decision">The resolution: that it stands and was taken in time is asked where every decision is.</param>
public sealed record AdoptOrder(RoadmapId Roadmap, BallotId Contest, DecisionReference Decision, EffectiveTime On)
{
    /// <summary>The workstreams that the contest ranks, from first to last; empty when it ranks none.</summary>
    public static IReadOnlyList<WorkstreamId> Ranked(Ballot contest) =>
        contest is Ballot.Proclaimed { Draft.Contest.Of: ContestOptions.Workstreams, Method: { } outcome }
            ? Ballots.Contest.Identifiers<WorkstreamId>(outcome.Ranking.SelectMany(g => g))
            : [];

    /// <summary>
    /// Those of a group share a rank, and the next group's comes after all of them: 1, 1, 3. Workstreams that are completed or abandoned by then
    /// have no rank any more and get none; they keep their place in the ranking.
    /// </summary>
    /// <param name="workstreams">Those of <see cref="Ranked"/>, in its order.</param>
    /// <param name="zone">The association's clocks.</param>
    public Decision Decide(Timeline<Roadmap> roadmap, Timeline<Ballot> contest, IReadOnlyList<Timeline<Workstream>> workstreams, TimeZoneInfo zone)
    {
        if (roadmap.At(On) is not Roadmaps.Roadmap.Open)
            return new RoadmapNotFound();
        switch (contest.Latest)
        {
            case Ballot.Unknown:
                return new BallotNotFound();
            case { Contest: not { Of: ContestOptions.Workstreams, Question.Method: not Consent } }:
                return new ContestRanksNoWorkstreams();
            // A seat left undecided takes nothing from the order.
            case not Ballot.Proclaimed { Method.Verdict: Verdict.Elected or Verdict.Tied }:
                return new ContestWithoutRanking();
        }

        var decided = contest.DecidedOn();
        if (decided > On && decided.Instant >= On.PeriodEnd(zone))
            return new DecisionTakenLater(decided);
        var facts = new List<Fact>();
        var (at, rank) = (0, 1);
        foreach (var group in ((Ballot.Proclaimed)contest.Latest).Method!.Ranking)
        {
            foreach (var workstream in workstreams.Skip(at).Take(group.Count))
            {
                switch (workstream.At(On))
                {
                    case Workstream.Known { Plan: { } plan } when plan.Roadmap != Roadmap:
                        return new WorkstreamOfAnotherRoadmap(plan.Title);
                    case Workstream.Live { Plan.Rank: var before } when before == rank:
                    case Workstream.Completed or Workstream.Abandoned:
                        break;
                    case Workstream.Live when workstream.Accept(On, new WorkstreamPrioritised(rank, Decision)) is Kernel.Decision.Accepted accepted:
                        facts.AddRange(accepted.Facts);
                        break;
                    case Workstream.Live:
                        return workstream.Accept(On, new WorkstreamPrioritised(rank, Decision));
                    default:
                        return workstream.Stands(On);
                }
            }

            at += group.Count;
            rank += group.Count;
        }

        return facts.Count == 0 ? Kernel.Decision.NoChange : Kernel.Decision.Accept(facts);
    }
}
