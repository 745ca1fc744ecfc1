using System.Diagnostics;
using System.Net.Http.Headers;
using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>Pages of a past day beside the same pages today.</summary>
internal sealed class PastDayBenchmark : Benchmark
{
    private const double Limit = 2;
    private const string SizeVariable = "PAST_DAY_EVENTS";
    private const string RoundsVariable = "PAST_DAY_ROUNDS";
    private const int WarmUps = 3;

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), out var rounds) && rounds > 0 ? rounds : 15;

    private static readonly int Events = int.TryParse(Environment.GetEnvironmentVariable(SizeVariable), out var asked) ? asked : 200_000;

    public override string Name => "past-day";

    public override string Question =>
        $"A host of its own with an association of {Events:N0} events serves each of its pages as of today and as of three past days, and each of its reads as of these and as known at three "
        + $"positions of its log (all was recorded on one day, and pages take days), in turn, {Rounds} times each after {WarmUps} to warm up. Median time of the whole answer, beside that "
        + "of the same address today in the same run. A past day with as much to show as today has most to do; where less had happened yet, the page is shorter.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "today ms", "slowest past day ms", "ratio", "slowest past knowledge ms", "ratio");
        var data = Directory.CreateTempSubdirectory("governance-bench-past-day-");
        try
        {
            await using var database = await NewDatabaseAsync(server);
            string name;
            await using (var command = database.CreateCommand("select current_database()"))
                name = (string)(await command.ExecuteScalarAsync())!;
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
            var world = await PastDayWorld.MakeAsync(data.FullName, Events, connection);
            await using var host = await HostProcess.StartAsync(data.FullName, connection);
            await host.FollowedAsync();
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Token);
            client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

            string[] days = ["2014-06-30", "2019-06-30", "2024-06-30"];
            string[] known = [.. new[] { 4, 2 }.Select(part => (world.LastPosition / part).ToString(System.Globalization.CultureInfo.InvariantCulture)), (world.LastPosition - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)];
            await HoldsAMandateAsync(client, world, days);
            var left = world.Walk.LeftOut.ToList();
            foreach (var (page, address) in world.Walk.Pages)
            {
                List<string> forms = [address, .. days.Select(day => Dated(address, "asOf", day)), .. address.StartsWith("/api/", StringComparison.Ordinal) ? known.Select(position => Dated(address, "recordedAsOf", position)) : []];
                var times = forms.ConvertAll(_ => new List<double>());
                // A thing that did not exist on a day is quickly not found: such a day says nothing.
                var there = new List<bool>();
                foreach (var form in forms)
                    there.Add(await FetchAsync(client, form) is not null);
                if (!there[0])
                {
                    left.Add((page, "it leads on elsewhere, or is of something that this world does not have"));
                    continue;
                }

                for (var round = -WarmUps; round < Rounds; round++)
                {
                    for (var form = 0; form < forms.Count; form++)
                    {
                        if (there[form] && await FetchAsync(client, forms[form]) is { } took && round >= 0)
                            times[form].Add(took);
                    }
                }

                var today = Median(times[0]);
                double Slowest(int first, int count) => times.GetRange(first, count).Where(t => t.Count > 0).Select(t => Median(t)).DefaultIfEmpty(double.NaN).Max();
                var (past, knowledge) = (Slowest(1, days.Length), Slowest(1 + days.Length, forms.Count - 1 - days.Length));
                report.Row(
                    [page, Report.Number(today, "0.0"), .. Beside(past, today), .. Beside(knowledge, today)],
                    $"ratio at most {Limit:0}", !(past / today > Limit) && !(knowledge / today > Limit));
            }

            report.Note($"Of {world.Walk.Pages.Count + world.Walk.LeftOut.Count} pages and reads these are not measured:\n{string.Concat(left.Select(l => $"\n- `{l.Page}`: {l.Reason}"))}\n");
            report.Note($"`{SizeVariable}` sets another number of events, `{RoundsVariable}` of rounds. A day on which a page was not found, because its thing did not exist yet, is left out.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static string[] Beside(double then, double today) => double.IsNaN(then) ? ["", ""] : [Report.Number(then, "0.0"), Report.Number(then / today, "0.00")];

    private static string Dated(string address, string key, string value) => address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + key + "=" + value;

    /// <summary>A page of somebody who holds nothing on a day has less to do than today's.</summary>
    private static async Task HoldsAMandateAsync(HttpClient client, PastDayWorld world, string[] days)
    {
        foreach (var day in days)
        {
            var person = await client.GetStringAsync(new Uri($"/api/{world.ShortName}/people/{world.Holder}?asOf={day}", UriKind.Relative));
            if (!person.Contains("\"held\"", StringComparison.Ordinal))
                throw new InvalidOperationException($"The person whose page is measured holds no mandate on {day}.");
        }
    }

    /// <summary>Milliseconds of the whole answer; null when there is none at that moment.</summary>
    private static async Task<double?> FetchAsync(HttpClient client, string address)
    {
        var before = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        return answer.StatusCode switch
        {
            System.Net.HttpStatusCode.OK => took,
            System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Redirect => null,
            var status => throw new InvalidOperationException($"{address} was answered {(int)status}."),
        };
    }
}
