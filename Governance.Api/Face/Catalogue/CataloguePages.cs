using Governance.Api.Kernel.Http;
using Governance.Api.Voting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

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
        app.MapRead("/catalogue", (FrameContext frame) => { Fill(frame); return new RazorComponentResult<CataloguePage>(); })
            .AllowAnonymous().ExcludeFromDescription();
        app.MapRead("/catalogue/papers", (FrameContext frame) => { Fill(frame); return new RazorComponentResult<PapersPage>(); })
            .AllowAnonymous().ExcludeFromDescription();
        app.MapWrite("/catalogue/papers", ReadPaperAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapRead("/catalogue/outcomes", (FrameContext frame) => { Fill(frame); return new RazorComponentResult<OutcomesPage>(); })
            .AllowAnonymous().ExcludeFromDescription();
        app.MapRead("/catalogue/errors/{status:int}", (int status, FrameContext frame) => { Fill(frame); return ErrorPages.Page(status); })
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadPaperAsync(HttpContext http, FrameContext frame, IStringLocalizer<MethodText> texts)
    {
        Fill(frame);
        var (values, _) = await Forms.ReadAsync(http);
        return MethodSamples.All.FirstOrDefault(s => s.Key == values.GetValueOrDefault("sample")) is { } sample
            ? new RazorComponentResult<PapersPage>(new Dictionary<string, object?>
            {
                [nameof(PapersPage.Sample)] = sample.Key,
                [nameof(PapersPage.Values)] = values,
                [nameof(PapersPage.Read)] = PaperForm.Read(values, $"paper-{sample.Key}", sample.Question, MethodSamples.Shown, texts),
            })
            : ErrorPages.Page(StatusCodes.Status404NotFound);
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
