using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Governance.EventStore.Embedded;
using Governance.Projections.Runtime;
using Npgsql;

namespace Governance.Benchmarks.Federation;

/// <summary>A federation's ten years: what its read models cost to build, and every page of two of its associations.</summary>
/// <param name="data">Where it is kept between runs; null for a directory that goes with the run.</param>
/// <param name="rounds">Requests of each page from one caller, after those that warm it.</param>
internal sealed class FederationBenchmark(FederationSize size, string? data, int rounds) : Benchmark
{
    private const int WarmUps = 3, Callers = 8, Starts = 3, MostTries = 150, FewestRounds = 30;
    private const double LimitMs = 100, LimitStartSeconds = 2, Flat = 1.25;

    private static readonly string[] Roles = ["secretariat", "board", "auditor"];

    // What is no page: files that are made or kept, streams that do not end, and doors that a secret opens.
    private static readonly IReadOnlyDictionary<string, string> NoPages = new Dictionary<string, string>
    {
        ["/live"] = "a stream, which does not end",
        ["/pdf"] = "leads on to a file that another process makes: see `minutes`",
        [".pdf"] = "a file that another process makes: see `minutes`",
        ["/pdf/progress"] = "a part of the page of such a file",
        ["/pdf/file"] = "a file that another process makes: see `minutes`",
        ["/{secret}"] = "a door that a secret opens",
        ["/{secret}.ics"] = "a door that a secret opens",
        ["/ballots/{ballot}/review"] = "the second step of a form, asked with what was filled in",
        ["/ballots/{ballot}/papers"] = "of a secret ballot, of which this federation has none",
        ["/notice/documents/{document:guid}"] = "a file that is kept, opened from a letter",
        ["/minutes/amendment"] = "a form on one passage, which its query names",
        ["/minutes/erratum"] = "a form on one passage, which its query names",
    };

    /// <summary>Why an address is no page; null when it is one.</summary>
    public static string? NoPage(string pattern) => NoPages.FirstOrDefault(no => pattern.EndsWith(no.Key, StringComparison.Ordinal)).Value;

    public override string Name => "federation";

    public override string Question =>
        $"A federation of {size.Associations:N0} associations of up to {size.Members:N0} members, the oldest with {size.Years} years of history, the others founded evenly since: events of every area, "
        + "most of them decided by the domain's own commands, personal texts sealed. All read models are built from the first event, with the bare read of the same events between them, in a process of its own whose "
        + "memory is looked at for a quarter, half and the whole of the history. Then a host of its own serves every page of the interface, found in its own table of addresses, of the oldest association and "
        + $"of one of median age, to somebody of the board, of the secretariat and an auditor: {rounds} times each after {WarmUps} to warm up, one caller at a time; then {Callers} callers at once; then the pages of a "
        + "day five years ago. Time of the whole answer, of whichever association and reader has it slowest.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "of, to", "median ms", "p99 ms", "max ms", $"{Callers} callers: median ms", "p99 ms", "max ms", "five years ago: p99 ms");
        var temporary = data is null ? Directory.CreateTempSubdirectory("governance-bench-federation-").FullName : null;
        var kept = data ?? temporary!;
        try
        {
            var connection = FederationData.ConnectionTo(server);
            var federation = await FederationData.FindAsync(kept, size) ?? await FederationData.FillAsync(server, kept, size);
            report.Note($"Filled: {federation.Events:N0} events in {federation.FillSeconds:N0} s, {federation.Events / federation.FillSeconds:N0} a second, seals of personal texts included, by {federation.Commit}.");
            foreach (var part in (long[])[federation.Events / 4, federation.Events / 2, federation.Events])
            {
                if (federation.Rebuilt.All(r => r.UpTo != part))
                    federation = await (federation with { Rebuilt = [.. federation.Rebuilt, await FederationRebuild.StartAsync(connection, part)] }).KeepAsync(kept);
            }

            Tell(report, federation);
            federation = federation.Followed is null ? await (federation with { Followed = await FollowAsync(kept, connection, federation.Events) }).KeepAsync(kept) : federation;
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"\nWhat else follows the log (transparency log, late facts, mail) took {federation.Followed!.Seconds:N0} s from its first event, {federation.Events / federation.Followed.Seconds:N0} events a second; the host that did held {federation.Followed.PeakMegabytes:N0} MB at most, measured at {federation.Followed.Commit}. The pages below are those of {Measured.This}."));
            await StartAsync(report, kept, connection);
            await WalkAsync(report, federation, kept, connection);
            report.Note("\n`--data DIR` keeps the federation and what was measured of it, and a next run goes on from there; `--associations`, `--members`, `--years` and `--rounds` set other sizes.");
        }
        finally
        {
            if (temporary is not null)
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static void Tell(Report report, FederationData federation)
    {
        report.Note("\n| read models of | events | bare read /s | rebuild of all /s | share | seconds | peak MB | slowest | measured at |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var ordered = federation.Rebuilt.OrderBy(r => r.UpTo).ToList();
        foreach (var (built, name) in ordered.Zip(["a quarter", "half", "the whole"]))
        {
            report.Note($"| {name} | {built.UpTo:N0} | {built.UpTo / built.Read:N0} | {built.UpTo / built.Seconds:N0} | {Report.Number(built.Read / built.Seconds, "0.00")} | {built.Seconds:N0} | {built.PeakMegabytes:N0} | {string.Join(", ", built.Slowest)} | {built.Commit} |");
            if (built.Stopped > 0)
                throw new InvalidOperationException($"{built.Stopped} associations could not be taken in by a read model.");
        }

        var grown = ordered[^1].PeakMegabytes / ordered[0].PeakMegabytes;
        report.Row(["rebuild: peak memory of the whole history beside a quarter's", Report.Number(grown, "0.00"), "", "", "", "", "", "", ""], $"at most {Flat.ToString(CultureInfo.InvariantCulture)}", grown <= Flat);
    }

    // The first start finds followers that have read nothing.
    private static async Task<FollowedFederation> FollowAsync(string data, string connection, long events)
    {
        var started = Stopwatch.GetTimestamp();
        await using var host = await HostProcess.StartAsync(data, connection);
        await using var database = NpgsqlDataSource.Create(connection);
        while (true)
        {
            await using var command = database.CreateCommand("select count(*) filter (where last_seq_id >= $1), count(*) from public.mt_event_progression");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = events });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            if (reader.GetInt64(0) == reader.GetInt64(1) && reader.GetInt64(1) > ReadModels.All.Count + 2)
                break;
            await Task.Delay(200);
        }

        return new FollowedFederation(Stopwatch.GetElapsedTime(started).TotalSeconds, await host.PeakMegabytesAsync()) { Commit = Measured.This };
    }

    private static async Task StartAsync(Report report, string data, string connection)
    {
        var starts = new List<(double Seconds, double Megabytes)>();
        for (var i = 0; i < Starts; i++)
        {
            await using var host = await HostProcess.StartAsync(data, connection);
            await host.FollowedAsync();
            starts.Add((host.FirstAnswer.TotalSeconds, host.Megabytes));
        }

        var seconds = Median(starts.Select(s => s.Seconds));
        report.Row(
            ["start: seconds to the first answer", Report.Number(seconds, "0.00"), "", "", "", "", "", "", ""], $"under {LimitStartSeconds:0} s", seconds < LimitStartSeconds);
        report.Row(["start: memory once nothing is behind, MB", Report.Number(Median(starts.Select(s => s.Megabytes))), "", "", "", "", "", "", ""], "", null);
    }

    private sealed record Page(string Pattern, string Where, string Address, string Token);

    private sealed record Times(double Median, double P99, double Max)
    {
        public static Times Of(IEnumerable<double> all)
        {
            var sorted = all.Order().ToArray();
            return new(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)], sorted[^1]);
        }

        public string[] Cells => [Report.Number(Median, "0.0"), Report.Number(P99, "0.0"), Report.Number(Max, "0.0")];
    }

    private async Task WalkAsync(Report report, FederationData federation, string data, string connection)
    {
        IReadOnlyList<EndpointAddress> all;
        await using (var app = await FederationData.BuildAsync(data, connection))
            all = [.. EndpointWalk.Of(app).Where(address => !address.Pattern.StartsWith("/api/", StringComparison.Ordinal))];
        await using var host = await HostProcess.StartAsync(data, connection);
        await host.FollowedAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = Callers + 1 }) { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(2) };

        var (pages, left, uncovered, faults) = (new List<Page>(), new List<(string Pattern, string Reason)>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var address in all)
        {
            if (NoPage(address.Pattern) is { } reason)
            {
                left.Add((address.Pattern, reason));
                continue;
            }

            var found = new List<Page>();
            foreach (var association in federation.Walked)
            {
                foreach (var role in Roles)
                {
                    // What one reader finds is there for another too, or is not theirs to see.
                    var known = found.FirstOrDefault(page => page.Where.StartsWith(association.Name + ",", StringComparison.Ordinal))?.Address;
                    var there = known is null ? await ThereAsync(client, address, association, association.Tokens[role], faults)
                        : await StatusAsync(client, new(address.Pattern, "", known, association.Tokens[role]), known) == HttpStatusCode.OK ? known
                        : null;
                    if (there is not null)
                        found.Add(new(address.Pattern, $"{association.Name}, {role}", there, association.Tokens[role]));
                }
            }

            if (found.Count == 0)
                uncovered.Add(address.Pattern);
            pages.AddRange(found);
        }

        foreach (var fault in faults)
            report.Row([fault, "", "", "", "", "", "", "", ""], "no fault", false);
        foreach (var pattern in uncovered)
            report.Row([$"`{pattern}`", "no page was found for anybody", "", "", "", "", "", "", ""], "covered", false);

        var empty = new Page("/health/live", "", "/health/live", federation.Walked[0].Tokens[Roles[0]]);
        var frame = new Page("/sign-in", "", "/sign-in", "");
        var then = size.Until.AddYears(-5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var measured = new List<(string Pattern, Page Slowest, Times One, Times Many, double? Then)>();
        foreach (var of in pages.Prepend(frame).Prepend(empty).GroupBy(p => p.Pattern))
        {
            var one = new List<(Page Page, Times Times)>();
            foreach (var page in of)
                one.Add((page, await OneAsync(client, page, page.Address)));
            var (slowest, times) = one.MaxBy(o => o.Times.P99);
            var many = await ManyAsync(client, slowest);
            double? past = null;
            foreach (var page in of.Where(p => p.Pattern.Contains("{slug}", StringComparison.Ordinal)))
            {
                var address = page.Address + (page.Address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "asOf=" + then;
                if (await FetchAsync(client, page, address) is not null)
                    past = Math.Max(past ?? 0, (await OneAsync(client, page, address)).P99);
            }

            measured.Add((of.Key, slowest, times, many, past));
        }

        foreach (var (pattern, slowest, one, many, past) in measured.OrderByDescending(m => Math.Max(m.One.P99, m.Then ?? 0)))
        {
            var page = slowest != empty && slowest != frame;
            report.Row(
                [$"`{pattern}`", slowest.Where, .. one.Cells, .. many.Cells, past is { } p99 ? Report.Number(p99, "0.0") : ""],
                page ? $"p99 under {LimitMs:0} ms" : "", page ? one.P99 < LimitMs && !(past >= LimitMs) : null);
        }

        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"\n{measured.Count - 2} pages, {pages.Count} with each reader and association; {measured.Count(m => m.Many.P99 >= LimitMs)} have a p99 of {LimitMs:0} ms or more with {Callers} callers at once, who share both processors with the host and the database. `/health/live` is an empty answer, `/sign-in` an empty page in its frame.")
            + (rounds < FewestRounds ? $" Fewer than {FewestRounds} rounds: its p99 says little." : ""));
        report.Note($"\nNot walked:\n{string.Concat(left.Select(l => $"\n- `{l.Pattern}`: {l.Reason}"))}");
    }

    /// <summary>The first address of a pattern at which there is a page; null when no thing of the association has one.</summary>
    private static async Task<string?> ThereAsync(HttpClient client, EndpointAddress address, WalkedAssociation association, string token, HashSet<string> faults)
    {
        foreach (var there in association.AddressesOf(address).Take(MostTries))
        {
            var page = new Page(address.Pattern, "", there, token);
            switch (await StatusAsync(client, page, page.Address))
            {
                case HttpStatusCode.OK:
                    return page.Address;
                case HttpStatusCode.Forbidden:
                    return null;
                case >= HttpStatusCode.InternalServerError and var fault:
                    faults.Add($"`{address.Pattern}` ({page.Address}) was answered {(int)fault}");
                    return null;
            }
        }

        return null;
    }

    private async Task<Times> OneAsync(HttpClient client, Page page, string address)
    {
        var times = new List<double>(rounds);
        for (var round = -WarmUps; round < rounds; round++)
        {
            var took = await FetchAsync(client, page, address) ?? throw new InvalidOperationException($"{address} is not there any more.");
            if (round >= 0)
                times.Add(took);
        }

        return Times.Of(times);
    }

    private async Task<Times> ManyAsync(HttpClient client, Page page)
    {
        var each = (Math.Max(rounds, FewestRounds) + Callers - 1) / Callers;
        var all = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            var own = new List<double>(each);
            for (var i = 0; i < each; i++)
                own.Add(await FetchAsync(client, page, page.Address) ?? throw new InvalidOperationException($"{page.Address} is not there any more."));
            return own;
        }));
        return Times.Of(all.SelectMany(own => own));
    }

    /// <summary>Milliseconds of the whole answer; null when there is none.</summary>
    private static async Task<double?> FetchAsync(HttpClient client, Page page, string address)
    {
        var before = Stopwatch.GetTimestamp();
        var status = await StatusAsync(client, page, address);
        var took = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        return status == HttpStatusCode.OK ? took : null;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Page page, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptLanguage.ParseAdd("fr");
        if (page.Token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", page.Token);
        using var answer = await client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode;
    }
}
