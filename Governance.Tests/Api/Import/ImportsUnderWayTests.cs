using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Tests.Api.Ballots;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Import;

/// <summary>A history that is imported beside a host that serves: what the host does by the clock of today waits until the import has ended.</summary>
public sealed class ImportsUnderWayTests(BallotRoom room) : IClassFixture<BallotRoom>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clock_closes_no_ballot_between_two_entries_and_once_the_import_has_ended_it_does()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync());
        var deadlines = room.Deadlines(TimeSpan.FromDays(2));

        var report = await ImportAsync(async () =>
        {
            await deadlines.RoundAsync(Ct);
            Assert.Empty(await OfAsync<BallotClosed>(ballot));
        });

        Assert.Empty(report.Faults);
        await deadlines.RoundAsync(Ct);
        Assert.Single(await OfAsync<BallotClosed>(ballot));
    }

    [Fact]
    public async Task No_paper_of_a_secret_ballot_comes_out_between_two_entries_and_once_the_import_has_ended_all_do()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync(), secret: true);
        var publication = Services.GetRequiredService<PaperPublication>();

        await ImportAsync(async () =>
        {
            await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
            await publication.RoundAsync(Ct);
            Assert.Empty(await OfAsync<PapersPublished>(ballot));
        });

        await publication.RoundAsync(Ct);
        Assert.Single(await OfAsync<PapersPublished>(ballot));
    }

    [Fact]
    public async Task No_irregularity_is_raised_between_two_entries_and_once_the_import_has_ended_it_is()
    {
        var (_, first, second) = await room.SecondRoundAsync();
        await room.PostAsync(Role.Secretariat, $"/{second}/opening", new { held = "correspondence", closes = DateTimeOffset.UtcNow.AddDays(1) });
        var following = Services.GetRequiredService<LateFactsHost>().Following;

        await ImportAsync(async () =>
        {
            var annulled = (await room.PostAsync(Role.Secretariat, $"/{first}/annulment", new { reason = "Bulletins mal imprimés." })).GetProperty("position").GetInt64();
            Assert.True(await following.WaitForAllAsync(annulled, Patience, ct: Ct));
            Assert.Empty(await OfAsync<IrregularityRaised>(second));
        });

        await Eventually.HoldsAsync(async () => (await OfAsync<IrregularityRaised>(second)).Count > 0);
        Assert.True(Assert.Single(await OfAsync<IrregularityRaised>(second)).FirstRoundAnnulled);
        await Eventually.HoldsAsync(async () => (await following.StatusAsync(Ct)).All(s => s.Parked.Count == 0));
    }

    [Fact]
    public async Task An_import_begins_once_the_act_of_the_clock_that_is_under_way_is_over_and_keeps_the_next_from_beginning()
    {
        var turn = await UnderWay.TurnAsync(room.Host.Association, Ct);
        var beginning = UnderWay.BeginAsync(room.Host.Association, Ct);
        // Given an import that waits at the lock,
        await Eventually.HoldsAsync(async () => await ScalarAsync($"select count(*) from pg_locks where {OfImports} and not granted") is 1L);
        // no other act begins,
        Assert.Null(await UnderWay.TurnAsync(room.Host.Association, Ct));
        Assert.False(beginning.IsCompleted);

        await turn!.DisposeAsync();

        await using (await beginning)
            Assert.Null(await UnderWay.TurnAsync(room.Host.Association, Ct));
        await using var next = await UnderWay.TurnAsync(room.Host.Association, Ct);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_second_import_into_the_same_association_is_refused_until_the_first_has_ended()
    {
        var given = 0;
        ImportReport? second = null;

        var first = await ImportAsync(async () => second = await ImportAsync(() => Task.FromResult(given++)));

        Assert.Empty(first.Faults);
        Assert.Equal(0, given);
        Assert.Contains("Un autre import de cette association est en cours", Assert.Single(second!.Faults).Sentence, StringComparison.Ordinal);
        Assert.Empty((await ImportAsync(() => Task.FromResult(given++))).Faults);
        Assert.Equal(1, given);
    }

    [Fact]
    public async Task An_import_whose_session_is_killed_takes_another_before_its_next_entry()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync());
        var deadlines = room.Deadlines(TimeSpan.FromDays(2));

        var report = await ImportAsync(
            KillAsync,
            async () =>
            {
                await deadlines.RoundAsync(Ct);
                Assert.Empty(await OfAsync<BallotClosed>(ballot));
            });

        Assert.Empty(report.Faults);
    }

    [Fact]
    public async Task An_import_that_has_lost_its_session_to_another_import_ends_before_its_next_entry_and_says_that_it_can_go_on()
    {
        ImportsUnderWay.UnderWay? other = null;
        var given = 0;

        var report = await ImportAsync(
            new ImportsUnderWay(Services.GetRequiredService<NpgsqlDataSource>()) { Patience = TimeSpan.FromSeconds(1) },
            async () =>
            {
                await KillAsync();
                other = await UnderWay.BeginAsync(room.Host.Association, Ct);
            },
            () => Task.FromResult(given++));

        await using (other)
            Assert.NotNull(other);
        var fault = Assert.Single(report.Faults);
        Assert.Equal((6, 0), (fault.Line, given));
        Assert.Contains("relancez la même commande", fault.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entry_that_the_database_does_not_answer_is_given_again_and_nothing_that_follows_is_before_it_is_answered(bool comesBack)
    {
        var (tries, given) = (0, 0);

        var report = await ImportAsync(
            new ImportsUnderWay(Services.GetRequiredService<NpgsqlDataSource>()) { Patience = comesBack ? Patience : TimeSpan.Zero },
            [
                async () =>
                {
                    if (++tries == 1 || !comesBack)
                        return new CommandResult.Unavailable(MayBeRecorded: true);
                    // A server that is ended in the middle of what a command reads.
                    if (tries == 2)
                        await ScalarAsync("select pg_terminate_backend(pg_backend_pid())");
                    return new CommandResult.Unchanged(0);
                },
                () => Task.FromResult<CommandResult>(new CommandResult.Unchanged(given++)),
            ]);

        Assert.Equal(comesBack ? (3, 1) : (1, 0), (tries, given));
        if (comesBack)
            Assert.Empty(report.Faults);
        else
            Assert.Equal((4, true), (Assert.Single(report.Faults).Line, report.Faults[0].Sentence.Contains("relancez la même commande", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_import_that_is_killed_holds_up_the_clock_no_longer()
    {
        var ballot = await room.OpenAsync(await room.BoardAsync());
        var deadlines = room.Deadlines(TimeSpan.FromDays(2));
        await using (await UnderWay.BeginAsync(room.Host.Association, Ct))
        {
            await deadlines.RoundAsync(Ct);
            Assert.Empty(await OfAsync<BallotClosed>(ballot));

            await KillAsync();
            await deadlines.RoundAsync(Ct);
            Assert.Single(await OfAsync<BallotClosed>(ballot));
        }
    }

    private const string OfImports =
        "locktype = 'advisory' and classid = hashtext('import.under_way')::oid and database = (select oid from pg_database where datname = current_database())";

    private IServiceProvider Services => room.Host.App.Services;

    private ImportsUnderWay UnderWay => Services.GetRequiredService<ImportsUnderWay>();

    private Task<ImportReport> ImportAsync(params Func<Task>[] entries) => ImportAsync(UnderWay, entries);

    private Task<ImportReport> ImportAsync(ImportsUnderWay imports, params Func<Task>[] entries) => ImportAsync(
        imports,
        entries.Select(entry => new Func<Task<CommandResult>>(async () =>
        {
            await entry();
            return new CommandResult.Unchanged(0);
        })).ToList());

    // A history in which each entry, when it is its turn, is what is given: again, until it is answered.
    private async Task<ImportReport> ImportAsync(ImportsUnderWay imports, IReadOnlyList<Func<Task<CommandResult>>> entries)
    {
        var steps = entries.Index().ToDictionary(
            entry => $"Step{entry.Index}", entry => new Importable($"Step{entry.Index}", typeof(BallotRequest), (_, _, _, _) => entry.Item()));
        using var history = new StringReader($"""
            association: {Host.Slug}
            time-zone: Europe/Paris
            history:
            {string.Join('\n', steps.Keys.Select(step => $"  - command: {step}\n    on: \"2021\""))}
            """);
        return await new Importer(Services.GetRequiredService<CommandRunner>(), TimeProvider.System, steps, imports).ImportAsync(HistoryFile.Read(history), ct: Ct);
    }

    private async Task KillAsync() => Assert.True(await ScalarAsync($"select pg_terminate_backend(pid, 10000) from pg_locks where {OfImports} and mode = 'ExclusiveLock'") is true);

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    private async Task<IReadOnlyList<TEvent>> OfAsync<TEvent>(BallotId ballot) => [.. (await room.EventsAsync(Ballot.Stream(ballot))).OfType<TEvent>()];
}
