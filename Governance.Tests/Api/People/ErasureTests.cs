using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Governance.Tests.Api.People;

/// <summary>A person's right to be erased, and the legal hold that stands before it, over HTTP.</summary>
public sealed class ErasureTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    [Fact]
    public async Task Who_is_erased_has_no_name_anywhere_any_more_and_asking_again_changes_nothing()
    {
        var person = await RegisterAsync("Madame Untel");
        var (status, erased) = await PostAsync($"/people/{person}/erasure", new { reason = "À sa demande" });
        Assert.Equal(HttpStatusCode.OK, status);
        var position = erased.GetProperty("position").GetInt64();
        await host.ShownAsync(position);
        // The host's own round may have been the one that found the key.
        await host.App.Services.GetServices<IHostedService>().OfType<Erasures>().Single().RoundAsync(Stop);

        var registered = (PersonRegistered)EventCatalogue.All.Read(
            "person_registered", (await host.Log.ReadStreamAsync(host.Association.ToString(), Person.Stream(person).Value, ct: Stop))[0].Data.Span);
        var opened = await host.App.Services.GetRequiredService<PersonVault>().OpenAsync(host.Association.ToString(), [(person.Value, registered.Name.Ciphertext)], Stop);
        Assert.Null(Assert.Single(opened));
        using var client = host.As(Role.Member);
        var history = await client.GetStringAsync($"{Api}/history?touching={person}", Stop);
        Assert.DoesNotContain("Untel", history, StringComparison.Ordinal);
        Assert.Contains("demande", history, StringComparison.Ordinal);
        Assert.Equal("unchanged", (await PostAsync($"/people/{person}/erasure", new { reason = "Encore" })).Body.GetProperty("outcome").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync($"/people/{person}/name", new { name = "De retour" })).Status);
    }

    [Fact]
    public async Task A_legal_hold_stands_before_an_erasure_and_no_date_passes_by_it()
    {
        var person = await RegisterAsync("Monsieur Untel");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/people/{person}/legal-hold", new { until = new { instant = "2198-12-31T23:00:00.000000Z", precision = "day" }, reason = "Procédure en cours" })).Status);

        var (status, refused) = await PostAsync($"/people/{person}/erasure", new { reason = "À sa demande" });
        Assert.Equal((HttpStatusCode.Conflict, "person.legal-hold"), (status, refused.GetProperty("code").GetString()));
        Assert.Contains("2199", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var (dated, malformed) = await PostAsync($"/people/{person}/erasure", new { reason = "À sa demande", effective = "2199-02-01" });
        Assert.Equal(HttpStatusCode.BadRequest, dated);
        Assert.True(malformed.GetProperty("errors").TryGetProperty("effective", out _));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"/people/{person}/erasure", new { reason = "" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync($"/people/{Guid.CreateVersion7()}/erasure", new { reason = "À sa demande" })).Status);
        Assert.Equal(2, (await host.Log.ReadStreamAsync(host.Association.ToString(), Person.Stream(person).Value, ct: Stop)).Count);
    }

    [Fact]
    public async Task Whoever_holds_a_mandate_is_not_erased_until_it_is_ended_and_the_page_says_where_and_how()
    {
        var person = await RegisterAsync("Madame Siège");
        var (body, mandate) = await SeatAsync(person, "Bureau occupé");

        var (status, refused) = await PostAsync($"/people/{person}/erasure", new { reason = "À sa demande" });
        Assert.Equal((HttpStatusCode.Conflict, "person.holds-mandates"), (status, refused.GetProperty("code").GetString()));
        Assert.Contains("Bureau occupé", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        var page = await PageAsync(secretariat, $"/{Host.Slug}/people/{person}/erase");
        Assert.Contains("ne peut pas être effacée pour l’instant", page, StringComparison.Ordinal);
        Assert.Contains($"/colleges/{body}/mandates/{mandate}/end", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"reason\"", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/bodies/{body}/mandates/{mandate}/end", new { reason = "resignation" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/people/{person}/erasure", new { reason = "À sa demande" })).Status);
    }

    [Fact]
    public async Task An_erasure_is_read_once_more_with_what_goes_and_what_stays_before_anything_is_recorded()
    {
        var person = await RegisterAsync("Monsieur Relu", "relu@example.org");
        using var theirs = await host.AsAsync("relu@example.org", person);
        var (body, mandate) = await SeatAsync(person, "Bureau quitté");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/bodies/{body}/mandates/{mandate}/end", new { reason = "resignation" })).Status);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        var address = $"/{Host.Slug}/people/{person}/erase";

        using var unreasoned = await secretariat.SendAsync(address, address, ("reason", ""));
        Assert.Equal(HttpStatusCode.BadRequest, unreasoned.StatusCode);
        using var reviewed = await secretariat.SendAsync(address, address, ("reason", "À sa demande, par lettre"));
        Assert.Equal(HttpStatusCode.OK, reviewed.StatusCode);
        var page = Plain(WebUtility.HtmlDecode(await reviewed.Content.ReadAsStringAsync(Stop)));
        foreach (var said in new[] { "rien n’est encore effacé", "Le nom « Monsieur Relu »", "L’adresse électronique.", "Le compte, avec son identifiant", "1 mandat passé, sans le nom.", "À sa demande, par lettre", "Effacer définitivement Monsieur Relu" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain(await EventsOfAsync(person), e => e == "person_erased");

        using var done = await secretariat.SendAsync(address, address + "/confirm", ("reason", "À sa demande, par lettre"));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Contains(await EventsOfAsync(person), e => e == "person_erased");
        Assert.Equal(HttpStatusCode.Unauthorized, (await theirs.GetAsync($"{Api}/people/me/data", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await secretariat.Client.GetAsync(address, Stop)).StatusCode);
    }

    [Fact]
    public async Task While_a_hold_stands_it_can_only_be_lifted_and_all_holds_are_listed_with_who_placed_them_and_why()
    {
        var (held, free) = (await RegisterAsync("Madame Tenue"), await RegisterAsync("Monsieur Libre"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/people/{held}/legal-hold", new { until = new { instant = "2190-02-28T23:00:00.000000Z", precision = "day" }, reason = "Contrôle fiscal" })).Status);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var secretariat = await Visitor.AsAsync(host, Role.Secretariat);
        string Of(PersonId person, string act) => $"/{Host.Slug}/people/{person}/{act}";

        var page = await PageAsync(secretariat, Of(held, ""));
        Assert.Contains(Of(held, "lift-hold"), page, StringComparison.Ordinal);
        Assert.DoesNotContain(Of(held, "legal-hold"), page, StringComparison.Ordinal);
        Assert.DoesNotContain(Of(held, "erase"), page, StringComparison.Ordinal);
        var place = await PageAsync(secretariat, Of(held, "legal-hold"));
        Assert.Contains("Une obligation de conserver court déjà", place, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"until\"", place, StringComparison.Ordinal);
        Assert.Contains("name=\"until\"", await PageAsync(secretariat, Of(free, "legal-hold")), StringComparison.Ordinal);
        Assert.Contains("il n’y a rien à lever", await PageAsync(secretariat, Of(free, "lift-hold")), StringComparison.Ordinal);
        Assert.Contains("Contrôle fiscal", await PageAsync(secretariat, Of(held, "erase")), StringComparison.Ordinal);

        var list = await PageAsync(secretariat, $"/{Host.Slug}/legal-holds");
        foreach (var said in new[] { "Madame Tenue", "Contrôle fiscal", "Titulaire Secretariat", "2190", Of(held, "lift-hold") })
            Assert.Contains(said, list, StringComparison.Ordinal);
        Assert.DoesNotContain("Monsieur Libre", list, StringComparison.Ordinal);
        using var client = host.As(Role.Secretariat);
        var hold = Assert.Single((await client.GetFromJsonAsync<JsonElement>($"{Api}/legal-holds", Stop)).GetProperty("holds").EnumerateArray(), h => h.GetProperty("reason").GetString() == "Contrôle fiscal");
        Assert.Equal("Madame Tenue", hold.GetProperty("person").GetProperty("name").GetString());

        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/people/{held}/legal-hold/lifting", new { reason = "Clos" })).Status);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        Assert.DoesNotContain("Madame Tenue", await PageAsync(secretariat, $"/{Host.Slug}/legal-holds"), StringComparison.Ordinal);
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static async Task<string> PageAsync(Visitor visitor, string address) => Plain(WebUtility.HtmlDecode(await visitor.ReadAsync(address.TrimEnd('/'))));

    private async Task<IEnumerable<string>> EventsOfAsync(PersonId person) =>
        (await host.Log.ReadStreamAsync(host.Association.ToString(), Person.Stream(person).Value, ct: Stop)).Select(e => e.Type);

    private async Task<(BodyId Body, MandateId Mandate)> SeatAsync(PersonId person, string name)
    {
        var (body, mandate) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(Host.Slug, Body.Stream(body), new BodyConstituted(body, name, BodyKind.Bureau, []), new MandateAppointed(mandate, person, Office.Seat));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        return (body, mandate);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<PersonId> RegisterAsync(string name, string? email = null) =>
        PersonId.Of((await PostAsync("/people", new { name, email })).Body.GetProperty("ids").GetProperty("person").GetGuid());

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var client = host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync(Api + path, body, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }
}
