using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.EventStore.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Governance.Tests.Api.People;

/// <summary>Erasures that were cut off somewhere, or that a restored backup does not know of, as the next start finds them.</summary>
public sealed class ErasureReplayTests(ErasureReplayTests.WithoutRounds hosts) : IClassFixture<ErasureReplayTests.WithoutRounds>
{
    private const string Api = $"/api/{Host.Slug}";

    /// <summary>A host that leaves what was cut off to the next one: it does not look for erasures to carry out.</summary>
    public sealed class WithoutRounds : IAsyncLifetime
    {
        public Host Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = new Host
            {
                ConnectionString = await PostgreSql.HostConnectionStringAsync(),
                Replace = services => services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(Erasures))),
            };
            await Host.InitializeAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private Host Host => hosts.Host;

    private PersonVault Vault => Host.App.Services.GetRequiredService<PersonVault>();

    private string Tenant => Host.Association.ToString();

    private string Place => Host.App.Services.GetRequiredService<ErasureJournal>().Place;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What of an erasure there is when the host starts: the event, the line of the journal, the key.</summary>
    [Theory]
    [InlineData(false, true, true)] // a backup from before the erasure
    [InlineData(false, true, false)] // the same, and the start that found it was cut off
    [InlineData(true, true, true)] // cut off after the journal
    [InlineData(true, true, false)] // done
    [InlineData(true, false, false)] // done before there was a journal
    public async Task Whatever_is_left_of_an_erasure_the_next_start_completes_it_before_it_serves(bool recorded, bool journaled, bool key)
    {
        var (person, text) = await NamedAsync();
        if (recorded)
            await Host.RecordAsync(Host.Slug, Person.Stream(person), new PersonErased("À sa demande"));
        if (journaled)
            new ErasureJournal(Place).Write(Tenant, person.Value, DateTimeOffset.UtcNow);
        if (!key)
            await Vault.EraseAsync(Tenant, person.Value, Stop);

        await using (await StartAsync())
            await ErasedOnceAsync(person, text);
        // A start that finds all done adds nothing.
        await using var again = await StartAsync();
        Assert.Equal(0, await again.Services.GetRequiredService<ErasureReplay>().RunAsync(Stop));
        await ErasedOnceAsync(person, text);
    }

    [Fact]
    public async Task One_that_was_cut_off_before_the_journal_is_carried_out_by_the_first_round()
    {
        var (person, text) = await NamedAsync();
        await Host.ShownAsync(await Host.RecordAsync(Host.Slug, Person.Stream(person), new PersonErased("À sa demande")));

        await using var app = await StartAsync();
        await app.Services.GetServices<IHostedService>().OfType<Erasures>().Single().RoundAsync(Stop);

        await ErasedOnceAsync(person, text);
    }

    [Fact]
    public async Task A_legal_hold_that_the_backup_brings_back_is_lifted_with_it_and_the_log_says_by_whom_and_why()
    {
        var (person, text) = await NamedAsync();
        await Host.RecordAsync(Host.Slug, Person.Stream(person), new LegalHoldPlaced(EffectiveTime.At(DateTimeOffset.UtcNow.AddYears(5)), "Litige"));
        new ErasureJournal(Place).Write(Tenant, person.Value, DateTimeOffset.UtcNow);

        await using (await StartAsync())
            await ErasedOnceAsync(person, text);

        var last = (await Host.Log.ReadStreamAsync(Tenant, Person.Stream(person).Value, ct: Stop)).TakeLast(2).ToList();
        Assert.Equal(["legal_hold_lifted", "person_erased"], last.Select(e => e.Type));
        Assert.Equal("system", EventHeaders.Read(last[1].Headers.Span).Actor);
        Assert.Contains("sauvegarde", ((PersonErased)EventCatalogue.All.Read("person_erased", last[1].Data.Span)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_whom_the_backup_knows_nothing_cannot_be_registered_again_under_the_same_identifier()
    {
        var person = PersonId.Of(Guid.CreateVersion7());
        new ErasureJournal(Place).Write(Tenant, person.Value, DateTimeOffset.UtcNow);

        await using (await StartAsync())
            Assert.Null(await Vault.SealAsync(Tenant, person.Value, "Madame Untel", Stop));
        Assert.Empty(await Host.Log.ReadStreamAsync(Tenant, Person.Stream(person).Value, ct: Stop));
    }

    [Fact]
    public async Task An_erasure_is_acknowledged_once_it_is_in_the_journal_and_key_and_account_are_gone()
    {
        var (person, text) = await NamedAsync();
        using var theirs = await Host.AsAsync($"{person}@example.org", person);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"{Api}/dashboard", Stop)).StatusCode);
        using var secretariat = Host.As(Role.Secretariat);
        await EndMandateAsync(Host, secretariat, person);

        Assert.Equal(HttpStatusCode.OK, (await secretariat.PostAsJsonAsync($"{Api}/people/{person}/erasure", new { reason = "À sa demande" }, Stop)).StatusCode);

        await ErasedOnceAsync(person, text);
        Assert.Equal(HttpStatusCode.Unauthorized, (await theirs.GetAsync($"{Api}/dashboard", Stop)).StatusCode);
        Assert.Null(await Host.App.Services.GetRequiredService<AccountStore>().FindByNameAsync($"{person}@example.org".ToUpperInvariant(), Stop));
    }

    [Fact]
    public async Task Where_the_journal_cannot_be_written_nothing_is_destroyed_and_nothing_is_said_to_be_done()
    {
        await using var broken = new Host { Settings = new Dictionary<string, string?> { ["Governance:ErasureJournalFile"] = "/proc/governance/erasures.journal" } };
        await broken.InitializeAsync();
        var person = await broken.MandateAsync(Host.Slug, Role.Member);
        using var secretariat = broken.As(Role.Secretariat);
        await EndMandateAsync(broken, secretariat, person);

        var answer = await secretariat.PostAsJsonAsync($"/api/{Host.Slug}/people/{person}/erasure", new { reason = "À sa demande" }, Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var vault = broken.App.Services.GetRequiredService<PersonVault>();
        Assert.Empty(await vault.ErasedAsync(Stop));
    }

    // Whoever holds a mandate is not erased.
    private static async Task EndMandateAsync(Host host, HttpClient secretariat, PersonId person)
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        var held = Assert.Single((await secretariat.GetFromJsonAsync<JsonElement>($"{Api}/people/{person}", Stop)).GetProperty("mandates").EnumerateArray());
        using var ended = await secretariat.PostAsJsonAsync(
            $"{Api}/bodies/{held.GetProperty("body").GetProperty("id").GetString()}/mandates/{held.GetProperty("mandate").GetString()}/end", new { reason = "resignation" }, Stop);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
    }

    private async Task<(PersonId Person, string Text)> NamedAsync()
    {
        var person = await Host.MandateAsync(Host.Slug, Role.Member);
        return (person, (await Vault.SealAsync(Tenant, person.Value, "Madame Untel", Stop))!);
    }

    private Task<WebApplication> StartAsync() =>
        GovernanceHost.BuildAsync(new HostSettings(Host.DataDirectory, "http://127.0.0.1:0") { ConnectionString = Host.ConnectionString }, ct: Stop);

    private async Task ErasedOnceAsync(PersonId person, string text)
    {
        Assert.Null(Assert.Single(await Vault.OpenAsync(Tenant, [(person.Value, text)], Stop)));
        Assert.Contains(new ErasureJournal(Place).Read(), line => line.Association == Tenant && line.Person == person.Value);
        Assert.Single(await Host.Log.ReadStreamAsync(Tenant, Person.Stream(person).Value, ct: Stop), e => e.Type == "person_erased");
    }
}
