using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Governance.Benchmarks.Federation;
using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>Pages of a past day beside the same pages today.</summary>
internal sealed class PastDayBenchmark : Benchmark
{
    private const double Limit = 2;
    private const string SizeVariable = "PAST_DAY_EVENTS";
    private const string RoundsVariable = "PAST_DAY_ROUNDS";
    private const int WarmUps = 3, MostTries = 40;

    private static readonly FederationSize Lived = new(1, 200, 10, new DateOnly(2026, 1, 1));

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), out var rounds) && rounds > 0 ? rounds : 15;

    private static readonly int Events = int.TryParse(Environment.GetEnvironmentVariable(SizeVariable), out var asked) ? asked : 200_000;

    public override string Name => "past-day";

    public override string Question =>
        $"A host of its own with an association of {Events:N0} events serves each of its pages as of today and as of three past days, and each of its reads as of these and as known at three "
        + $"positions of its log (all was recorded on one day, and pages take days), in turn, {Rounds} times each after {WarmUps} to warm up. Median time of the whole answer, beside that "
        + "of the same address today in the same run. A past day with as much to show as today has most to do; where less had happened yet, the page is shorter. Pages of what that association does not "
        + $"have (meetings, dues, conventions, gatherings and more) are those of another, of {Lived.Members} members and {Lived.Years} years of a life of its own, to an auditor and to the secretariat.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "today ms", "slowest past day ms", "ratio", "slowest past knowledge ms", "ratio");
        var left = await FullYearsAsync(server, report);
        left = [.. left.Where(l => l.Reason is not null), .. await LivedYearsAsync(server, report, [.. left.Where(l => l.Reason is null).Select(l => l.Page)])];
        report.Note($"These are not measured:\n{string.Concat(left.OrderBy(l => l.Page, StringComparer.Ordinal).Select(l => $"\n- `{l.Page}`: {l.Reason}"))}\n");
        report.Note($"`{SizeVariable}` sets another number of events, `{RoundsVariable}` of rounds. A day on which a page was not found, because its thing did not exist yet, is left out.");
    }

    /// <summary>Pages of an association whose years are full of changes of the same things.</summary>
    /// <returns>What it has no page for, and why; null where it has no such thing.</returns>
    private static async Task<IReadOnlyList<(string Page, string? Reason)>> FullYearsAsync(PrivatePostgres server, Report report)
    {
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
            using var client = ClientOf(host, world.Token);
            string[] days = ["2014-06-30", "2019-06-30", "2024-06-30"];
            await HoldsAMandateAsync(client, world, days);
            var left = world.Walk.LeftOut.ToList();
            foreach (var (page, address) in world.Walk.Pages)
            {
                if (!await MeasuredAsync(report, client, page, address, days, KnownAt(world.LastPosition)))
                    left.Add((page, null));
            }

            return left;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Pages of an association that lived as a federation's do.</summary>
    private static async Task<IReadOnlyList<(string Page, string? Reason)>> LivedYearsAsync(PrivatePostgres server, Report report, IReadOnlyCollection<string> patterns)
    {
        var data = Directory.CreateTempSubdirectory("governance-bench-past-day-");
        try
        {
            var connection = FederationData.ConnectionTo(server);
            var federation = await FederationData.FillAsync(server, data.FullName, Lived);
            var association = federation.Walked[0];
            IReadOnlyList<EndpointAddress> addresses;
            await using (var app = await FederationData.BuildAsync(data.FullName, connection))
                addresses = [.. EndpointWalk.Of(app).Where(address => patterns.Contains(address.Pattern, StringComparer.Ordinal))];
            await using var host = await HostProcess.StartAsync(data.FullName, connection);
            await host.FollowedAsync();
            // Things that came last were there a month ago, most pages of lists five years ago too.
            string[] days = [.. new[] { Lived.Until.AddDays(-1), Lived.Until.AddMonths(-6), Lived.Until.AddYears(-5) }.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
            using var auditor = ClientOf(host, association.Tokens["auditor"]);
            using var secretariat = ClientOf(host, association.Tokens["secretariat"]);
            var left = new List<(string, string?)>();
            foreach (var address in addresses)
            {
                var reason = FederationBenchmark.NoPage(address.Pattern);
                if (reason is null && !await AnyMeasuredAsync(address, auditor) && !await AnyMeasuredAsync(address, secretariat))
                    reason = "neither association has such a thing, or it leads on elsewhere";
                if (reason is not null)
                    left.Add((address.Pattern, reason));
            }

            return left;

            async Task<bool> AnyMeasuredAsync(EndpointAddress address, HttpClient reader)
            {
                foreach (var there in association.AddressesOf(address).Take(MostTries))
                {
                    if (await MeasuredAsync(report, reader, address.Pattern, there, days, KnownAt(federation.Events)))
                        return true;
                }

                return false;
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static HttpClient ClientOf(HostProcess host, string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static string[] KnownAt(long last) => [.. new[] { last / 4, last / 2, last - 1 }.Select(position => position.ToString(CultureInfo.InvariantCulture))];

    /// <returns>False when there is no page today.</returns>
    private static async Task<bool> MeasuredAsync(Report report, HttpClient client, string page, string address, string[] days, string[] known)
    {
        List<string> forms = [address, .. days.Select(day => Dated(address, "asOf", day)), .. address.StartsWith("/api/", StringComparison.Ordinal) ? known.Select(position => Dated(address, "recordedAsOf", position)) : []];
        if (await FetchAsync(client, address) is null)
            return false;
        // A thing that did not exist on a day is quickly not found: such a day says nothing.
        var there = new List<bool> { true };
        foreach (var form in forms.Skip(1))
            there.Add(await FetchAsync(client, form) is not null);
        var times = forms.ConvertAll(_ => new List<double>());
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
        return true;
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
            System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Redirect or System.Net.HttpStatusCode.Forbidden => null,
            var status => throw new InvalidOperationException($"{address} was answered {(int)status}."),
        };
    }
}
