using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Tests.Api.Ballots;
using Xunit;

namespace Governance.Tests.Api.Meetings;

/// <summary>A host in which boards meet.</summary>
public sealed class MeetingRoom : IAsyncLifetime
{
    public BallotRoom Boards { get; init; } = new();

    public Host Host => Boards.Host;

    public ValueTask InitializeAsync() => Boards.InitializeAsync();

    public ValueTask DisposeAsync() => Boards.DisposeAsync();

    /// <summary>People of these names, in this order.</summary>
    public async Task<IReadOnlyList<PersonId>> RegisterAsync(IEnumerable<string> names)
    {
        using var client = Host.As(Role.Secretariat);
        var people = new List<PersonId>();
        foreach (var name in names)
        {
            using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/people", new { name }, TestContext.Current.CancellationToken);
            people.Add(PersonId.Of((await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("ids").GetProperty("person").GetGuid()));
        }

        return people;
    }

    /// <summary>A meeting of a new board that was convened a month ago for an hour ago, with one item.</summary>
    /// <param name="named">People who are registered already, in place of others who have no name.</param>
    public async Task<HeldMeeting> ConvenedAsync(int others = 3, bool remote = true, IReadOnlyList<PersonId>? named = null, string kind = "ordinary")
    {
        var board = await Boards.BoardAsync(others, named);
        var (before, starts) = (DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddHours(-1));
        foreach (var (_, person) in named is null ? board.Others : [])
            await Host.RecordAsync(Host.Slug, Person.Stream(person), new PersonRegistered(person, new Sealed(person, "bm9uZQ=="), true));
        var planned = await PostAsync(Role.Secretariat, "", new
        {
            body = board.Id.ToString(),
            title = "Conseil de rentrée",
            kind,
            starts = Time(starts),
            place = "Lille",
            remote,
            effective = Text(before),
        });
        var meeting = MeetingId.Of(planned.GetProperty("ids").GetProperty("meeting").GetGuid());
        var item = await PostAsync(Role.Secretariat, $"/{meeting}/agenda", new { title = "Budget de l'année", effective = Text(before.AddMinutes(1)) });
        await PostAsync(Role.Secretariat, $"/{meeting}/convocation", new { effective = Text(before.AddMinutes(2)) });
        return new(meeting, AgendaItemId.Of(item.GetProperty("ids").GetProperty("item").GetGuid()), board);
    }

    /// <summary>The same, open, with the board member presiding and whoever else is named there.</summary>
    public async Task<HeldMeeting> OpenAsync(int others = 3, int there = 1)
    {
        var held = await ConvenedAsync(others);
        await ArriveAsync(held, Host.Person(Role.BoardMember));
        foreach (var (_, person) in held.Board.Others.Take(there))
            await ArriveAsync(held, person);
        await PostAsync(Role.Secretariat, $"/{held.Meeting}/opening", new { chair = Host.Person(Role.BoardMember).ToString() });
        return held;
    }

    public Task<JsonElement> ArriveAsync(HeldMeeting held, PersonId person) =>
        PostAsync(Role.Secretariat, $"/{held.Meeting}/arrivals", new { person = person.ToString() });

    public async Task<ResolutionId> ProposeAsync(HeldMeeting held, string title = "Budget 2027") => ResolutionId.Of(
        (await PostAsync(Role.Secretariat, $"/{held.Meeting}/resolutions", new { item = held.Item.ToString(), decision = "ordinary", title, text = $"{title} est adopté." }))
        .GetProperty("ids").GetProperty("resolution").GetGuid());

    public async Task<BallotId> VoteAsync(HeldMeeting held, ResolutionId resolution, string way) => BallotId.Of(
        (await PostAsync(Role.Secretariat, $"/{held.Meeting}/resolutions/{resolution}/vote", new { way })).GetProperty("ids").GetProperty("ballot").GetGuid());

    /// <summary>Gives a command of meetings over HTTP and expects it to be recorded.</summary>
    public async Task<JsonElement> PostAsync(Role role, string path, object body)
    {
        using var answer = await SendAsync(role, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(Role role, string path, object body, string? key = null)
    {
        using var client = Host.As(role);
        if (key is not null)
            client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return await client.PostAsJsonAsync($"/api/{Host.Slug}/meetings{path}", body, TestContext.Current.CancellationToken);
    }

    /// <summary>The code of the refusal that a command meets.</summary>
    public async Task<string?> RefusedAsync(Role role, string path, object body)
    {
        using var answer = await SendAsync(role, path, body);
        Assert.False(answer.IsSuccessStatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString();
    }

    public async Task<JsonElement> ReadAsync(MeetingId meeting, string query = "")
    {
        using var client = Host.As(Role.Member);
        return await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/meetings/{meeting}{query}", TestContext.Current.CancellationToken);
    }

    /// <summary>A time as a field of a command has it.</summary>
    public static JsonNode Time(DateTimeOffset instant) => JsonSerializer.SerializeToNode(EffectiveTime.At(instant), EventCatalogue.Json)!;

    public static string Text(DateTimeOffset instant) => instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="Item">Its only item.</param>
public sealed record HeldMeeting(MeetingId Meeting, AgendaItemId Item, Board Board);
