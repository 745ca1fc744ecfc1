using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Api.Face.Catalogue;

/// <summary>Every component with sample data, for whoever writes pages. Served in development only.</summary>
internal static class CataloguePages
{
    private static readonly NavigationEntry[] Sample =
    [
        new("Navigation.Home", "/catalogue", NavigationGroup.Home),
        new("Navigation.Colleges", "/catalogue/colleges", NavigationGroup.Bodies),
        new("Navigation.Votes", "/catalogue/votes", NavigationGroup.Bodies),
        new("Navigation.Statutes", "/catalogue/statutes", NavigationGroup.Bodies),
        new("Navigation.Members", "/catalogue/members", NavigationGroup.Network),
        new("Navigation.WorkingGroups", "/catalogue/working-groups", NavigationGroup.Network),
        new("Navigation.Roadmap", "/catalogue/roadmap", NavigationGroup.Work),
        new("Navigation.Record", "/catalogue/record", NavigationGroup.Record),
    ];

    internal static void Map(WebApplication app)
    {
        app.MapGet("/catalogue", (FrameContext frame) => { Fill(frame); return new RazorComponentResult<CataloguePage>(); })
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/catalogue/errors/{status:int}", (int status, FrameContext frame) => { Fill(frame); return ErrorPages.Page(status); })
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static void Fill(FrameContext frame)
    {
        frame.AssociationName = "Réseau National des Centres de Ressources Politique de la Ville";
        frame.HomeHref = "/catalogue";
        frame.AccountName = "Secrétariat";
        frame.SignOutHref = "/catalogue";
        frame.SearchHref = "/catalogue";
        frame.Navigation = Sample;
    }
}
