using Governance.Api.Access;
using Governance.Api.Face.Components;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Api.People;

public static class PeopleForms
{
    private const string Person = "/{slug}/people/{person}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["person.hold-in-the-past"] = "until",
        ["history.before-beginning"] = "effective",
    };

    // An account and its one-time link for somebody who has none; both are deeds of the account, which its owner reads.
    private static async Task<IResult> InviteAsync(HttpContext http, string person, Accounts accounts)
    {
        var (values, key) = await Forms.ReadAsync(http);
        var scope = http.Features.Get<RequestScope>() ?? throw new InvalidOperationException("An invitation stands under /{slug}.");
        var login = values.GetValueOrDefault("login", "").Trim();
        var errors = await accounts.LoginFaultsAsync(login);
        var (who, faults) = await accounts.WhoAsync(scope.Association.Slug, person, http.RequestAborted);
        errors = scope.IsPast ? [new FieldError("", Wording.Http("past-is-fixed"))] : [.. errors, .. faults];
        string? secret = null;
        if (errors.Count == 0)
            (secret, errors) = await accounts.OpenAsync(login, who, Authentication.AccountOf(http.User)!.Value, http.RequestAborted);
        return secret is null
            ? Forms.Again<InvitePersonPage>(
                http,
                new FormSent(values, key, [.. errors.Select(e => e.Field == "person" ? new FieldError("login", AccessWording.Say("invitation.taken")) : e)]),
                StatusCodes.Status400BadRequest)
            : new RazorComponentResult<InvitePersonPage>(new Dictionary<string, object?>
            {
                [nameof(InvitePersonPage.Slug)] = scope.Association.Slug,
                [nameof(InvitePersonPage.Person)] = person,
                [nameof(InvitePersonPage.Link)] = AccessEndpoints.LinkOf(http, secret),
            });
    }

    // What an erasure would do, to be read with its reason before it is final: nothing is recorded.
    private static async Task<IResult> ReviewErasureAsync(HttpContext http, string slug, string person)
    {
        var (values, key) = await Forms.ReadAsync(http);
        if (Texts.Text("reason", values.GetValueOrDefault("reason", "")) is { } wrong)
            return Forms.Again<ErasePersonPage>(http, new FormSent(values, key, [new("reason", Wording.Sentence(wrong))]), StatusCodes.Status400BadRequest);
        return new RazorComponentResult<ErasePersonPage>(new Dictionary<string, object?>
        {
            [nameof(ErasePersonPage.Slug)] = slug,
            [nameof(ErasePersonPage.Person)] = person,
            [nameof(ErasePersonPage.Sent)] = new FormSent(values, key, []),
            [nameof(ErasePersonPage.Final)] = true,
        });
    }

    /// <summary>Forms of the pages of people.</summary>
    public static void MapPeopleForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<RegisterPersonRequest, RegisterPersonPage>("/{slug}/people/new", PeopleUseCases.Register, then: Person, fields: Fields);
        app.MapForm<ChangePersonNameRequest, PersonActPage>(Person + "/name", PeopleUseCases.ChangeName, then: Person, fields: Fields);
        app.MapForm<ChangePersonEmailRequest, PersonActPage>(Person + "/email", PeopleUseCases.ChangeEmail, then: Person, fields: Fields);
        app.MapForm<ChoosePersonLanguageRequest, PersonActPage>(Person + "/language", PeopleUseCases.ChooseLanguage, then: Person, fields: Fields);
        app.MapFormPost(Person + "/invitation", Permission.KeepMandates, InviteAsync).ShowsAgain<InvitePersonPage>();
        app.MapForm<PlaceLegalHoldRequest, PersonActPage>(Person + "/legal-hold", PeopleUseCases.PlaceLegalHold, then: Person, fields: Fields);
        app.MapForm<LiftLegalHoldRequest, PersonActPage>(Person + "/lift-hold", PeopleUseCases.LiftLegalHold, then: Person, fields: Fields);
        app.MapFormPost(Person + "/erase", PeopleUseCases.Erase.Permission, ReviewErasureAsync).ShowsAgain<ErasePersonPage>();
        app.MapForm<ErasePersonRequest, ErasePersonPage>(Person + "/erase/confirm", PeopleUseCases.Erase, then: Person, fields: Fields);
    }
}
