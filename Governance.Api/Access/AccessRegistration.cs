using System.Threading.RateLimiting;
using Governance.Api.Kernel.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Governance.Api.Access;

/// <summary>Accounts, sign-in and throttling.</summary>
public static class AccessRegistration
{
    /// <summary>Rate limit of an address, for whatever takes a password or a one-time link; each login has its own besides (<see cref="SignInAttempts"/>).</summary>
    public const string SignInLimit = "sign-in";

    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IUserStore<Account>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountDeeds>();
        services.AddSingleton<Visits>();
        services.AddSingleton<Calendars.CalendarAddresses>();
        services.AddSingleton<ReadRecord>();
        services.AddHostedService<ReadExpiry>();
        services.AddSingleton<VotingLinks>();
        services.AddSingleton<Mandated>();
        services.AddScoped<Accounts>();
        services.AddIdentityCore<Account>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 5;
                options.Lockout.MaxFailedAccessAttempts = 10;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                options.User.AllowedUserNameCharacters = "";
            })
            .AddSignInManager()
            .AddClaimsPrincipalFactory<OpaqueClaims>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));

        services.AddAuthentication(Authentication.Scheme)
            .AddPolicyScheme(Authentication.Scheme, null, options => options.ForwardDefaultSelector = Authentication.SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, VotingLinkAuthentication>(VotingLinkAuthentication.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                options.Cookie = new SecureCookie { Name = Authentication.SignedInCookie, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
                options.ExpireTimeSpan = TimeSpan.FromDays(14);
                options.SlidingExpiration = true;
                options.Events = new CookieAuthenticationEvents { OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync };
            });

        services.AddDataProtection().SetApplicationName("governance");
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<ProtectionKeys>()));
        services.AddAntiforgery(options =>
        {
            options.Cookie = new SecureCookie { Name = "governance-form", HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
            options.SuppressXFrameOptionsHeader = false;
        });

        services.AddSingleton<SignInAttempts>();
        var perAddress = checked(SignInAttempts.PerMinute(configuration) * SignInAttempts.AddressFactor);
        services.AddRateLimiter(options =>
        {
            options.AddPolicy(SignInLimit, http => RateLimitPartition.GetFixedWindowLimiter(
                SignInAttempts.AddressOf(http), _ => SignInAttempts.Window(perAddress)));
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                await Answers.WriteAsync(context.HttpContext, Problems.Http(StatusCodes.Status429TooManyRequests, "too-many-attempts"));
            };
        });
        return services;
    }
}
