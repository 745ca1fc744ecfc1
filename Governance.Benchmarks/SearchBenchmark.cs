using Governance.EventStore.Embedded;

namespace Governance.Benchmarks;

/// <summary>Searches of a large association among many.</summary>
internal sealed class SearchBenchmark : Benchmark
{
    private const double LimitMilliseconds = 100;
    private const string AssociationsVariable = "SEARCH_ASSOCIATIONS", EventsVariable = "SEARCH_EVENTS", RoundsVariable = "SEARCH_ROUNDS";

    private static readonly int Associations = Number(AssociationsVariable, 200), Events = Number(EventsVariable, 2_000_000), Rounds = Number(RoundsVariable, 200);

    // Everywhere in the association, often, seldom, phrases, beginnings, people, what is nowhere, and other days.
    private static readonly string[] Queries =
    [
        "q=reunion", "q=reunions+membres+", "q=r%C3%A8gle", "q=trimestre+bar%C3%A8me+", "q=%22feuille+de+route%22", "q=reunion+-membres", "q=conv", "q=r%C3%A9u", "q=titulaire", "q=titulaire+77", "q=pr%C3%A9sidente",
        "q=introuvable", "q=reunion&kind=progress-report&page=20", "q=reunion&asOf=2018-06-30", "q=chantier&recordedAsOf=1000",
    ];

    public override string Name => "search";

    public override string Question =>
        $"How long a search takes by `GET /api/{{association}}/search`, answer and names included, in an association of 500 members among {Report.Number(Associations)} in one database of about "
        + $"{Report.Number(Events)} events, the association itself having a tenth of them: words that stand in every text, seldom ones, phrases, beginnings, names, past days. One caller; "
        + $"{Report.Number(Rounds)} rounds of each.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("query", "found", "median ms", "p99 ms", "slowest ms");
        await using var database = await NewDatabaseAsync(server);
        var data = Directory.CreateTempSubdirectory("governance-search-");
        try
        {
            var token = await SearchWorld.MakeAsync(data.FullName, database.ConnectionString, Associations, Events);
            await using var host = await HostProcess.StartAsync(data.FullName, database.ConnectionString);
            await host.FollowedAsync();
            foreach (var asked in await new SearchWalk(host.Address, SearchWorld.Slug, token).AskAsync(Queries, Rounds))
            {
                report.Row(
                    [$"`{asked.Query}`", Report.Number(asked.Found), Report.Number(asked.Median, "0.0"), Report.Number(asked.P99, "0.0"), Report.Number(asked.Slowest, "0.0")],
                    $"p99 at most {LimitMilliseconds:0} ms", asked.P99 <= LimitMilliseconds);
            }

            report.Note($"`{AssociationsVariable}` and `{EventsVariable}` set another world, `{RoundsVariable}` other rounds.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static int Number(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var asked) && asked > 0 ? asked : usual;
}
