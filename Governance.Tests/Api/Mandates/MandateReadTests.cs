using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Mandates;

/// <summary>Who held what, on a date and as it was known on a date; names opened only when shown.</summary>
public sealed class MandateReadTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}";

    [Fact]
    public async Task A_mandate_recorded_late_shows_on_its_date_from_when_it_was_known()
    {
        using var client = host.As(Role.Secretariat);
        var college = await MakeAsync(client, "/colleges", new { name = "Collège des présidents", weight = "1", seats = 19, effective = "2023-10-14" }, "college");
        var member = await MakeAsync(client, "/members", new { name = new { organisation = "Labo" }, effective = "2017" }, "member");
        var person = await MakeAsync(client, "/people", new { name = "Représentante du Labo", effective = "2017" }, "person");
        var before = await host.Log.LastPositionAsync(Stop);
        await MakeAsync(client, $"/bodies/{college}/mandates", new { person, member, effective = "2024-01-16" }, "mandate");
        var after = await host.Log.LastPositionAsync(Stop);

        Assert.Empty(await HeldAsync(client, college, $"?asOf=2024-01-15&waitFor={after}"));
        Assert.Equal(["Représentante du Labo"], await HeldAsync(client, college, "?asOf=2024-01-16"));
        Assert.Empty(await HeldAsync(client, college, $"?asOf=2024-01-16&recordedAsOf={before}"));
        Assert.Equal(["Représentante du Labo"], await HeldAsync(client, college, $"?asOf=2024-01-16&recordedAsOf={after}"));

        var bodies = await client.GetFromJsonAsync<JsonElement>($"{Api}/colleges?asOf=2024-01-16", Stop);
        var read = bodies.GetProperty("bodies").EnumerateArray().Single(b => b.GetProperty("id").GetString() == college);
        Assert.Equal(1, read.GetProperty("taken").GetInt32());
        Assert.Equal(18, read.GetProperty("vacant").GetInt32());
        // Others of this class admit members too, whom this college does not seat.
        Assert.DoesNotContain(read.GetProperty("unrepresented").EnumerateArray(), m => m.GetProperty("id").GetString() == member);
    }

    [Fact]
    public async Task A_replaced_representative_stays_in_the_history_of_the_body_of_the_member_and_of_the_person()
    {
        using var client = host.As(Role.Secretariat);
        var college = await MakeAsync(client, "/colleges", new { name = "Collège des équipes", weight = "1", effective = "2023-10-14" }, "college");
        var member = await MakeAsync(client, "/members", new { name = new { organisation = "Pôle" }, effective = "2017" }, "member");
        var first = await MakeAsync(client, "/people", new { name = "Première", effective = "2017" }, "person");
        var second = await MakeAsync(client, "/people", new { name = "Seconde", effective = "2017" }, "person");
        var mandate = await MakeAsync(client, $"/bodies/{college}/mandates", new { person = first, member, effective = "2024-01-16" }, "mandate");
        await MakeAsync(client, $"/bodies/{college}/mandates/{mandate}/replacement", new { person = second, effective = "2025-02-01" }, "mandate");
        var shown = await host.Log.LastPositionAsync(Stop);

        Assert.Equal(["Seconde"], await HeldAsync(client, college, $"?waitFor={shown}"));
        foreach (var address in new[] { $"/bodies/{college}/holders", $"/members/{member}", $"/people/{first}" })
        {
            var read = await client.GetFromJsonAsync<JsonElement>(Api + address, Stop);
            var past = Assert.Single(read.GetProperty("mandates").EnumerateArray(), m => m.GetProperty("stage").GetString() == "past");
            Assert.Equal("Première", past.GetProperty("person").GetProperty("name").GetString());
            Assert.Equal("replaced", past.GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task A_mandate_of_a_vote_that_was_annulled_is_named_as_contested_until_it_has_ended()
    {
        // Given somebody who holds a seat by a vote, which is annulled since
        var (body, mandate, person) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7()));
        var ballot = await host.DecisionAsync(kind: DecisionKind.Election);
        await host.RecordAsync(
            Host.Slug, Body.Stream(body), new BodyConstituted(body, "Conseil contesté", BodyKind.Board, []), new MandateAppointed(mandate, person, Office.Seat, Decision: new(ballot)));
        var before = await host.Log.LastPositionAsync(Stop);
        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2021, 5, 1), Ballot.Stream(ballot), new BallotAnnulled(ballot, "Convocation irrégulière", Retroactive: false)));
        using var client = host.As(Role.Secretariat);
        async Task<bool> ContestedAsync(string query) => (await client.GetFromJsonAsync<JsonElement>($"{Api}/dashboard{query}", Stop))
            .GetProperty("contested").EnumerateArray().Any(m => m.GetProperty("id").GetString() == mandate.ToString());

        // Then the dashboard and the body name it from then on, and as it was known before nobody does,
        Assert.True(await ContestedAsync(""));
        Assert.False(await ContestedAsync("?asOf=2021-04-30"));
        Assert.False(await ContestedAsync($"?recordedAsOf={before}"));
        var holders = await client.GetFromJsonAsync<JsonElement>($"{Api}/bodies/{body}/holders", Stop);
        Assert.True(Assert.Single(holders.GetProperty("mandates").EnumerateArray()).GetProperty("contested").GetBoolean());

        // until it has ended, for that reason.
        using var ended = await client.PostAsJsonAsync($"{Api}/bodies/{body}/mandates/{mandate}/end", new { reason = "election-annulled" }, Stop);
        Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync(Stop));
        Assert.False(await ContestedAsync($"?waitFor={await host.Log.LastPositionAsync(Stop)}"));
    }

    [Fact]
    public async Task A_mandate_renewed_by_a_vote_that_was_annulled_is_contested_until_another_vote_renews_it()
    {
        // Given a mandate of a vote that stands, renewed by one that is annulled since
        var (body, mandate, person) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7()));
        var (given, renewing, again) = (await host.DecisionAsync(kind: DecisionKind.Election), await host.DecisionAsync(kind: DecisionKind.Election), await host.DecisionAsync(kind: DecisionKind.Election));
        await host.RecordAsync(
            Host.Slug, Body.Stream(body), new BodyConstituted(body, "Conseil renouvelé", BodyKind.Board, []), new MandateAppointed(mandate, person, Office.Seat, Decision: new(given)));
        await host.RecordOnAsync(Host.Slug, new(2021, 3, 1), Body.Stream(body), new MandateRenewed(mandate, null, new(renewing)));
        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2021, 5, 1), Ballot.Stream(renewing), new BallotAnnulled(renewing, "Convocation irrégulière", Retroactive: false)));
        using var client = host.As(Role.Secretariat);
        async Task<string?> ContestedAsync(string query = "") => (await client.GetFromJsonAsync<JsonElement>($"{Api}/dashboard{query}", Stop)).GetProperty("contested").EnumerateArray()
            .Where(m => m.GetProperty("id").GetString() == mandate.ToString()).Select(m => m.GetProperty("decision").GetString()).SingleOrDefault();

        Assert.Equal(renewing.ToString(), await ContestedAsync());
        Assert.Null(await ContestedAsync("?asOf=2021-04-30"));
        var holders = await client.GetFromJsonAsync<JsonElement>($"{Api}/bodies/{body}/holders", Stop);
        Assert.True(Assert.Single(holders.GetProperty("mandates").EnumerateArray()).GetProperty("contested").GetBoolean());

        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2021, 6, 1), Body.Stream(body), new MandateRenewed(mandate, null, new(again))));
        Assert.Null(await ContestedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_renewal_to_come_by_a_vote_that_was_annulled_is_contested_though_the_present_term_stands_on_its_own(bool byVote)
    {
        // Given a mandate of a vote that stands, or of none, which a vote that is annulled since is to renew
        var renewing = await host.DecisionAsync(kind: DecisionKind.Election);
        var (body, mandate) = await SeatedAsync("Conseil à renouveler", byVote ? await host.DecisionAsync(kind: DecisionKind.Election) : null);
        await host.RecordOnAsync(Host.Slug, new(2090, 1, 1), Body.Stream(body), new MandateRenewed(mandate, null, new(renewing)));
        await AnnulledAsync(renewing);
        using var client = host.As(Role.Secretariat);

        // Then the home page and the body name the vote of the renewal, on the day it begins too,
        Assert.Equal(renewing.ToString(), await ContestingAsync(client, mandate));
        Assert.Equal(renewing.ToString(), await ContestingAsync(client, mandate, "?asOf=2090-02-01"));
        var line = Assert.Single((await ReadAsync(client, $"/bodies/{body}/holders")).GetProperty("mandates").EnumerateArray());
        Assert.Equal((true, renewing.ToString()), (line.GetProperty("contested").GetBoolean(), line.GetProperty("decision").GetString()));

        // until a vote renews it then that stands.
        var again = await host.DecisionAsync(kind: DecisionKind.Election);
        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2091, 1, 1), Body.Stream(body), new MandateRenewed(mandate, null, new(again))));
        Assert.Null(await ContestingAsync(client, mandate, "?asOf=2091-02-01"));
    }

    [Fact]
    public async Task A_term_of_an_annulled_vote_is_contested_also_when_renewed_without_a_vote_and_a_sound_renewal_is_not()
    {
        // Given a mandate of a vote that is annulled since, renewed without one
        var (given, sound) = (await host.DecisionAsync(kind: DecisionKind.Election), await host.DecisionAsync(kind: DecisionKind.Election));
        var (body, mandate) = await SeatedAsync("Conseil reconduit", given);
        await AnnulledAsync(given);
        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2022, 1, 1), Body.Stream(body), new MandateRenewed(mandate, null)));
        using var client = host.As(Role.Secretariat);

        // Then nothing but that vote bears the new term,
        Assert.Equal(given.ToString(), await ContestingAsync(client, mandate, "?asOf=2021-12-31"));
        Assert.Equal(given.ToString(), await ContestingAsync(client, mandate, "?asOf=2022-02-01"));

        // and from the day a vote renews it that stands, the days before alone are contested.
        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2023, 1, 1), Body.Stream(body), new MandateRenewed(mandate, null, new(sound))));
        Assert.Equal(given.ToString(), await ContestingAsync(client, mandate, "?asOf=2022-12-31"));
        Assert.Null(await ContestingAsync(client, mandate, "?asOf=2023-01-02"));
        Assert.Null(await ContestingAsync(client, mandate));
    }

    [Fact]
    public async Task A_co_option_is_contested_once_the_vote_that_ratified_it_is_annulled()
    {
        var (choosing, ratifying) = (await host.DecisionAsync(kind: DecisionKind.Election), await host.DecisionAsync(kind: DecisionKind.Election));
        var (body, mandate) = await SeatedAsync("Conseil complété", choosing, coOpted: true);
        await host.RecordOnAsync(Host.Slug, new(2020, 6, 1), Body.Stream(body), new MandateRatified(mandate, new(ratifying)));
        await AnnulledAsync(ratifying);
        using var client = host.As(Role.Secretariat);

        Assert.Equal(ratifying.ToString(), await ContestingAsync(client, mandate));
        Assert.Null(await ContestingAsync(client, mandate, "?asOf=2021-04-30"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_co_option_by_a_vote_that_was_annulled_is_contested_unless_another_vote_has_ratified_it(bool byVote)
    {
        var choosing = await host.DecisionAsync(kind: DecisionKind.Election);
        var (body, mandate) = await SeatedAsync("Conseil coopté", choosing, coOpted: true);
        await host.RecordOnAsync(
            Host.Slug, new(2020, 6, 1), Body.Stream(body), new MandateRatified(mandate, byVote ? new(await host.DecisionAsync(kind: DecisionKind.Election)) : null));
        await AnnulledAsync(choosing);
        using var client = host.As(Role.Secretariat);

        Assert.Equal(byVote ? null : choosing.ToString(), await ContestingAsync(client, mandate));
    }

    [Fact]
    public async Task A_mandate_to_come_of_a_vote_that_was_annulled_is_contested_on_the_home_page_as_it_is_on_the_page_of_its_body()
    {
        var (body, mandate, person) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7()));
        var ballot = await host.DecisionAsync(kind: DecisionKind.Election);
        await host.RecordAsync(Host.Slug, Body.Stream(body), new BodyConstituted(body, "Conseil à venir", BodyKind.Board, []));
        await host.RecordOnAsync(Host.Slug, new(2090, 1, 1), Body.Stream(body), new MandateAppointed(mandate, person, Office.Seat, Decision: new(ballot)));
        await host.ShownAsync(await host.RecordOnAsync(Host.Slug, new(2021, 5, 1), Ballot.Stream(ballot), new BallotAnnulled(ballot, "Convocation irrégulière", Retroactive: false)));
        using var client = host.As(Role.Secretariat);

        var holders = await client.GetFromJsonAsync<JsonElement>($"{Api}/bodies/{body}/holders", Stop);
        var line = Assert.Single(holders.GetProperty("mandates").EnumerateArray());
        Assert.Equal(("coming", true), (line.GetProperty("stage").GetString(), line.GetProperty("contested").GetBoolean()));
        var home = await client.GetFromJsonAsync<JsonElement>($"{Api}/dashboard", Stop);
        Assert.Contains(home.GetProperty("contested").EnumerateArray(), m => m.GetProperty("id").GetString() == mandate.ToString());
    }

    [Fact]
    public async Task Somebody_erased_keeps_their_mandates_and_loses_their_name_even_in_the_past()
    {
        using var client = host.As(Role.Secretariat);
        var college = await MakeAsync(client, "/colleges", new { name = "Collège des directeurs", weight = "1", effective = "2023-10-14" }, "college");
        var member = await MakeAsync(client, "/members", new { name = new { organisation = "Cité" }, effective = "2017" }, "member");
        var person = await MakeAsync(client, "/people", new { name = "À oublier", effective = "2017" }, "person");
        await MakeAsync(client, $"/bodies/{college}/mandates", new { person, member, effective = "2024-01-16" }, "mandate");
        var shown = await host.Log.LastPositionAsync(Stop);
        Assert.Equal(["À oublier"], await HeldAsync(client, college, $"?asOf=2024-02-01&waitFor={shown}"));

        Assert.True(await host.App.Services.GetRequiredService<PersonVault>().EraseAsync(host.Association.ToString(), Guid.Parse(person), Stop));

        var read = await client.GetFromJsonAsync<JsonElement>($"{Api}/bodies/{college}/holders?asOf=2024-02-01&recordedAsOf={shown}", Stop);
        var holder = Assert.Single(read.GetProperty("mandates").EnumerateArray()).GetProperty("person");
        Assert.True(holder.GetProperty("erased").GetBoolean());
        Assert.DoesNotContain("À oublier", read.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_election_is_called_stood_for_decided_and_installed_and_every_day_tells_who_sat_and_who_had_left()
    {
        using var client = host.As(Role.Secretariat);
        var board = await MakeAsync(client, "/bodies", new { name = "Conseil d’essai", kind = "board", seats = 2, effective = "2023-10-14" }, "body");
        var assembly = await MakeAsync(client, "/bodies", new { name = "Assemblée d’essai", kind = "general-assembly", effective = "2023-10-14" }, "body");
        var leaver = await MakeAsync(client, "/people", new { name = "Sortante", effective = "2017" }, "person");
        var elected = await MakeAsync(client, "/people", new { name = "Élue", effective = "2017" }, "person");
        var left = await MakeAsync(client, $"/bodies/{board}/mandates", new { person = leaver, effective = "2024-01-16" }, "mandate");
        await SendAsync(client, $"/bodies/{board}/mandates/{left}/end", new { reason = "resignation", effective = "2024-05-01" });
        var election = await MakeAsync(
            client, "/elections",
            new { electing = assembly, body = board, title = "Conseil d’essai 2024", termBegins = new { instant = "2024-06-14T22:00:00.000000Z", precision = "day" }, leaving = new[] { left }, effective = "2024-05-10" },
            "election");
        await SendAsync(client, $"/elections/{election}/candidacies", new { person = elected, effective = "2024-05-20" });
        await SendAsync(client, "/ballots/outcomes", new { decision = "election", title = "Conseil d’essai 2024", verdict = "elected", body = assembly, election, elected = new[] { elected }, effective = "2024-06-15" });
        var before = await ReadAsync(client, $"/elections/{election}?waitFor={await host.Log.LastPositionAsync(Stop)}");
        Assert.Equal(("to-install", "elected"), (before.GetProperty("stage").GetString(), before.GetProperty("candidates")[0].GetProperty("standing").GetString()));

        await SendAsync(client, $"/elections/{election}/installation", new { effective = "2024-06-15" });
        var shown = await host.Log.LastPositionAsync(Stop);
        Assert.Equal("installed", (await ReadAsync(client, $"/elections/{election}?waitFor={shown}")).GetProperty("stage").GetString());
        Assert.Empty(await HeldAsync(client, board, "?asOf=2024-06-14"));
        Assert.Equal(["Élue"], await HeldAsync(client, board, "?asOf=2024-06-15"));
        var vacant = (await ReadAsync(client, $"/bodies/{board}/holders?asOf=2024-06-01")).GetProperty("vacancies");
        Assert.Equal(2, vacant.GetArrayLength());
        Assert.Equal("Sortante", vacant[0].GetProperty("leftBy").GetProperty("person").GetProperty("name").GetString());
        Assert.Single((await ReadAsync(client, $"/bodies/{board}/holders")).GetProperty("vacancies").EnumerateArray());
    }

    private async Task<(BodyId Body, MandateId Mandate)> SeatedAsync(string name, BallotId? decision, bool coOpted = false)
    {
        var (body, mandate) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(
            Host.Slug, Body.Stream(body), new BodyConstituted(body, name, BodyKind.Board, []),
            new MandateAppointed(mandate, PersonId.Of(Guid.CreateVersion7()), Office.Seat, CoOpted: coOpted, Decision: decision is { } vote ? new(vote) : null));
        return (body, mandate);
    }

    private async Task AnnulledAsync(BallotId ballot) => await host.ShownAsync(
        await host.RecordOnAsync(Host.Slug, new(2021, 5, 1), Ballot.Stream(ballot), new BallotAnnulled(ballot, "Convocation irrégulière", Retroactive: false)));

    /// <summary>The annulled vote for which the home page names a mandate; null when it does not.</summary>
    private static async Task<string?> ContestingAsync(HttpClient client, MandateId mandate, string query = "") =>
        (await ReadAsync(client, "/dashboard" + query)).GetProperty("contested").EnumerateArray()
            .Where(m => m.GetProperty("id").GetString() == mandate.ToString()).Select(m => m.GetProperty("decision").GetString()).SingleOrDefault();

    private static async Task<JsonElement> ReadAsync(HttpClient client, string address) => await client.GetFromJsonAsync<JsonElement>(Api + address, Stop);

    private static async Task SendAsync(HttpClient client, string address, object request)
    {
        using var answer = await client.PostAsJsonAsync(Api + address, request, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<IReadOnlyList<string?>> HeldAsync(HttpClient client, string body, string query)
    {
        var read = await client.GetFromJsonAsync<JsonElement>($"{Api}/bodies/{body}/holders{query}", Stop);
        return
        [
            .. read.GetProperty("mandates").EnumerateArray()
                .Where(m => m.GetProperty("stage").GetString() == "held")
                .Select(m => m.GetProperty("person").GetProperty("name").GetString()),
        ];
    }

    private static async Task<string> MakeAsync(HttpClient client, string address, object request, string made)
    {
        using var answer = await client.PostAsJsonAsync(Api + address, request, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.True(answer.IsSuccessStatusCode, body.GetRawText());
        return body.GetProperty("ids").GetProperty(made).GetString()!;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
