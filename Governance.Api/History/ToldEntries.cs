using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Microsoft.AspNetCore.Components;

namespace Governance.Api.History;

/// <summary>Told events as lines of a list.</summary>
public static class ToldEntries
{
    /// <param name="link">Keeps the dates of the page in a link.</param>
    /// <param name="brief">True leaves out all but what a reader in passing needs.</param>
    public static EventEntry Line(this Told told, string slug, TimeZoneInfo zone, Func<string, string> link, bool brief = false)
    {
        var entry = told.Entry;
        var recorded = LocalTime.DayOf(entry.RecordedAt, zone);
        return new EventEntry(LocalTime.DayOf(entry.On.Instant, zone), entry.On.Precision, Sentence(told.Sentence, link))
        {
            Href = $"/{slug}/events/{entry.Event}",
            ProofHref = brief ? null : $"/{slug}/events/{entry.Event}#proof",
            Facts = [.. Marks(told, zone, brief)],
            RecordedNote = brief || recorded <= LocalTime.LastDayOf(entry.On, zone) ? null : HistoryWording.Say("Mark.Recorded", DateWording.Short(recorded)),
        };
    }

    // Fewer are told one by one.
    private const int Many = 3;

    /// <summary>Lines in the order of effect, where people registered one after the other for one day are one line that opens.</summary>
    public static IReadOnlyList<EventEntry> Grouped(IReadOnlyList<Told> told, string slug, TimeZoneInfo zone, Func<string, string> link)
    {
        var lines = new List<EventEntry>(told.Count);
        for (var at = 0; at < told.Count;)
        {
            var first = told[at].Entry;
            List<Told> alike =
            [
                .. told.Skip(at).TakeWhile(next => next.Entry.Kind == Registered && first.Kind == Registered && next.Entry.On == first.On && !next.Entry.Retracted),
            ];
            if (alike.Count < Many)
            {
                lines.Add(told[at++].Line(slug, zone, link));
                continue;
            }

            lines.Add(new EventEntry(
                LocalTime.DayOf(first.On.Instant, zone), first.On.Precision, HistoryWording.Say("Registered.Many", CountWording.Number(alike.Count)))
            {
                Inside = [.. alike.Select(one => one.Line(slug, zone, link))],
            });
            at += alike.Count;
        }

        return lines;
    }

    private static readonly string Registered = EventCatalogue.NameOf(typeof(PersonRegistered));

    /// <summary>A sentence with the links of what it names.</summary>
    public static RenderFragment Sentence(IReadOnlyList<Piece> pieces, Func<string, string> link) => builder =>
    {
        foreach (var piece in pieces)
        {
            if (piece.Href is { } href)
            {
                builder.OpenElement(0, "a");
                builder.AddAttribute(1, "href", link(href));
                builder.AddContent(2, piece.Text);
                builder.CloseElement();
            }
            else
            {
                builder.AddContent(3, piece.Text);
            }
        }
    };

    private static IEnumerable<string> Marks(Told told, TimeZoneInfo zone, bool brief)
    {
        var entry = told.Entry;
        if (entry.Retracted)
            yield return HistoryWording.Say("Mark.Retracted");
        if (entry.On.Precision == Precision.Instant)
            yield return DateWording.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(entry.On.Instant, zone).DateTime));
        if (entry.Illustrative)
            yield return HistoryWording.Say("Mark.Illustrative");
        if (brief)
            yield break;
        yield return HistoryWording.Say("Mark.By", told.Actor.Text);
        yield return HistoryWording.Say("Mark.Command", entry.Command);
        if (told.OnBehalfOf is { } mandate)
            yield return HistoryWording.Say("Mark.OnBehalfOf", mandate.Text);
        if (told.Statutes is { } statutes)
            yield return HistoryWording.Say("Mark.Statutes", statutes.Text);
        if (entry.Transcribed)
            yield return entry.Source is { } source ? HistoryWording.Say("Mark.TranscribedFrom", source) : HistoryWording.Say("Mark.Transcribed");
        else if (entry.Source is { } source)
            yield return HistoryWording.Say("Mark.Source", source);
    }
}
