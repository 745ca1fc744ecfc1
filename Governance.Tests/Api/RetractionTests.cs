using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.History;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Taking back a fact that was entered by mistake, over HTTP and on the page of the event.</summary>
public sealed class RetractionTests(Host host, Browser browser) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    [Fact]
    public void Facts_of_every_kind_of_stream_can_be_asked_to_be_taken_back() =>
        Assert.Equal(
            typeof(IState<>).Assembly.GetTypes().Count(type => type.BaseType is { IsInterface: false } @base
                && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>) && i.GenericTypeArguments[0] == type)
                && @base == typeof(object)),
            HistoryUseCases.Kinds.Count());

    [Fact]
    public async Task A_fact_taken_back_counts_no_more_is_told_in_what_happened_and_is_taken_back_once()
    {
        var group = await PostAsync("/working-groups", new { name = "Groupe éphémère" });
        var renamed = await PostAsync($"/working-groups/{group.Ids("group")}/name", new { name = "Nom fautif" });
        var key = Guid.NewGuid().ToString();

        var retracted = await PostAsync($"/events/{renamed.Event}/retraction", new { reason = "Nom d'un autre groupe" }, key, ifMatch: "\"2\"");
        var again = await PostAsync($"/events/{renamed.Event}/retraction", new { reason = "Nom d'un autre groupe" }, key, ifMatch: "\"2\"");

        Assert.Equal(HttpStatusCode.OK, retracted.Status);
        Assert.Equal(retracted.Body.GetRawText(), again.Body.GetRawText());
        await host.ShownAsync(retracted.Body.GetProperty("position").GetInt64());
        using var client = host.As(Role.Member);
        var read = await client.GetFromJsonAsync<JsonElement>($"{Api}/working-groups/{group.Ids("group")}", Stop);
        Assert.Contains("Groupe éphémère", read.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Nom fautif", read.GetProperty("group").GetProperty("name").GetString(), StringComparison.Ordinal);
        var told = await client.GetFromJsonAsync<JsonElement>($"{Api}/events/{retracted.Event}", Stop);
        Assert.Equal(
            "Un fait saisi par erreur est retiré de Groupe éphémère : ce fait. Motif : Nom d'un autre groupe",
            told.GetProperty("event").GetProperty("sentence").GetString()!.Replace('\u00a0', ' ').Replace('\u202f', ' '));
    }

    [Theory]
    [InlineData("fr", "C'est un acte, jugé sur ce qui était connu alors : il ne se retire pas. Une décision ultérieure peut l'annuler.")]
    [InlineData("en", "This is an act, judged on what was known then: it is not taken back. A later decision can annul it.")]
    public async Task An_act_is_refused_with_a_sentence_in_the_language_asked_for(string language, string sentence)
    {
        var (ballot, elector) = (BallotId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(Host.Slug, Vote.Stream(ballot, elector), new VoteCast(ballot, elector, host.Person(Role.Member), Choice.For));
        var cast = (await host.Log.ReadStreamAsync(host.Association.ToString(), Vote.Stream(ballot, elector).Value, ct: Stop))[0].Id;

        var refused = await PostAsync($"/events/{cast}/retraction", new { reason = "Regret" }, language: language);

        Assert.Equal((HttpStatusCode.Conflict, "correction.act"), (refused.Status, refused.Code));
        Assert.Equal(sentence, refused.Body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_unknown_event_a_missing_reason_a_version_that_moved_and_who_may_not_are_refused()
    {
        var group = await PostAsync("/working-groups", new { name = "Groupe à corriger" });
        var path = $"/events/{group.Event}/retraction";

        Assert.Equal("correction.not-found", (await PostAsync($"/events/{Guid.CreateVersion7()}/retraction", new { reason = "Erreur" })).Code);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path, new { reason = "" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path, new { })).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PostAsync(path, new { reason = "Erreur" }, ifMatch: "\"7\"")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(path, new { reason = "Erreur" }, role: Role.BoardMember)).Status);
        Assert.Single(await host.Log.ReadStreamAsync(host.Association.ToString(), $"working-group:{group.Ids("group")}", ct: Stop));
    }

    [Fact]
    public async Task An_admission_taken_back_leaves_its_name_to_another_member()
    {
        var name = $"Centre {Guid.NewGuid():N}";
        var admitted = await PostAsync("/members", new { name = new { organisation = name } });
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("/members", new { name = new { organisation = name } })).Status);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/events/{admitted.Event}/retraction", new { reason = "Doublon" })).Status);
        Assert.True((int)(await PostAsync("/members", new { name = new { organisation = name } })).Status is 200 or 201);
    }

    [Fact]
    public async Task Whoever_keeps_the_record_takes_a_fact_back_on_its_page_once_the_reason_is_given()
    {
        var group = await PostAsync("/working-groups", new { name = "Groupe saisi deux fois" });
        await host.ShownAsync(group.Body.GetProperty("position").GetInt64());
        var page = await SignedInAsync(Role.Secretariat, $"/{Host.Slug}/events/{group.Event}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer ce fait" }).ClickAsync();
        await Assertions.Expect(page.Locator("#field-reason-error")).ToBeVisibleAsync();
        await page.GetByLabel("Motif").FillAsync("Saisi deux fois");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer ce fait" }).ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Ce fait a été retiré depuis");
        await Assertions.Expect(page.Locator("#retract")).ToHaveCountAsync(0);
        await page.GotoAsync($"{host.Address}{Host.Slug}/history");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Saisi deux fois");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_page_of_an_act_says_that_a_decision_annuls_it_and_a_member_is_offered_nothing()
    {
        var (ballot, elector) = (BallotId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.ShownAsync(await host.RecordAsync(Host.Slug, Vote.Stream(ballot, elector), new VoteCast(ballot, elector, host.Person(Role.Member), Choice.For)));
        var cast = (await host.Log.ReadStreamAsync(host.Association.ToString(), Vote.Stream(ballot, elector).Value, ct: Stop))[0].Id;

        var secretary = await SignedInAsync(Role.Secretariat, $"/{Host.Slug}/events/{cast}");
        await Assertions.Expect(secretary.Locator("main")).ToContainTextAsync("Une décision ultérieure peut l'annuler");
        await Assertions.Expect(secretary.GetByRole(AriaRole.Link, new() { Name = "Voir le vote" })).ToHaveAttributeAsync("href", $"/{Host.Slug}/ballots/{ballot}");
        await Assertions.Expect(secretary.GetByRole(AriaRole.Button, new() { Name = "Retirer ce fait" })).ToHaveCountAsync(0);
        await secretary.Context.CloseAsync();
        var member = await SignedInAsync(Role.Member, $"/{Host.Slug}/events/{cast}");
        await Assertions.Expect(member.Locator("#retract")).ToHaveCountAsync(0);
        await member.Context.CloseAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record Answer(HttpStatusCode Status, JsonElement Body)
    {
        public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

        public Guid Event => Body.GetProperty("events")[0].GetGuid();

        public Guid Ids(string name) => Body.GetProperty("ids").GetProperty(name).GetGuid();
    }

    private async Task<Answer> PostAsync(
        string path, object body, string? key = null, string? ifMatch = null, Role role = Role.Secretariat, string language = "fr")
    {
        using var client = host.As(role);
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        using var request = new HttpRequestMessage(HttpMethod.Post, Api + path) { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        using var answer = await client.SendAsync(request, Stop);
        return new(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private async Task<IPage> SignedInAsync(Role role, string path)
    {
        var page = await browser.OpenAsync(View.Wide, host, role);
        await page.GotoAsync(new Uri(host.Address, path).ToString());
        return page;
    }
}
