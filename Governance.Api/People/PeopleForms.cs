using Governance.Api.Kernel.Http;

namespace Governance.Api.People;

public static class PeopleForms
{
    /// <summary>Forms of the pages of people.</summary>
    public static void MapPeopleForms(this IEndpointRouteBuilder app) =>
        app.MapForm<RegisterPersonRequest, RegisterPersonPage>("/{slug}/people/new", PeopleUseCases.Register, then: "/{slug}/people/{person}");
}
