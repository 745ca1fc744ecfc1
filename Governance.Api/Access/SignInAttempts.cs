using System.Threading.RateLimiting;

namespace Governance.Api.Access;

/// <summary>
/// Attempts to sign in, counted for each login from each address: whoever tries one login too often keeps nobody from another, and nobody elsewhere from that
/// one. Together an address has more, so that many people behind one can sign in.
/// </summary>
public sealed class SignInAttempts(IConfiguration configuration, InstallationKey key) : IDisposable
{
    /// <summary>Setting: attempts taken in a minute for one login from one address.</summary>
    public const string Setting = "Access:SignInsPerMinute";

    /// <summary>How many times as many an address has for all logins together.</summary>
    public const int AddressFactor = 15;

    private readonly PartitionedRateLimiter<(string Address, string Login)> _limiter = PartitionedRateLimiter.Create<(string Address, string Login), string>(
        attempt => RateLimitPartition.GetFixedWindowLimiter(attempt.Address + " " + attempt.Login, _ => Window(PerMinute(configuration))));

    public static int PerMinute(IConfiguration configuration) => configuration.GetValue(Setting, 20);

    public static FixedWindowRateLimiterOptions Window(int permits) => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 };

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Counts an attempt.</summary>
    /// <returns>False when there were too many in this minute.</returns>
    public bool Take(HttpContext http, string login)
    {
        // The login itself is kept nowhere in clear, however long it is.
        using var lease = _limiter.AttemptAcquire((AddressOf(http), Convert.ToHexString(key.Lookup(login.Trim().ToUpperInvariant()))));
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
