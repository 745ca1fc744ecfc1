namespace Governance.Api.Face;

/// <summary>Groups of the side navigation, in the order shown. Each has its word in Text.resx (<c>Group.Home</c>...).</summary>
public enum NavigationGroup { Home, Bodies, Network, Work, Record, Installation }

/// <summary>One entry of the side navigation.</summary>
/// <param name="Key">Key of its label in Text.resx, <c>Navigation.*</c>.</param>
/// <param name="Href">Address of the page; the entry is current on it and below it.</param>
/// <param name="Group">Where it stands.</param>
/// <param name="Also">Pages with addresses of their own that one comes to from it: it is current on them, and below them, too.</param>
public sealed record NavigationEntry(string Key, string Href, NavigationGroup Group, params IReadOnlyList<string> Also)
{
    public NavigationEntry For(string slug) => this with { Href = In(slug, Href), Also = [.. Also.Select(href => In(slug, href))] };

    private static string In(string slug, string href) => href.Replace("{slug}", slug, StringComparison.Ordinal);
}

/// <summary>The side navigation: whoever adds a page adds its line here, and only then.</summary>
public static class Navigation
{
    /// <summary>Entries in the order shown inside their group.</summary>
    public static readonly IReadOnlyList<NavigationEntry> Entries =
    [
        new("Navigation.Home", "/{slug}", NavigationGroup.Home),
        new("Navigation.Calendar", "/{slug}/calendar", NavigationGroup.Home),
        new("Navigation.Meetings", "/{slug}/meetings", NavigationGroup.Bodies),
        new("Navigation.Votes", "/{slug}/ballots", NavigationGroup.Bodies),
        new("Navigation.Colleges", "/{slug}/colleges", NavigationGroup.Bodies, "/{slug}/elections"),
        new("Navigation.People", "/{slug}/people", NavigationGroup.Bodies, "/{slug}/retention", "/{slug}/legal-holds", "/{slug}/reads"),
        new("Navigation.Association", "/{slug}/association", NavigationGroup.Network),
        new("Navigation.Members", "/{slug}/members", NavigationGroup.Network),
        new("Navigation.Dues", "/{slug}/dues", NavigationGroup.Network),
        new("Navigation.WorkingGroups", "/{slug}/working-groups", NavigationGroup.Network),
        new("Navigation.Gatherings", "/{slug}/gatherings", NavigationGroup.Network),
        new("Navigation.SharedTools", "/{slug}/shared-tools", NavigationGroup.Network),
        new("Navigation.Roadmap", "/{slug}/roadmap", NavigationGroup.Work, "/{slug}/workstreams"),
        new("Navigation.Conventions", "/{slug}/conventions", NavigationGroup.Work),
        new("Navigation.Contributions", "/{slug}/contributions", NavigationGroup.Work),
        new("Navigation.Documents", "/{slug}/documents", NavigationGroup.Record),
        new("Navigation.Registers", "/{slug}/registers", NavigationGroup.Record),
        new("Navigation.Statutes", "/{slug}/statutes", NavigationGroup.Record),
        new("Navigation.Record", "/{slug}/history", NavigationGroup.Record, "/{slug}/events", "/{slug}/changes"),
    ];

    /// <summary>What whoever administers the installation has beside them.</summary>
    public static readonly IReadOnlyList<NavigationEntry> OfAdministrators = [new("Navigation.Accounts", "/accounts", NavigationGroup.Installation)];
}
