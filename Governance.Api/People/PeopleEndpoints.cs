using Governance.Api.Kernel.Http;

namespace Governance.Api.People;

public static class PeopleEndpoints
{
    /// <summary>Commands on people, under <c>/api/{slug}</c>.</summary>
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/people", PeopleUseCases.Register, created: "people/{person}");
        api.MapCommand("/people/{person}/name", PeopleUseCases.ChangeName);
        api.MapCommand("/people/{person}/email", PeopleUseCases.ChangeEmail);
        api.MapCommand("/people/{person}/language", PeopleUseCases.ChooseLanguage);
        api.MapCommand("/people/{person}/legal-hold", PeopleUseCases.PlaceLegalHold);
        api.MapCommand("/people/{person}/legal-hold/lifting", PeopleUseCases.LiftLegalHold);
        api.MapCommand("/people/{person}/erasure", PeopleUseCases.Erase);
    }
}
