using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>The door of a large general assembly: its members are checked in one after the other while many follow.</summary>
internal sealed class AssemblyBenchmark : Benchmark
{
    private const int Electors = 2_850, Proxies = 800, Present = 2_000, Door = 300, Warm = 40, Few = 100, Many = 2_000, Pages = 15;
    private const double CheckInLimitMs = 50, PageLimitMs = 200, SeenLimitMs = 1_000;

    // Every page of a meeting that tells who comes, or has somebody chosen among them.
    private static readonly string[] MeetingPages =
    [
        "", "/console", "/console?q=4", "/console/people", "/screen", "/seat", "/arrivals", "/departures", "/proxies/received", "/proxies/handing-on", "/convocation/sendings", "/opening", "/chair",
        "/notice", "/minutes", "/attendance-sheet",
    ];

    public override string Name => "assembly";

    public override string Question =>
        $"A general assembly of {Electors:N0} electors; {Proxies:N0} proxies are given and {Present - Door:N0} people are there. {Door:N0} more are checked in over HTTP, one after the other, by a host "
        + $"that is a process of its own with its read models following: half of them while {Few} follow the projector's stream, half while {Many:N0} do, from this process on the same processors. After "
        + "each, the quorum is read: it has to count the person. Beside it the same host answering an empty POST. Then the time that the host takes for each page of the meeting.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "median ms", "p99 ms");
        var data = Directory.CreateTempSubdirectory("governance-bench-assembly-");
        try
        {
            await using var database = await NewDatabaseAsync(server);
            await using var name = database.CreateCommand("select current_database()");
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = (string)(await name.ExecuteScalarAsync())! }.ConnectionString;
            var world = await AssemblyWorld.MakeAsync(data.FullName, Electors, Proxies, connection);
            await using var host = await HostProcess.StartAsync(data.FullName, connection);
            await host.FollowedAsync();
            using var caller = await HttpCaller.ConnectAsync(host.EndPoint);
            using var client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(2) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Token);
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");

            byte[] CheckIn(int person) => HttpCaller.Post(
                $"/api/{world.Slug}/meetings/{world.Meeting}/arrivals", $$"""{"person":"{{world.People[person]}}"}""", "Authorization: Bearer " + world.Token,
                "Idempotency-Key: " + person.ToString(CultureInfo.InvariantCulture));

            // Those who are there already hold the proxies: they came before those who are measured.
            for (var person = 0; person < Present - Door; person++)
                await SendAsync(caller, CheckIn(person));
            await host.FollowedAsync();

            var empty = HttpCaller.Post("/health/live", "");
            var emptyMs = new List<double>();
            for (var i = 0; i < Warm + Door; i++)
                emptyMs.Add(await TimedAsync(() => SendAsync(caller, empty)));

            report.Row(["empty POST", .. Cells(emptyMs.Skip(Warm))], "", null);
            using var end = new CancellationTokenSource();
            var viewers = new List<Viewer>();
            foreach (var (from, followers) in new[] { (Present - Door, Few), (Present - (Door / 2), Many) })
            {
                while (viewers.Count < followers)
                    viewers.Add(new Viewer(client, world, end.Token));
                await Task.WhenAll(viewers.Select(viewer => viewer.Seen(Proxies + from)));
                var (checkIns, reads, counted) = (new List<double>(), new List<double>(), true);
                var before = await ThereAsync(client, world);
                await host.MeasureAsync();
                for (var person = from; person < from + (Door / 2); person++)
                {
                    var request = CheckIn(person);
                    checkIns.Add(await TimedAsync(() => SendAsync(caller, request)));
                    var there = 0;
                    reads.Add(await TimedAsync(async () => there = await ThereAsync(client, world)));
                    counted &= there == ++before;
                }

                // What the last check-in came to is on every viewer's screen.
                var seen = await TimedAsync(async () => await Task.WhenAll(viewers.Select(viewer => viewer.Seen(Proxies + from + (Door / 2)))));
                var shares = await host.MeasureAsync();
                report.Row([$"check-in, {followers:N0} follow", .. Cells(checkIns.Skip(Warm))], $"p99 under {CheckInLimitMs:0} ms", P99(checkIns.Skip(Warm)) < CheckInLimitMs);
                report.Row([$"quorum read after each, {followers:N0} follow", .. Cells(reads.Skip(Warm))], "counts each at once", counted);
                report.Row([$"last check-in on the screens of {followers:N0}", Report.Number(seen, "0.0"), ""], $"under {SeenLimitMs:0} ms", seen < SeenLimitMs);
                report.Note(string.Create(CultureInfo.InvariantCulture,
                    $"While {followers:N0} follow, of the time of both processors: this process, in which the followers are, {shares.Generator:0%}, the host {shares.Host:0%}, all else {shares.Others:0%}."));
            }

            await end.CancelAsync();
            foreach (var page in MeetingPages)
            {
                var (times, size) = (new List<double>(), 0);
                for (var i = 0; i < Pages + 3; i++)
                    times.Add(await TimedAsync(async () => size = (await client.GetByteArrayAsync(new Uri($"/{world.Slug}/meetings/{world.Meeting}{page}", UriKind.Relative))).Length));
                var median = Median(times.Skip(3));
                report.Row([string.Create(CultureInfo.InvariantCulture, $"{(page.Length == 0 ? "the meeting" : page[1..])}, {size / 1024.0:0} kB"), Report.Number(median, "0.0"), Report.Number(times.Skip(3).Max(), "0.0")], $"median under {PageLimitMs:0} ms", median < PageLimitMs);
            }

            report.Note("The p99 of a page is the slowest of its calls.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static string[] Cells(IEnumerable<double> times) => [Report.Number(Median(times), "0.0"), Report.Number(P99(times), "0.0")];

    private static double P99(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return sorted[(int)(sorted.Length * 0.99)];
    }

    private static async Task<double> TimedAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task SendAsync(HttpCaller caller, byte[] request)
    {
        if (await caller.SendAsync(request) is var status and not 200)
            throw new InvalidOperationException($"A POST was answered {status}.");
    }

    private static async Task<int> ThereAsync(HttpClient client, AssemblyWorld world) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/{world.Slug}/meetings/{world.Meeting}/quorum", UriKind.Relative))).GetProperty("there").GetInt32();

    /// <summary>Somebody who follows the projector's stream.</summary>
    private sealed class Viewer
    {
        private readonly Lock _lock = new();
        private readonly List<(string Text, TaskCompletionSource Done)> _waiting = [];
        private string _shown = "";

        public Viewer(HttpClient client, AssemblyWorld world, CancellationToken ct) => _ = Task.Run(() => RunAsync(client, world, ct), CancellationToken.None);

        /// <summary>Ends once the screen shows so many votes present and represented.</summary>
        public Task Seen(int votes)
        {
            var text = $"<strong>{votes.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "\u202f", StringComparison.Ordinal)} ";
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (Shows(text))
                    return Task.CompletedTask;
                _waiting.Add((text, done));
            }

            return done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        // Decoded only while somebody waits: two thousand screens share the processors with the host.
        private bool Shows(string text) => WebUtility.HtmlDecode(_shown).Contains(text, StringComparison.Ordinal);

        private async Task RunAsync(HttpClient client, AssemblyWorld world, CancellationToken ct)
        {
            try
            {
                using var answer = await client.GetAsync(
                    new Uri($"/{world.Slug}/meetings/{world.Meeting}/screen/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
                answer.EnsureSuccessStatusCode();
                using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
                while (await lines.ReadLineAsync(ct) is { } line)
                {
                    lock (_lock)
                    {
                        _shown = line.Contains("<strong>", StringComparison.Ordinal) ? line : _shown;
                        foreach (var (_, done) in _waiting.Where(w => Shows(w.Text)))
                            done.TrySetResult();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // It has seen all that it came for.
            }
        }
    }
}
