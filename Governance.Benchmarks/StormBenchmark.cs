using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.EventStore.Embedded;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>One ballot of a hundred thousand electors, who all vote by their personal links at the same time.</summary>
internal sealed class StormBenchmark : Benchmark
{
    private const int Electors = 100_000, Saturating = 30_000, Connections = 64;
    private const double Share = 0.8, LimitMs = 100, LimitBehindSeconds = 2;
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(3), LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Choices = ["for", "against", "abstain", "blank"];

    public override string Name => "storm";

    public override string Question =>
        $"{Electors:N0} electors of one ballot vote over HTTP, each by a personal voting link, through {Connections} connections to a host that is a process of its own with its read "
        + $"models following. {Saturating:N0} vote as fast as the connections take them: the sustained rate. The others come at {Share:0%} of it, at their own times whatever the "
        + "host does, and a vote's time counts from when it was due. Beside it the same host answering an empty POST, and raw Npgsql inserting one event's rows in one transaction "
        + "each, with as many connections. At the end the ballot is closed and counted, and each vote that was acknowledged has to be there once.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "per second", "median ms", "p99 ms", "beside empty POST", "beside raw append");
        var data = Directory.CreateTempSubdirectory("governance-bench-storm-");
        try
        {
            await using var rawDatabase = await NewDatabaseAsync(server);
            await using var raw = await RawCallers.OpenAsync(rawDatabase, Connections, RawForm.Transaction);
            await Load.MeasureAsync(Connections, Load.WarmUp, raw.InsertAsync);
            var rawRate = (await Load.MeasureAsync(Connections, Beside, raw.InsertAsync)).Rate;

            await using var database = await NewDatabaseAsync(server);
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = await NameAsync(database) }.ConnectionString;
            var roll = await StormRoll.MakeAsync(data.FullName, Electors, connection);
            await using var host = await HostProcess.StartAsync(data.FullName, connection);
            await host.FollowedAsync();
            var callers = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => HttpCaller.ConnectAsync(host.EndPoint)));

            var empty = HttpCaller.Post("/health/live", "");
            await Load.MeasureAsync(Connections, Load.WarmUp, caller => PostAsync(callers[caller], empty));
            var emptyRate = (await Load.MeasureAsync(Connections, Beside, caller => PostAsync(callers[caller], empty))).Rate;

            var votes = roll.Electors.Select((elector, i) => HttpCaller.Post(
                $"/api/{roll.Slug}/ballots/{roll.Ballot}/votes", $$"""{"elector":"{{elector.Mandate}}","choice":"{{Choices[i % Choices.Length]}}"}""",
                "Authorization: Bearer " + elector.Secret, "Idempotency-Key: " + i.ToString(CultureInfo.InvariantCulture))).ToArray();
            await host.MeasureAsync();
            using var turnout = new Turnout(host, roll);
            var first = await turnout.BeginAsync();
            var sustained = await CastAsync(callers, votes, 0, Saturating, null, turnout);
            var open = await CastAsync(callers, votes, Saturating, Electors, sustained.Rate * Share, turnout);
            var shares = await host.MeasureAsync();
            var behind = await turnout.EndAsync(Electors);
            foreach (var caller in callers)
                caller.Dispose();
            await host.DisposeAsync();

            var counted = await roll.CountAsync(data.FullName, connection);
            var right = counted.Papers == Electors && Choices.All(choice =>
                counted.Groups.Where(g => string.Equals(g.Choice.ToString(), choice, StringComparison.OrdinalIgnoreCase)).Sum(g => g.Count) == Electors / Choices.Length);

            report.Row(["empty POST", Report.Number(emptyRate), "", "", "", ""], "", null);
            report.Row(["raw append", Report.Number(rawRate), "", "", "", ""], "", null);
            report.Row(Cells("votes, as fast as they are taken", sustained, emptyRate, rawRate), "", null);
            report.Row(Cells($"votes, due at {Share:0%} of that", open, emptyRate, rawRate), $"p99 under {LimitMs:0} ms", open.P99Ms < LimitMs);
            report.Row(["turnout behind the votes acknowledged, at most, s", "", "", Report.Number(behind.TotalSeconds, "0.00"), "", ""], $"at most {LimitBehindSeconds:0} s", behind.TotalSeconds <= LimitBehindSeconds);
            report.Row(["first look at the turnout after a start, before anybody votes, s", "", "", Report.Number(first.TotalSeconds, "0.00"), "", ""], "", null);
            report.Row([$"votes acknowledged {Electors:#,0}, counted {counted.Papers:#,0}", "", "", "", "", ""], "each once", right);
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"Of the time of both processors during the votes: the generator {shares.Generator:0%}, the host {shares.Host:0%}, all else (the database above all) {shares.Others:0%}."));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static string[] Cells(string what, Load.Run run, double empty, double raw) =>
        [what, Report.Number(run.Rate), Report.Number(run.MedianMs, "0.0"), Report.Number(run.P99Ms, "0.0"), Report.Number(run.Rate / empty, "0.00"), Report.Number(run.Rate / raw, "0.00")];

    private static async Task PostAsync(HttpCaller caller, byte[] request)
    {
        if (await caller.SendAsync(request) is var status and not 200)
            throw new InvalidOperationException($"An empty POST was answered {status}.");
    }

    /// <summary>Casts votes; each is due at its time when a rate is given, at once when none is.</summary>
    private static async Task<Load.Run> CastAsync(HttpCaller[] callers, byte[][] votes, int first, int end, double? rate, Turnout turnout)
    {
        var next = first - 1;
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(callers.Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Interlocked.Increment(ref next) is var vote && vote < end)
            {
                var due = rate is { } perSecond ? started + (long)((vote - first) / perSecond * Stopwatch.Frequency) : Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                    await Task.Delay(early < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : early);
                if (await caller.SendAsync(votes[vote]) is var status and not 200)
                    throw new InvalidOperationException($"A vote was answered {status}.");
                turnout.Acknowledged();
                own.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            }

            return own;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(own => own).Order().ToArray();
        return new Load.Run(all.Length / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }

    private static async Task<string> NameAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select current_database()");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Looks at the turnout that the host shows, and how long it took to come to the votes that were acknowledged by then.</summary>
    private sealed class Turnout : IDisposable
    {
        private readonly HttpClient _client;
        private readonly Uri _address;
        private readonly CancellationTokenSource _end = new();
        private readonly List<(long At, int Votes)> _acknowledged = [];
        private Task<TimeSpan>? _looking;
        private int _votes;

        public Turnout(HostProcess host, StormRoll roll)
        {
            _client = new HttpClient { BaseAddress = host.Address };
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", roll.Watcher);
            _address = new Uri($"/api/{roll.Slug}/ballots/{roll.Ballot}/turnout", UriKind.Relative);
        }

        /// <summary>Looks once, and from then on again and again; gives how long the first look took.</summary>
        public async Task<TimeSpan> BeginAsync()
        {
            var before = Stopwatch.GetTimestamp();
            await ShownAsync();
            var took = Stopwatch.GetElapsedTime(before);
            _looking = Task.Run(LookAsync);
            return took;
        }

        public void Acknowledged() => Interlocked.Increment(ref _votes);

        /// <summary>The longest that the turnout was behind, once it shows all votes.</summary>
        public async Task<TimeSpan> EndAsync(int all)
        {
            while (await ShownAsync() < all)
                await Task.Delay(LookEvery);
            await _end.CancelAsync();
            return await _looking!;
        }

        public void Dispose()
        {
            _client.Dispose();
            _end.Dispose();
        }

        private async Task<TimeSpan> LookAsync()
        {
            var worst = TimeSpan.Zero;
            while (!_end.IsCancellationRequested)
            {
                _acknowledged.Add((Stopwatch.GetTimestamp(), Volatile.Read(ref _votes)));
                var shown = await ShownAsync();
                // What is shown was acknowledged at the latest at the first look that had counted as many.
                var behind = _acknowledged.LastOrDefault(a => a.Votes <= shown) is { At: > 0 } reached ? Stopwatch.GetElapsedTime(reached.At) : TimeSpan.Zero;
                worst = behind > worst ? behind : worst;
                await Task.Delay(LookEvery);
            }

            return worst;
        }

        private async Task<int> ShownAsync() =>
            (await _client.GetFromJsonAsync<JsonElement>(_address)).GetProperty("voted").GetInt32();
    }
}
