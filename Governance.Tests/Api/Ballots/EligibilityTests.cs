using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Ballots;

public sealed class EligibilityTests(BallotRoom room, Browser browser) : IClassFixture<BallotRoom>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whose_dues_are_late_is_off_the_roll_with_the_reason_and_a_payment_recorded_late_is_an_irregularity()
    {
        var (board, member, mandate) = await RepresentedAsync("Centre de Loire");
        await DuesAsync(member, "", new { period = "2024", amountCents = 12_000, dueOn = new { instant = "2024-03-30T23:00:00.000000Z", precision = "day" }, effective = "2024-01-10" });
        await DuesAsync(member, "/payments", new { period = "2024", amountCents = 2_000, effective = "2024-02-01" });
        var ballot = await room.OpenAsync(board);

        using var answer = JsonDocument.Parse(await room.ReadAsync(Role.Member, $"/api/{Host.Slug}/ballots/{ballot}"));
        var left = Assert.Single(answer.RootElement.GetProperty("leftOut").EnumerateArray());
        Assert.Equal(("dues-late", mandate.ToString(), 10_000), (left.GetProperty("reason").GetString(), left.GetProperty("mandate").GetString(), left.GetProperty("owedCents").GetInt32()));
        Assert.DoesNotContain(answer.RootElement.GetProperty("roll").EnumerateArray(), e => e.GetProperty("mandate").GetString() == mandate.ToString());

        var paid = await DuesAsync(member, "/payments", new { period = "2024", amountCents = 10_000, effective = "2024-03-01" });
        Assert.True(await room.Host.App.Services.GetRequiredService<LateFactsHost>().Following.WaitForAllAsync(paid, TimeSpan.FromSeconds(30), ct: Stop));
        Assert.Equal(mandate, Assert.Single(Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<IrregularityRaised>()).Electorate!.Added).Mandate);
    }

    [Fact]
    public async Task The_pages_call_dues_record_payments_and_tell_who_cannot_vote()
    {
        var (board, member, _) = await RepresentedAsync("Centre de Meuse");
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/members/{member}");
        await page.Locator("#dues summary").ClickAsync();
        await page.Locator("#dues input[name=period]").FillAsync("2024");
        await page.Locator("#dues input[name=amount]").FillAsync("cent");
        await page.Locator("#dues input[name=dueOn]").FillAsync("31/03/2024");
        await page.Locator("#dues button[type=submit]").ClickAsync();
        await Expect(page.Locator("#dues .field-error")).ToContainTextAsync("Ce n’est pas une somme");
        await page.Locator("#dues input[name=amount]").FillAsync("120,50");
        await page.Locator("#dues button[type=submit]").ClickAsync();
        await Expect(page.Locator("#dues .table table")).ToContainTextAsync("en retard");
        Assert.Empty(await page.FaultsAsync());
        var ballot = await room.OpenAsync(board);

        await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/ballots/{ballot}").ToString());
        await page.Locator("#left-out summary").ClickAsync();
        await Expect(page.Locator("#left-out")).ToContainTextAsync("Centre de Meuse");
        await Expect(page.Locator("#left-out")).ToContainTextAsync("120,50");
        Assert.Empty(await page.FaultsAsync());

        await page.GotoAsync(new Uri(room.Host.Address, $"/{Host.Slug}/members/{member}").ToString());
        await page.GetByText("Enregistrer un paiement").First.ClickAsync();
        await page.Locator("#dues form[action$=payments] input[name=amount]").FillAsync("120,50");
        await page.Locator("#dues form[action$=payments] button[type=submit]").ClickAsync();
        await Expect(page.Locator("#dues .table table")).ToContainTextAsync("payée le");
        Assert.Equal(new DuesPaid("2024", 12_050), (await room.EventsAsync(Member.Stream(member)))[^1]);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_campaign_is_opened_called_and_paid_from_the_keyboard_and_a_table_that_is_wrong_says_where()
    {
        var (_, member, _) = await RepresentedAsync("Centre de Marne");
        await room.Host.ShownAsync(await room.Host.Log.LastPositionAsync(Stop));
        var page = await browser.Open(View.Phone);
        await room.SignInAsync(page, Role.Secretariat, $"/{Host.Slug}/dues/open");
        foreach (var (field, text) in new[] { ("period", "2031"), ("from", "01/01/2031"), ("until", "31/12/2031"), ("dueOn", "30/06/2031"), ("brackets", "tous ; cent") })
            await page.Locator($"[name={field}]").FillAsync(text);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".field-error").First).ToContainTextAsync("Ligne 1");
        await page.Locator("[name=brackets]").FillAsync("tous ; 120,50");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Appeler les cotisations" }).First.ClickAsync();
        await Expect(page.Locator("main table")).ToContainTextAsync("Centre de Marne");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".bars").First).ToContainTextAsync("Encaissé");
        Assert.Empty(await page.FaultsAsync());

        await page.Locator("#pay [name=member]").SelectOptionAsync(member.ToString());
        await page.Locator("#pay [name=amount]").FillAsync("20,50");
        await page.Locator("#pay [name=reference]").FillAsync("VIR 1");
        await page.Locator("#pay [name=reference]").PressAsync("Enter");
        await Expect(page.Locator("p[role=status]")).ToContainTextAsync("Centre de Marne doit encore 100");
        await Expect(page.Locator("#pay [name=member]")).ToBeFocusedAsync();
        Assert.Equal(new DuesPaid("2031", 2_050, PaymentMeans.BankTransfer, "VIR 1"), (await room.EventsAsync(Member.Stream(member)))[^1]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Importer des paiements" }).ClickAsync();
        await page.Locator("[name=table]").FillAsync($"membre;date;montant;moyen;référence\n{member};01/02/2024;cent;virement;VIR 2\nNulle part;01/02/2024;10;virement;VIR 3");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Ligne 2, colonne");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Ligne 3, colonne");
        Assert.Empty(await page.FaultsAsync());
        // The association's day: an hour before midnight it is tomorrow's already.
        var today = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var table = page.Url;
        foreach (var time in Enumerable.Range(0, 2))
        {
            // The second time its reference is known, and nothing is recorded.
            await page.GotoAsync(table);
            await page.Locator("[name=table]").FillAsync($"membre;date;montant;moyen;référence\n{member};{today};100;chèque;CHQ 7");
            await page.Locator("main form button[type=submit]").ClickAsync();
            await Expect(page.Locator("h1")).ToContainTextAsync("Cotisation 2031");
            Assert.Equal(time == 0, page.Url.Contains("waitFor", StringComparison.Ordinal));
        }

        Assert.Equal(2, (await room.EventsAsync(Member.Stream(member))).OfType<DuesPaid>().Count(p => p.Period == "2031"));
        await page.Context.CloseAsync();
    }

    /// <summary>A board with one more elector, who represents a member admitted in 2020.</summary>
    private async Task<(Board Board, MemberId Member, MandateId Mandate)> RepresentedAsync(string name)
    {
        var board = await room.BoardAsync();
        var (member, mandate) = (MemberId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await room.Host.RecordAsync(Host.Slug, Member.Stream(member), new MemberAdmitted(member, new(name), false));
        await room.Host.RecordAsync(Host.Slug, Body.Stream(board.Id), new MandateAppointed(mandate, PersonId.Of(Guid.CreateVersion7()), Office.Seat, Member: member));
        return (board, member, mandate);
    }

    private async Task<long> DuesAsync(MemberId member, string path, object body)
    {
        using var client = room.Host.As(Role.Secretariat);
        using var answer = await client.PostAsJsonAsync($"/api/{Host.Slug}/members/{member}/dues{path}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("position").GetInt64();
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
