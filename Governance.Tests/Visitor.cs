using System.Net;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Xunit;

namespace Governance.Tests;

/// <summary>Somebody with a browser that runs no scripts: pages, forms and cookies.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public Visitor(Uri address)
    {
        Address = address;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
    }

    public Visitor(Host host) : this(host.Address)
    {
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>What the browser keeps for the address.</summary>
    public IEnumerable<Cookie> Cookies => _cookies.GetCookies(Address);

    /// <summary>A browser in which a role is signed in.</summary>
    public static async Task<Visitor> AsAsync(Host host, Role role)
    {
        var visitor = new Visitor(host);
        await visitor.SignInAsync(host.Account(role).Login, host.Account(role).Password);
        return visitor;
    }

    /// <summary>Signs in by the form and gives its answer.</summary>
    public Task<HttpResponseMessage> SignInAsync(string login, string password, string returnTo = "/account") =>
        SendAsync("/sign-in", "/sign-in", ("login", login), ("password", password), ("returnTo", returnTo));

    /// <summary>The text of a page.</summary>
    public Task<string> ReadAsync(string page) => Client.GetStringAsync(new Uri(page, UriKind.RelativeOrAbsolute), Ct);

    /// <summary>Fills in a form that a page has, and sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string address, params (string Name, string Value)[] fields)
    {
        var token = AntiforgeryField().Match(await ReadAsync(page)).Groups[1].Value;
        Assert.NotEmpty(token);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await Client.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), form, Ct);
    }

    public void Dispose() => Client.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
