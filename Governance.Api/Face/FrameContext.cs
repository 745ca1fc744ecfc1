namespace Governance.Api.Face;

/// <summary>
/// What the frame shows around a page, one per request. The host fills it before the page is rendered (association and
/// account of the request); left alone, the frame shows the product's name and the way to sign in.
/// </summary>
public sealed class FrameContext
{
    /// <summary>Name of the association, in full.</summary>
    public string AssociationName { get; set; } = "Governance";

    /// <summary>The day on which the first of all was recorded, when the page is as known before it; null otherwise.</summary>
    public DateOnly? FirstRecorded { get; set; }

    /// <summary>Where the association's name leads.</summary>
    public string HomeHref { get; set; } = "/";

    /// <summary>The one page that the reader may open, by a voting link; null when others are open too.</summary>
    public string? OnlyHref { get; set; }

    /// <summary>Name of who is signed in; null when nobody is.</summary>
    public string? AccountName { get; set; }

    /// <summary>The account's page; null shows the name without a link.</summary>
    public string? AccountHref { get; set; }

    /// <summary>Where to sign in; null offers no sign-in.</summary>
    public string? SignInHref { get; set; }

    /// <summary>Of whoever is signed in, opaque; null of a visitor.</summary>
    public string? AccountId { get; set; }

    /// <summary>Where to send a sign-out (POST); null offers none.</summary>
    public string? SignOutHref { get; set; }

    /// <summary>Page that answers <c>?q=</c>; null leaves the search out.</summary>
    public string? SearchHref { get; set; }

    /// <summary>First day that the time control offers.</summary>
    public DateOnly FirstDay { get; set; } = new(2009, 1, 1);

    /// <summary>The association's clocks.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Entries of the side navigation; none outside an association, where the page has no side.</summary>
    public IReadOnlyList<NavigationEntry> Navigation { get; set; } = [];

    /// <summary>False on pages that say the same on every date: sign-in, accounts. They have no time control.</summary>
    public bool ShowsDates { get; set; } = true;

    /// <summary>Shows what another frame shows.</summary>
    internal void TakeFrom(FrameContext other)
    {
        AssociationName = other.AssociationName;
        FirstRecorded = other.FirstRecorded;
        HomeHref = other.HomeHref;
        OnlyHref = other.OnlyHref;
        AccountName = other.AccountName;
        AccountHref = other.AccountHref;
        SignInHref = other.SignInHref;
        SignOutHref = other.SignOutHref;
        AccountId = other.AccountId;
        SearchHref = other.SearchHref;
        FirstDay = other.FirstDay;
        Zone = other.Zone;
        Navigation = other.Navigation;
        ShowsDates = other.ShowsDates;
    }
}
