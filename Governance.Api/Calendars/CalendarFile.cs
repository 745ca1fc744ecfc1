using Governance.Domain.Kernel;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Governance.Api.Calendars;

/// <summary>Something that calendars show.</summary>
/// <param name="Uid">The same in every file that tells of it.</param>
/// <param name="Starts">To the minute, or a day.</param>
/// <param name="Ends">The first instant after it, or after its last day; null when not said.</param>
/// <param name="Sequence">Grows with each change.</param>
/// <param name="Changed">When it was last changed.</param>
/// <param name="Address">Of its page; null where it is not known.</param>
public sealed record CalendarEntry(
    string Uid, string Summary, EffectiveTime Starts, EffectiveTime? Ends, string? Location, string? Description, int Sequence, DateTimeOffset Changed, bool Cancelled,
    string? Address);

/// <summary>A file that calendars read (RFC 5545).</summary>
public static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const string ProductId = "-//Governance//Meetings//FR";

    /// <param name="method">RFC 5546; null for a feed.</param>
    /// <param name="name">What the calendar is called, where calendars show it; null for a single entry.</param>
    public static string Of(IReadOnlyList<CalendarEntry> entries, TimeZoneInfo zone, string? method = null, string? name = null)
    {
        var calendar = new Calendar { ProductId = ProductId, Method = method };
        if (name is not null)
            calendar.AddProperty("X-WR-CALNAME", name);
        if (entries.Where(e => e.Starts.Precision == Precision.Instant).Select(e => e.Starts.Instant).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() is var first
            && first < DateTimeOffset.MaxValue)
        {
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Id, first.UtcDateTime.AddYears(-1), includeHistoricalData: false));
        }

        foreach (var entry in entries)
            calendar.Events.Add(Event(entry, zone));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalendarEvent Event(CalendarEntry entry, TimeZoneInfo zone)
    {
        var shown = new CalendarEvent
        {
            Uid = entry.Uid,
            Summary = entry.Summary,
            Location = entry.Location,
            Description = entry.Description,
            Sequence = entry.Sequence,
            DtStamp = Utc(entry.Changed),
            LastModified = Utc(entry.Changed),
            Status = entry.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Start = At(entry.Starts, entry.Starts.Precision, zone),
        };
        if (entry.Ends is { } ends)
            shown.End = At(ends, entry.Starts.Precision, zone);
        if (entry.Address is not null)
            shown.Url = new Uri(entry.Address);
        return shown;
    }

    private static CalDateTime At(EffectiveTime on, Precision precision, TimeZoneInfo zone) => precision == Precision.Instant
        ? new CalDateTime(DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(on.Instant, zone).DateTime, DateTimeKind.Unspecified), zone.Id)
        : new CalDateTime(LocalTime.DayOf(on.Instant, zone));

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, "UTC");
}
