using Governance.Api.Face;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Governance.Tests.Face;

/// <summary>The interface alone on a real port: no database, a clock that stands still at 22 November 2026, noon in Paris.</summary>
public sealed class FaceHost : IAsyncLifetime
{
    private readonly WebApplication app;

    public FaceHost()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new StandingClock());
        builder.Services.AddFace();
        app = builder.Build();
        app.UseFace();
        app.MapGet("/fails", string () => throw new InvalidOperationException("a defect"));
        app.MapGet("/api/fails", () => Results.StatusCode(404));
        app.MapFace();
    }

    /// <summary>Root of the site, without a final slash.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Asks as a browser would, without following redirections or keeping cookies.</summary>
    public async Task<HttpResponseMessage> Get(string path, string language = "fr", string? cookie = null)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, Address + path);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    }
}
