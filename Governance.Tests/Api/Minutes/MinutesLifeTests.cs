using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Http;
using Governance.Api.Minutes;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Governance.Tests.Api.Meetings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Minutes;

/// <summary>Minutes over HTTP: what they say, who signs them, the same as PDF.</summary>
public sealed class MinutesLifeTests(MeetingRoom room, Browser browser) : IClassFixture<MeetingRoom>
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
    public async Task What_becomes_known_after_the_signature_is_said_on_the_minutes_with_the_acts_that_it_concerns()
    {
        var held = await ClosedAsync();
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes", new { });
        await room.PostAsync(Role.BoardMember, $"/{held.Meeting}/minutes/signatures", new { @as = "chair", version = 1 });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var signed = await ReadAsync(held);
        Assert.False(signed.GetProperty("overtaken").GetBoolean());

        // Somebody had left before the vote, and nobody had said so.
        var put = (await room.Host.Log.ReadStreamAsync(room.Host.Association.ToString(), Meeting.Stream(held.Meeting).Value, ct: TestContext.Current.CancellationToken))
            .Select(e => Governance.Api.Kernel.Commands.StoredEvents.Recorded(EventCatalogue.All, e)).Single(e => e.Event is ResolutionPutToVote);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/departures", new { person = held.Board.Others[0].Person.ToString(), effective = MeetingRoom.Text(put.On.Instant.AddMilliseconds(-1)) });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));

        var told = await ReadAsync(held);
        Assert.Equal((true, Text(signed)), (told.GetProperty("overtaken").GetBoolean(), Text(told)));
        Assert.Equal(2, told.GetProperty("since").GetArrayLength());
        using var member = await Visitor.AsAsync(room.Host, Role.Member);
        var notice = Regex.Match(WebUtility.HtmlDecode(await member.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}/minutes")), "Des faits ont été enregistrés depuis la signature.*?Actes en cause.*?</ul>", RegexOptions.Singleline).Value;
        Assert.Contains($"/events/{put.Id}", notice, StringComparison.Ordinal);
        Assert.Contains("signe le procès-verbal", notice, StringComparison.Ordinal);
        Assert.Contains("Des faits enregistrés depuis la signature changeraient", await PrintedAsync(held), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_print_a_checkpoint_that_covers_what_they_cite_and_that_stays_the_same()
    {
        var held = await ClosedAsync();
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes", new { });
        await room.PostAsync(Role.BoardMember, $"/{held.Meeting}/minutes/signatures", new { @as = "chair", version = 1 });
        var last = await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken);
        await room.Host.ShownAsync(last);
        Assert.True(await room.Host.App.Services.GetRequiredService<FollowerHost>().WaitForAsync(
            TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(20), ct: TestContext.Current.CancellationToken));

        var told = (await ReadAsync(held)).GetProperty("checkpoint");
        List<string> lines = [.. told.GetProperty("lines").EnumerateArray().Select(l => l.GetString()!)];
        Assert.Equal(3, lines.Count);
        using var client = room.Host.As(Role.Member);
        Assert.Contains(told.GetProperty("key").GetString()!, await client.GetStringAsync($"/api/{Host.Slug}/log/keys", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        // The log at that size has the signature as its last leaf, and the same root whenever it is asked.
        var signature = (await room.Host.Log.ReadStreamAsync(room.Host.Association.ToString(), Governance.Domain.Meetings.Minutes.Stream(held.Meeting).Value, ct: TestContext.Current.CancellationToken))[^1];
        var size = long.Parse(lines[1], System.Globalization.CultureInfo.InvariantCulture);
        var proof = await client.GetStringAsync($"/api/{Host.Slug}/log/proof/inclusion?index={size - 1}&size={size}", TestContext.Current.CancellationToken);
        Assert.Contains(string.Join('\n', lines), proof, StringComparison.Ordinal);
        var one = await client.GetFromJsonAsync<JsonElement>($"/api/{Host.Slug}/events/{signature.Id}", TestContext.Current.CancellationToken);
        Assert.Equal(size, one.GetProperty("event").GetProperty("index").GetInt64());

        await room.PostAsync(Role.Secretariat, "", new { body = held.Board.Id.ToString(), title = "Autre réunion", starts = MeetingRoom.Time(DateTimeOffset.UtcNow.AddDays(3)), place = "Lille" });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        Assert.Equal(told.ToString(), (await ReadAsync(held)).GetProperty("checkpoint").ToString());
        using var visitor = await Visitor.AsAsync(room.Host, Role.Member);
        var (page, printed) = (WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}/minutes")), await PrintedAsync(held));
        Assert.All(lines, line => Assert.True(page.Contains($">{line}<", StringComparison.Ordinal) && printed.Contains($">{line}<", StringComparison.Ordinal), line));
    }

    /// <summary>The text that a PDF of the minutes is made of.</summary>
    private async Task<string> PrintedAsync(HeldMeeting held)
    {
        await using var scope = room.Host.App.Services.CreateAsyncScope();
        var associations = scope.ServiceProvider.GetRequiredService<AssociationDirectory>();
        var asked = new RequestScope((await associations.OfAsync(room.Host.Association, TestContext.Current.CancellationToken))!, Actor.System, DateTimeOffset.UtcNow, null, IsPast: false, NotYetShown: false);
        return WebUtility.HtmlDecode((await scope.ServiceProvider.GetRequiredService<PrintedHtml>().ReadAsync(asked, held.Meeting, Printable.Minutes, null, TestContext.Current.CancellationToken))!);
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

    [Theory]
    [InlineData("fr", "Procès-verbal")]
    [InlineData("en", "Minutes: ")]
    public async Task The_pdf_says_its_language_and_its_title_and_names_each_part_of_what_it_shows(string language, string title)
    {
        var held = await ClosedAsync();
        using var client = room.Host.As(Role.Member);
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var pdf = Encoding.Latin1.GetString(await client.GetByteArrayAsync($"/api/{Host.Slug}/meetings/{held.Meeting}/minutes.pdf", TestContext.Current.CancellationToken));

        // ISO 14289-1, 7.1 to 7.5: the language, a title that is shown in place of the file's name, and a tree with the headings, lists and tables.
        Assert.Contains($"/Lang ({language})", pdf, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", pdf, StringComparison.Ordinal);
        Assert.Contains(title, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(pdf)), StringComparison.Ordinal);
        Assert.All(["Document", "H1", "H2", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD"], part => Assert.Contains($"/S /{part}\n", pdf, StringComparison.Ordinal));
        Assert.Equal(1, pdf.Split("/S /H1\n").Length - 1);
        // Every page belongs to the tree, and is read in its order.
        var pages = pdf.Split("/Type /Page\n").Length - 1;
        Assert.InRange(pages, 1, int.MaxValue);
        Assert.Equal((pages, pages), (pdf.Split("/StructParents ").Length - 1, pdf.Split("/Tabs /S").Length - 1));
    }

    [Fact]
    public async Task In_a_browser_the_pdf_is_asked_for_on_a_page_and_one_that_this_host_does_not_know_any_more_is_asked_for_again()
    {
        var held = await ClosedAsync();
        var page = $"/{Host.Slug}/meetings/{held.Meeting}/minutes/pdf";
        using var member = await Visitor.AsAsync(room.Host, Role.Member);

        // As after a restart: the job of the address is nobody's.
        using var asked = await member.Client.GetAsync($"{page}?job={new string('0', 64)}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var there = asked.Headers.Location!.ToString();
        while (!there.Contains("/file", StringComparison.Ordinal))
        {
            var shown = await member.ReadAsync(there);
            Assert.True(shown.Contains("<progress", StringComparison.Ordinal) || shown.Contains("/pdf/file", StringComparison.Ordinal), shown);
            there = shown.Contains("/pdf/file", StringComparison.Ordinal) ? page + "/file" : there;
        }

        using var file = await member.Client.GetAsync(there, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        using var unknown = await member.Client.GetAsync($"{page}/progress?job={new string('0', 64)}", TestContext.Current.CancellationToken);
        Assert.Equal("true", Assert.Single(unknown.Headers.GetValues("HX-Refresh")));
    }

    [Fact]
    public async Task A_document_is_attached_to_an_item_from_the_meetings_page_and_stands_in_the_minutes()
    {
        var held = await ClosedAsync();
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        using var secretary = await Visitor.AsAsync(room.Host, Role.Secretariat);
        var meeting = await secretary.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}");
        var form = $"/{Host.Slug}/documents/new?thing=meeting:{held.Meeting}&part={held.Item}";
        Assert.Contains(form, WebUtility.HtmlDecode(meeting), StringComparison.Ordinal);
        Assert.Contains($"/{held.Meeting}/attendance-sheet", meeting, StringComparison.Ordinal);

        using var sent = await Documents.DocumentRoom.SendFormAsync(
            secretary, form, Documents.DocumentRoom.Pdf("Comptes"), "comptes.pdf", true, ("thing.stream", $"meeting:{held.Meeting}"), ("thing.part", held.Item.ToString()), ("title", "Comptes de 2026"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Contains($"#item-{held.Item}", await secretary.ReadAsync(sent.Headers.Location!.ToString()), StringComparison.Ordinal);

        Assert.Contains("Comptes de 2026", await secretary.ReadAsync($"/{Host.Slug}/meetings/{held.Meeting}"), StringComparison.Ordinal);
        Assert.Contains("« Comptes de 2026 » (annexe), pour le point « Budget de l'année »", Text(await ReadAsync(held)).Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_a_meeting_and_its_minutes_are_for_everybody_on_a_screen_and_on_a_phone()
    {
        var held = await ClosedAsync();
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes", new { });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes/amendments", new { passage = "closing", way = "follows", text = "Chacun est remercié.", version = 1 });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var page = await browser.Open(View.Wide);
        await room.Boards.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/meetings");

        foreach (var view in new[] { View.Wide, View.Phone })
        {
            await page.SetViewportSizeAsync(view.Width, view.Height);
            foreach (var address in new[] { "", $"/{held.Meeting}", $"/{held.Meeting}/minutes", $"/{held.Meeting}/minutes/compare/1/2", $"/{held.Meeting}/minutes/amendment?passage=closing", $"/{held.Meeting}/attendance-sheet", "/new" })
            {
                await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/meetings{address}").ToString());
                Assert.Empty((await page.FaultsAsync()).Select(fault => $"{address} at {view.Width}: {fault}"));
            }
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Minutes_are_drafted_worded_and_received_as_a_file_by_keyboard_alone()
    {
        var held = await ClosedAsync();
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));
        var page = await browser.Open(View.Wide);
        await room.Boards.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/meetings/{held.Meeting}");

        await PressAsync(page, "Procès-verbal");
        await PressAsync(page, "Établir le projet");
        await PressAsync(page, "Établir le projet");
        await Assertions.Expect(page.GetByText("projet, non signé")).ToBeVisibleAsync();
        await PressAsync(page, "Rédiger ce passage");
        await page.Locator("textarea[name=text]").FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("Ouvert par la présidente.");
        await PressAsync(page, "Rédiger ce passage");
        await Assertions.Expect(page.Locator(".document")).ToContainTextAsync("Ouvert par la présidente.");

        var received = page.WaitForDownloadAsync(new() { Timeout = 60_000 });
        await TabToAsync(page, "Télécharger en PDF");
        await page.Keyboard.PressAsync("Enter");
        // Where it takes longer, the file is a link that has the focus once it is made.
        if (await Task.WhenAny(received, page.Locator("a[autofocus]").WaitForAsync(new() { Timeout = 60_000 })) != received)
            await page.Keyboard.PressAsync("Enter");
        Assert.Equal("minutes.pdf", (await received).SuggestedFilename);
        await page.Context.CloseAsync();
    }

    /// <summary>Goes on with Tab to what is called so, and presses it: it leads to another page.</summary>
    private static async Task PressAsync(IPage page, string name)
    {
        var here = page.Url;
        await TabToAsync(page, name);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => address != here);
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var tab = 0; tab < 150; tab++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == name)
                return;
        }

        Assert.Fail($"« {name} » is not reached by keyboard.");
    }

    [Fact]
    public async Task A_first_round_annulled_while_its_second_is_open_is_told_in_the_minutes_with_what_was_made_of_it()
    {
        // Given a first round that elects nobody, and the second, which is open
        var stop = TestContext.Current.CancellationToken;
        var held = await room.ConvenedAsync();
        var voters = new[] { (Role: Role.BoardMember, Mandate: held.Board.Mine), (Role: Role.Member, Mandate: held.Board.Members) };
        foreach (var (role, _) in voters)
            await room.ArriveAsync(held, room.Host.Person(role));
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/opening", new { chair = room.Host.Person(Role.BoardMember).ToString() });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/agenda/{held.Item}/taking", new { });
        var proposed = await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/resolutions", new
        {
            item = held.Item.ToString(),
            decision = "election",
            title = "Secrétariat",
            text = "Qui est élu tient le secrétariat.",
            contest = new { question = new { method = new { method = "plurality", rounds = 2 }, options = new[] { "Ada", "Ben", "Cloé" } } },
        });
        var resolution = ResolutionId.Of(proposed.GetProperty("ids").GetProperty("resolution").GetGuid());
        var first = await room.VoteAsync(held, resolution, "electronic");
        foreach (var ((role, mandate), name) in voters.Zip(["Ada", "Ben"]))
            await room.Boards.PostAsync(role, $"/{first}/votes", new { elector = mandate.ToString(), paper = new { paper = "choices", options = new[] { name } } });
        await room.Boards.ProclaimAsync(first);
        var again = await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/resolutions/{resolution}/second-round", new { title = "Secrétariat – second tour" });
        var second = await room.VoteAsync(held, ResolutionId.Of(again.GetProperty("ids").GetProperty("resolution").GetGuid()), "electronic");
        await room.Boards.PostAsync(Role.Member, $"/{second}/votes", new { elector = held.Board.Members.ToString(), paper = new { paper = "choices", options = new[] { "Ada" } } });

        // When the first is annulled, and the votes of the second are kept for a reason
        var annulled = await room.Boards.PostAsync(Role.Secretariat, $"/{first}/annulment", new { reason = "Bulletins mal imprimés." });
        Assert.True(await room.Host.App.Services.GetRequiredService<LateFactsHost>().Following.WaitForAllAsync(annulled.GetProperty("position").GetInt64(), TimeSpan.FromSeconds(30), ct: stop));
        await room.Boards.PostAsync(Role.Secretariat, $"/{second}/irregularities/{annulled.GetProperty("events")[0].GetGuid()}/confirmation", new { reason = "Personne ne le conteste" });
        await room.Boards.ProclaimAsync(second);
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/closing", new { });
        await room.PostAsync(Role.Secretariat, $"/{held.Meeting}/minutes", new { });
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(stop));

        // Then the minutes tell both
        var told = Text(await ReadAsync(held)).Replace('\u00a0', ' ').Replace('\u202f', ' ');
        Assert.Contains("Le premier tour du vote sur « Secrétariat – second tour » a été annulé alors que le second était ouvert.", told, StringComparison.Ordinal);
        Assert.Contains("Personne ne le conteste.", told, StringComparison.Ordinal);
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
