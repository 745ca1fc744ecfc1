using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Api.Minutes;
using Governance.EventStore.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Governance.Benchmarks;

/// <summary>The minutes of a large general assembly as PDF, from asking for it to having it.</summary>
internal sealed class MinutesBenchmark : Benchmark
{
    private const int Electors = 2_850, Proxies = 800, Present = 2_000;
    private const double LimitSeconds = 60;

    public override string Name => "minutes";

    public override string Question =>
        $"The minutes of a general assembly of {Electors:N0} electors, of whom {Present:N0} were there and {Proxies:N0} gave a proxy, with the attendance sheet and the list of proxies, as PDF: asked for "
        + "over HTTP of a host that is a process of its own, and asked again until the file is there. Beside it WeasyPrint's own command, in the same run, on the very same HTML.";

    public override async Task RunAsync(PrivatePostgres server, Report report)
    {
        report.Columns("what", "seconds", "beside WeasyPrint alone");
        var data = Directory.CreateTempSubdirectory("governance-bench-minutes-");
        try
        {
            await using var database = await NewDatabaseAsync(server);
            await using var name = database.CreateCommand("select current_database()");
            var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = (string)(await name.ExecuteScalarAsync())! }.ConnectionString;
            var world = await AssemblyWorld.MakeAsync(data.FullName, Electors, Proxies, connection, Present);
            byte[] pdf;
            double all, first, again, longest;
            await using (var host = await HostProcess.StartAsync(data.FullName, connection))
            {
                await host.FollowedAsync();
                using var client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(2) };
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Token);
                client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
                await HoldAsync(client, world);
                await host.FollowedAsync();
                (all, pdf, longest) = await AskAsync(client, world);
                (again, _, _) = await AskAsync(client, world);
                var clock = Stopwatch.StartNew();
                (await client.GetAsync(new Uri($"/{world.Slug}/meetings/{world.Meeting}/minutes", UriKind.Relative))).EnsureSuccessStatusCode();
                first = clock.Elapsed.TotalSeconds;
            }

            var html = Path.Combine(data.FullName, "minutes.html");
            await File.WriteAllTextAsync(html, await HtmlAsync(data.FullName, connection, world));
            var alone = await AloneAsync(html, Path.ChangeExtension(html, ".pdf"));
            report.Row(["WeasyPrint alone, on the same HTML", Report.Number(alone, "0.0"), ""], "", null);
            report.Row(["asked for, made, received", Report.Number(all, "0.0"), Report.Number(all / alone, "0.00")], $"under {LimitSeconds:0} s", all < LimitSeconds);
            report.Row(["longest single answer while it is made", Report.Number(longest, "0.0"), Report.Number(longest / alone, "0.00")], "", null);
            report.Row(["asked for again, composed and worded anew, the file from memory", Report.Number(again, "0.0"), Report.Number(again / alone, "0.00")], "", null);
            report.Row(["the same minutes as a page", Report.Number(first, "0.0"), Report.Number(first / alone, "0.00")], "", null);
            report.Note(string.Create(CultureInfo.InvariantCulture, $"The file has {pdf.Length / 1024.0 / 1024:0.0} MiB, the HTML {new FileInfo(html).Length / 1024.0 / 1024:0.0} MiB."));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>The meeting is opened, takes both items, is closed, and its minutes are drafted.</summary>
    private static async Task HoldAsync(HttpClient client, AssemblyWorld world)
    {
        async Task PostAsync(string path, object body)
        {
            using var answer = await client.PostAsJsonAsync(new Uri($"/api/{world.Slug}/meetings/{world.Meeting}{path}", UriKind.Relative), body);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{path} was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        await PostAsync("/opening", new { chair = world.People[0].ToString(), secretary = world.People[1].ToString(), scrutineers = new[] { world.People[2].ToString() } });
        var meeting = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/{world.Slug}/meetings/{world.Meeting}", UriKind.Relative));
        foreach (var item in meeting.GetProperty("agenda").EnumerateArray().Select(i => i.GetProperty("id").GetString()!))
        {
            await PostAsync($"/agenda/{item}/taking", new { });
            await PostAsync("/notes", new { item, text = "Le rapport est présenté, puis discuté." });
        }

        await PostAsync("/closing", new { });
        await PostAsync("/minutes", new { });
    }

    /// <summary>Asks until the file is there.</summary>
    private static async Task<(double Seconds, byte[] Pdf, double Longest)> AskAsync(HttpClient client, AssemblyWorld world)
    {
        var (clock, longest) = (Stopwatch.StartNew(), 0.0);
        while (true)
        {
            var asked = clock.Elapsed.TotalSeconds;
            using var answer = await client.GetAsync(new Uri($"/api/{world.Slug}/meetings/{world.Meeting}/minutes.pdf", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.OK)
                return (clock.Elapsed.TotalSeconds, await answer.Content.ReadAsByteArrayAsync(), Math.Max(longest, clock.Elapsed.TotalSeconds - asked));
            if (answer.StatusCode != HttpStatusCode.Accepted)
                throw new InvalidOperationException($"The minutes were answered {answer.StatusCode}.");
            longest = Math.Max(longest, clock.Elapsed.TotalSeconds - asked);
        }
    }

    /// <summary>What the host gave WeasyPrint to read.</summary>
    private static async Task<string> HtmlAsync(string data, string connection, AssemblyWorld world)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });
        await using var services = app.Services.CreateAsyncScope();
        var association = await app.Services.GetRequiredService<AssociationDirectory>().FindAsync(world.Slug, default)
            ?? throw new InvalidOperationException("The association is not there.");
        var scope = new RequestScope(association, Actor.System, DateTimeOffset.UtcNow, null, IsPast: false, NotYetShown: false);
        return await services.ServiceProvider.GetRequiredService<PrintedHtml>().ReadAsync(scope, world.Meeting, Printable.Minutes, null, default)
            ?? throw new InvalidOperationException("The minutes are not there.");
    }

    private static async Task<double> AloneAsync(string html, string pdf)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start("/usr/bin/python3", ["-m", "weasyprint", "--pdf-variant", "pdf/ua-1", html, pdf]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"WeasyPrint ended with {process.ExitCode}.");
    }
}
