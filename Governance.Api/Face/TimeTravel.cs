using Governance.Api.Face.Wording;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.Face;

/// <summary>
/// The two dates that a page is read at. <c>?asOf=</c> says which day of the association is shown, <c>?recordedAsOf=</c> says
/// what was known of it on another day. Cascades to every component: <c>[CascadingParameter] TimeTravel Time</c>.
/// </summary>
/// <param name="Today">The day on the association's clocks.</param>
/// <param name="AsOf">The day shown; null is today.</param>
/// <param name="RecordedAsOf">Only what was recorded by the end of that day; null is everything known.</param>
public sealed record TimeTravel(DateOnly Today, DateOnly? AsOf = null, DateOnly? RecordedAsOf = null)
{
    /// <summary>Name of the query value that holds the day shown.</summary>
    public const string AsOfKey = "asOf";

    /// <summary>Name of the query value that holds the day of the knowledge.</summary>
    public const string RecordedAsOfKey = "recordedAsOf";

    /// <summary>False when another day than today is shown: then nothing can be changed, and forms and buttons are not offered.</summary>
    public bool CanChange => AsOf is null && RecordedAsOf is null;

    /// <summary>The day shown, today when none was asked for.</summary>
    public DateOnly Shown => AsOf ?? Today;

    /// <summary>The address with the two dates added, so that a link stays at the day one is looking at; one that says a date of its own keeps it.</summary>
    /// <param name="href">An address of this site, with or without its own query and fragment.</param>
    public string Link(string href)
    {
        if (CanChange)
            return href;
        var fragmentAt = href.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = fragmentAt < 0 ? (href, "") : (href[..fragmentAt], href[fragmentAt..]);
        var said = QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? address[at..] : null);
        if (AsOf is { } asOf && !said.ContainsKey(AsOfKey))
            address = QueryHelpers.AddQueryString(address, AsOfKey, DateWording.Iso(asOf));
        if (RecordedAsOf is { } recorded && !said.ContainsKey(RecordedAsOfKey))
            address = QueryHelpers.AddQueryString(address, RecordedAsOfKey, DateWording.Iso(recorded));
        return address + fragment;
    }

    /// <summary>Reads the two dates of a request. Today's own date is the same as none.</summary>
    /// <returns>The dates, or the first text that is not a date.</returns>
    public static (TimeTravel Time, string? NotADate) Read(IQueryCollection query, DateOnly today)
    {
        string? asOfText = query[AsOfKey], recordedText = query[RecordedAsOfKey];
        var asOf = DateReading.Read(asOfText);
        var recorded = DateReading.Read(recordedText);
        var notADate = asOf is null && !string.IsNullOrWhiteSpace(asOfText) ? asOfText
            : recorded is null && !string.IsNullOrWhiteSpace(recordedText) ? recordedText
            : null;
        // Nothing can have been recorded after today: a later day of knowledge is all that is known.
        return (new TimeTravel(today, asOf == today ? null : asOf, recorded >= today ? null : recorded), notADate);
    }
}
