using Governance.Api.Kernel.Http;

namespace Governance.Api.Mandates;

public static class MandateForms
{
    private const string Body = "/{slug}/colleges/{body}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["mandate.office-held"] = "office",
        ["mandate.member-already-represented"] = "member",
        ["mandate.member-required"] = "member",
        ["mandate.member-standing"] = "member",
        ["mandate.person-already-holds"] = "person",
        ["mandate.incompatible"] = "person",
        ["mandate.too-many-terms"] = "person",
        ["mandate.term-ends-before-it-begins"] = "termEnds",
        ["mandate.term-too-long"] = "termEnds",
        ["mandate.not-held"] = "effective",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
        ["person.not-found"] = "person",
        ["person.erased"] = "person",
    };

    /// <summary>Forms of the pages of mandates.</summary>
    public static void MapMandateForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<AppointToMandateRequest, AppointPage>(
            Body + "/appoint", MandateUseCases.Appoint, then: Body, fields: Fields);
        app.MapForm<EndMandateRequest, EndMandatePage>(Body + "/mandates/{mandate}/end", MandateUseCases.End, then: Body, fields: Fields);
        app.MapForm<ReplaceRepresentativeRequest, ReplacePage>(Body + "/mandates/{mandate}/replacement", MandateUseCases.Replace, then: Body, fields: Fields);
    }
}
