using System.Globalization;
using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.Localization;

namespace Governance.Api.Face;

/// <summary>The language of the interface: <c>?lang=</c>, else the stored choice, else what the browser asks for, else French.</summary>
public static class Language
{
    private const string CookieName = "language";

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"fr" or "en", for the lang attribute.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "fr";

    internal static void Use(WebApplication app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture(French),
        SupportedCultures = [French, English],
        SupportedUICultures = [French, English],
        ApplyCurrentCultureToResponseHeaders = true,
        RequestCultureProviders =
        [
            new CustomRequestCultureProvider(context => Asked(context.Request.Query["lang"])),
            new CustomRequestCultureProvider(context => Asked(context.Request.Cookies[CookieName])),
            new CustomRequestCultureProvider(context => Asked(Preferred(context.Request))),
        ],
    });

    internal static void Map(WebApplication app)
    {
        app.MapRead("/language", (HttpContext context, string? to, string? returnTo) => Switch(context, to, returnTo))
            .AllowAnonymous().ExcludeFromDescription();
        // A form without JavaScript posts here too: a language harms nobody, so no token is asked for.
        app.MapWrite("/language", async Task<IResult> (HttpContext context) =>
        {
            if (!context.Request.HasFormContentType)
                return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
            var form = await context.Request.ReadFormAsync();
            return Switch(context, form["to"], form["returnTo"]);
        }).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static IResult Switch(HttpContext context, string? to, string? returnTo)
    {
        if (to is not ("fr" or "en"))
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        context.Response.Cookies.Append(CookieName, to, Preference.Cookie(context));
        return TypedResults.LocalRedirect(Preference.ReturnAddress(returnTo));
    }

    /// <summary>The first of our two languages that the browser names, whatever the country it adds.</summary>
    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(language => language.Quality is null or > 0)
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(language => language is "fr" or "en");

    private static Task<ProviderCultureResult?> Asked(string? language) => Task.FromResult(language switch
    {
        "fr" => new ProviderCultureResult(French.Name),
        "en" => new ProviderCultureResult(English.Name),
        _ => null,
    });
}
