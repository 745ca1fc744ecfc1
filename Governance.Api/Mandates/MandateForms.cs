using Governance.Api.Kernel.Http;

namespace Governance.Api.Mandates;

public static class MandateForms
{
    private const string Body = "/{slug}/colleges/{body}";
    private const string Mandate = Body + "/mandates/{mandate}";

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
        ["mandate.lots-uneven"] = "firstLot",
        ["mandate.lots-incomplete"] = "firstLot",
        ["mandate.co-option-not-allowed"] = "coOpted",
        ["mandate.revocation-without-decision"] = "decision",
        ["mandate.revoked-by-another-body"] = "decision",
        ["mandate.ratified-by-itself"] = "decision",
        ["mandate.vote-stands"] = "reason",
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
        app.MapForm<DrawFirstTermsRequest, DrawPage>(Body + "/first-terms", MandateUseCases.DrawFirstTerms, then: Body, fields: Fields);
        app.MapForm<EndMandateRequest, MandateActPage>(Mandate + "/end", MandateUseCases.End, then: Body, fields: Fields);
        app.MapForm<ReplaceRepresentativeRequest, MandateActPage>(Mandate + "/replacement", MandateUseCases.Replace, then: Body, fields: Fields);
        app.MapForm<RenewMandateRequest, MandateActPage>(Mandate + "/renewal", MandateUseCases.Renew, then: Body, fields: Fields);
        app.MapForm<MandateRequest, MandateActPage>(Mandate + "/ratification", MandateUseCases.Ratify, then: Body, fields: Fields);
    }
}
