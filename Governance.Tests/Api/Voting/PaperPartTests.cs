using Governance.Tests.Face;
using Microsoft.Playwright;
using Xunit;

namespace Governance.Tests.Api.Voting;

/// <summary>Papers and outcomes of every method in a real browser.</summary>
public sealed class PaperPartTests(FaceHost host, Browser browser) : IClassFixture<FaceHost>
{
    [Theory]
    [InlineData(false, ColorScheme.Light, "fr-FR", "/catalogue/papers")]
    [InlineData(true, ColorScheme.Dark, "fr-FR", "/catalogue/papers")]
    [InlineData(true, ColorScheme.Light, "en-GB", "/catalogue/papers")]
    [InlineData(false, ColorScheme.Dark, "en-GB", "/catalogue/outcomes")]
    [InlineData(true, ColorScheme.Light, "fr-FR", "/catalogue/outcomes")]
    [InlineData(true, ColorScheme.Dark, "fr-FR", "/catalogue/outcomes")]
    public async Task No_accessibility_fault_and_nothing_off_the_edge(bool phone, ColorScheme scheme, string locale, string path)
    {
        var page = await browser.Open((phone ? View.Phone : View.Wide) with { Scheme = scheme, Locale = locale });
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        await page.GotoAsync(host.Address + path);
        await page.UnfoldAsync();
        if (path.EndsWith("papers", StringComparison.Ordinal))
            await Rank(page, "schulze", "Santé et quartiers", "Outils mutualisés");

        Assert.Empty(await page.FaultsAsync());
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_outcome_has_its_picture_its_table_and_its_working()
    {
        var page = await browser.Open(View.Wide);
        await page.GotoAsync(host.Address + "/catalogue/outcomes");
        var outcomes = await page.Locator("section.outcome").AllAsync();
        Assert.Equal(9, outcomes.Count);
        foreach (var outcome in outcomes)
        {
            Assert.True(await outcome.Locator("figure svg rect").CountAsync() > 1);
            Assert.True(await outcome.Locator("figure table, .grid table").CountAsync() >= 1);
            Assert.True(await outcome.Locator(".why").CountAsync() > 1);
            await Assertions.Expect(outcome.Locator(".question")).Not.ToHaveTextAsync("");
        }

        await Assertions.Expect(page.Locator("#approval")).ToContainTextAsync("toutes les voix sont multipliées par 2");
        await Assertions.Expect(page.Locator("#stv .grid tbody tr", new() { HasText = "Formation" })).ToContainTextAsync("hors course");
        await Assertions.Expect(page.Locator("#consent .objections")).ToContainTextAsync("il manque le poste d’animation");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_ranking_is_made_with_buttons_and_moved_by_the_keyboard_which_says_where_it_went()
    {
        var page = await browser.Open(View.Phone);
        await page.GotoAsync(host.Address + "/catalogue/papers");
        await Rank(page, "stv", "Énergie et logement", "Santé et quartiers", "Outils mutualisés");
        var handle = Item(page, "stv", "Outils mutualisés").Locator(".rank-handle");
        await handle.FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(handle).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#stv [aria-live]")).ToHaveTextAsync("Outils mutualisés : rang 1 sur 3");
        await page.Keyboard.PressAsync("ArrowDown");
        await Item(page, "stv", "Énergie et logement").GetByRole(AriaRole.Button, new() { Name = "Descendre Énergie et logement" }).ClickAsync();
        await Assertions.Expect(page.Locator("#stv ol.rank-list .rank-name")).ToHaveTextAsync(["Outils mutualisés", "Énergie et logement", "Santé et quartiers"]);
        await Item(page, "stv", "Santé et quartiers").Locator(".rank-handle").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("#stv [aria-live]")).ToHaveTextAsync("Santé et quartiers : hors classement");

        await Send(page, "stv");
        await Assertions.Expect(page.Locator("#stv .paper-in-words li")).ToHaveTextAsync(
            ["1. Outils mutualisés", "2. Énergie et logement", "Hors classement : Accueil des nouveaux arrivants, Santé et quartiers et Formation des équipes"]);
        await Assertions.Expect(page.Locator("#stv ol.rank-list .rank-name")).ToHaveTextAsync(["Outils mutualisés", "Énergie et logement"]);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_ranking_is_dragged_by_its_handle_and_options_may_be_equal()
    {
        var page = await browser.Open(View.Phone);
        await page.GotoAsync(host.Address + "/catalogue/papers");
        await Rank(page, "schulze", "Énergie et logement", "Santé et quartiers", "Outils mutualisés");
        await Drag(page, Item(page, "schulze", "Outils mutualisés"), Item(page, "schulze", "Énergie et logement"), above: true);
        await Assertions.Expect(page.Locator("#schulze ol.rank-list .rank-name")).ToHaveTextAsync(["Outils mutualisés", "Énergie et logement", "Santé et quartiers"]);
        await Drag(page, Item(page, "schulze", "Énergie et logement"), Item(page, "schulze", "Formation des équipes"), above: false);
        await Assertions.Expect(page.Locator("#schulze ul.rank-list .rank-name")).ToContainTextAsync(["Énergie et logement"]);
        await Item(page, "schulze", "Santé et quartiers").GetByRole(AriaRole.Button, new() { Name = "Santé et quartiers, à égalité avec le précédent" }).ClickAsync();
        await Assertions.Expect(page.Locator("#schulze ol.rank-list .rank-number")).ToHaveTextAsync(["1", "1"]);

        await Send(page, "schulze");
        await Assertions.Expect(page.Locator("#schulze .paper-in-words li").First).ToHaveTextAsync("1. Santé et quartiers et Outils mutualisés, à égalité");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_scripts_a_ranking_is_typed_and_equal_ranks_are_refused_beside_the_option_with_what_was_typed()
    {
        var page = await browser.Open(View.Phone with { Scripts = false });
        await page.GotoAsync(host.Address + "/catalogue/papers");
        await page.Locator("#stv input[name='paper-stv.1']").FillAsync("1");
        await page.Locator("#stv input[name='paper-stv.3']").FillAsync("1");
        await Send(page, "stv");

        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("« Énergie et logement » et « Outils mutualisés » au même rang");
        await Assertions.Expect(page.Locator("#stv .mark-row.has-error")).ToContainTextAsync("Outils mutualisés");
        await Assertions.Expect(page.Locator("#stv input[name='paper-stv.1']")).ToHaveValueAsync("1");
        await page.Locator("#stv input[name='paper-stv.3']").FillAsync("2");
        await Send(page, "stv");
        await Assertions.Expect(page.Locator("#stv .paper-in-words li").First).ToHaveTextAsync("1. Énergie et logement");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Points_that_do_not_add_up_are_refused_and_what_was_entered_is_kept(bool scripts)
    {
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await page.GotoAsync(host.Address + "/catalogue/papers");
        await page.Locator("#points input[name='paper-points.0']").FillAsync("6");
        if (scripts)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Un point de plus pour Énergie et logement" }).ClickAsync();
            await Assertions.Expect(page.Locator("#points output")).ToHaveTextAsync("Points restants : 3");
        }
        else
        {
            await page.Locator("#points input[name='paper-points.1']").FillAsync("1");
        }

        await Send(page, "points");
        await Assertions.Expect(page.Locator(".error-summary")).ToContainTextAsync("donne 7 points en tout, il faut en donner exactement 10");
        await Assertions.Expect(page.Locator("#points input[name='paper-points.0']")).ToHaveValueAsync("6");
        await Assertions.Expect(page.Locator("#points input[name='paper-points.1']")).ToHaveValueAsync("1");
        await page.Locator("#points input[name='paper-points.0']").FillAsync("9");
        await Send(page, "points");
        await Assertions.Expect(page.Locator("#points .paper-in-words li")).ToHaveTextAsync(["Accueil des nouveaux arrivants : 9", "Énergie et logement : 1"]);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_option_gets_a_grade(bool scripts)
    {
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await page.GotoAsync(host.Address + "/catalogue/papers");
        await page.GetByRole(AriaRole.Group, new() { Name = "Accueil des nouveaux arrivants", Exact = true }).GetByLabel("Très bien", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Énergie et logement", Exact = true }).GetByLabel("À rejeter", new() { Exact = true }).CheckAsync();
        await Send(page, "judgment");
        await Assertions.Expect(page.Locator("#judgment .paper-in-words li")).ToHaveTextAsync(
        [
            "Accueil des nouveaux arrivants : Très bien", "Énergie et logement : À rejeter",
            "Sans mention, donc « À rejeter » : Santé et quartiers, Outils mutualisés et Formation des équipes",
        ]);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_objection_asks_for_its_reason(bool scripts)
    {
        var page = await browser.Open(View.Phone with { Scripts = scripts });
        await page.GotoAsync(host.Address + "/catalogue/papers");
        await page.Locator("#consent").GetByLabel("J’ai une objection").CheckAsync();
        await Send(page, "consent");
        await Assertions.Expect(page.Locator("#consent .field.has-error")).ToContainTextAsync("Une objection se motive");
        await page.Locator("#consent textarea").FillAsync("Le budget manque.");
        await Send(page, "consent");
        await Assertions.Expect(page.Locator("#consent .paper-in-words li")).ToHaveTextAsync("Objection : Le budget manque.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Too_many_choices_are_counted_as_they_are_ticked()
    {
        var page = await browser.Open(View.Phone);
        await page.GotoAsync(host.Address + "/catalogue/papers");
        var boxes = page.Locator("#several input[type=checkbox]");
        await boxes.Nth(0).CheckAsync();
        await Assertions.Expect(page.Locator("#several output")).ToHaveTextAsync("Options choisies : 1 sur 2 au plus");
        await boxes.Nth(1).CheckAsync();
        await boxes.Nth(2).CheckAsync();
        await Assertions.Expect(page.Locator("#several output")).ToHaveTextAsync("Options choisies : 3. Retirez-en : 2 au plus.");
        await page.Context.CloseAsync();
    }

    private static ILocator Item(IPage page, string sample, string option) => page.Locator($"#{sample} .rank-item", new() { HasText = option });

    private static async Task Rank(IPage page, string sample, params string[] options)
    {
        foreach (var option in options)
            await Item(page, sample, option).Locator(".rank-add").ClickAsync();
    }

    private static async Task Drag(IPage page, ILocator item, ILocator onto, bool above)
    {
        await item.Locator(".rank-handle").ScrollIntoViewIfNeededAsync();
        var (from, to) = ((await item.Locator(".rank-handle").BoundingBoxAsync())!, (await onto.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(from.X + (from.Width / 2), from.Y + (from.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + (from.Width / 2), above ? to.Y + 2 : to.Y + to.Height - 2, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    private static async Task Send(IPage page, string sample) => await page.Locator($"#{sample} button[type=submit]").ClickAsync();
}
