using System.Globalization;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Governance.Api.Access;

/// <summary>Signing in and out, passwords, tokens, and the accounts of the installation.</summary>
public static class AccessEndpoints
{
    /// <summary>What <c>POST /api/tokens</c> takes.</summary>
    /// <param name="Label">What the token is for, as its owner tells it from others.</param>
    public sealed record TokenRequest(string Login, string Password, string Label);

    /// <param name="Token">To be sent as <c>Authorization: Bearer TOKEN</c>; shown this once.</param>
    public sealed record TokenAnswer(Guid Id, string Token, DateTimeOffset Expires);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapFormPost("/sign-in", Permission.Public, SignInAsync).RequireRateLimiting(AccessRegistration.SignInLimit);
        app.MapFormPost("/sign-out", Permission.Public, SignOutAsync);
        app.MapFormPost("/setup/{token}", Permission.Public, SetUpAsync).RequireRateLimiting(AccessRegistration.SignInLimit);
        app.MapFormPost("/recover/{token}", Permission.Public, RecoverAsync).RequireRateLimiting(AccessRegistration.SignInLimit);
        app.MapFormPost("/account/password", Permission.OwnAccount, ChangePasswordAsync).RequireRateLimiting(AccessRegistration.SignInLimit);
        app.MapFormPost("/account/deeds", Permission.OwnAccount, ReadDeedsAsync);
        app.MapFormPost("/account/tokens", Permission.OwnAccount, MakeTokenAsync);
        app.MapFormPost("/account/tokens/{token:guid}/revoke", Permission.OwnAccount, RevokeTokenAsync);
        app.MapFormPost("/accounts", Permission.AdministerAccounts, MakeAccountAsync);
        app.MapFormPost("/accounts/people", Permission.AdministerAccounts, LinkAccountAsync);
        app.MapFormPost("/accounts/{account:guid}/recovery", Permission.AdministerAccounts, MakeRecoveryAsync);
        app.MapWrite("/api/tokens", TokenAsync)
            .RequirePermission(Permission.Public)
            .RequireRateLimiting(AccessRegistration.SignInLimit)
            .WithName("MakeToken")
            .Accepts<TokenRequest>("application/json")
            .Produces<TokenAnswer>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 413, 415, 429);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, SignInManager<Account> signIn, SignInAttempts attempts, AccountDeeds deeds)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var login = values.GetValueOrDefault("login", "").Trim();
        if (!attempts.Take(http, login))
        {
            http.Response.Headers.RetryAfter = "60";
            return Forms.Again<SignIn>(
                http, new FormSent(Without(values, "password"), key, [new FieldError("login", AccessWording.Say("sign-in.too-often"))]), StatusCodes.Status429TooManyRequests);
        }

        if (await CheckAsync(signIn, login, values.GetValueOrDefault("password", "")) is not { } account)
        {
            return Forms.Again<SignIn>(
                http, new FormSent(Without(values, "password"), key, [new FieldError("login", AccessWording.Say("sign-in.refused"))]), StatusCodes.Status401Unauthorized);
        }

        await signIn.SignInAsync(account, isPersistent: true);
        // What others did to the account is read first.
        if (await deeds.AnyUntoldAsync(account.Id, http.RequestAborted))
            return Results.LocalRedirect("/account");
        var returnTo = values.GetValueOrDefault("returnTo");
        return Results.LocalRedirect(IsLocal(returnTo) ? returnTo! : "/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignInManager<Account> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> SetUpAsync(
        HttpContext http, string token, Accounts accounts, AccountLinks links, AssociationDirectory associations, SignInManager<Account> signIn)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var login = values.GetValueOrDefault("login", "").Trim();
        var errors = await accounts.FaultsOfAsync(login, values.GetValueOrDefault("password", ""), values.GetValueOrDefault("again", ""));
        if (errors.Count == 0 && await links.UseSetupAsync(token, http.RequestAborted))
        {
            var (account, faults) = await accounts.CreateAsync(login, values["password"], isAdministrator: true);
            if (account is not null)
            {
                await signIn.SignInAsync(account, isPersistent: true);
                return Results.LocalRedirect((await associations.ListAsync(http.RequestAborted)).Count == 0 ? "/associations/new" : "/account");
            }

            errors = faults;
        }

        return Forms.Again<Setup>(http, new FormSent(Without(values, "password", "again"), key, errors), StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> RecoverAsync(
        HttpContext http, string token, Accounts accounts, AccountLinks links, AccountDeeds deeds, AssociationDirectory associations, SignInManager<Account> signIn)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var errors = await accounts.FaultsOfAsync(null, values.GetValueOrDefault("password", ""), values.GetValueOrDefault("again", ""));
        var isInvited = await links.InvitedAsync(token, http.RequestAborted) is not null;
        if (errors.Count == 0
            && await accounts.RecoverAsync(token, values["password"], Authentication.AccountOf(http.User), http.RequestAborted) is { } account)
        {
            await signIn.SignInAsync(account, isPersistent: true);
            if (!isInvited || await deeds.AnyUntoldAsync(account.Id, http.RequestAborted))
                return Results.LocalRedirect("/account");
            var home = await associations.OnlyAsync(await links.AssociationsAsync(account.Id, http.RequestAborted), http.RequestAborted);
            return Results.LocalRedirect("/" + home?.Slug);
        }

        return Forms.Again<Recover>(http, new FormSent(Without(values, "password", "again"), key, errors), StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, Accounts accounts, AccountStore store, SignInManager<Account> signIn)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var account = await OwnAsync(http, store);
        var errors = await accounts.FaultsOfAsync(null, values.GetValueOrDefault("password", ""), values.GetValueOrDefault("again", ""));
        if (!(await signIn.CheckPasswordSignInAsync(account, values.GetValueOrDefault("current", ""), lockoutOnFailure: true)).Succeeded)
            errors = [new FieldError("current", AccessWording.Say("password.wrong")), .. errors];
        if (errors.Count > 0)
            return Forms.Again<AccountPage>(http, new FormSent(new Dictionary<string, string>(), key, errors), StatusCodes.Status400BadRequest);
        if (!await accounts.SetPasswordAsync(account, values["password"], http.RequestAborted))
        {
            return Forms.Again<AccountPage>(
                http, new FormSent(new Dictionary<string, string>(), key, [new FieldError("current", AccessWording.Say("password.changed-meanwhile"))]),
                StatusCodes.Status409Conflict);
        }

        await signIn.SignInAsync(account, isPersistent: true);
        return Results.LocalRedirect("/account");
    }

    private static async Task<IResult> ReadDeedsAsync(HttpContext http, AccountDeeds deeds)
    {
        var (values, _) = await Forms.ReadAsync(http);
        if (long.TryParse(values.GetValueOrDefault("deed"), NumberStyles.None, CultureInfo.InvariantCulture, out var deed))
            await deeds.ToldAsync(Authentication.AccountOf(http.User)!.Value, deed, http.RequestAborted);
        return Results.LocalRedirect("/account");
    }

    private static async Task<IResult> MakeTokenAsync(HttpContext http, AccountLinks links)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var label = values.GetValueOrDefault("label", "").Trim();
        if (label.Length is 0 or > 100)
        {
            return Forms.Again<AccountPage>(
                http, new FormSent(values, key, [new FieldError("label", AccessWording.Say("token.label.wrong"))]), StatusCodes.Status400BadRequest);
        }

        var (_, secret) = await links.NewTokenAsync(Authentication.AccountOf(http.User)!.Value, label, http.RequestAborted);
        return new RazorComponentResult<AccountPage>(new Dictionary<string, object?> { [nameof(AccountPage.NewToken)] = secret });
    }

    private static async Task<IResult> RevokeTokenAsync(HttpContext http, Guid token, AccountLinks links)
    {
        await links.RevokeTokenAsync(Authentication.AccountOf(http.User)!.Value, token, http.RequestAborted);
        return Results.LocalRedirect("/account");
    }

    private static async Task<IResult> MakeAccountAsync(HttpContext http, Accounts accounts)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var login = values.GetValueOrDefault("login", "").Trim();
        var errors = await accounts.LoginFaultsAsync(login);
        (AssociationId, PersonId)? who = null;
        if (values.GetValueOrDefault("person") is { Length: > 0 } person)
        {
            (who, var faults) = await accounts.WhoAsync(values.GetValueOrDefault("association", ""), person, http.RequestAborted);
            errors = [.. errors, .. faults];
        }
        else if (values.GetValueOrDefault("association") is { Length: > 0 } association)
        {
            (who, var faults) = await accounts.SecretariatAsync(association, http.RequestAborted);
            errors = [.. errors, .. faults];
        }

        string? secret = null;
        if (errors.Count == 0)
            (secret, errors) = await accounts.OpenAsync(login, who, Authentication.AccountOf(http.User)!.Value, http.RequestAborted);
        // Where no person was asked for, who is meant is the association's secretariat.
        if (values.GetValueOrDefault("person") is not { Length: > 0 })
            errors = [.. errors.Select(error => error.Field == "person" ? error with { Field = "association" } : error)];
        return secret is null
            ? Forms.Again<AccountsPage>(http, new FormSent(values, key, errors), StatusCodes.Status400BadRequest)
            : LinkPage(http, secret);
    }

    private static async Task<IResult> LinkAccountAsync(HttpContext http, Accounts accounts)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var faults = await accounts.LinkAsync(
            values.GetValueOrDefault("linkLogin", ""), values.GetValueOrDefault("linkAssociation", ""), values.GetValueOrDefault("linkPerson", ""),
            Authentication.AccountOf(http.User)!.Value, http.RequestAborted);
        return faults.Count > 0
            ? Forms.Again<AccountsPage>(http, new FormSent(values, key, faults), StatusCodes.Status400BadRequest)
            : Results.LocalRedirect("/accounts");
    }

    private static async Task<IResult> MakeRecoveryAsync(HttpContext http, Guid account, AccountLinks links) =>
        await links.NewRecoveryAsync(account, Authentication.AccountOf(http.User), http.RequestAborted) is { } secret
            ? LinkPage(http, secret)
            : ErrorPages.Page(StatusCodes.Status404NotFound);

    private static RazorComponentResult<AccountsPage> LinkPage(HttpContext http, string secret) => new(new Dictionary<string, object?>
    {
        [nameof(AccountsPage.Link)] = LinkOf(http, secret),
    });

    /// <summary>The address by which an account's owner sets the password.</summary>
    internal static string LinkOf(HttpContext http, string secret) => $"{http.Request.Scheme}://{http.Request.Host}/recover/{secret}";

    private static async Task<IResult> TokenAsync(HttpContext http, SignInManager<Account> signIn, SignInAttempts attempts, AccountLinks links)
    {
        var (body, problem) = await CommandBody<TokenRequest>.ReadAsync(http, TimeZoneInfo.Utc);
        if (problem is not null)
            return Problems.Answer(problem);
        var request = body!.Request;
        if (request.Label.Trim().Length is 0 or > 100)
            return Problems.Answer(Problems.Malformed("label", AccessWording.Say("token.label.wrong")));
        if (!attempts.Take(http, request.Login))
        {
            http.Response.Headers.RetryAfter = "60";
            return Problems.Answer(Problems.Http(StatusCodes.Status429TooManyRequests, "too-many-attempts"));
        }

        if (await CheckAsync(signIn, request.Login, request.Password) is not { } account)
            return Problems.Answer(Problems.Http(StatusCodes.Status401Unauthorized, "sign-in-refused"));
        var (token, secret) = await links.NewTokenAsync(account.Id, request.Label.Trim(), http.RequestAborted);
        return Results.Json(new TokenAnswer(token.Id, secret, token.Expires), EventCatalogue.Json, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The account when login and password are right and it is not locked; as long for a login that nobody has.</summary>
    private static async Task<Account?> CheckAsync(SignInManager<Account> signIn, string login, string password)
    {
        var account = login.Length is > 0 and <= 320 ? await signIn.UserManager.FindByNameAsync(login.Trim()) : null;
        if (account is null || password.Length > 1000)
        {
            signIn.UserManager.PasswordHasher.HashPassword(new Account { Id = Guid.Empty, Login = "" }, "nobody");
            return null;
        }

        if (!(await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true)).Succeeded)
            return null;
        // The password was compared with a copy: what others did to the account meanwhile holds.
        return await signIn.UserManager.FindByIdAsync(account.Id.ToString("D")) is { } now
            && now.SecurityStamp == account.SecurityStamp && !await signIn.UserManager.IsLockedOutAsync(now) ? now : null;
    }

    private static async Task<Account> OwnAsync(HttpContext http, AccountStore store) =>
        await store.FindByIdAsync(Authentication.AccountOf(http.User)!.Value.ToString("D"), http.RequestAborted)
            ?? throw new InvalidOperationException("A signed-in account is gone.");

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> values, params string[] names) =>
        values.Where(pair => !names.Contains(pair.Key)).ToDictionary();

    private static bool IsLocal(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl);
}
