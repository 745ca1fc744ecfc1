using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Documents;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.EventStore.Documents;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;
using static Governance.Tests.Api.Documents.DocumentRoom;

namespace Governance.Tests.Api.Documents;

/// <summary>Documents over HTTP: who files them, who reads them, what is refused, and what is left after a host was killed.</summary>
public sealed class DocumentTests(DocumentRoom room) : IClassFixture<DocumentRoom>
{
    private static readonly string[] Places = ["governance.document_content", "governance.document_claim", "governance.document_chunk"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DocumentUpkeep Upkeep => room.Host.App.Services.GetServices<IHostedService>().OfType<DocumentUpkeep>().Single();

    private DocumentStore Store => room.Host.App.Services.GetRequiredService<DocumentStore>();

    private string Tenant => room.Host.Association.ToString();

    [Fact]
    public async Task A_file_that_is_attached_to_a_vote_is_listed_with_it_and_read_byte_by_byte()
    {
        var (thing, file) = (await room.ThingAsync(), Pdf("Rapport"));
        var document = await room.FileAsync(file, "rapport.pdf", ("thing.stream", thing.Value), ("kind", "delivery-evidence"), ("effective", "2024-03-01"));

        using var member = room.Host.As(Role.Member);
        var listed = (await member.GetFromJsonAsync<JsonElement>($"{Address}/documents?thing={thing}", Stop)).GetProperty("documents")[0];
        Assert.Equal(("Rapport d'activité", document.ToString()), (listed.GetProperty("document").GetProperty("title").GetString(), listed.GetProperty("document").GetProperty("id").GetString()));
        using var read = await member.GetAsync(listed.GetProperty("content").GetString(), Stop);
        var sha = Convert.ToHexStringLower(SHA256.HashData(file));
        Assert.Equal(file, await read.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(("application/pdf", (long?)file.Length, $"\"{sha}\""), (read.Content.Headers.ContentType!.ToString(), read.Content.Headers.ContentLength, read.Headers.ETag!.Tag));
        Assert.Equal(("inline", "Rapport d'activité.pdf"), (read.Content.Headers.ContentDisposition!.DispositionType, read.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", Assert.Single(read.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("default-src 'none'", Assert.Single(read.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, listed.GetProperty("content").GetString());
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{sha}\""));
        Assert.Equal(HttpStatusCode.NotModified, (await member.SendAsync(again, Stop)).StatusCode);

        // Of a day before it was there nothing is told; of a text, no browser shows anything in its own window.
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync($"{Address}/documents/{document}/content?asOf=2024-02-01", Stop)).StatusCode);
        Assert.Equal(0, (await member.GetFromJsonAsync<JsonElement>($"{Address}/documents?thing={thing}&asOf=2024-02-01", Stop)).GetProperty("documents").GetArrayLength());
        var text = await room.FileAsync("Liste;présents\n"u8.ToArray(), "liste.csv", ("title", "a/b\"c"));
        using var saved = await member.GetAsync($"{Address}/documents/{text}/content", Stop);
        Assert.Equal(("attachment", "a_b_c.csv"), (saved.Content.Headers.ContentDisposition!.DispositionType, saved.Content.Headers.ContentDisposition.FileNameStar));
        Assert.EndsWith("sandbox", Assert.Single(saved.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_twice_under_one_key_it_is_one_document_and_the_same_file_for_the_same_thing_changes_nothing()
    {
        var (thing, file) = (await room.ThingAsync(), Pdf("Deux fois"));
        using var first = await room.SendAsync(file, "a.pdf", "key-1", ("thing.stream", thing.Value));
        using var second = await room.SendAsync(file, "a.pdf", "key-1", ("thing.stream", thing.Value));
        Assert.Equal((HttpStatusCode.Created, first.Headers.Location), (second.StatusCode, second.Headers.Location));
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await second.Content.ReadAsStringAsync(Stop));

        using var other = await room.SendAsync(Pdf("Autre chose"), "a.pdf", "key-1", ("thing.stream", thing.Value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        using var same = await room.SendAsync(file, "b.pdf", "key-2", ("thing.stream", thing.Value));
        Assert.Equal("unchanged", (await same.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("outcome").GetString());
        await room.ShownAsync();
        using var member = room.Host.As(Role.Member);
        Assert.Equal(1, (await member.GetFromJsonAsync<JsonElement>($"{Address}/documents?thing={thing}", Stop)).GetProperty("documents").GetArrayLength());
    }

    [Theory]
    [InlineData("association", "Visitor:401 Member:200 BoardMember:200 Secretariat:200 Auditor:200 Administrator:403")]
    [InlineData("public", "Visitor:200 Member:200 BoardMember:200 Secretariat:200 Auditor:200 Administrator:200")]
    [InlineData("secretariat-and-auditors", "Visitor:401 Member:403 BoardMember:403 Secretariat:200 Auditor:200 Administrator:403")]
    public async Task Each_circle_reads_what_is_open_to_it(string audience, string expected)
    {
        var document = await room.FileAsync(Pdf(audience), "a.pdf", ("audience.kind", audience));
        var answers = new List<string>();
        foreach (var role in new Role?[] { null, Role.Member, Role.BoardMember, Role.Secretariat, Role.Auditor, Role.Administrator })
        {
            using var client = room.Host.As(role);
            answers.Add($"{role?.ToString() ?? "Visitor"}:{(int)(await client.GetAsync($"{Address}/documents/{document}/content", Stop)).StatusCode}");
        }

        Assert.Equal(expected, string.Join(' ', answers));
    }

    [Fact]
    public async Task Whoever_may_not_read_any_more_reads_no_earlier_day_either()
    {
        var document = await room.FileAsync(Pdf("Réservé"), "a.pdf", ("effective", "2024-01-01"));
        using var secretariat = room.Host.As(Role.Secretariat);
        (await secretariat.PostAsJsonAsync($"{Address}/documents/{document}/audience", new { audience = new { kind = "secretariat-and-auditors" } }, Stop)).EnsureSuccessStatusCode();
        await room.ShownAsync();
        using var member = room.Host.As(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{Address}/documents/{document}/content?asOf=2024-01-02", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{Address}/documents/{document}?asOf=2024-01-02", Stop)).StatusCode);
        Assert.DoesNotContain(document.ToString(), await member.GetStringAsync($"{Address}/documents?asOf=2024-01-02", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_opened_since_is_listed_and_read_on_the_days_before_too()
    {
        var file = Pdf("Ouvert depuis");
        var thing = await room.ThingAsync();
        var document = await room.FileAsync(file, "a.pdf", ("effective", "2024-01-01"), ("audience.kind", "secretariat-and-auditors"), ("thing.stream", thing.Value));
        using var member = room.Host.As(Role.Member);
        Assert.DoesNotContain(document.ToString(), await member.GetStringAsync($"{Address}/documents?asOf=2024-01-02", Stop), StringComparison.Ordinal);
        using var secretariat = room.Host.As(Role.Secretariat);
        (await secretariat.PostAsJsonAsync($"{Address}/documents/{document}/audience", new { audience = new { kind = "association" } }, Stop)).EnsureSuccessStatusCode();
        await room.ShownAsync();

        foreach (var list in new[] { "documents?asOf=2024-01-02", $"documents?thing={thing}&asOf=2024-01-02" })
            Assert.Contains(document.ToString(), await member.GetStringAsync($"{Address}/{list}", Stop), StringComparison.Ordinal);
        Assert.Equal(file, await member.GetByteArrayAsync($"{Address}/documents/{document}/content?asOf=2024-01-02", Stop));
    }

    public static TheoryData<string, string, string, int> Refused => new()
    {
        { "virus.exe", "MZ", "document.format", 400 },
        { "page.pdf", "<html><script>alert(1)</script>", "document.not-as-declared", 400 },
        { "image.png", "%PDF-1.7", "document.not-as-declared", 400 },
        { "vide.txt", "", "document.empty", 400 },
        { "grand.txt", "x", "document.too-large", 400 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_not_kept_is_refused_with_its_reason_and_leaves_nothing(string name, string content, string code, int status)
    {
        var before = await CountsAsync();
        var bytes = System.Text.Encoding.UTF8.GetBytes(name == "grand.txt" ? new string('x', 1024 * 1024 + 1) : content);
        using var answer = await room.SendAsync(bytes, name, null);
        Assert.Equal((status, code), ((int)answer.StatusCode, Code(await answer.Content.ReadFromJsonAsync<JsonElement>(Stop))));
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task A_request_that_is_none_is_said_to_be_in_a_sentence()
    {
        using var client = room.Host.As(Role.Secretariat);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsJsonAsync($"{Address}/documents", new { title = "x" }, Stop)).StatusCode);
        using var cut = new StringContent("--x\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.txt\"\r\n\r\nhalf");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        var before = await CountsAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync($"{Address}/documents", cut, Stop)).StatusCode);
        Assert.Equal(before, await CountsAsync());
        using var unknown = await room.SendAsync(Pdf("x"), "a.pdf", null, ("thing.stream", $"ballot:{Guid.CreateVersion7()}"));
        Assert.Equal((HttpStatusCode.NotFound, "document.thing-not-found"), (unknown.StatusCode, Code(await unknown.Content.ReadFromJsonAsync<JsonElement>(Stop))));
        using var nameless = await room.SendAsync(Pdf("x"), "a.pdf", null, ("title", ""));
        Assert.Equal("title", Assert.Single((await nameless.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_newer_version_is_what_is_read_and_the_one_before_is_there_by_its_number_and_on_its_day()
    {
        var (first, second) = (Pdf("un"), Pdf("deux"));
        var document = await room.FileAsync(first, "a.pdf", ("effective", "2024-01-01"));
        using var client = room.Host.As(Role.Secretariat);
        using (var form = Form(second, "b.pdf"))
            (await client.PostAsync($"{Address}/documents/{document}/versions", form, Stop)).EnsureSuccessStatusCode();
        await room.ShownAsync();
        Assert.Equal(second, await client.GetByteArrayAsync($"{Address}/documents/{document}/content", Stop));
        Assert.Equal(first, await client.GetByteArrayAsync($"{Address}/documents/{document}/content?version=1", Stop));
        Assert.Equal(first, await client.GetByteArrayAsync($"{Address}/documents/{document}/content?asOf=2024-06-01", Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Address}/documents/{document}/content?version=3", Stop)).StatusCode);
    }

    [Fact]
    public async Task What_was_destroyed_is_read_on_no_day_and_its_title_and_hash_stay()
    {
        var file = Pdf("À détruire");
        var document = await room.FileAsync(file, "a.pdf", ("effective", "2024-01-01"));
        using var client = room.Host.As(Role.Secretariat);
        (await client.PostAsJsonAsync($"{Address}/documents/{document}/destruction", new { because = "filed-by-mistake" }, Stop)).EnsureSuccessStatusCode();
        await room.ShownAsync();
        foreach (var day in new[] { "", "?asOf=2024-06-01" })
        {
            using var gone = await client.GetAsync($"{Address}/documents/{document}/content{day}", Stop);
            Assert.Equal((HttpStatusCode.Conflict, "document.destroyed"), (gone.StatusCode, Code(await gone.Content.ReadFromJsonAsync<JsonElement>(Stop))));
        }

        Assert.Equal(ContentState.Missing, await Store.CheckAsync(Tenant, document.Value, Convert.ToHexStringLower(SHA256.HashData(file)), Stop));
        var told = await client.GetStringAsync($"{Address}/documents/{document}", Stop);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(file)), told, StringComparison.Ordinal);
        Assert.Contains("filed-by-mistake", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_that_is_damaged_or_missing_is_said_to_be_and_not_sent()
    {
        using var client = room.Host.As(Role.Member);
        const string Contents = "(select content_id from governance.document_claim where document_id = $1)";
        foreach (var (touch, code) in new[]
        {
            ($"update governance.document_chunk set sealed = set_byte(sealed, 15, get_byte(sealed, 15) # 1) where content_id in {Contents}", "document-damaged"),
            ($"delete from governance.document_chunk where content_id in {Contents}", "document-damaged"),
            ("delete from governance.document_claim where document_id = $1", "document-missing"),
        })
        {
            var document = await room.FileAsync(Pdf(touch), "a.pdf");
            await using (var command = room.Database.CreateCommand(touch))
            {
                command.Parameters.Add(new() { Value = document.Value });
                Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
            }

            using var answer = await client.GetAsync($"{Address}/documents/{document}/content", Stop);
            Assert.Equal((HttpStatusCode.InternalServerError, code), (answer.StatusCode, Code(await answer.Content.ReadFromJsonAsync<JsonElement>(Stop))));
        }
    }

    [Fact]
    public async Task After_a_host_was_killed_between_content_and_event_nothing_shows_and_the_content_goes_and_what_an_event_names_stays()
    {
        // Given a content that is stored and claimed, whose event never came,
        var (lost, file) = (DocumentId.Of(Guid.CreateVersion7()), Pdf("Tué entre les deux"));
        var lostSha = await StoreAsync(lost, file);
        // one that was broken off in the middle,
        var broken = (await Store.BeginAsync(Tenant, null, Stop))!;
        await broken.WriteAsync(new byte[DocumentStore.ChunkBytes], Stop);
        // and one whose event is recorded, and was not confirmed any more
        var kept = DocumentId.Of(Guid.CreateVersion7());
        var sha = await StoreAsync(kept, Pdf("Inscrit"));
        await room.Host.RecordAsync(Host.Slug, Document.Stream(kept), Filed(kept, sha, Pdf("Inscrit").Length));
        await room.ShownAsync();
        using var client = room.Host.As(Role.Secretariat);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Address}/documents/{lost}/content", Stop)).StatusCode);

        // When the next round comes
        await Upkeep.CollectAsync(DateTimeOffset.UtcNow.AddHours(1), Stop);
        await broken.DisposeAsync();

        // Then of the first two nothing is left, and the third is read
        Assert.Equal(ContentState.Missing, await Store.CheckAsync(Tenant, lost.Value, lostSha, Stop));
        Assert.Equal(Pdf("Inscrit"), await client.GetByteArrayAsync($"{Address}/documents/{kept}/content", Stop));
        Assert.Empty(await Store.UnconfirmedAsync(DateTimeOffset.UtcNow.AddHours(1), 10, Stop));
        await using var parts = room.Database.CreateCommand("select count(*) from governance.document_content where sha256 is null");
        Assert.Equal(0L, await parts.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_destruction_that_was_recorded_and_not_carried_out_is_carried_out_by_the_next_round()
    {
        var document = DocumentId.Of(Guid.CreateVersion7());
        var sha = await StoreAsync(document, Pdf("À moitié détruit"));
        await room.Host.RecordAsync(Host.Slug, Document.Stream(document), Filed(document, sha, 10), new DocumentDestroyed(DestructionReason.FiledByMistake));
        await room.ShownAsync();
        await Upkeep.RoundAsync(Stop);
        Assert.Equal(ContentState.Missing, await Store.CheckAsync(Tenant, document.Value, sha, Stop));
    }

    [Fact]
    public async Task What_is_about_somebody_is_read_by_them_the_read_is_recorded_and_it_goes_with_their_erasure()
    {
        // Given a document about somebody, for the secretariat alone
        var person = PersonId.Of(Guid.CreateVersion7());
        var vault = room.Host.App.Services.GetRequiredService<PersonVault>();
        await room.Host.RecordAsync(Host.Slug, Person.Stream(person), new PersonRegistered(person, new Sealed(person, (await vault.SealAsync(Tenant, person.Value, "Madame Concernée", Stop))!), LabelOnly: false));
        using var theirs = await room.Host.AsAsync("concernee@example.org", person);
        var file = Pdf("Lettre");
        var document = await room.FileAsync(file, "lettre.pdf", ("about", person.ToString()), ("audience.kind", "secretariat-and-auditors"));

        // she reads it, and so does the secretariat, which is recorded
        Assert.Equal(file, await theirs.GetByteArrayAsync($"{Address}/documents/{document}/content", Stop));
        using var secretariat = room.Host.As(Role.Secretariat);
        Assert.Equal(file, await secretariat.GetByteArrayAsync($"{Address}/documents/{document}/content", Stop));
        var reads = await room.Host.App.Services.GetRequiredService<ReadRecord>().OfAsync(room.Host.Association, person, Stop);
        Assert.Equal(("documents", 1), (Assert.Single(reads, read => read.Page == "documents").Page, reads.Count(read => read.Page == "documents")));

        var data = await theirs.GetFromJsonAsync<JsonElement>($"{Address}/people/me/data", Stop);
        Assert.Equal(document.ToString(), Assert.Single(data.GetProperty("documents").EnumerateArray()).GetProperty("document").GetString());

        // A newer version is hers as the first one is.
        var newer = Pdf("Lettre corrigée");
        using (var form = Form(newer, "lettre.pdf"))
            (await secretariat.PostAsync($"{Address}/documents/{document}/versions", form, Stop)).EnsureSuccessStatusCode();

        // Whoever is about to erase her reads that it goes.
        using (var keeper = await Visitor.AsAsync(room.Host, Role.Secretariat))
            Assert.Contains("Le contenu du document «\u00a0Rapport d'activité\u00a0»", WebUtility.HtmlDecode(await keeper.ReadAsync($"/{Host.Slug}/people/{person}/erase")), StringComparison.Ordinal);

        // When she is erased, it is read by nobody at once,
        (await secretariat.PostAsJsonAsync($"{Address}/people/{person}/erasure", new { reason = "Demandé" }, Stop)).EnsureSuccessStatusCode();
        foreach (var sealedWithHers in new[] { file, newer })
            Assert.Equal(ContentState.KeyDestroyed, await Store.CheckAsync(Tenant, document.Value, Convert.ToHexStringLower(SHA256.HashData(sealedWithHers)), Stop));
        Assert.Equal(HttpStatusCode.Conflict, (await secretariat.GetAsync($"{Address}/documents/{document}/content", Stop)).StatusCode);

        // and the next round says so and removes what is left
        await room.ShownAsync();
        await Upkeep.RoundAsync(Stop);
        Assert.Equal(DestructionReason.PersonErased, Assert.IsType<Document.Destroyed>(await room.StateAsync(document)).Because);
        Assert.Equal(ContentState.Missing, await Store.CheckAsync(Tenant, document.Value, Convert.ToHexStringLower(SHA256.HashData(file)), Stop));
    }

    [Fact]
    public async Task From_a_page_a_file_is_attached_to_a_vote_and_shown_there_and_what_is_refused_is_said_beside_the_file()
    {
        using var secretariat = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var thing = await room.ThingAsync();
        await room.ShownAsync();
        var page = $"/{Host.Slug}/documents/new?thing={thing}";

        var before = await CountsAsync();
        using var forged = await SendFormAsync(secretariat, page, Pdf("x"), "a.pdf", token: false, ("thing.stream", thing.Value));
        Assert.Equal((HttpStatusCode.BadRequest, before), (forged.StatusCode, await CountsAsync()));
        using var refused = await SendFormAsync(secretariat, page, "MZ"u8.ToArray(), "a.pdf", true, ("thing.stream", thing.Value), ("title", "Un titre à garder"));
        var again = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("n'est pas celui d'un fichier", again.Replace('’', '\''), StringComparison.Ordinal);
        Assert.Contains("value=\"Un titre à garder\"", again, StringComparison.Ordinal);
        Assert.Contains($"value=\"{thing}\"", again, StringComparison.Ordinal);

        using var sent = await SendFormAsync(secretariat, page, Pdf("Depuis la page"), "a.pdf", true, ("thing.stream", thing.Value), ("title", "Note de séance"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var shown = WebUtility.HtmlDecode(await secretariat.ReadAsync(sent.Headers.Location!.ToString()));
        Assert.Contains("Note de séance", shown, StringComparison.Ordinal);
        Assert.Contains("Décision d'essai", shown.Replace('’', '\''), StringComparison.Ordinal);
        using var member = await Visitor.AsAsync(room.Host, Role.Member);
        var ballot = await member.ReadAsync($"/{Host.Slug}/ballots/{thing.Value.Split(':')[1]}");
        Assert.Contains("Note de séance", ballot, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"file\"", ballot, StringComparison.Ordinal);
    }

    private static DocumentFiled Filed(DocumentId document, string sha, long size) =>
        new(document, "Titre", DocumentKind.Annex, new("application/pdf", size, sha), new(AudienceKind.Association), Retention.Forever);

    private async Task<string> StoreAsync(DocumentId document, byte[] file)
    {
        await using var writer = (await Store.BeginAsync(Tenant, null, Stop))!;
        await writer.WriteAsync(file, Stop);
        return (await writer.FinishAsync(document.Value, Stop)).Sha256;
    }

    private async Task<string> CountsAsync() => string.Join(' ', await Task.WhenAll(Places.Select(room.CountAsync)));
}
