using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Chronicles;
using Governance.Domain.Kernel;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Proofs;

/// <summary>The transparency log as anybody checks it, over HTTP, with no more than the association's short name.</summary>
public sealed partial class LogTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}/log";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_published_log_When_a_visitor_reads_its_tiles_Then_they_lead_to_the_root_that_its_key_signed()
    {
        var size = await RecordAsync(300);
        using var visitor = host.As(null);

        var keys = (await visitor.GetStringAsync($"{Api}/keys", Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var key = VerifierKey.Parse(Assert.Single(keys))!;
        Assert.Equal($"governance/{AssociationDirectory.IdOf(Host.Slug)}", key.Name);
        var note = SignedNote.Parse(await visitor.GetStringAsync($"{Api}/checkpoint", Stop))!;
        var checkpoint = Checkpoint.Parse(note.Text)!;
        Assert.True(note.IsSignedBy(key));
        Assert.Equal((key.Name, size), (checkpoint.Origin, checkpoint.Size));

        var frontier = new TreeFrontier();
        for (var tile = new Tile(0, 0); tile.WidthAt(size) > 0; tile = new Tile(0, tile.Index + 1))
        {
            var hashes = await visitor.GetByteArrayAsync($"{Api}/{tile.PathOf(tile.WidthAt(size))}", Stop);
            for (var at = 0; at < hashes.Length; at += 32)
                frontier.Append(hashes.AsSpan(at, 32));
        }

        Assert.Equal(size, frontier.Size);
        Assert.Equal(checkpoint.Root.ToArray(), frontier.Root());
    }

    [Fact]
    public async Task Given_an_event_When_a_visitor_asks_for_its_proof_Then_it_holds_for_that_event_alone()
    {
        var size = await RecordAsync(3);
        using var visitor = host.As(null);
        var key = VerifierKey.Parse((await visitor.GetStringAsync($"{Api}/keys", Stop)).Trim())!;
        using var answer = await visitor.GetAsync($"{Api}/proof/inclusion?index=1&size={size}", Stop);
        var proof = TlogProof.Parse(await answer.Content.ReadAsStringAsync(Stop))!;

        Assert.Equal($"{Host.Slug}-1-{size}.tlog-proof", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var events = await host.Log.ReadTenantPageAsync(AssociationDirectory.IdOf(Host.Slug).ToString(), 0, asStored: true, ct: Stop);
        Assert.Equal(ProofCheck.Holds, proof.Check(EventEnvelope.LeafHash(events[1]), key));
        Assert.Equal(ProofCheck.OtherRoot, proof.Check(EventEnvelope.LeafHash(events[2]), key));

        var consistency = await visitor.GetFromJsonAsync<JsonElement>($"{Api}/proof/consistency?from=2&to={size}", Stop);
        var hashes = consistency.GetProperty("hashes").EnumerateArray().Select(hash => Convert.FromBase64String(hash.GetString()!)).ToList();
        var earlier = TlogProof.Parse(await visitor.GetStringAsync($"{Api}/proof/inclusion?index=0&size=2", Stop))!;
        Assert.Equal(ProofCheck.Holds, ConsistencyProof.Check(2, Root(earlier).Span, size, Root(proof).Span, hashes));
        Assert.Equal((2, size), (consistency.GetProperty("from").GetInt64(), consistency.GetProperty("to").GetInt64()));
    }

    [Theory]
    [InlineData("proof/inclusion", 400)]
    [InlineData("proof/inclusion?index=0&size=0", 400)]
    [InlineData("proof/inclusion?index=01&size=2", 400)]
    [InlineData("proof/inclusion?index=-1&size=2", 400)]
    [InlineData("proof/inclusion?index=x&size=2", 400)]
    [InlineData("proof/inclusion?index=2&size=2", 400)]
    [InlineData("proof/inclusion?index=0&size=999999999", 404)]
    [InlineData("proof/inclusion?index=0&size=99999999999999999999", 400)]
    [InlineData("proof/consistency?from=0&to=2", 400)]
    [InlineData("proof/consistency?from=2&to=1", 400)]
    [InlineData("proof/consistency?from=1&to=999999999", 404)]
    [InlineData("proof/consistency?to=1", 400)]
    [InlineData("tile/0/999", 404)]
    [InlineData("tile/0/000.p/256", 404)]
    [InlineData("tile/63/000", 404)]
    [InlineData("tile/0/0", 404)]
    [InlineData("tile/entries/000", 404)]
    public async Task What_the_log_cannot_have_is_refused_in_words(string address, int status)
    {
        await RecordAsync(1);
        using var visitor = host.As(null);
        using var answer = await visitor.GetAsync($"{Api}/{address}", Stop);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_full_tile_is_kept_for_good_and_what_grows_is_asked_for_again_without_being_sent_twice()
    {
        var size = await RecordAsync(300);
        using var visitor = host.As(null);
        foreach (var (address, final) in new[] { ("tile/0/000", true), ($"tile/0/{size / 256:000}.p/{size % 256}", false), ("checkpoint", false), ("keys", false) })
        {
            using var first = await visitor.GetAsync($"{Api}/{address}", Stop);
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal(final, first.Headers.CacheControl!.ToString().Contains("immutable", StringComparison.Ordinal));
            Assert.Equal(!final, first.Headers.CacheControl.NoCache);
            using var again = new HttpRequestMessage(HttpMethod.Get, $"{Api}/{address}");
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await visitor.SendAsync(again, Stop);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Fact]
    public async Task An_association_of_which_nothing_was_published_says_so()
    {
        const string Slug = "sans-journal";
        using var visitor = host.As(null);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/api/{Slug}/log/checkpoint", Stop)).StatusCode);
        Assert.Equal("", await visitor.GetStringAsync($"{Api}/origins", Stop));
    }

    [Theory]
    [InlineData("fr", "Cet événement fait partie d'un registre que l'association a signé", "Télécharger la preuve")]
    [InlineData("en", "This event is part of a record that the association has signed", "Download the proof")]
    public async Task A_member_sees_the_proof_of_an_event_on_its_page_and_can_keep_it(string language, string told, string download)
    {
        var size = await RecordAsync(2);
        var association = AssociationDirectory.IdOf(Host.Slug).ToString();
        var stored = (await host.Log.ReadTenantPageAsync(association, size - 1, asStored: true, ct: Stop))[0];
        await host.ShownAsync(stored.Position);
        var root = (await host.App.Services.GetRequiredService<TransparencyLog>().HeadAsync(association, Stop))!.Root;

        using var visitor = await Visitor.AsAsync(host, Role.Member);
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var page = WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/events/{stored.Id}")).Replace('\u2019', '\'');

        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Contains(download, page, StringComparison.Ordinal);
        Assert.Contains($"{Api}/proof/inclusion?index={size - 1}&size={size}", page, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(EventEnvelope.LeafHash(stored)), page, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(root.Span), page, StringComparison.Ordinal);
        // The steps are numbered, and are those of the proof.
        var hashes = await host.App.Services.GetRequiredService<TransparencyLog>().InclusionAsync(association, size - 1, size, Stop);
        Assert.NotEmpty(hashes);
        Assert.Equal(
            hashes.Select((hash, i) => $"{i + 1} {Convert.ToHexStringLower(hash)}"),
            Step().Matches(page).Select(step => $"{step.Groups[1].Value} {step.Groups[2].Value}"));
    }

    [GeneratedRegex(@"<td[^>]*><div>\s*([0-9]+)\s*</div></td>\s*<td[^>]*><div>[^<]*</div></td>\s*<td[^>]*><div>\s*<code[^>]*>([0-9a-f]{64})</code>")]
    private static partial Regex Step();

    private static ReadOnlyMemory<byte> Root(TlogProof proof) => Checkpoint.Parse(proof.Checkpoint.Text)!.Root;

    /// <summary>Records events and waits until they are published; gives how many there are.</summary>
    private async Task<long> RecordAsync(int events)
    {
        var last = await host.RecordAsync(
            Host.Slug, new StreamId("chronicle"),
            [.. Enumerable.Range(0, events).Select(i => new ChronicleEntryRecorded(string.Create(CultureInfo.InvariantCulture, $"Fait {i}"), ChronicleTheme.Gathering))]);
        Assert.True(await host.App.Services.GetRequiredService<FollowerHost>().WaitForAsync(TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(20), ct: Stop));
        return await host.Log.TenantIndexAtAsync(AssociationDirectory.IdOf(Host.Slug).ToString(), last, Stop);
    }
}
