using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.EventStore.Embedded;
using Governance.EventStore.Vault;
using Governance.Tests.Api.Ballots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.People;

/// <summary>
/// Somebody with a name, an address and a login that occur nowhere else acts, votes, is read, exported and made the cause of errors, and is erased. Then
/// everything that the product keeps or says is searched for them.
/// </summary>
public sealed class ErasedEverywhereTests : IDisposable
{
    private const string Name = "Zéphyrine Quatrebarbes", Later = "Zéphyrine Montgolfière", Email = "zephyrine.quatrebarbes@courrier.example";
    private const string Typed = "Zephyrinette";

    // Parts by which any of the texts would be recognised, in any case and without accents.
    private static readonly string[] Marks = ["zéphyrin", "zephyrin", "quatrebarbes", "montgolfi"];

    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-erased-{Guid.NewGuid():N}")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Api => $"/api/{Host.Slug}";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Nothing_of_an_erased_person_is_left_in_the_database_its_files_the_keys_the_logs_the_exports_or_on_any_page()
    {
        using var said = new Heard();
        await using var server = await PrivatePostgres.StartAsync(Path.Combine(_directory, "postgresql"), Stop);
        await using var room = new BallotRoom
        {
            Host = new Host { ConnectionString = server.ConnectionString, Replace = services => services.AddSingleton<ILoggerProvider>(said) },
        };
        await room.InitializeAsync();
        var host = room.Host;
        using var secretariat = host.As(Role.Secretariat);

        // Given somebody who is registered, renamed, a member, a mandate holder with an account, and has voted and demanded,
        var person = PersonId.Of((await PostAsync(secretariat, "people", new { name = Name, email = Email })).GetProperty("ids").GetProperty("person").GetGuid());
        await PostAsync(secretariat, $"people/{person}/name", new { name = Later });
        await PostAsync(secretariat, "members", new { name = new { person = person.ToString(), name = Name } });
        using var theirs = await host.AsAsync(Email, person);
        var board = await room.BoardAsync();
        var mandate = MandateId.Of(Guid.CreateVersion7());
        await host.RecordAsync(Host.Slug, Body.Stream(board.Id), new MandateAppointed(mandate, person, Office.Seat));
        var ballot = await room.OpenAsync(board);
        await PostAsync(theirs, $"ballots/{ballot}/votes", new { elector = mandate.ToString(), choice = "for" });
        await PostAsync(secretariat, $"ballots/{ballot}/voting-links", new { });
        await room.ProclaimAsync(ballot);
        var known = await ShownAsync(host);

        // whom a search finds, by either name,
        foreach (var word in new[] { "zephyrine", "montgolfiere" })
            Assert.Equal(1, (await secretariat.GetFromJsonAsync<JsonElement>($"{Api}/search?q={word}&kind=person", Stop)).GetProperty("total").GetInt32());

        // whom pages and reads show,
        var before = await PagesAsync(secretariat, known);
        Assert.Contains(before, page => Marks.Any(mark => page.Text.Contains(mark, StringComparison.OrdinalIgnoreCase)));

        // and of whom errors of every kind speak: malformed, refused, unknown, and a database that fails in the middle of a command.
        await ProvokeAsync(host, secretariat, person);
        await BreakAsync(server, "alter table governance.person_key rename to person_key_gone", "alter table governance.person_key_gone rename to person_key", async () =>
        {
            using var failed = await secretariat.PostAsJsonAsync($"{Api}/people", new { name = Name, email = Email }, Stop);
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
            Assert.Empty(Found(await failed.Content.ReadAsByteArrayAsync(Stop)));
        });
        await BreakAsync(server, "alter table read.search_entries_2 rename to search_entries_gone", "alter table read.search_entries_gone rename to search_entries_2", async () =>
        {
            using var failed = await secretariat.GetAsync($"{Api}/search?q={WebUtility.UrlEncode(Later)}", Stop);
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        });
        await BreakAsync(server, "alter table access.account rename to account_gone", "alter table access.account_gone rename to account", async () =>
        {
            using var failed = await host.As(null).PostAsJsonAsync("/api/tokens", new { login = Email, password = Typed, label = Typed }, Stop);
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        });

        var wrapped = await SealedAsync(server, person);
        Assert.Equal(2, wrapped.Count);

        // and whose mandate has ended,
        await PostAsync(secretariat, $"bodies/{board.Id}/mandates/{mandate}/end", new { reason = "resignation" });

        // When they are erased, what PostgreSQL keeps in memory is written down, and it cleans up
        await PostAsync(secretariat, $"people/{person}/erasure", new { reason = "À sa demande" });
        await ShownAsync(host);
        await using (var database = NpgsqlDataSource.Create(server.ConnectionString))
        {
            // Whoever looked at the table in that instant is waited for by a later round.
            while (await FormerRows.PurgeDueAsync(database, Stop) > 0) { }
        }

        await ExecuteAsync(server, "vacuum");
        await ExecuteAsync(server, "checkpoint");

        // Then no table has them, as text, in base64 or sealed under a key that is still there,
        await foreach (var (table, row) in EveryTable.RowsAsync(server.ConnectionString))
            Assert.True(Found(Encoding.UTF8.GetBytes(row)).Count == 0, $"{table}: {row}");
        await using (var database = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(server.ConnectionString)))
        {
            Assert.Equal(0L, await ScalarAsync(database, $"select count(*) from access.account_person where person = '{person}'"));
            Assert.Equal(0L, await ScalarAsync(database, $"select count(*) from governance.person_key where person_id = '{person}' and wrapped_key is not null"));
        }

        // nor any file: heap, indexes, write-ahead log, PostgreSQL's own log, the directory of keys,
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_directory, "postgresql"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(host.DataDirectory, "*", SearchOption.AllDirectories)))
        {
            var bytes = await ReadAsync(file);
            Assert.True(Found(bytes).Count == 0, $"{file}: {string.Join(", ", Found(bytes))}");
            // Who has the master key could open what was sealed with it: outside the write-ahead log, which is written over in time, it is gone from the pages too.
            if (!file.Contains("/pg_wal/", StringComparison.Ordinal))
                Assert.True(wrapped.TrueForAll(key => !Occurs(bytes, key)), $"{file} holds a key or a login.");
        }

        // nor the log of the host, nor metrics of health,
        Assert.NotEmpty(said.Lines);
        foreach (var line in said.Lines)
            Assert.True(Found(Encoding.UTF8.GetBytes(line)).Count == 0, line);

        // nor any page, read or export, of today or of the days on which they were there.
        foreach (var page in await PagesAsync(secretariat, known))
            Assert.True(Found(Encoding.UTF8.GetBytes(page.Text)).Count == 0, page.Address);
        // Nor is anything found by what they were called, on the days either on which they were.
        foreach (var word in new[] { "zephyrine", "montgolfiere", "quatrebarbes" })
        {
            foreach (var dated in new[] { "", $"&recordedAsOf={known}" })
                Assert.Equal(0, (await secretariat.GetFromJsonAsync<JsonElement>($"{Api}/search?q={word}{dated}", Stop)).GetProperty("total").GetInt32());
        }

        using var auditor = host.As(Role.Auditor);
        await using var zip = new ZipArchive(await auditor.GetStreamAsync($"{Api}/evidence.zip", Stop));
        foreach (var entry in zip.Entries.Where(e => e.Name != "verify.html"))
        {
            await using var content = await entry.OpenAsync(Stop);
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, Stop);
            Assert.True(Found(bytes.ToArray()).Count == 0, entry.FullName);
        }
    }

    [Fact]
    public void The_search_finds_every_form_that_it_is_said_to_find()
    {
        foreach (var form in new[] { Name, Name.ToUpperInvariant(), "zephyrine", Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Name)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Name)), WebUtility.UrlEncode(Name) })
            Assert.NotEmpty(Found(Encoding.UTF8.GetBytes($"before {form} after")));
        Assert.NotEmpty(Found([0, .. Encoding.Unicode.GetBytes(Name)]));
        Assert.Empty(Found(Encoding.UTF8.GetBytes("Personne effacée")));
    }

    /// <summary>Everything that can be asked with their name in it and is refused.</summary>
    private static async Task ProvokeAsync(Host host, HttpClient secretariat, PersonId person)
    {
        HttpContent[] bodies =
        [
            JsonContent.Create(new { name = Name, email = "pas une adresse " + Typed }),
            JsonContent.Create(new { name = new string('x', 5000) + Name }),
            new StringContent($$"""{"name":"{{Name}}","email":""", Encoding.UTF8, "application/json"),
            new StringContent($$"""{"name":{"{{Typed}}":1} }""", Encoding.UTF8, "application/json"),
        ];
        foreach (var body in bodies)
        {
            using var answer = await secretariat.PostAsync($"{Api}/people", body, Stop);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        foreach (var reason in new[] { Typed + "\0", Typed + new string('x', 100_000) })
        {
            using var answer = await secretariat.PostAsJsonAsync($"{Api}/people/{person}/legal-hold", new { until = "2199-01-01", reason }, Stop);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        foreach (var address in new[] { $"/{Host.Slug}/people/{Name}", $"{Api}/people/{Name}", $"/{Name}", $"/{Host.Slug}/history?touching={Name}", $"{Api}/history?kind={Name}", $"{Api}/search?kind={Name}", $"/{Host.Slug}/search?q={Name}", $"/{Host.Slug}?asOf={Name}", $"{Api}/people/{person}?waitFor={Name}" })
            Assert.InRange((int)(await secretariat.GetAsync(Uri.EscapeDataString(address).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3F", "?", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal), Stop)).StatusCode, 200, 499);
        using var visitor = host.As(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsJsonAsync("/api/tokens", new { login = Email, password = Typed, label = "essai" }, Stop)).StatusCode);
        Assert.InRange((int)(await visitor.PostAsJsonAsync("/api/tokens", new { login = Email + "\0", password = Typed, label = "essai" }, Stop)).StatusCode, 400, 499);
    }

    private static async Task BreakAsync(PrivatePostgres server, string broken, string mended, Func<Task> act)
    {
        await ExecuteAsync(server, broken);
        try
        {
            await act();
        }
        finally
        {
            await ExecuteAsync(server, mended);
        }
    }

    /// <summary>Every page that can be reached by links, the reads of people and members, and those of the time when the person was there.</summary>
    private static async Task<IReadOnlyList<(string Address, string Text)>> PagesAsync(HttpClient client, long known)
    {
        var (pages, seen) = (new List<(string, string)>(), new HashSet<string>());
        var ahead = new Queue<string>([$"/{Host.Slug}", $"/{Host.Slug}/people?recordedAsOf={known}", $"{Api}/members", $"{Api}/history", $"{Api}/bodies", $"{Api}/ballots", $"{Api}/dashboard"]);
        while (ahead.TryDequeue(out var address))
        {
            if (!seen.Add(address) || seen.Count > 400)
                continue;
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd(address.StartsWith("/api/", StringComparison.Ordinal) ? "application/json" : "text/html");
            using var answer = await client.SendAsync(request, Stop);
            if (answer.Content.Headers.ContentType?.MediaType is not ("text/html" or "application/json" or "text/csv"))
                continue;
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
            pages.Add((address, Regex.Unescape(text.Replace("\\", "\\\\", StringComparison.Ordinal))));
            if (address.StartsWith("/api/", StringComparison.Ordinal))
                continue;
            foreach (Match link in Regex.Matches(text, "href=\"(/" + Host.Slug + "[^\"#]*)"))
            {
                var path = link.Groups[1].Value;
                // A day of a calendar is as good as another: links of the time slider lead on for ever.
                if (!path.Contains("asOf=", StringComparison.Ordinal) || path.Contains($"recordedAsOf={known}", StringComparison.Ordinal))
                    ahead.Enqueue(path);
            }
        }

        return pages;
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        // The lock of a host is held, and empty.
        if (new FileInfo(path).Length == 0)
            return [];
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    /// <summary>The marks that are there, in any case, in UTF-8, UTF-16, Latin-1, base64, hexadecimal or as in an address.</summary>
    private static IReadOnlyList<string> Found(byte[] bytes) => [.. Needles.Where(needle => Occurs(bytes, needle.Bytes)).Select(needle => needle.Said)];

    private static readonly IReadOnlyList<(string Said, byte[] Bytes)> Needles =
    [
        .. from mark in Marks
           from text in new[] { mark, mark.ToUpperInvariant(), char.ToUpperInvariant(mark[0]) + mark[1..] }.Distinct()
           from form in Forms(text)
           select form,
    ];

    private static IEnumerable<(string, byte[])> Forms(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return ($"{text} in UTF-8", utf8);
        yield return ($"{text} in UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ($"{text} in hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)));
        if (WebUtility.UrlEncode(text) is var address && address != text)
            yield return ($"{text} in an address", Encoding.ASCII.GetBytes(address));
        // Wherever it begins in a text, the groups of base64 that hold nothing else are the same.
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. utf8]);
            var whole = encoded[(before == 0 ? 0 : 4)..((before + utf8.Length) / 3 * 4)];
            if (whole.Length >= 8)
                yield return ($"{text} in base64", Encoding.ASCII.GetBytes(whole));
        }
    }

    private static bool Occurs(byte[] bytes, byte[] needle) => bytes.AsSpan().IndexOf(needle) >= 0;

    private static async Task<long> ShownAsync(Host host)
    {
        var last = await host.Log.LastPositionAsync(Stop);
        await host.ShownAsync(last);
        return last;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync($"{Api}/{path}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Stop)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    /// <summary>The person's key and the login of their account, as they stand in the database.</summary>
    private static async Task<List<byte[]>> SealedAsync(PrivatePostgres server, PersonId person)
    {
        await using var database = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(server.ConnectionString));
        return
        [
            (byte[])(await ScalarAsync(database, $"select wrapped_key from governance.person_key where person_id = '{person}'"))!,
            (byte[])(await ScalarAsync(database, $"select sealed_login from access.account a join access.account_person p on p.account = a.id where p.person = '{person}'"))!,
        ];
    }

    private static async Task ExecuteAsync(PrivatePostgres server, string sql)
    {
        await using var database = NpgsqlDataSource.Create(PostgreSql.AsSuperuser(server.ConnectionString));
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }
}
