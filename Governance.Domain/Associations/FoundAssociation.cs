using Governance.Domain.Kernel;

namespace Governance.Domain.Associations;

/// <param name="TimeZone">IANA name such as <c>Europe/Paris</c>.</param>
public sealed record FoundAssociation(
    AssociationId Association, string Slug, string Name, string ShortName, string Purpose, string Seat, string TimeZone, EffectiveTime On)
{
    public Decision Decide(Timeline<Association> association)
    {
        if ((Texts.Name("name", Name) ?? Texts.Name("shortName", ShortName) ?? Texts.Text("purpose", Purpose)
            ?? Texts.Check("seat", Seat, 1, 500, lines: true) ?? Texts.Name("timeZone", TimeZone)) is { } wrong)
            return wrong;
        if (!IsSlug(Slug))
            return new SlugUnfit(Slug ?? "");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) || !zone.HasIanaId)
            return new TimeZoneUnknown(TimeZone);

        var founded = new AssociationFounded(Association, Slug, Name, ShortName, Purpose, Seat, TimeZone);
        if (association.Latest is Associations.Association.Unfounded)
            return association.Accept(On, founded);
        return association.Recorded.Any(e => e.Event.Equals(founded) && e.On == On) ? Decision.NoChange : new AssociationAlreadyFounded();
    }

    private static bool IsSlug(string? slug) =>
        slug is { Length: >= 2 and <= 40 }
        && char.IsAsciiLetterLower(slug[0])
        && slug[^1] != '-'
        && !slug.Contains("--", StringComparison.Ordinal)
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
