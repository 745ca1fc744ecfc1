using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Api.Face;

/// <summary>
/// What a person reads when a page cannot be given. Only for requests that ask for HTML: programs receive their problem
/// details from the host.
/// </summary>
public static class ErrorPages
{
    /// <summary>True when the one who asks reads HTML and the address is a page's, not the API's.</summary>
    public static bool IsForPeople(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>An error page as the result of an endpoint.</summary>
    /// <param name="status">HTTP status; one without its own words takes those of its hundred (400 or 500).</param>
    /// <param name="what">What happened, in the words of the case; null takes the status's own.</param>
    /// <param name="why">The rule behind it, with its article.</param>
    /// <param name="mend">How to mend it.</param>
    public static RazorComponentResult<ErrorPage> Page(int status, string? what = null, string? why = null, string? mend = null) =>
        new(new Dictionary<string, object?>
        {
            [nameof(ErrorPage.Status)] = status,
            [nameof(ErrorPage.What)] = what,
            [nameof(ErrorPage.Reason)] = why,
            [nameof(ErrorPage.Mend)] = mend,
        })
        { StatusCode = status };

    internal static void Use(WebApplication app)
    {
        app.UseWhen(IsForPeople, people =>
        {
            people.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = context => ShowAsync(context, StatusCodes.Status500InternalServerError),
            });
            people.UseStatusCodePages(status => LeadsToItsPage(status.HttpContext) ?? ShowAsync(status.HttpContext, StatusOf(status.HttpContext)));
        });
    }

    // An answer to a form stands at the form's address. Whoever asks for that again, in another language, on another day or to read it anew, gets the page.
    private static Task? LeadsToItsPage(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status405MethodNotAllowed || !HttpMethods.IsGet(context.Request.Method)
            || context.Request.Path.Value is not { } path || path.StartsWith("//", StringComparison.Ordinal) || path.LastIndexOf('/') is not (> 0 and var end))
            return null;
        context.Response.Redirect(context.Request.PathBase + path[..end] + context.Request.QueryString);
        return Task.CompletedTask;
    }

    // What its reader just made and the read models do not show yet is not missing: the page says so, and the browser asks again by itself.
    private static int StatusOf(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status404NotFound || context.Features.Get<RequestScope>() is not { NotYetShown: true })
            return context.Response.StatusCode;
        context.Response.Headers["Refresh"] = "2";
        return StatusCodes.Status202Accepted;
    }

    /// <summary>Answers a request whose dates cannot be read, in the frame as it is filled by then.</summary>
    /// <returns>False when its dates can be read: nothing was answered.</returns>
    public static async Task<bool> RefuseDatesAsync(HttpContext context)
    {
        if (!IsForPeople(context) || TimeTravel.Read(context.Request.Query, default).NotADate is not { } notADate)
            return false;
        var texts = context.RequestServices.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<Text>>();
        await Page(StatusCodes.Status400BadRequest, texts["Time.NotADate", notADate], texts["Time.NotADateWhy"], texts["Time.NotADateMend"])
            .ExecuteAsync(context);
        return true;
    }

    /// <summary>What the error page says, in the words of the case, that a page without anything to show leads to.</summary>
    public static void Say(HttpContext context, string what, string why, string mend) => context.Items[typeof(Said)] = new Said(what, why, mend);

    private sealed record Said(string What, string Why, string Mend);

    // A page that was begun has used up the components of its request: the error page takes services of its own, in the same frame.
    private static async Task ShowAsync(HttpContext context, int status)
    {
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<FrameContext>().TakeFrom(services.GetRequiredService<FrameContext>());
        context.RequestServices = scope.ServiceProvider;
        // Each rendering adds it, and a header is added once.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        try
        {
            var said = context.Items[typeof(Said)] as Said;
            await Page(status, said?.What, said?.Why, said?.Mend).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
