using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Projections;
using Xunit;
using static Governance.Tests.Domain.Story;
using Ballot = Governance.Domain.Ballots.Ballot;
using StatutesVersions = Governance.Projections.StatutesVersions;
using Vote = Governance.Domain.Ballots.Vote;

namespace Governance.Tests.Projections;

/// <summary>What is told of a ballot, to whom it is put, and what stays hidden until it closes.</summary>
public sealed class BallotReadTests : ReadModelTest
{
    private static readonly BallotId TheBallot = Named<BallotId>("ballot");
    private static readonly StreamId BallotStream = Ballot.Stream(TheBallot);
    private static readonly MandateId First = Named<MandateId>("first"), Second = Named<MandateId>("second");
    private static readonly PersonId Ada = Named<PersonId>("ada"), Ben = Named<PersonId>("ben");

    [Fact]
    public async Task A_ballot_is_put_to_those_on_its_roll_while_it_takes_votes()
    {
        await GivenAsync(Drafted, Opened);
        await WhenFollowedAsync();

        var asked = Assert.Single(await Ballots.AskedOfAsync(await ThenAsync("2024-03-04"), Ada, Ct));
        Assert.Equal((TheBallot, First, false), (asked.Ballot.Id, asked.Mandate, asked.Voted));
        Assert.Empty(await Ballots.AskedOfAsync(await ThenAsync("2024-03-04"), Named<PersonId>("stranger"), Ct));
        Assert.Empty(await Ballots.AskedOfAsync(await ThenAsync("2024-03-09"), Ada, Ct));
        Assert.Empty(await Ballots.OpenAsync(await ThenAsync("2024-02-28"), Ct));
        Assert.Equal([First, Second], (await Electors.OfBallotAsync(await ThenAsync("2024-03-04"), TheBallot, Ct)).Select(e => e.Mandate).OrderBy(m => m == Second));
    }

    [Fact]
    public async Task Who_has_voted_shows_at_once_and_what_they_voted_only_once_the_ballot_is_closed()
    {
        var voted = await GivenAsync(
            Drafted, Opened, On("2024-03-03", Vote.Stream(TheBallot, First), new VoteCast(TheBallot, First, Ada, Choice.Against)),
            On("2024-03-04", Vote.Stream(TheBallot, First), new VoteChanged(TheBallot, First, Ada, Choice.For)));
        await WhenFollowedAsync();

        var open = Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-05"), TheBallot, Ct));
        Assert.Equal((First, Ada, 1, null), (open.Elector, open.By, open.Changes, open.Choice));
        Assert.Equal(new Votes.Turnout(1, 2), await Votes.TurnoutAsync(await ThenAsync("2024-03-05"), TheBallot, Ct));
        Assert.True(Assert.Single(await Ballots.AskedOfAsync(await ThenAsync("2024-03-05"), Ada, Ct)).Voted);
        var told = await AuditHistory.PageAsync(await ThenAsync("2024-03-05"), new(Touching: [First.Value], Kinds: ["vote_cast", "vote_changed"]), AuditHistory.Order.Recorded, null, 10, Ct);
        Assert.Equal(2, told.Entries.Count);
        Assert.All(told.Entries, e => Assert.DoesNotContain("choice", System.Text.Encoding.UTF8.GetString(e.Data.Span), StringComparison.Ordinal));

        await GivenAsync(On("2024-03-08", BallotStream, new BallotClosed(TheBallot, ClosedBy.Hand)));
        await WhenFollowedAsync();
        Assert.Equal(Choice.For, Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-08"), TheBallot, Ct)).Choice);
        Assert.Null(Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-08", knownAt: voted), TheBallot, Ct)).Choice);
        Assert.Equal(Ballots.Stage.Closed, (await Ballots.FindAsync(await ThenAsync("2024-03-08"), TheBallot, Ct))!.Stage);
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task Who_has_signed_in_a_secret_ballot_shows_at_once_and_what_they_voted_never()
    {
        await GivenAsync(
            Drafted, Opened with { Event = (BallotOpened)Opened.Event with { Secret = true } },
            On("2024-03-03", Signing.Stream(TheBallot, First), new ElectorSigned(TheBallot, First, Ben, Ada)),
            On("2024-03-04", Signing.Stream(TheBallot, First), new ElectorSigned(TheBallot, First, Ada)),
            On("2024-03-08", BallotStream, new BallotClosed(TheBallot, ClosedBy.Hand)),
            On("2024-03-08", BallotStream, new PapersPublished(TheBallot, 1, 1, [new PublishedPaper("7K3M9QXT2FHD", 1, Choice.For)])));
        await WhenFollowedAsync();

        Assert.Equal(new Votes.Turnout(1, 2), await Votes.TurnoutAsync(await ThenAsync("2024-03-05"), TheBallot, Ct));
        Assert.True(Assert.Single(await Ballots.AskedOfAsync(await ThenAsync("2024-03-05"), Ada, Ct)).Voted);
        Assert.Equal(Ben, Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-03"), TheBallot, Ct)).By);
        var closed = Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-09"), TheBallot, Ct));
        Assert.Equal((First, Ada, 1, null, null), (closed.Elector, closed.By, closed.Changes, closed.Choice, closed.Paper));
        Assert.True((await Ballots.FindAsync(await ThenAsync("2024-03-09"), TheBallot, Ct))!.Secret);
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task What_is_on_a_paper_shows_once_the_ballot_is_closed_and_what_a_contest_came_to_once_it_is_proclaimed()
    {
        var option = Named<WorkstreamId>("tools").ToString();
        var contest = new Contest(new Question(new Approval(), [option, Named<WorkstreamId>("welcome").ToString()]), ContestOptions.Workstreams);
        var paper = new Paper.Choices([option]);
        await GivenAsync(
            On(
                "2024-03-01", BallotStream,
                new BallotDrafted(TheBallot, Named<BodyId>("board"), DecisionKind.RoadmapItem, "Title", "Question?", "Motion", Contest: contest)),
            Opened, On("2024-03-03", Vote.Stream(TheBallot, First), new VoteCast(TheBallot, First, Ada, Paper: paper)));
        await WhenFollowedAsync();

        Assert.Equal(contest, (await Ballots.FindAsync(await ThenAsync("2024-03-04"), TheBallot, Ct))!.Contest);
        Assert.Null(Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-04"), TheBallot, Ct)).Paper);
        Assert.True(Assert.Single(await Ballots.AskedOfAsync(await ThenAsync("2024-03-04"), Ada, Ct)).Voted);
        var naming = await AuditHistory.PageAsync(await ThenAsync("2024-03-04"), new(Touching: [Named<WorkstreamId>("tools").Value]), AuditHistory.Order.Recorded, null, 10, Ct);
        Assert.Equal(["ballot_drafted"], naming.Entries.Select(e => e.Kind));

        BallotCounted count = new(TheBallot, 1, [], [new RollGroup(new(2, 2), 1)], new string('a', 64), Alike: [new PapersAlike(paper, 1, 1)]);
        var rules = BallotRules.Of(RulesInForce.Defaults, BodyKind.Board, DecisionKind.RoadmapItem);
        var outcome = ProclaimResult.Judge(contest, (BallotOpened)Opened.Event with { Rules = rules }, count, []);
        await GivenAsync(
            On("2024-03-08", BallotStream, new BallotClosed(TheBallot, ClosedBy.Hand)), On("2024-03-09", BallotStream, count),
            On("2024-03-10", BallotStream, new ResultProclaimed(TheBallot, Method: outcome)));
        await WhenFollowedAsync();

        Assert.Equal([option], Assert.IsType<Paper.Choices>(Assert.Single(await Votes.OfBallotAsync(await ThenAsync("2024-03-08"), TheBallot, Ct)).Paper).Options);
        Assert.Null((await Ballots.FindAsync(await ThenAsync("2024-03-09"), TheBallot, Ct))!.Method);
        var proclaimed = (await Ballots.FindAsync(await ThenAsync("2024-03-10"), TheBallot, Ct))!;
        Assert.Equal((Verdict.Elected, null, option), (proclaimed.Verdict, proclaimed.Outcome, Assert.Single(proclaimed.Method!.Elected)));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task An_irregularity_shows_until_somebody_settles_it()
    {
        var (opened, _) = await RecordAsync(Ours, Drafted);
        var late = new EventId(Guid.CreateVersion7());
        await GivenAsync(Opened, On("2024-03-05", BallotStream, new IrregularityRaised(TheBallot, late, opened)));
        await WhenFollowedAsync();
        Assert.Equal(1, (await Ballots.FindAsync(await ThenAsync("2024-03-06"), TheBallot, Ct))!.Unsettled);
        Assert.False(Assert.Single(await Irregularities.ListAsync(await ThenAsync("2024-03-06"), Ct)).Settled);

        await GivenAsync(On("2024-03-07", BallotStream, new IrregularityConfirmed(TheBallot, late, "nobody was kept away")));
        await WhenFollowedAsync();
        Assert.Equal("nobody was kept away", Assert.Single(await Irregularities.OfBallotAsync(await ThenAsync("2024-03-07"), TheBallot, Ct)).Confirmed);
        Assert.False(Assert.Single(await Irregularities.ListAsync(await ThenAsync("2024-03-06"), Ct)).Settled);
        Assert.Equal(0, (await Ballots.FindAsync(await ThenAsync("2024-03-07"), TheBallot, Ct))!.Unsettled);
    }

    [Fact]
    public async Task The_statutes_in_force_on_a_day_are_those_that_had_come_into_force_by_then()
    {
        var (first, second) = (Named<StatutesVersionId>("first"), Named<StatutesVersionId>("second"));
        var rule = new Rule("art. 14", new RuleScope(), new RemoteVotingRule(true, true));
        await GivenAsync(
            On("2010-01-01", StatutesStream, new StatutesDrafted(first, "2010", [new Article("1", "Name", "Text")], [])),
            On("2010-02-01", StatutesStream, new StatutesAdopted(first, Time("2010-02-01"))),
            On("2023-09-01", StatutesStream, new StatutesDrafted(second, "2023", [new Article("1", "Name", "New text")], [rule], first)),
            On("2023-10-14", StatutesStream, new StatutesAdopted(second, Time("2024-01-01"))));
        await WhenFollowedAsync();

        Assert.Null(await StatutesVersions.InForceAsync(await ThenAsync("2010-01-31"), Ct));
        Assert.Equal(first, (await StatutesVersions.InForceAsync(await ThenAsync("2023-12-31"), Ct))!.Id);
        var inForce = (await StatutesVersions.InForceAsync(await ThenAsync("2024-01-01"), Ct))!;
        Assert.Equal((second, "New text", new RemoteVotingRule(true, true)), (inForce.Id, inForce.Articles[0].Text, inForce.Rules[0].Content));
        Assert.Equal([second, first], (await StatutesVersions.ListAsync(await ThenAsync("2024-01-01"), Ct)).Select(v => v.Id));
        await ThenRebuiltEqualAsync();
    }

    private static StreamId StatutesStream => Governance.Domain.Statutes.StatutesVersions.Stream;

    private static Fact Drafted => On(
        "2024-03-01", BallotStream, new BallotDrafted(TheBallot, Named<BodyId>("board"), DecisionKind.RoadmapItem, "Title", "Question?", "Motion"));

    private static Fact Opened => On(
        "2024-03-02", BallotStream,
        new BallotOpened(
            TheBallot, HeldIn.Correspondence, Time("2024-03-02"), Time("2024-03-09"), BallotRules.Of(RulesInForce.Defaults, BodyKind.Board, DecisionKind.RoadmapItem),
            2, [], [new Elector(First, Ada, Fraction.One), new Elector(Second, Ben, Fraction.One)]));
}
