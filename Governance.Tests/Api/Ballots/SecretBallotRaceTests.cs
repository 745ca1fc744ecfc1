using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>Papers and the close, and papers of one elector, at the same instant: exact interleavings.</summary>
public sealed class SecretBallotRaceTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandRunner Runner => room.Host.App.Services.GetRequiredService<CommandRunner>();

    [Fact]
    public async Task A_paper_decided_before_the_closing_and_sent_after_it_is_refused_and_not_in_the_box()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        var (late, other) = (board.Others[0], board.Others[1]);
        await RunAsync(BallotUseCases.CastSecretly, Vote(ballot, other, 'B'), other);

        var (held, decided, go) = Held(BallotUseCases.CastSecretly);
        var vote = Runner.RunAsync(held, Vote(ballot, late, 'A'), SecretVoting.As(room.Host.Association, late.Person), Stop);
        await decided.Task;
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.Close, new BallotRequest(ballot), SecretVoting.AsSystem(room.Host.Association), Stop));
        go.SetResult();

        Assert.IsType<BallotClosedAlready>(Assert.IsType<CommandResult.Refused>(await vote).Refusal);
        Assert.Empty(await room.EventsAsync(Signing.Stream(ballot, late.Mandate)));
        Assert.Equal(["BBBBBBBBBBBB"], await PublishedAsync(ballot));
    }

    [Fact]
    public async Task A_change_decided_before_the_closing_and_sent_after_it_is_refused_and_the_first_paper_counts()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        var voter = board.Others[0];
        await RunAsync(BallotUseCases.CastSecretly, Vote(ballot, voter, 'A'), voter);

        var (held, decided, go) = Held(BallotUseCases.CastSecretly);
        var change = Runner.RunAsync(held, Vote(ballot, voter, 'B'), SecretVoting.As(room.Host.Association, voter.Person), Stop);
        await decided.Task;
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(BallotUseCases.Close, new BallotRequest(ballot), SecretVoting.AsSystem(room.Host.Association), Stop));
        go.SetResult();

        Assert.IsType<BallotClosedAlready>(Assert.IsType<CommandResult.Refused>(await change).Refusal);
        Assert.Equal(["AAAAAAAAAAAA"], await PublishedAsync(ballot));
    }

    [Fact]
    public async Task A_paper_put_in_while_the_closing_is_being_decided_comes_out()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        var (first, second) = (board.Others[0], board.Others[1]);
        await RunAsync(BallotUseCases.CastSecretly, Vote(ballot, first, 'A'), first);

        var (held, decided, go) = Held(BallotUseCases.Close);
        var closing = Runner.RunAsync(held, new BallotRequest(ballot), SecretVoting.AsSystem(room.Host.Association), Stop);
        await decided.Task;
        await RunAsync(BallotUseCases.CastSecretly, Vote(ballot, second, 'B'), second);
        await RunAsync(BallotUseCases.CastSecretly, Vote(ballot, first, 'C'), first);
        go.SetResult();

        Assert.IsType<CommandResult.Done>(await closing);
        Assert.Equal(["BBBBBBBBBBBB", "CCCCCCCCCCCC"], await PublishedAsync(ballot));
    }

    [Fact]
    public async Task Of_many_papers_of_one_elector_at_once_one_is_in_the_box_and_is_signed_for_once()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, secret: true);
        var voter = board.Others[0];

        var letters = "ABCDEFGHJKLMNPQR".ToList();
        var answers = await Task.WhenAll(letters.Select(letter =>
            Runner.RunAsync(BallotUseCases.CastSecretly, Vote(ballot, voter, letter), SecretVoting.As(room.Host.Association, voter.Person), Stop)));

        Assert.All(answers, answer => Assert.IsType<CommandResult.Done>(answer));
        Assert.Single(await room.EventsAsync(Signing.Stream(ballot, voter.Mandate)));
        Assert.Contains(Assert.Single(await PublishedAsync(ballot))[0], letters);
    }

    [Fact]
    public async Task A_vote_decided_before_the_ballot_is_suspended_and_sent_after_it_is_refused_and_the_ballot_goes_on_in_secret()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, decision: "accounts");
        var voter = board.Others[0];

        var (held, decided, go) = Held(BallotUseCases.Cast);
        var vote = Runner.RunAsync(held, new CastVoteRequest(ballot, voter.Mandate, Choice.For), SecretVoting.As(room.Host.Association, voter.Person), Stop);
        await decided.Task;
        await AsSystemAsync(BallotUseCases.DemandSecrecy, new DemandSecretVoteRequest(ballot, TakingPart: 5, Demanding: 2));
        await AsSystemAsync(BallotUseCases.HoldInSecret, new BallotRequest(ballot));
        go.SetResult();

        Assert.IsType<BallotIsSecret>(Assert.IsType<CommandResult.Refused>(await vote).Refusal);
        Assert.Empty(await room.EventsAsync(Governance.Domain.Ballots.Vote.Stream(ballot, voter.Mandate)));
        await RunAsync(BallotUseCases.CastSecretly, Vote(ballot, voter, 'A'), voter);
        Assert.Equal(["AAAAAAAAAAAA"], await PublishedAsync(ballot));
    }

    [Fact]
    public async Task A_vote_acknowledged_while_the_demand_is_being_decided_keeps_the_ballot_from_going_on_in_secret()
    {
        var board = await room.BoardAsync();
        var ballot = await room.OpenAsync(board, decision: "accounts");
        var voter = board.Others[0];

        var (held, decided, go) = Held(BallotUseCases.DemandSecrecy);
        var demand = Runner.RunAsync(held, new DemandSecretVoteRequest(ballot, TakingPart: 5, Demanding: 2), SecretVoting.AsSystem(room.Host.Association), Stop);
        await decided.Task;
        await RunAsync(BallotUseCases.Cast, new CastVoteRequest(ballot, voter.Mandate, Choice.For), voter);
        go.SetResult();

        Assert.IsType<CommandResult.Done>(await demand);
        var refused = await Runner.RunAsync(BallotUseCases.HoldInSecret, new BallotRequest(ballot), SecretVoting.AsSystem(room.Host.Association), Stop);
        Assert.Equal(1, Assert.IsType<VotedOpenlyBeforeSecrecy>(Assert.IsType<CommandResult.Refused>(refused).Refusal).Electors);
    }

    private async Task AsSystemAsync<T>(UseCase<T> useCase, T request) where T : class =>
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(useCase, request, SecretVoting.AsSystem(room.Host.Association), Stop));

    /// <summary>A use case whose decision is made and then held until it is let go.</summary>
    private static (UseCase<T> Held, TaskCompletionSource Decided, TaskCompletionSource Go) Held<T>(UseCase<T> useCase) where T : class
    {
        var (decided, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        return (useCase with
        {
            Decide = async (request, deciding, ct) =>
            {
                var decision = await useCase.Decide(request, deciding, ct);
                decided.TrySetResult();
                await go.Task;
                return decision;
            },
        }, decided, go);
    }

    private static CastSecretVoteRequest Vote(BallotId ballot, (MandateId Mandate, PersonId Person) elector, char letter) =>
        new(ballot, elector.Mandate, new string(letter, TrackingCode.Length), Choice.For);

    private async Task RunAsync<T>(UseCase<T> useCase, T request, (MandateId Mandate, PersonId Person) elector) where T : class =>
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(useCase, request, SecretVoting.As(room.Host.Association, elector.Person), Stop));

    /// <summary>The codes that come out, the ballot being closed if it is not.</summary>
    private async Task<IReadOnlyList<string>> PublishedAsync(BallotId ballot)
    {
        await Runner.RunAsync(BallotUseCases.Close, new BallotRequest(ballot), SecretVoting.AsSystem(room.Host.Association), Stop);
        Assert.IsType<CommandResult.Unchanged>(await room.Host.App.Services.GetRequiredService<PaperPublication>().PublishAsync(room.Host.Association, ballot, Stop));
        await using var command = room.Host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from governance.sealed_paper where ballot = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ballot.Value });
        Assert.Equal(0L, await command.ExecuteScalarAsync(Stop));
        return [.. (await room.EventsAsync(Ballot.Stream(ballot))).OfType<PapersPublished>().SelectMany(p => p.Papers).Select(p => p.Code)];
    }
}
