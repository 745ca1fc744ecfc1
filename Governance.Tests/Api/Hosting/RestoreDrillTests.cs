using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Proofs.Bundles;
using Governance.Domain.Kernel;
using Governance.EventStore.Embedded;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Hosting;

/// <summary>What docs/guides/operator.md says of backups, done: dump and copy, loss of the cluster, restoration beside the same keys.</summary>
public sealed class RestoreDrillTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-drill-{Guid.NewGuid():N}")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Keys => Path.Combine(_directory, "data");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_lost_cluster_comes_back_from_its_backups_and_nobody_who_was_erased_comes_back_with_it()
    {
        // Given a host at work on its cluster, a dump, an erasure after it and more events, and a copy of the files after those
        long dumped;
        string association, person, published, token;
        var dump = Path.Combine(_directory, "governance.dump");
        await using (var lost = await PrivatePostgres.StartAsync(Path.Combine(_directory, "lost"), Stop))
        {
            await using var host = new Host { ConnectionString = lost.ConnectionString };
            await host.InitializeAsync();
            association = host.Association.ToString();
            using var secretariat = host.As(Role.Secretariat);
            token = secretariat.DefaultRequestHeaders.Authorization!.Parameter!;
            person = (await PostAsync(secretariat, "people", new { name = "Madame Untel" })).GetProperty("ids").GetProperty("person").GetString()!;
            dumped = await ReachedAsync(host.App);
            await ProgramAsync("pg_dump", "-h", Socket(lost), "-U", "postgres", "-Fc", "-f", dump, "governance");
            await PostAsync(secretariat, $"people/{person}/erasure", new { reason = "À sa demande" });
            await PostAsync(secretariat, "people", new { name = "Monsieur Untel" });
            await ReachedAsync(host.App);
            published = host.App.Services.GetRequiredService<TransparencyLog>().Keys.LastPublished(association)!.Text;
            Directory.CreateDirectory(Path.Combine(_directory, "newest"));
            await ProgramAsync("pg_basebackup", "-h", Socket(lost), "-U", "postgres", "-D", Path.Combine(_directory, "newest", "cluster"), "-X", "stream", "-c", "fast");
            await ProgramAsync("chown", "-R", $"--reference={Path.Combine(_directory, "lost", "cluster")}", Path.Combine(_directory, "newest"));
            Copy(Path.Combine(host.DataDirectory, "keys"), Path.Combine(Keys, "keys"));
        }

        Directory.Delete(Path.Combine(_directory, "lost"), recursive: true);

        // When the newest backup is put back, then it goes on as the same log.
        await using (var newest = await PrivatePostgres.StartAsync(Path.Combine(_directory, "newest"), Stop))
        await using (var app = await ServeAsync(newest))
        {
            using var client = Client(app, token);
            await PostAsync(client, "people", new { name = "Une autre" });
            var size = await ReachedAsync(app);
            var now = Checkpoint.Parse(app.Services.GetRequiredService<TransparencyLog>().Keys.LastPublished(association)!.Text)!;
            Assert.Equal((Checkpoint.Parse(published)!.Origin, size), (now.Origin, now.Size));
            Assert.Equal("personne effacée", await NameAsync(client, person));
        }

        // When the older dump is put back, then nothing is started, and that is said,
        await using var older = await PrivatePostgres.StartAsync(Path.Combine(_directory, "older"), Stop);
        await ProgramAsync("pg_restore", "-h", Socket(older), "-U", "postgres", "-d", "governance", "--clean", "--if-exists", dump);
        var refused = await Terminal.RunAsync(Keys, older.ConnectionString, Stop, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"La base de données contient {dumped} événements de l’association {association}, alors que", Terminal.Plain(refused.Error), StringComparison.Ordinal);

        // nor without the master key, nor with another,
        var master = Path.Combine(Keys, "keys", "master.key");
        File.Move(master, master + ".kept");
        var missing = await Terminal.RunAsync(Keys, older.ConnectionString, Stop, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, $"La clé maîtresse n’est pas dans {master}"), (missing.ExitCode, Terminal.Plain(missing.Error).Split(',')[0]));
        Assert.False(File.Exists(master));
        File.WriteAllText(master, Convert.ToBase64String(new byte[32]));
        File.SetUnixFileMode(master, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var other = await Terminal.RunAsync(Keys, older.ConnectionString, Stop, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, $"La clé maîtresse de {master} n’est pas celle dont la base de données a été chiffrée"), (other.ExitCode, Terminal.Plain(other.Error).Split(" :")[0]));
        File.Move(master + ".kept", master, overwrite: true);

        // until a new log is begun, which names the old one.
        var begun = await Terminal.RunAsync(Keys, older.ConnectionString, Stop, "log", "new-origin", "--association", Host.Slug);
        Assert.True(begun.ExitCode == 0, begun.Error);
        Assert.Contains($"governance/{association}\n", begun.Output, StringComparison.Ordinal);
        await using (var app = await ServeAsync(older))
        {
            using var client = Client(app, token);
            // The first answer knows nobody by that name any more, and the log says why.
            Assert.Equal("personne effacée", await NameAsync(client, person));
            var log = app.Services.GetRequiredService<Governance.EventStore.EventLog>();
            Assert.Equal(dumped + 1, await ReachedAsync(app));
            var last = (await log.ReadStreamAsync(association, $"person:{person}", ct: Stop))[^1];
            Assert.Equal(("person_erased", "system"), (last.Type, EventHeaders.Read(last.Headers.Span).Actor));
            await using var database = NpgsqlDataSource.Create(older.ConnectionString);
            await Governance.Tests.EventStore.LogInvariants.CheckAsync(database);

            await using var bundle = new MemoryStream();
            var export = app.Services.GetRequiredService<BundleExport>();
            await export.WriteAsync((await export.PrepareAsync(AssociationId.Of(Guid.Parse(association)), null, [], Stop))!, bundle, Stop);
            bundle.Position = 0;
            Assert.All(await BundleVerification.RunAsync(bundle, null, [], DateTimeOffset.UtcNow, Stop), check => Assert.True(check.State != CheckState.Failed, $"{check.Of}: {check.Reason}"));
            Assert.Equal($"governance/{association}/2", Checkpoint.Parse(app.Services.GetRequiredService<TransparencyLog>().Keys.LastPublished(association)!.Text)!.Origin);
        }

        var check = await Terminal.RunAsync(Keys, older.ConnectionString, Stop, "rebuild", "--check");
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.DoesNotContain("DIFFERENT", check.Output, StringComparison.Ordinal);
    }

    private async Task<WebApplication> ServeAsync(PrivatePostgres server)
    {
        var app = await GovernanceHost.BuildAsync(new HostSettings(Keys, "http://127.0.0.1:0") { ConnectionString = server.ConnectionString }, ct: Stop);
        await app.StartAsync(Stop);
        return app;
    }

    private static HttpClient Client(WebApplication app, string token)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        return client;
    }

    /// <summary>The title of the person's page.</summary>
    private static async Task<string> NameAsync(HttpClient client, string person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{Host.Slug}/people/{person}");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request, Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain("Madame Untel", page, StringComparison.Ordinal);
        return WebUtility.HtmlDecode(page.Split("<h1", 2)[1].Split('>', 2)[1].Split('<')[0]).Trim();
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/{path}", body, Stop);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, said.ToString());
        return said;
    }

    /// <summary>The last position, once read models and the transparency log show it.</summary>
    private static async Task<long> ReachedAsync(WebApplication app)
    {
        var last = await app.Services.GetRequiredService<Governance.EventStore.EventLog>().LastPositionAsync(Stop);
        var followers = app.Services.GetRequiredService<FollowerHost>();
        Assert.True(await followers.WaitForAllAsync(last, TimeSpan.FromSeconds(30), ct: Stop));
        Assert.True(await followers.WaitForAsync(TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(30), ct: Stop));
        return last;
    }

    private static string Socket(PrivatePostgres server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;

    private static async Task ProgramAsync(string program, params string[] arguments)
    {
        var path = program.StartsWith("pg_", StringComparison.Ordinal) ? Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Max()!, "bin", program) : program;
        var ended = await Terminal.RunAsync(new ProcessStartInfo(path, arguments), Stop);
        Assert.True(ended.ExitCode == 0, $"{program}: {ended.Error}");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var directory in Directory.GetDirectories(from))
            Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
