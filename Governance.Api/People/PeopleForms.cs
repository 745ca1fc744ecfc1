using Governance.Api.Kernel.Http;

namespace Governance.Api.People;

public static class PeopleForms
{
    private const string Person = "/{slug}/people/{person}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["person.hold-in-the-past"] = "until",
        ["history.before-beginning"] = "effective",
    };

    /// <summary>Forms of the pages of people.</summary>
    public static void MapPeopleForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<RegisterPersonRequest, RegisterPersonPage>("/{slug}/people/new", PeopleUseCases.Register, then: Person, fields: Fields);
        app.MapForm<ChangePersonNameRequest, PersonActPage>(Person + "/name", PeopleUseCases.ChangeName, then: Person, fields: Fields);
        app.MapForm<ChangePersonEmailRequest, PersonActPage>(Person + "/email", PeopleUseCases.ChangeEmail, then: Person, fields: Fields);
        app.MapForm<PlaceLegalHoldRequest, PersonActPage>(Person + "/legal-hold", PeopleUseCases.PlaceLegalHold, then: Person, fields: Fields);
    }
}
