using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Tests.Api.Meetings;
using Xunit;

namespace Governance.Tests.Api.Minutes;

/// <summary>Minutes over HTTP: what they say, who signs them, the same as PDF.</summary>
public sealed class MinutesLifeTests(MeetingRoom room) : IClassFixture<MeetingRoom>
{
    [Fact]
    public async Task Minutes_are_drafted_worded_signed_by_the_chair_and_kept_in_every_version()
    {
        var held = await ClosedAsync();
        Assert.Equal("unwritten", (await ReadAsync(held)).GetProperty("stage").GetString());
        Assert.Equal("minutes.not-drafted", await room.RefusedAsync(Role.BoardMember, $"/{held.Meeting}/minutes/signatures", new { @as = "chair", version = 1 }));

        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes", new { });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes/amendments", new { passage = "closing", way = "follows", text = "Chacun est remercié.", version = 1 });
        Assert.Equal("minutes.not-the-signatory", await room.RefusedAsync(Role.Secretariat, $"/{held.Meeting}/minutes/signatures", new { @as = "chair", version = 2 }));
        await room.PostAsync(Role.BoardMember, $"/{held.Meeting}/minutes/signatures", new { @as = "chair", version = 2 });
        Assert.Equal("minutes.signed", await room.RefusedAsync(Role.Secretariat, $"/{held.Meeting}/minutes", new { }));

        var told = await ReadAsync(held);
        Assert.Equal(("signed", 2, true), (told.GetProperty("stage").GetString(), told.GetProperty("version").GetInt32(), told.GetProperty("isAsDrafted").GetBoolean()));
        Assert.Contains("Chacun est remercié.", Text(told), StringComparison.Ordinal);
        Assert.Contains("La résolution « Budget 2027 » est adoptée par deux (2)", Text(told).Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("Chacun est remercié.", Text(await ReadAsync(held, "?version=1")), StringComparison.Ordinal);
        using var client = room.Host.As(Role.Member);
        var page = await client.GetStringAsync($"/{Host.Slug}/meetings/{held.Meeting}/minutes/compare/1/2", TestContext.Current.CancellationToken);
        Assert.Contains("<ins>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_are_given_as_a_tagged_pdf()
    {
        var held = await ClosedAsync();
        using var client = room.Host.As(Role.Member);
        using var answer = await client.GetAsync($"/api/{Host.Slug}/meetings/{held.Meeting}/minutes.pdf", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var pdf = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.All(["%PDF-1.", "/MarkInfo", "/StructTreeRoot", "/Lang", "pdfuaid:part"], sign => Assert.Contains(sign, pdf, StringComparison.Ordinal));
    }

    private async Task<HeldMeeting> ClosedAsync()
    {
        var held = await room.OpenAsync(others: 3, there: 2);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/agenda/{held.Item}/taking", new { });
        var ballot = await room.VoteAsync(held, await room.ProposeAsync(held), "show-of-hands");
        await room.Boards.PostAsync(Role.Secretariat, $"/{ballot}/hands", new { raised = new[] { new { choice = "for", count = 2 }, new { choice = "against", count = 1 } } });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/closing", new { });
        return held;
    }

    private async Task<JsonElement> ReadAsync(HeldMeeting held, string query = "")
    {
        using var client = room.Host.As(Role.Member);
        return await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/meetings/{held.Meeting}/minutes{query}", TestContext.Current.CancellationToken);
    }

    private static string Text(JsonElement minutes) => string.Join('\n', minutes.GetProperty("passages").EnumerateArray().Select(p => p.GetProperty("text").GetString()));
}
