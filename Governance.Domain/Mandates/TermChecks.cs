using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

internal static class TermChecks
{
    /// <summary>Whether a term from one instant to another keeps to its limits; counted in the association's days.</summary>
    public static Refusal? Length(EffectiveTime from, EffectiveTime? termEnds, MandateTerms terms, TimeZoneInfo zone)
    {
        if (termEnds is { } end && end <= from)
            return new TermEndsBeforeItBegins(end);
        return terms.MaximumMonths is { } months
            && (termEnds is not { } last || LocalTime.DayOf(last.Instant, zone) > LocalTime.DayOf(from.Instant, zone).AddMonths(months))
            ? new TermTooLong(months, terms.Article)
            : null;
    }
}
