using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.People;
using Governance.Domain.Kernel;
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

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<PersonId> RegisterAsync(string name) =>
        PersonId.Of((await PostAsync("/people", new { name })).Body.GetProperty("ids").GetProperty("person").GetGuid());

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var client = host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync(Api + path, body, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }
}
