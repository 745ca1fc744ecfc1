using System.Net;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>Where an installation of several associations leads whoever comes to its first page.</summary>
public sealed class StartPageTests(Host host) : IClassFixture<Host>, IAsyncLifetime
{
    private const string Password = "a long enough password";
    private const string Other = "voisine";
    private const string Third = "lointaine";

    public async ValueTask InitializeAsync()
    {
        // Each association is founded once for all tests of the class.
        foreach (var slug in new[] { Other, Third })
        {
            if (await host.App.Services.GetRequiredService<AssociationDirectory>().FindAsync(slug, Ct) is null)
                await host.FoundAsync(slug);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_member_of_one_of_several_associations_is_led_straight_into_it()
    {
        using var member = await Visitor.AsAsync(host, Role.Member);
        using var answer = await member.Client.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal((HttpStatusCode.Redirect, $"/{Host.Slug}"), (answer.StatusCode, PathOf(answer)));
    }

    [Fact]
    public async Task Somebody_of_two_associations_of_three_chooses_among_the_two()
    {
        using var both = await LinkedAsync("deux@essai.example", Host.Slug, Other);
        var page = await both.ReadAsync("/");
        Assert.Contains($"<a href=\"/{Host.Slug}\">", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/{Other}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Third, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_linked_to_nobody_is_told_so_and_of_no_association()
    {
        using var nobody = await LinkedAsync("personne@essai.example");
        var page = await nobody.ReadAsync("/");
        Assert.Contains("n’est relié à personne", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.All([Host.Slug, Other, Third], slug => Assert.DoesNotContain($"href=\"/{slug}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("/associations/new", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_of_the_installation_sees_every_association()
    {
        using var administrator = await Visitor.AsAsync(host, Role.Administrator);
        var page = await administrator.ReadAsync("/");
        Assert.All([Host.Slug, Other, Third], slug => Assert.Contains($"<a href=\"/{slug}\">", page, StringComparison.Ordinal));
        Assert.Contains("/associations/new", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_signs_in_before_any_of_several_associations_is_named()
    {
        using var visitor = new Visitor(host);
        using var answer = await visitor.Client.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (answer.StatusCode, PathOf(answer)));
    }

    [Fact]
    public async Task A_refusal_names_the_association_to_its_own_people_alone()
    {
        using var member = await Visitor.AsAsync(host, Role.Member);
        Assert.Contains("Association d'essai", await RefusedAsync(member, $"/{Host.Slug}/members/admit"), StringComparison.Ordinal);

        using var neighbour = await LinkedAsync("voisin@essai.example", Other);
        Assert.DoesNotContain("Association d'essai", await RefusedAsync(neighbour, $"/{Host.Slug}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Association d'essai", await RefusedAsync(neighbour, $"/{Host.Slug}/members"), StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } whole ? whole.AbsolutePath : answer.Headers.Location!.ToString();

    private static async Task<string> RefusedAsync(Visitor visitor, string page)
    {
        using var answer = await visitor.Client.GetAsync(new Uri(page, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>A browser in which a new account is signed in that is a member of each of some associations.</summary>
    private async Task<Visitor> LinkedAsync(string login, params string[] slugs)
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync(login, Password, isAdministrator: false);
        Assert.Empty(faults);
        var links = host.App.Services.GetRequiredService<AccountLinks>();
        foreach (var slug in slugs)
        {
            Assert.Equal(
                AccountLinks.Linked.Done,
                await links.LinkAsync(account!.Id, AssociationDirectory.IdOf(slug), await host.MandateAsync(slug, Role.Member), null, Ct));
        }

        var visitor = new Visitor(host);
        using var signedIn = await visitor.SignInAsync(login, Password);
        return visitor;
    }
}
