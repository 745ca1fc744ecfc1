using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>The clock that closes ballots, on a log in which one history cannot be: it has a host of its own.</summary>
public sealed class BallotDeadlineTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ballot_that_cannot_be_counted_keeps_no_other_from_its_turn_and_is_named()
    {
        var (first, second) = (await room.BoardAsync(), await room.BoardAsync());
        var (broken, sound) = (await room.OpenAsync(first), await room.OpenAsync(second));
        // Given a vote whose history cannot be, in the ballot that comes first,
        await room.Host.RecordAsync(
            Host.Slug, Vote.Stream(broken, first.Mine), new VoteChanged(broken, first.Mine, room.Host.Person(Role.BoardMember), Choice.For));
        var deadlines = Deadlines();

        await deadlines.RoundAsync(Ct);

        Assert.Single((await room.EventsAsync(Ballot.Stream(sound))).OfType<ResultProclaimed>());
        Assert.Empty((await room.EventsAsync(Ballot.Stream(broken))).OfType<BallotCounted>());
        Assert.Contains((room.Host.Association, broken), deadlines.Stuck.Keys);
        var since = deadlines.Stuck[(room.Host.Association, broken)];
        await deadlines.RoundAsync(Ct);
        Assert.Equal(since, deadlines.Stuck[(room.Host.Association, broken)]);
    }

    [Fact]
    public async Task While_a_history_is_imported_the_clock_closes_no_ballot_between_two_of_its_commands_and_once_it_has_ended_it_does()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync());
        var deadlines = Deadlines();
        // Given a history of one entry, at which a host looks whose clock says that the ballot is over,
        var before = -1;
        var looks = new Importable(
            "Looks",
            typeof(BallotRequest),
            async (_, _, _, ct) =>
            {
                await deadlines.RoundAsync(ct);
                before = (await ClosingsAsync(ballot)).Count;
                return new CommandResult.Unchanged(0);
            });
        var importer = new Importer(
            Services.GetRequiredService<CommandRunner>(), TimeProvider.System, new Dictionary<string, Importable> { ["Looks"] = looks }, Services.GetRequiredService<ImportsUnderWay>());
        using var history = new StringReader($"""
            association: {Host.Slug}
            time-zone: Europe/Paris
            history:
              - command: Looks
                on: "2021"
            """);

        Assert.Empty((await importer.ImportAsync(HistoryFile.Read(history), ct: Ct)).Faults);

        Assert.Equal(0, before);
        await deadlines.RoundAsync(Ct);
        Assert.Single(await ClosingsAsync(ballot));
    }

    [Fact]
    public async Task An_import_whose_session_is_killed_holds_up_the_clock_no_longer()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync());
        var deadlines = Deadlines();
        var database = Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        await using (await Services.GetRequiredService<ImportsUnderWay>().BeginAsync(room.Host.Association, Ct))
        {
            await deadlines.RoundAsync(Ct);
            Assert.Empty(await ClosingsAsync(ballot));

            await using var kill = database.CreateCommand(
                "select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and classid = hashtext('import.under_way')::oid and database = (select oid from pg_database where datname = current_database())");
            Assert.True(await kill.ExecuteScalarAsync(Ct) is true);
            await deadlines.RoundAsync(Ct);
            Assert.Single(await ClosingsAsync(ballot));
        }
    }

    private IServiceProvider Services => room.Host.App.Services;

    private BallotDeadlines Deadlines() => room.Deadlines(TimeSpan.FromDays(2));

    private async Task<IReadOnlyList<BallotClosed>> ClosingsAsync(BallotId ballot) => [.. (await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotClosed>()];
}
