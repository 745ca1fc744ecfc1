using System.Net;
using System.Net.Http.Json;
using Governance.Api.Access;
using Xunit;

namespace Governance.Tests.Api.Access;

/// <summary>A reverse proxy that ends TLS, named or not.</summary>
public sealed class ProxyTests(Host host) : IClassFixture<Host>
{
    [Theory]
    [InlineData("localhost", null, false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("[::1]", null, false)]
    [InlineData("registre.example", null, true)]
    [InlineData("localhost", "https", true)]
    public async Task Cookies_are_secure_save_on_the_machine_itself(string asked, string? forwarded, bool secure)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "Accept", "text/html" }, { "Host", asked } } };
        if (forwarded is not null)
            request.Headers.Add("X-Forwarded-Proto", forwarded);
        using var answer = await client.SendAsync(request, Ct);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_named_HSTS_is_sent_and_links_are_https()
    {
        await using var behind = new Host { Settings = new Dictionary<string, string?> { ["Governance:Proxies:0"] = "127.0.0.1" } };
        await behind.InitializeAsync();
        using var client = new HttpClient { BaseAddress = behind.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in")
        {
            Headers = { { "Accept", "text/html" }, { "Host", "registre.example" }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "203.0.113.7" } },
        };
        using var answer = await client.SendAsync(request, Ct);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Too_many_tries_for_one_login_keep_nobody_else_out()
    {
        await using var few = new Host { Settings = new Dictionary<string, string?> { [SignInAttempts.Setting] = "2" } };
        await few.InitializeAsync();
        // Each account has made its token once.
        var (tried, other) = (few.Account(Role.Auditor), few.Account(Role.Member));
        using var client = few.As(null);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(client, tried.Login, "not the password"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(client, tried.Login, "not the password"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(client, $" {tried.Login.ToUpperInvariant()}", tried.Password));

        Assert.Equal(HttpStatusCode.Created, await TryAsync(client, other.Login, other.Password));
        using var browser = new Visitor(few);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignInAsync(tried.Login, tried.Password)).StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<HttpStatusCode> TryAsync(HttpClient client, string login, string password)
    {
        using var answer = await client.PostAsJsonAsync("/api/tokens", new { login, password, label = "try" }, Ct);
        return answer.StatusCode;
    }
}
