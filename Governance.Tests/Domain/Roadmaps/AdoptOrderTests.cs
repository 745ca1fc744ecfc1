using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;
using Governance.Tests.Domain.Ballots;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Domain.Roadmaps;

/// <summary>The ranking of a contest becomes the order of the roadmap.</summary>
public sealed class AdoptOrderTests
{
    private static readonly RoadmapId Road = new(Id(70));
    private static readonly WorkstreamId[] Works = [new(Id(71)), new(Id(72)), new(Id(73))];

    private static readonly DateTimeOffset Later = After.AddDays(10);

    private static BallotStory WithWorkstreams()
    {
        var story = WithBoard(3).Given(Roadmap.Stream(Road), new RoadmapOpened(Road, "Feuille de route", 2024, 2026), January);
        return Works.Aggregate(story, (s, w) => s.Given(Workstream.Stream(w), new WorkstreamProposed(w, Road, $"Chantier {w}"), January));
    }

    private static Paper Rank(params int[][] groups) => new Paper.Ranking([.. groups.Select(g => (IReadOnlyList<string>)[.. g.Select(i => Works[i].ToString())])]);

    private static Contest Contest(Method? method = null, int options = 3) =>
        new(new Question(method ?? new Schulze(), [.. Works.Take(options).Select(w => w.ToString())]), ContestOptions.Workstreams);

    private static AdoptOrder Order => new(Road, TheBallot, new DecisionReference(Other), At(Later));

    private static Decision When(BallotStory story, AdoptOrder? command = null)
    {
        var order = command ?? Order;
        var contest = story.Ballots(order.Contest);
        return order.Decide(
            story.TimelineOf<Roadmap>(Roadmap.Stream(order.Roadmap)), contest,
            [.. AdoptOrder.Ranked(contest.Latest).Select(w => story.TimelineOf<Workstream>(Workstream.Stream(w)))], Paris);
    }

    private static IEnumerable<(StreamId, int, DecisionReference?)> Ranks(Decision decision) =>
        Assert.IsType<Decision.Accepted>(decision).Facts.Select(f => (f.Stream, ((WorkstreamPrioritised)f.Event).Rank, ((WorkstreamPrioritised)f.Event).Decision));

    [Fact]
    public void Each_workstream_gets_the_rank_of_its_group_and_the_next_comes_after_all_of_it()
    {
        var story = WithWorkstreams().Contested(Contest(), kind: DecisionKind.RoadmapItem).Opened().Voted(Rank([2, 0], [1]), 1, 2);
        story.Proclaimed();

        Assert.Equal(
            [(Workstream.Stream(Works[0]), 1, new(Other)), (Workstream.Stream(Works[2]), 1, new(Other)), (Workstream.Stream(Works[1]), 3, new DecisionReference(Other))],
            Ranks(When(story)));
        story.Then(When(story));
        Assert.Equal(Decision.NoChange, When(story));
    }

    [Fact]
    public void A_workstream_abandoned_meanwhile_keeps_its_place_and_gets_no_rank()
    {
        var story = WithWorkstreams().Contested(Contest(), kind: DecisionKind.RoadmapItem).Opened().Voted(Rank([0], [1], [2]), 1);
        story.Proclaimed();
        story.Given(Workstream.Stream(Works[0]), new WorkstreamAbandoned("Sans objet."), After);

        Assert.Equal([(Workstream.Stream(Works[1]), 2), (Workstream.Stream(Works[2]), 3)], Ranks(When(story)).Select(r => (r.Item1, r.Item2)));
    }

    [Fact]
    public void Only_a_contest_over_workstreams_that_ranks_them_gives_an_order()
    {
        Refused<BallotNotFound>(When(WithWorkstreams()));
        Assert.Equal(new ContestRanksNoWorkstreams(), Refused<ContestRanksNoWorkstreams>(When(WithWorkstreams().Drafted())));
        Refused<ContestRanksNoWorkstreams>(When(WithWorkstreams().Contested(new Contest(new Question(new Schulze(), ["A", "B"])))));
        Refused<ContestRanksNoWorkstreams>(When(WithWorkstreams().Contested(Contest(new Consent(), 1))));
    }

    [Fact]
    public void A_contest_without_a_result_that_stands_gives_no_order()
    {
        var story = WithWorkstreams().Contested(Contest()).Opened().Voted(Rank([0]), 1);
        Assert.Equal(new ContestWithoutRanking(), Refused<ContestWithoutRanking>(When(story)));
        story.Proclaimed();
        story.Then(story.When(new AnnulBallot(TheBallot, "Liste fausse.", false, null, After)));
        Refused<ContestWithoutRanking>(When(story));

        var silent = WithWorkstreams().Contested(Contest()).Opened();
        silent.Proclaimed();
        Refused<ContestWithoutRanking>(When(silent));
    }

    [Fact]
    public void An_order_does_not_hold_before_its_contest()
    {
        var story = WithWorkstreams().Contested(Contest()).Opened().Voted(Rank([0]), 1);
        story.Proclaimed();

        Refused<DecisionTakenLater>(When(story, Order with { On = At(Opening) }));
    }

    [Fact]
    public void The_workstreams_are_of_the_roadmap()
    {
        var other = new RoadmapId(Id(79));
        var story = WithWorkstreams().Given(Roadmap.Stream(other), new RoadmapOpened(other, "Autre", 2024, 2025), January)
            .Contested(Contest()).Opened().Voted(Rank([0]), 1);
        story.Proclaimed();

        Assert.Equal(new WorkstreamOfAnotherRoadmap($"Chantier {Works[0]}"), Refused<WorkstreamOfAnotherRoadmap>(When(story, Order with { Roadmap = other })));
        Refused<RoadmapNotFound>(When(story, Order with { Roadmap = new(Id(78)) }));
    }
}
