using Governance.Domain.Kernel;
using Governance.Domain.Meetings;

namespace Governance.Domain.Mandates;

/// <summary>
/// Records how the lot shared out the first terms of a body that is renewed by parts: of thirds of a term of three years, the first lot ends after one year,
/// the second after two, the last after three. The lot itself is drawn elsewhere: its minutes are named.
/// </summary>
/// <param name="Lots">The mandates of each lot; the lot that ends first comes first.</param>
/// <param name="Minutes">What the minutes of the draw are known by.</param>
/// <param name="Meeting">In which it was drawn; null where it is not recorded here.</param>
public sealed record DrawFirstTerms(IReadOnlyList<IReadOnlyList<MandateId>> Lots, string Minutes, MeetingId? Meeting, EffectiveTime On)
{
    /// <param name="terms">What the statutes in force then say of this body's mandates.</param>
    /// <param name="meeting">That of <see cref="Meeting"/>; null for none.</param>
    public Decision Decide(Timeline<Body> body, MandateTerms terms, Timeline<Meeting>? meeting, TimeZoneInfo zone)
    {
        if (Texts.Name("minutes", Minutes) is { } wrong)
            return wrong;
        if (body.At(On) is not Body.Constituted then)
            return body.Missing(On);
        if (terms is not { Parts: > 1 and var parts, MaximumMonths: { } months })
            return new NoFirstTermsToDraw(terms.Article);
        if (Lots.Count != parts || Lots.Max(lot => lot.Count) - Lots.Min(lot => lot.Count) > 1)
            return new LotsUneven(parts, terms.Article);
        if (meeting?.Latest is Meetings.Meeting.Unknown)
            return new MeetingNotFound();

        var held = then.Mandates.Where(m => m.HeldAt(On.Instant) && !m.Interim).ToDictionary(m => m.Id);
        var drawn = Lots.SelectMany(lot => lot).ToList();
        List<FirstTermDrawn> first = drawn.Distinct().Count() == drawn.Count && held.Count == drawn.Count && drawn.TrueForAll(held.ContainsKey)
            ? [.. Lots.SelectMany((lot, i) => lot.Select(id => new FirstTermDrawn(id, i + 1, parts, Ends(held[id], i + 1, parts, months, zone), Minutes, Meeting)))]
            : [];
        var before = body.Effective.Where(e => e.Event is FirstTermDrawn).ToList();
        if (before.Count > 0)
            return before.Select(e => e.Event).SequenceEqual(first) ? Decision.NoChange : new FirstTermsDrawnAlready(before[0].On);
        return first.Count == 0 ? new LotsIncomplete() : body.Accept(On, [.. first]);
    }

    private static EffectiveTime Ends(Mandate mandate, int lot, int lots, int months, TimeZoneInfo zone) =>
        EffectiveTime.On(LocalTime.DayOf(mandate.Start.Instant, zone).AddMonths(months * lot / lots), zone);
}
