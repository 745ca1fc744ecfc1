using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;

namespace Governance.Domain.Associations;

/// <summary>Who keeps the records from the first day. Rights follow mandates, and only who has one can give the next.</summary>
/// <param name="Body">The secretariat as a body.</param>
/// <param name="BodyName">What it is called.</param>
public sealed record FirstSecretariat(PersonId Person, Sealed Name, BodyId Body, string BodyName, MandateId Mandate);

/// <param name="TimeZone">IANA name such as <c>Europe/Paris</c>.</param>
/// <param name="Secretariat">Null in transcribed history alone, whose own entries say who held which mandate.</param>
/// <param name="Transcribed">True for history from before the system.</param>
public sealed record FoundAssociation(
    AssociationId Association, string Slug, string Name, string ShortName, string Purpose, string Seat, string TimeZone, EffectiveTime On,
    FirstSecretariat? Secretariat, bool Transcribed)
{
    /// <param name="person">Of the first secretariat; null when none is named.</param>
    /// <param name="body">As <paramref name="person"/>.</param>
    /// <param name="register">As <paramref name="person"/>.</param>
    public Decision Decide(
        Timeline<Association> association, Timeline<Person>? person = null, Timeline<Body>? body = null, Timeline<RegisterOfBodies>? register = null)
    {
        if ((Texts.Name("name", Name) ?? Texts.Name("shortName", ShortName) ?? Texts.Text("purpose", Purpose)
            ?? Texts.Check("seat", Seat, 1, 500, lines: true) ?? Texts.Name("timeZone", TimeZone)
            ?? (Secretariat is { } named ? Texts.Name("secretariat.body", named.BodyName) : null)) is { } wrong)
            return wrong;
        if (!IsSlug(Slug))
            return new SlugUnfit(Slug ?? "");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) || !zone.HasIanaId)
            return new TimeZoneUnknown(TimeZone);

        if (Secretariat is null && !Transcribed)
            return new FirstSecretariatMissing();

        var founded = new AssociationFounded(Association, Slug, Name, ShortName, Purpose, Seat, TimeZone);
        if (association.Latest is Associations.Association.Unfounded)
            return Secretariat is { } first ? Founded(first, association.Accept(On, founded), person!, body!, register!) : association.Accept(On, founded);
        return association.Recorded.Any(e => e.Event.Equals(founded) && e.On == On) ? Decision.NoChange : new AssociationAlreadyFounded();
    }

    private Decision Founded(FirstSecretariat first, Decision founded, Timeline<Person> person, Timeline<Body> body, Timeline<RegisterOfBodies> register)
    {
        return Decision.All(
            founded,
            new RegisterPerson(first.Person, first.Name, null, LabelOnly: false, On).Decide(person),
            RegisterOfBodies.Constitute(
                body,
                register,
                first.Body,
                On,
                new BodyConstituted(first.Body, first.BodyName, BodyKind.Secretariat, []),
                new MandateAppointed(first.Mandate, first.Person, Office.Seat)));
    }

    private static bool IsSlug(string? slug) =>
        slug is { Length: >= 2 and <= 40 }
        && char.IsAsciiLetterLower(slug[0])
        && slug[^1] != '-'
        && !slug.Contains("--", StringComparison.Ordinal)
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
