using Governance.Api.Access;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Governance.Tests.Browser))]

namespace Governance.Tests;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Width">Width of the window, in CSS pixels.</param>
/// <param name="Height">Height of the window, in CSS pixels.</param>
public sealed record View(int Width, int Height, ColorScheme Scheme = ColorScheme.Light, string Locale = "fr-FR", bool Scripts = true)
{
    public static readonly View Wide = new(1280, 900);

    public static readonly View Phone = new(390, 844);
}

/// <summary>
/// One Chromium for all tests, started by the first that asks. A test takes it in its constructor and opens pages, each in a
/// context of its own (no shared cookies); disposing of the page's context is the test's part.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Programs = ["chromium-headless-shell", "chromium"];

    private readonly SemaphoreSlim starting = new(1, 1);

    private IPlaywright? playwright;

    private IBrowser? chromium;

    /// <summary>A page in a fresh context. Close it with <c>await page.Context.CloseAsync()</c>.</summary>
    public async Task<IPage> Open(View view)
    {
        var context = await (await Started()).NewContextAsync(new()
        {
            ViewportSize = new() { Width = view.Width, Height = view.Height },
            ColorScheme = view.Scheme,
            Locale = view.Locale,
            JavaScriptEnabled = view.Scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    /// <summary>Where the browser is: the one without windows, which opens a page in a third of the time, or the whole one.</summary>
    private static string OnThePath() => Programs
        .SelectMany(program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"The browser tests need {string.Join(" or ", Programs)} on the PATH.");

    private async Task<IBrowser> Started()
    {
        await starting.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return chromium ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = OnThePath(),
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                    // No page lives long enough to earn its scripts a better second compilation, which took a fifth of what pages cost.
                    "--js-flags=--no-opt --no-maglev",
                ],
            });
        }
        finally
        {
            starting.Release();
        }
    }
}

internal static class SignedIn
{
    /// <summary>Lets a browser be signed in for a role, as after the form: its next page is that of somebody who is.</summary>
    public static async Task SignInAsync(this IPage page, Host host, Role role) =>
        await page.Context.AddCookiesAsync((await host.SessionAsync(role)).Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Url = host.Address.ToString(),
            HttpOnly = cookie.HttpOnly,
            SameSite = SameSiteAttribute.Lax,
        }));

    /// <summary>A page in a fresh context in which a role is signed in.</summary>
    public static async Task<IPage> OpenAsync(this Browser browser, View view, Host host, Role role)
    {
        var page = await browser.Open(view);
        await page.SignInAsync(host, role);
        return page;
    }
}
