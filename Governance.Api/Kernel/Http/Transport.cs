using System.Net;

namespace Governance.Api.Kernel.Http;

/// <summary>How a request came, as far as the host can tell: which cookies may travel, and whether somebody forwards it unnamed.</summary>
public static class Transport
{
    // Set before the proxies that are named are taken at their word, which removes the headers.
    private static readonly object Noted = new();

    /// <summary>
    /// Whether a cookie has to be <c>Secure</c>: always, save where somebody works on the very machine without TLS (<c>http://localhost:5080</c>). A proxy
    /// that ends TLS and is not named makes requests look like that, but for the host asked for.
    /// </summary>
    public static bool NeedsSecureCookies(HttpContext http) => http.Request.IsHttps || !IsLoopback(http.Request.Host.Host) || IsForwarded(http);

    /// <summary>Warns once when requests are forwarded by a proxy that the configuration does not name. Stands before all that reads scheme or address.</summary>
    public static void UseForwardingWarning(this WebApplication app, IReadOnlyList<IPAddress> named)
    {
        var warned = 0;
        app.Use((http, next) =>
        {
            var forwarded = http.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));
            if (forwarded)
                http.Items[Noted] = true;
            if (forwarded && !Names(named, http.Connection.RemoteIpAddress) && Interlocked.Exchange(ref warned, 1) == 0)
            {
                app.Logger.LogWarning(
                    "Requests are forwarded by {Proxy}, which is not named: its word on scheme and client address is not taken, HSTS is not sent, and all "
                    + "clients count as one address. Name it as Governance__Proxies__0.",
                    http.Connection.RemoteIpAddress);
            }

            return next(http);
        });
    }

    private static bool IsForwarded(HttpContext http) => http.Items.ContainsKey(Noted);

    private static bool Names(IReadOnlyList<IPAddress> named, IPAddress? address) =>
        address is not null && named.Any(proxy => proxy.MapToIPv6().Equals(address.MapToIPv6()));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

/// <summary>A cookie that is <c>Secure</c> wherever it has to be (<see cref="Transport.NeedsSecureCookies"/>).</summary>
public sealed class SecureCookie : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = Transport.NeedsSecureCookies(context);
        return options;
    }
}
