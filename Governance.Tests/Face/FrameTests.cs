using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Governance.Tests.Face;

/// <summary>What surrounds every page: language, appearance, time, errors, headers. Over real HTTP.</summary>
public sealed partial class FrameTests(FaceHost host) : IClassFixture<FaceHost>
{
    private async Task<string> Page(string path, string language = "fr", string? cookie = null) =>
        await (await host.Get(path, language, cookie)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task French_is_spoken_to_whoever_asks_for_neither_language()
    {
        Assert.Contains("<html lang=\"fr\"", await Page("/catalogue", "de"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await Page("/catalogue", "en"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await Page("/catalogue", "de,en-US;q=0.8,fr;q=0.2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_then_the_stored_choice_win_over_the_browser()
    {
        Assert.Contains("<html lang=\"en\"", await Page("/catalogue", "fr", "language=en"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"fr\"", await Page("/catalogue?lang=fr", "fr", "language=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switching_the_language_returns_to_the_same_page()
    {
        using var answer = await host.Get("/language?to=en&returnTo=%2Fcatalogue%3Flang%3Dfr%26asOf%3D2023-10-14");
        Assert.Equal("/catalogue?asOf=2023-10-14", answer.Headers.Location?.OriginalString);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("language=en;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_switch_of_the_language_without_a_form_is_answered_as_malformed()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(host.Address + "/language"), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org")]
    public async Task Switching_the_language_never_leads_off_the_site(string elsewhere)
    {
        using var answer = await host.Get("/language?to=en&returnTo=" + Uri.EscapeDataString(elsewhere));
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_stored_appearance_is_on_the_page()
    {
        Assert.Contains("data-theme=\"dark\"", await Page("/catalogue", cookie: "appearance=dark"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-theme", await Page("/catalogue", cookie: "appearance=%22onload"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_past_the_frame_says_so_links_keep_the_date_and_nothing_can_be_changed()
    {
        var page = await Page("/catalogue?asOf=14/10/2023");
        Assert.Contains("Vous regardez le 14 octobre 2023, tel qu’on le sait aujourd’hui", page, StringComparison.Ordinal);
        Assert.Contains("data-time=\"elsewhere\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/catalogue/votes?asOf=2023-10-14\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("idempotencyKey", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"next\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_known_on_a_second_date_both_dates_are_said_and_kept()
    {
        var page = await Page("/catalogue?asOf=2023-10-14&recordedAsOf=2024-01-02");
        Assert.Contains("Vous regardez le 14 octobre 2023, tel qu’on le savait le 2 janvier 2024", page, StringComparison.Ordinal);
        Assert.Contains("/catalogue/votes?asOf=2023-10-14&amp;recordedAsOf=2024-01-02", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/catalogue?asOf=2026-11-22")]
    [InlineData("/catalogue?recordedAsOf=2027-01-01")]
    [InlineData("/catalogue?asOf=")]
    public async Task Today_is_today_however_it_is_asked_for(string path) =>
        Assert.Contains("idempotencyKey", await Page(path), StringComparison.Ordinal);

    [Fact]
    public async Task A_date_that_cannot_be_read_is_refused_with_the_way_to_write_it()
    {
        using var answer = await host.Get("/catalogue?asOf=2023-02-31");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("2023-02-31", page, StringComparison.Ordinal);
        Assert.Contains("14/10/2023", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/at-all", HttpStatusCode.NotFound, "Il n’y a rien à cette adresse")]
    [InlineData("/fails", HttpStatusCode.InternalServerError, "Une erreur est de notre fait")]
    [InlineData("/language?to=tlh", HttpStatusCode.BadRequest, "Demande mal comprise")]
    [InlineData("/catalogue/errors/412", HttpStatusCode.PreconditionFailed, "Quelqu’un est passé avant vous")]
    public async Task An_error_is_worded_for_people(string path, HttpStatusCode status, string title)
    {
        using var answer = await host.Get(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"<h1>{title}</h1>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_program_that_asks_the_interface_of_programs_gets_no_page()
    {
        using var answer = await host.Get("/api/fails");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_page_holds_a_script_or_a_style_of_its_own()
    {
        using var answer = await host.Get("/catalogue");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotMatch(InlineCode(), page);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_that_a_page_asks_for_is_served_and_kept_for_a_year()
    {
        var page = await Page("/catalogue");
        var stylesheet = StylesheetAddress().Match(page).Groups[1].Value;
        var fonts = FontAddress().Matches(await Page(stylesheet)).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(8, fonts.Length);
        foreach (var file in FileAddress().Matches(page).Select(match => match.Groups[1].Value).Concat(fonts))
        {
            using var answer = await host.Get(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
        }
    }

    [GeneratedRegex(@"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]+)\"")]
    private static partial Regex StylesheetAddress();

    [GeneratedRegex(@"url\((/face/[^)]+)\)")]
    private static partial Regex FontAddress();

    [GeneratedRegex("(?:href|src)=\"(/face/[^\"]+)\"")]
    private static partial Regex FileAddress();
}
