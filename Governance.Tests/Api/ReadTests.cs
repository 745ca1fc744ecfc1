using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Associations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>What every read over HTTP keeps to, shown on the association itself.</summary>
public sealed class ReadTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public async Task The_page_of_what_was_just_recorded_says_so_and_asks_again_while_the_read_model_is_held_up()
    {
        using var client = host.As(Role.Secretariat);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var database = host.App.Services.GetRequiredService<NpgsqlDataSource>();
        await using var held = await database.OpenConnectionAsync(Stop);
        await using var transaction = await held.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand("lock table read.people_1 in exclusive mode", held, transaction))
            await hold.ExecuteNonQueryAsync(Stop);

        using var recorded = await client.PostAsJsonAsync($"/api/{Host.Slug}/people", new { name = "Tout juste inscrite" }, Stop);
        var made = await recorded.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var address = $"/{Host.Slug}/people/{made.GetProperty("ids").GetProperty("person").GetString()}?waitFor={made.GetProperty("position").GetInt64()}";
        using var early = await client.GetAsync(address, Stop);
        Assert.Equal((HttpStatusCode.Accepted, "2"), (early.StatusCode, Assert.Single(early.Headers.GetValues("Refresh"))));
        Assert.Contains("pas encore affich", await early.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        await transaction.RollbackAsync(Stop);
        await host.ShownAsync(made.GetProperty("position").GetInt64());
        using var shown = await client.GetAsync(address, Stop);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    private const string Association = $"/api/{Host.Slug}/association";

    [Fact]
    public async Task A_reader_who_waits_for_a_position_sees_it_and_who_asks_for_an_earlier_one_does_not()
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var renamed = await host.RecordAsync(Host.Slug, new("association"), new SeatMoved("Marseille"));
        using var client = host.As(Role.Member);

        var now = await client.GetFromJsonAsync<JsonElement>($"{Association}?waitFor={renamed}", Stop);
        var then = await client.GetFromJsonAsync<JsonElement>($"{Association}?recordedAsOf={before}", Stop);

        Assert.Equal("Marseille", now.GetProperty("seat").GetString());
        Assert.Equal("Lille", then.GetProperty("seat").GetString());
    }

    [Fact]
    public async Task Before_it_was_founded_the_association_is_not_found()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.Auditor);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Association}?asOf=2019-12-31", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Association}?asOf=2019-12-30T23:00:00Z", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Association}?asOf=2020-01-02", Stop)).StatusCode);
    }

    [Fact]
    public async Task Who_holds_the_same_already_is_not_sent_it_again()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var client = host.As(Role.Member);
        using var first = await client.GetAsync($"{Association}?asOf=2021-01-01&recordedAsOf=1", Stop);
        Assert.NotNull(first.Headers.ETag);

        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Association}?asOf=2021-01-01&recordedAsOf=1");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag.Tag));
        using var second = await client.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_host_is_ready_and_says_how_far_each_follower_is()
    {
        using var client = host.As(null);
        var ready = await client.GetFromJsonAsync<JsonElement>("/health/ready", Stop);
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.NotEqual(0, ready.GetProperty("followers").GetArrayLength());
        Assert.Equal("live", await client.GetStringAsync("/health/live", Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
