namespace Governance.Api.Access;

/// <summary>A way to sign in to the installation; who that is in an association is a link to a person there.</summary>
public sealed class Account
{
    public required Guid Id { get; init; }

    /// <summary>What one signs in with, in clear only in memory.</summary>
    public required string Login { get; set; }

    /// <summary>As logins are compared.</summary>
    public string NormalizedLogin { get; set; } = "";

    public string? PasswordHash { get; set; }

    /// <summary>Changes with every change of credentials: sessions older than that end.</summary>
    public string SecurityStamp { get; set; } = AccountStore.NewStamp();

    /// <summary>The stamp as it was read: credentials are written over these alone.</summary>
    public string StoredStamp { get; set; } = "";

    public bool IsAdministrator { get; set; }

    /// <summary>Made with the sample, on a private database only.</summary>
    public bool IsSample { get; init; }

    public int FailedAttempts { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}
