using System.Text;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Calendars;

public static class CalendarEndpoints
{
    private const string Page = "/{slug}/calendar";

    /// <summary>The calendar as programs follow it, and the forms of its page.</summary>
    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        app.MapRead(Page + "/{secret}.ics", FeedAsync).RequirePermission(Permission.Public).ExcludeFromDescription();
        app.MapFormPost(Page + "/addresses", Permission.ReadRegister, MakeAsync);
        app.MapFormPost(Page + "/addresses/{address:guid}/revoke", Permission.ReadRegister, RevokeAsync);
    }

    // The secret stands for its account: what that may not read any more, neither may whoever holds the address.
    private static async Task<IResult> FeedAsync(
        HttpContext http, string secret, RequestScope scope, CalendarAddresses addresses, AccountLinks links, Mandated mandated, ReadDatabase reads,
        IStringLocalizer<MeetingText> meetings, IStringLocalizer<CalendarText> t, CancellationToken ct)
    {
        if (await addresses.FindAsync(secret, scope.Association.Id, ct) is not { } opened
            || await RequestScopes.OfAccountAsync(opened.Account, scope.Association, links, mandated, ct) is not { Person: { } person } actor
            || !actor.May(Permission.ReadRegister))
        {
            return Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found"));
        }

        var view = await scope.ViewAsync(reads, ct);
        var reader = new CalendarReader(view, scope.Association, $"{http.Request.Scheme}://{http.Request.Host}/{scope.Association.Slug}", meetings, t);
        var entries = opened switch
        {
            (_, CalendarKind.Duties, _) => await reader.DutiesAsync(person, ct),
            (_, _, { } group) => await reader.OfGroupAsync(group, ct),
            _ => await reader.EverythingAsync(ct),
        };
        var of = opened.Group is { } named && await Projections.WorkingGroups.FindAsync(view, named, ct) is { } known ? known.Name : t["Kind." + opened.Kind].Value;
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(Encoding.UTF8.GetBytes(CalendarFile.Of(entries, scope.Association.Zone, name: $"{of} ({scope.Association.Name})")), CalendarFile.ContentType);
    }

    private static async Task<IResult> MakeAsync(HttpContext http, RequestScope scope, CalendarAddresses addresses)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var kind = EnumNames.Read<CalendarKind>(values.GetValueOrDefault("kind"));
        var group = kind == CalendarKind.Group && Guid.TryParse(values.GetValueOrDefault("group"), out var id) ? WorkingGroupId.Of(id) : (WorkingGroupId?)null;
        if (kind is not { } wanted || (wanted == CalendarKind.Group && group is null) || Authentication.AccountOf(http.User) is not { } account)
            return Again(http, new FormSent(values, key, [new("kind", CalendarWording("Error.Kind"))]), null);
        return await addresses.NewAsync(account, scope.Association.Id, wanted, group, http.RequestAborted) is { } secret
            ? Again(http, null, $"{http.Request.Scheme}://{http.Request.Host}/{scope.Association.Slug}/calendar/{secret}.ics")
            : Again(http, new FormSent(values, key, [new("kind", CalendarWording("Error.Most"))]), null);

        string CalendarWording(string name) => http.RequestServices.GetRequiredService<IStringLocalizer<CalendarText>>()[name, CalendarAddresses.Most];
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, Guid address, RequestScope scope, CalendarAddresses addresses)
    {
        if (Authentication.AccountOf(http.User) is { } account)
            await addresses.RevokeAsync(account, address, http.RequestAborted);
        return Results.LocalRedirect($"/{scope.Association.Slug}/calendar");
    }

    private static RazorComponentResult<CalendarPage> Again(HttpContext http, FormSent? sent, string? made)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new(new Dictionary<string, object?>
        {
            [nameof(CalendarPage.Slug)] = http.Request.RouteValues["slug"],
            [nameof(CalendarPage.Sent)] = sent,
            [nameof(CalendarPage.Made)] = made,
        })
        { StatusCode = sent is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
