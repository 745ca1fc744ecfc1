using Governance.Api.Kernel.Http;

namespace Governance.Api.Face;

/// <summary>Light, dark, or as the device says: a stored choice that becomes <c>data-theme</c> on the page.</summary>
public static class Appearance
{
    private const string CookieName = "appearance";

    /// <summary>"light", "dark", or null when the device decides.</summary>
    public static string? Chosen(HttpContext? context) =>
        context?.Request.Cookies[CookieName] is "light" or "dark" ? context.Request.Cookies[CookieName] : null;

    internal static void Map(WebApplication app) =>
        app.MapRead("/appearance", IResult (HttpContext context, string? to, string? returnTo) =>
        {
            if (to is not ("light" or "dark" or "device"))
                return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
            if (to == "device")
                context.Response.Cookies.Delete(CookieName);
            else
                context.Response.Cookies.Append(CookieName, to, Preference.Cookie(context));
            return TypedResults.LocalRedirect(Preference.ReturnAddress(returnTo));
        }).AllowAnonymous().ExcludeFromDescription();
}
