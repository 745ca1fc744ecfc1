using System.Globalization;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.Associations;

public static class FoundingForms
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["association.slug"] = "slug",
        ["association.already-founded"] = "slug",
        ["association.time-zone"] = "timeZone",
        ["association.secretariat-missing"] = "secretariat.name",
    };

    /// <summary>The form that founds an association, then on to the account of whoever keeps its records.</summary>
    public static void MapFoundingForms(this IEndpointRouteBuilder app) =>
        app.MapFormPost("/associations/new", AssociationUseCases.Found.Permission, async (HttpContext http, CommandEntrance entrance) =>
        {
            var (values, key) = await Forms.ReadAsync(http);
            var errors = new ShapeErrors();
            var (request, _) = Forms.Request<FoundAssociationRequest>(http, values, TimeZoneInfo.Utc, errors);
            var result = errors.Any
                ? new CommandResult.Malformed(errors.ByField)
                : await entrance.FoundAsync(http, AssociationUseCases.Found, request!, (request!.Slug, request.TimeZone), key);
            return result is CommandResult.Done done
                ? Results.LocalRedirect(QueryHelpers.AddQueryString("/accounts", new Dictionary<string, string?>
                {
                    ["association"] = request!.Slug,
                    ["person"] = done.Ids["person"].ToString("D", CultureInfo.InvariantCulture),
                }))
                : Forms.Again<FoundAssociationPage>(http, new FormSent(values, key, Forms.Errors(result, Fields)), Problems.Of(result)!.Status!.Value);
        });
}
