using System.Text.Encodings.Web;
using System.Text.Unicode;
using Governance.Api.Face.Wording;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Face;

/// <summary>The interface: what it needs, what it puts around every request, and its own addresses.</summary>
public static class FaceRegistration
{
    /// <summary>
    /// Pages load only what this site serves; no script or style stands inside a page. Images may be data (a QR code).
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Registers components, texts, the two dates of a page and the frame's context.</summary>
    public static IServiceCollection AddFace(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddLocalization();
        // Letters with accents stay letters in the source of a page; what HTML reserves is still escaped.
        services.Replace(ServiceDescriptor.Singleton(HtmlEncoder.Create(UnicodeRanges.All)));
        services.Replace(ServiceDescriptor.Transient(typeof(IStringLocalizer<>), typeof(SpacedLocalizer<>)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<FrameContext>();
        services.AddScoped(RequestedTime);
        services.AddCascadingValue(provider => provider.GetRequiredService<TimeTravel>());
        return services;
    }

    /// <summary>
    /// Headers, language, error pages and dates. Call it before authentication, so that a refusal to sign in is worded too.
    /// </summary>
    public static WebApplication UseFace(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // As the answer starts: whoever handles an error clears the headers that were set before it.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                // What is no page of ours names a stricter one.
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                // A page whose address holds what somebody typed tells it to no other.
                if (!headers.ContainsKey("Referrer-Policy"))
                    headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
                return Task.CompletedTask;
            });
            return next(context);
        });
        Language.Use(app);
        ErrorPages.Use(app);
        return app;
    }

    /// <summary>Pages, static files, and the addresses of language and appearance. Call it after authorization.</summary>
    public static WebApplication MapFace(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (!await ErrorPages.RefuseDatesAsync(context))
                await next(context);
        });
        app.UseAntiforgery();
        FaceFiles.Map(app);
        Language.Map(app);
        Appearance.Map(app);
        if (app.Environment.IsDevelopment())
            Catalogue.CataloguePages.Map(app);
        app.MapRazorComponents<Pages>();
        return app;
    }

    private static TimeTravel RequestedTime(IServiceProvider provider)
    {
        var zone = provider.GetRequiredService<FrameContext>().Zone;
        var now = TimeZoneInfo.ConvertTime(provider.GetRequiredService<TimeProvider>().GetUtcNow(), zone);
        var today = DateOnly.FromDateTime(now.DateTime);
        return provider.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context
            ? TimeTravel.Read(context.Request.Query, today).Time
            : new TimeTravel(today);
    }
}
