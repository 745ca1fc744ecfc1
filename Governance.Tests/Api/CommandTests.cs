using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.WorkingGroups;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>What every command over HTTP keeps to, shown on working groups.</summary>
public sealed class CommandTests(Host host) : IClassFixture<Host>
{
    private const string Groups = $"/api/{Host.Slug}/working-groups";

    [Fact]
    public async Task A_command_answers_with_what_it_made_and_where_it_stands()
    {
        var answer = await PostAsync(Groups, new { name = "Communication" });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = answer.Body.GetProperty("ids").GetProperty("group").GetGuid();
        Assert.Equal($"{Groups}/{id:D}", answer.Message.Headers.Location?.ToString());
        Assert.Equal("\"1\"", answer.Message.Headers.ETag?.Tag);
        Assert.Equal("recorded", answer.Body.GetProperty("outcome").GetString());
        Assert.True(answer.Body.GetProperty("position").GetInt64() > 0);
    }

    [Fact]
    public async Task The_same_key_with_the_same_request_answers_as_the_first_time_and_records_once()
    {
        var key = Guid.NewGuid().ToString();
        var first = await PostAsync(Groups, new { name = "Évaluation" }, ("Idempotency-Key", key));
        var before = await host.Log.LastPositionAsync(Stop);
        var second = await PostAsync(Groups, new { name = "Évaluation" }, ("Idempotency-Key", key));

        Assert.Equal(first.Body.GetRawText(), second.Body.GetRawText());
        Assert.Equal(first.Status, second.Status);
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        await PostAsync(Groups, new { name = "Une chose" }, ("Idempotency-Key", key));
        var other = await PostAsync(Groups, new { name = "Une autre" }, ("Idempotency-Key", key));
        await NothingStoredAsync(HttpStatusCode.UnprocessableEntity, "key-reused", other);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told_to_read_again_and_neither_is_lost()
    {
        var group = await GroupAsync("À renommer");
        var both = await Task.WhenAll(
            PostAsync($"{Groups}/{group}/name", new { name = "Premier nom" }, ("If-Match", "\"1\"")),
            PostAsync($"{Groups}/{group}/name", new { name = "Second nom" }, ("If-Match", "\"1\"")));

        Assert.Single(both, answer => answer.Status == HttpStatusCode.OK);
        var stale = Assert.Single(both, answer => answer.Status == HttpStatusCode.PreconditionFailed);
        Assert.Equal("version-changed", stale.Code);
        Assert.Equal(2, (await host.Log.ReadStreamAsync(host.Association.ToString(), $"working-group:{group}", ct: Stop)).Count);
    }

    [Fact]
    public async Task Without_a_version_both_changes_are_decided_one_after_the_other()
    {
        var group = await GroupAsync("Deux changements");
        var both = await Task.WhenAll(
            PostAsync($"{Groups}/{group}/name", new { name = "Nom un" }), PostAsync($"{Groups}/{group}/name", new { name = "Nom deux" }));
        Assert.All(both, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(3, (await host.Log.ReadStreamAsync(host.Association.ToString(), $"working-group:{group}", ct: Stop)).Count);
    }

    [Theory]
    [InlineData("""{"name":"x","colour":"red"}""", "colour")]
    [InlineData("""{"name":12}""", "name")]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"x","effective":"2023-02-30"}""", "effective")]
    [InlineData("""{"name":"x","group":"not an id"}""", "group")]
    [InlineData("""["name"]""", "$")]
    [InlineData("""{"name":"x" """, "$")]
    [InlineData("""{"name":"x","name":"y"}""", "$")]
    public async Task A_field_that_is_not_as_it_should_be_is_named_and_nothing_is_stored(string body, string field)
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var answer = await SendAsync(HttpMethod.Post, Groups, body);
        await NothingStoredAsync(HttpStatusCode.BadRequest, "malformed", answer, before);
        Assert.Contains(field, answer.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\ud800")]
    public async Task A_text_that_cannot_be_kept_is_refused(string character)
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var answer = await SendAsync(HttpMethod.Post, Groups, $$"""{"name":"abc{{character}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused() =>
        await NothingStoredAsync(HttpStatusCode.RequestEntityTooLarge, "too-large", await PostAsync(Groups, new { name = new string('x', 1_100_000) }));

    [Fact]
    public async Task Another_format_than_JSON_is_refused()
    {
        using var client = host.As(Role.Secretariat);
        using var content = new StringContent("name: x", Encoding.UTF8, "application/yaml");
        using var answer = await client.PostAsync(Groups, content, Stop);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_id_of_another_association_is_not_found_here()
    {
        await host.FoundAsync("voisine");
        var neighbour = Guid.CreateVersion7();
        await host.RecordAsync(
            "voisine", new($"working-group:{neighbour:D}"), new WorkingGroupCreated(new(neighbour), "Leur groupe", GroupOrigin.New, []));
        var answer = await PostAsync($"{Groups}/{neighbour:D}/name", new { name = "Notre groupe" });
        await NothingStoredAsync(HttpStatusCode.NotFound, "working-group.not-found", answer);
    }

    [Fact]
    public async Task Nobody_has_a_role_in_an_association_that_is_not_theirs()
    {
        await host.FoundAsync("etrangere");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("/api/etrangere/working-groups", new { name = "x" })).Status);
    }

    [Fact]
    public async Task An_unknown_association_is_not_found() =>
        await NothingStoredAsync(HttpStatusCode.NotFound, "no-such-association", await PostAsync("/api/nulle-part/working-groups", new { name = "x" }));

    [Fact]
    public async Task An_unknown_address_is_a_problem_too() =>
        await NothingStoredAsync(HttpStatusCode.NotFound, "not-found", await PostAsync("/api/essai/nothing/here/at/all", new { }));

    [Theory]
    [InlineData("asOf=2023-10-14")]
    [InlineData("recordedAsOf=1")]
    public async Task The_past_cannot_be_changed(string past) =>
        await NothingStoredAsync(HttpStatusCode.BadRequest, "past-is-fixed", await PostAsync($"{Groups}?{past}", new { name = "x" }));

    [Theory]
    [InlineData("asOf=yesterday")]
    [InlineData("asOf=2023-02-30")]
    [InlineData("recordedAsOf=-1")]
    [InlineData("waitFor=soon")]
    public async Task A_moment_that_cannot_be_read_is_refused(string query) =>
        await NothingStoredAsync(HttpStatusCode.BadRequest, "malformed", await PostAsync($"{Groups}?{query}", new { name = "x" }));

    [Theory]
    [InlineData("If-Match", "W/\"1\"")]
    [InlineData("If-Match", "\"one\"")]
    [InlineData("Idempotency-Key", "")]
    public async Task A_header_that_cannot_be_read_is_refused(string name, string value) =>
        await NothingStoredAsync(HttpStatusCode.BadRequest, "malformed", await PostAsync(Groups, new { name = "x" }, (name, value)));

    [Fact]
    public async Task Refusals_speak_the_language_asked_for()
    {
        var group = Guid.CreateVersion7();
        var french = await PostAsync($"{Groups}/{group}/name", new { name = "x" }, ("Accept-Language", "fr"));
        var english = await PostAsync($"{Groups}/{group}/name", new { name = "x" }, ("Accept-Language", "en"));
        Assert.NotEqual(french.Body.GetProperty("detail").GetString(), english.Body.GetProperty("detail").GetString());
        Assert.Equal("Not found", english.Body.GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_command()
    {
        using var client = host.As(null);
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        var post = document.GetProperty("paths").GetProperty("/api/{slug}/working-groups").GetProperty("post");
        Assert.Equal("CreateWorkingGroup", post.GetProperty("operationId").GetString());
        Assert.Contains("409", post.GetProperty("responses").EnumerateObject().Select(r => r.Name));
    }

    [Fact]
    public async Task The_description_of_the_API_says_all_that_a_request_takes()
    {
        using var client = host.As(null);
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString());
        var commands = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<CommandMetadata>()).OfType<CommandMetadata>().ToLookup(command => command.Name);
        var open = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var named = $"{operation.Name} {path.Name}";
                var parameters = operation.Value.TryGetProperty("parameters", out var listed)
                    ? listed.EnumerateArray().Select(p => (In: p.GetProperty("in").GetString(), Name: p.GetProperty("name").GetString())).ToList()
                    : [];
                Assert.True(parameters.Count == parameters.Distinct().Count(), $"{named} names a parameter twice.");
                Assert.Equal(
                    Regex.Matches(path.Name, @"\{(\w+)\}").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal),
                    parameters.Where(p => p.In == "path").Select(p => p.Name).Order(StringComparer.Ordinal));
                if (!operation.Value.TryGetProperty("security", out _))
                    open.Add(named);
                if (commands[operation.Value.TryGetProperty("operationId", out var id) ? id.GetString()! : ""].FirstOrDefault() is { } command)
                {
                    var body = schemas.GetProperty(command.Request.Name);
                    Assert.True(command.TakesEffective == body.GetProperty("properties").TryGetProperty("effective", out _), $"{named}: effective");
                    var required = body.TryGetProperty("required", out var fields) ? fields.EnumerateArray().Select(f => f.GetString()) : [];
                    Assert.DoesNotContain(required, field => parameters.Contains(("path", field)));
                }
            }
        }

        // Hashes and signatures are for everybody: a proof is worth what others can check. Some documents are public, which the document says.
        Assert.Equal(
            [
                "post /api/tokens", "get /api/{slug}/log/checkpoint", "get /api/{slug}/log/keys", "get /api/{slug}/log/origins", "get /api/{slug}/log/tile/{tile}",
                "get /api/{slug}/log/proof/inclusion", "get /api/{slug}/log/proof/consistency", "get /api/{slug}/log/witnesses", "get /api/{slug}/log/cosigned",
                "post /api/{slug}/log/cosigned", "get /api/{slug}/documents/{document}/content",
            ],
            open);
        var filters = document.GetProperty("paths").GetProperty("/api/{slug}/history").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString());
        Assert.Superset(
            new HashSet<string?> { "person", "body", "touching", "thing", "kind", "from", "to", "statutes", "q", "correlation", "order", "after", "asOf", "recordedAsOf" },
            filters.ToHashSet());
    }

    [Fact]
    public async Task Of_many_who_register_at_once_as_many_have_a_place_as_there_are_and_who_waits_first_moves_up_first()
    {
        var made = await PostAsync($"/api/{Host.Slug}/gatherings", new { edition = 8, title = "Regroupement", place = "Lille", starts = Instant("2024-10-10"), days = 2, capacity = 3, effective = "2024-01-01" });
        var gathering = $"/api/{Host.Slug}/gatherings/{made.Body.GetProperty("ids").GetProperty("gathering").GetGuid()}";
        await PostAsync($"{gathering}/invitations", new { kinds = new[] { "state-services" }, effective = "2024-01-01" });
        var registered = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => PostAsync($"{gathering}/registrations", new { kind = "state-services", organisation = $"Service {i}" })));
        Assert.All(registered, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));

        var before = await LinesAsync();
        Assert.Equal(3, before.Count(line => line.Rank is null));
        Assert.Equal([1, 2, 3, 4, 5], before.Select(line => line.Rank).OfType<int>());

        var gone = before.Where(line => line.Rank is null).Take(2).ToList();
        var cancelled = await Task.WhenAll(gone.Select(line => PostAsync($"{gathering}/registrations/{line.Id}/cancellation", new { })));
        Assert.All(cancelled, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(before.Except(gone).Select(line => (line.Id, line.Rank > 2 ? line.Rank - 2 : null)), await LinesAsync());

        async Task<List<(Guid Id, int? Rank)>> LinesAsync()
        {
            using var client = host.As(Role.Secretariat);
            var read = await client.GetFromJsonAsync<JsonElement>($"{gathering}?waitFor={await host.Log.LastPositionAsync(Stop)}", Stop);
            return [.. read.GetProperty("registrations").EnumerateArray().Select(r => (r.GetProperty("id").GetGuid(), r.TryGetProperty("rank", out var rank) ? rank.GetInt32() : (int?)null))];
        }
    }

    private static object Instant(string day) => new { instant = Governance.Domain.Kernel.Instants.Write(Domain.Story.Time(day).Instant), precision = "day" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record Answer(HttpResponseMessage Message, JsonElement Body)
    {
        public HttpStatusCode Status => Message.StatusCode;

        public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;
    }

    private async Task NothingStoredAsync(HttpStatusCode status, string code, Answer answer, long? before = null)
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.False(string.IsNullOrWhiteSpace(answer.Body.GetProperty("detail").GetString()));
        if (before is { } position)
            Assert.Equal(position, await host.Log.LastPositionAsync(Stop));
    }

    private async Task<Guid> GroupAsync(string name) => (await PostAsync(Groups, new { name })).Body.GetProperty("ids").GetProperty("group").GetGuid();

    private Task<Answer> PostAsync(string address, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, address, JsonSerializer.Serialize(body), headers);

    private async Task<Answer> SendAsync(HttpMethod method, string address, string body, params (string Name, string Value)[] headers)
    {
        using var client = host.As(Role.Secretariat);
        using var request = new HttpRequestMessage(method, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
            if (name == "Accept-Language")
                client.DefaultRequestHeaders.AcceptLanguage.Clear();
        }

        var answer = await client.SendAsync(request, Stop);
        return new Answer(answer, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }
}
