using System.Diagnostics;
using Governance.Api.Ballots;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>
/// Killed between any two steps of the end of a secret ballot, whoever comes next goes on: each paper is published once, none is lost, and the secret is
/// destroyed last. A host that is put together and never started does nothing by itself: what it is stopped at is exact.
/// </summary>
public sealed class PaperPublicationTests : IAsyncLifetime
{
    private const string Slug = "essai";
    private const int Electors = 6;

    private static readonly AssociationId Association = AssociationDirectory.IdOf(Slug);

    private readonly string _directory = Directory.CreateTempSubdirectory("governance-publication").FullName;
    private readonly List<(MandateId Mandate, PersonId Person)> _electors =
        [.. Enumerable.Range(0, Electors).Select(_ => (MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7())))];

    private readonly BodyId _board = BodyId.Of(Guid.CreateVersion7());
    private string _connection = "";
    private WebApplication _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandRunner Runner => _host.Services.GetRequiredService<CommandRunner>();

    private BallotBoxes Boxes => _host.Services.GetRequiredService<BallotBoxes>();

    private Governance.EventStore.EventLog Log => _host.Services.GetRequiredService<Governance.EventStore.EventLog>();

    public async ValueTask InitializeAsync()
    {
        _connection = await PostgreSql.CloneConnectionStringAsync();
        _host = await BuildAsync();
        var version = StatutesVersionId.Of(Guid.CreateVersion7());
        var since = new EffectiveTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day);
        await RecordAsync(Governance.Domain.Associations.Association.Stream, since, new AssociationFounded(Association, Slug, "Association d'essai", "Essai", "Éprouver", "Lille", "Europe/Paris"));
        await RecordAsync(
            StatutesVersions.Stream, since, new StatutesDrafted(version, "Statuts", [], [new Rule("12", new RuleScope(), new RemoteVotingRule(Electronic: true, Correspondence: true))]),
            new StatutesAdopted(version, since));
        await RecordAsync(
            Body.Stream(_board), since,
            [new BodyConstituted(_board, "Conseil", BodyKind.Board, []), .. _electors.Select(e => new MandateAppointed(e.Mandate, e.Person, Office.Seat))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Killed_before_the_opening_is_recorded_the_secret_that_was_made_serves_the_next_opening()
    {
        var ballot = await DraftAsync();
        Boxes.Secrets.Make(Association.Value, ballot.Value);

        await RestartAsync();
        Assert.Equal(0, await RoundAsync());
        await OpenAsync(ballot);
        await VoteAsync(ballot, 0, "AAAAAAAAAAAA", Choice.For);
        await RunAsync(BallotUseCases.Close, new BallotRequest(ballot));

        Assert.Equal(1, await RoundAsync());
        await EndedAsync(ballot, "AAAAAAAAAAAA");
    }

    [Fact]
    public async Task Killed_after_the_close_the_papers_come_out_at_the_next_start()
    {
        var ballot = await ClosedAsync();

        await RestartAsync();
        Assert.Equal(1, await RoundAsync());

        await EndedAsync(ballot, Codes);
        Assert.Equal(0, await RoundAsync());
    }

    [Fact]
    public async Task Killed_with_the_papers_decided_on_and_not_recorded_they_come_out_at_the_next_start()
    {
        var ballot = await ClosedAsync();
        var killed = BallotUseCases.Publish with
        {
            Decide = async (request, deciding, ct) =>
            {
                Assert.IsType<Decision.Accepted>(await BallotUseCases.Publish.Decide(request, deciding, ct));
                throw new OperationCanceledException("Killed here.");
            },
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Runner.RunAsync(killed, new BallotRequest(ballot), SecretVoting.AsSystem(Association), Stop));
        Assert.Empty(await PublishedAsync(ballot));
        Assert.Equal(Electors, await RowsAsync());

        await RestartAsync();
        Assert.Equal(1, await RoundAsync());
        await EndedAsync(ballot, Codes);
    }

    [Fact]
    public async Task Killed_with_the_papers_recorded_the_secret_is_destroyed_at_the_next_start_and_no_paper_comes_out_again()
    {
        var ballot = await ClosedAsync();
        await RunAsync(BallotUseCases.Publish, new BallotRequest(ballot));
        Assert.Equal(0, await RowsAsync());
        Assert.Single(Boxes.Secrets.All());

        await RestartAsync();
        Assert.Equal(1, await RoundAsync());
        await EndedAsync(ballot, Codes);
    }

    [Fact]
    public async Task Killed_with_the_secret_overwritten_and_its_file_still_there_the_file_goes_at_the_next_start()
    {
        var ballot = await ClosedAsync();
        await RunAsync(BallotUseCases.Publish, new BallotRequest(ballot));
        await File.WriteAllBytesAsync(Assert.Single(Directory.GetFiles(Secrets)), new byte[32], Stop);

        await RestartAsync();
        Assert.Equal(1, await RoundAsync());
        await EndedAsync(ballot, Codes);
    }

    [Fact]
    public async Task Two_hosts_that_bring_the_same_ballot_to_its_end_at_once_publish_each_paper_once()
    {
        var ballot = await ClosedAsync();
        await using var other = await BuildAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? _host : other).Services.GetRequiredService<PaperPublication>().PublishAsync(Association, ballot, Stop)));

        Assert.All(results, result => Assert.IsType<CommandResult.Unchanged>(result));
        await EndedAsync(ballot, Codes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_finds_the_box_emptied_by_another_after_reading_the_ballot_has_nothing_left_to_do(bool secretDestroyed)
    {
        var ballot = await ClosedAsync();
        await using var other = await BuildAsync();
        await RestartAsync();
        var overtaken = BallotUseCases.Publish with
        {
            Decide = async (request, deciding, ct) =>
            {
                Assert.IsType<Ballot.Closed>((await deciding.ReadAsync<Ballot>(Ballot.Stream(ballot), ct)).Latest);
                if (secretDestroyed)
                    Assert.IsType<CommandResult.Unchanged>(await other.Services.GetRequiredService<PaperPublication>().PublishAsync(Association, ballot, ct));
                else
                    Assert.IsType<CommandResult.Done>(await other.Services.GetRequiredService<CommandRunner>().RunAsync(BallotUseCases.Publish, request, SecretVoting.AsSystem(Association), ct));
                return await BallotUseCases.Publish.Decide(request, deciding, ct);
            },
        };

        Assert.IsType<CommandResult.Unchanged>(await Runner.RunAsync(overtaken, new BallotRequest(ballot), SecretVoting.AsSystem(Association), Stop));

        Assert.Equal(secretDestroyed ? 0 : 1, await RoundAsync());
        await EndedAsync(ballot, Codes);
    }

    [Fact]
    public async Task A_ballot_whose_secret_is_lost_and_whose_papers_are_still_in_the_box_says_so()
    {
        var ballot = await ClosedAsync();
        Boxes.Secrets.Destroy(Association.Value, ballot.Value);

        Assert.IsType<BallotSecretNotHere>(Assert.IsType<CommandResult.Refused>(
            await _host.Services.GetRequiredService<PaperPublication>().PublishAsync(Association, ballot, Stop)).Refusal);
        Assert.Equal(Electors, await RowsAsync());
    }

    [Fact]
    public async Task Nothing_is_left_of_a_ballot_that_is_annulled_before_its_papers_come_out()
    {
        var ballot = await ClosedAsync();
        await RunAsync(BallotUseCases.Annul, new AnnulBallotRequest(ballot, "Convocation irrégulière"));

        await RestartAsync();
        Assert.Equal(1, await RoundAsync());
        Assert.Empty(await PublishedAsync(ballot));
        Assert.Equal(0, await RowsAsync());
        Assert.Empty(Boxes.Secrets.All());
    }

    [Fact]
    public async Task Real_hosts_killed_again_and_again_while_many_ballots_end_publish_every_paper_once()
    {
        const int many = 12;
        var ballots = new List<BallotId>();
        for (var i = 0; i < many; i++)
            ballots.Add(await ClosedAsync());

        // Each host dies by SIGKILL at the next thing that it records, which may be the middle of what it does then.
        var killed = 0;
        while (Boxes.Secrets.All().Count > 0)
        {
            await using var listener = new NpgsqlConnection(_connection);
            await listener.OpenAsync(Stop);
            await using (var listen = new NpgsqlCommand("listen governance_log", listener))
                await listen.ExecuteNonQueryAsync(Stop);
            using var host = Process.Start(new ProcessStartInfo("dotnet", [typeof(BallotBoxes).Assembly.Location, "serve", "--data", _directory, "--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardOutput = true,
                Environment = { ["ConnectionStrings__Governance"] = _connection, ["Governance__BallotSecretsDirectory"] = Secrets },
            })!;
            host.OutputDataReceived += (_, _) => { };
            host.BeginOutputReadLine();
            // The last of them may find papers out and a secret left, and record nothing: then its secrets are what is waited for.
            using var emptied = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(emptied.Token, Stop);
            for (var recorded = 0; recorded < 1 + (killed % 3) && Boxes.Secrets.All().Count > 0;)
                recorded += await listener.WaitAsync(500, either.Token) ? 1 : 0;
            host.Kill();
            await host.WaitForExitAsync(Stop);
            killed++;
        }

        Assert.InRange(killed, 2, many * 4);
        foreach (var ballot in ballots)
            Assert.Equal(Codes, await PublishedAsync(ballot));
        Assert.Equal(0, await RowsAsync());
    }

    private static string[] Codes { get; } = [.. "ABCDEF".Select(letter => new string(letter, TrackingCode.Length))];

    /// <summary>Where the operator wants the secrets to lie, apart from the master key.</summary>
    private string Secrets => Path.Combine(_directory, "secrets");

    private Task<WebApplication> BuildAsync() => GovernanceHost.BuildAsync(
        new HostSettings(_directory, "http://127.0.0.1:0")
        {
            ConnectionString = _connection,
            Overrides = new Dictionary<string, string?> { ["Governance:BallotSecretsDirectory"] = Secrets },
        },
        ct: Stop);

    private async Task RestartAsync()
    {
        await _host.DisposeAsync();
        _host = await BuildAsync();
    }

    private Task<int> RoundAsync() => _host.Services.GetRequiredService<PaperPublication>().RoundAsync(Stop);

    private async Task<BallotId> DraftAsync()
    {
        var ballot = BallotId.Of(Guid.CreateVersion7());
        await RunAsync(BallotUseCases.Draft, new DraftBallotRequest(_board, DecisionKind.RoadmapItem, "Secret", "Adoptez-vous ?", "Un chantier.", Ballot: ballot));
        return ballot;
    }

    private Task OpenAsync(BallotId ballot) =>
        RunAsync(BallotUseCases.Open, new OpenBallotRequest(ballot, HeldIn.Correspondence, DateTimeOffset.UtcNow.AddDays(1), Secret: true));

    /// <summary>A ballot in which everybody has voted, closed and no more than that.</summary>
    private async Task<BallotId> ClosedAsync()
    {
        var ballot = await DraftAsync();
        await OpenAsync(ballot);
        // The last code first: the order of voting is not that of the papers.
        for (var i = Electors - 1; i >= 0; i--)
            await VoteAsync(ballot, i, Codes[i], i % 2 == 0 ? Choice.For : Choice.Against);
        await RunAsync(BallotUseCases.Close, new BallotRequest(ballot));
        return ballot;
    }

    private async Task VoteAsync(BallotId ballot, int elector, string code, Choice choice) => Assert.IsType<CommandResult.Done>(await Runner.RunAsync(
        BallotUseCases.CastSecretly, new CastSecretVoteRequest(ballot, _electors[elector].Mandate, code, choice), SecretVoting.As(Association, _electors[elector].Person), Stop));

    /// <summary>The papers are out, once; box and secret are gone; the ballot is counted from them.</summary>
    private async Task EndedAsync(BallotId ballot, params string[] codes)
    {
        Assert.Equal(codes, await PublishedAsync(ballot));
        Assert.Equal(0, await RowsAsync());
        Assert.Empty(Boxes.Secrets.All());
        await RunAsync(BallotUseCases.Count, new BallotRequest(ballot));
        await RunAsync(BallotUseCases.Proclaim, new BallotRequest(ballot));
    }

    private async Task<IReadOnlyList<string>> PublishedAsync(BallotId ballot) =>
    [
        .. (await Log.ReadStreamAsync(Association.ToString(), Ballot.Stream(ballot).Value, ct: Stop)).Select(e => EventCatalogue.All.Read(e.Type, e.Data.Span))
            .OfType<PapersPublished>().SelectMany(p => p.Papers).Select(p => p.Code),
    ];

    private async Task<long> RowsAsync()
    {
        await using var command = _host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from governance.sealed_paper");
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task RunAsync<T>(UseCase<T> useCase, T request) where T : class =>
        Assert.IsType<CommandResult.Done>(await Runner.RunAsync(useCase, request, SecretVoting.AsSystem(Association), Stop));

    private async Task RecordAsync(StreamId stream, EffectiveTime on, params IReadOnlyList<IEvent> events)
    {
        var headers = new EventHeaders(Instants.Write(on.Instant), on.Precision, "system", "Test").Write();
        Assert.IsType<AppendResult.Appended>(await Log.AppendAsync(new AppendRequest(
            Association.ToString(), [new StreamVersion(stream.Value, 0)],
            [.. events.Select(e => new NewEvent(
                Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e), headers))])));
    }
}
