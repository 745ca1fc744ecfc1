using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Mail;

/// <summary>A meeting as an entry of calendars (RFC 5545), which replaces the one that was there before.</summary>
/// <remarks>
/// The method is <c>PUBLISH</c> (RFC 5546, 3.2.1) and not <c>REQUEST</c>: attendance is recorded in the meeting, and an answer sent to the
/// organiser by a calendar would be read by nobody.
/// </remarks>
public static class MeetingCalendar
{
    public const string FileName = "reunion.ics";

    private const string ProductId = "-//Governance//Meetings//FR";

    public static string ContentTypeOf(ConvocationLetter letter) => $"text/calendar; charset=utf-8; method={(letter.IsCancelled ? CalendarMethods.Cancel : CalendarMethods.Publish)}";

    /// <summary>The entry as a file, in the language of the moment.</summary>
    /// <param name="address">Of the meeting's page; null where it is not known.</param>
    public static string Of(ConvocationLetter letter, string? address, IStringLocalizer<MeetingText> t)
    {
        var (meeting, zone) = (letter.Meeting, letter.Association.Zone);
        var entry = new CalendarEvent
        {
            Uid = meeting.Plan.Meeting.ToString(),
            Summary = $"{meeting.Plan.Title} ({letter.Of})",
            Location = MeetingWords.Where(meeting.Place, meeting.Remote, t),
            Description = string.Join('\n', letter.Agenda.Select((item, i) => $"{i + 1}. {item.Title}")),
            Sequence = letter.Changes,
            DtStamp = Utc(letter.Changed),
            LastModified = Utc(letter.Changed),
            Status = letter.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Start = meeting.Starts.Precision == Precision.Instant
                ? new CalDateTime(DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(meeting.Starts.Instant, zone).DateTime, DateTimeKind.Unspecified), zone.Id)
                : new CalDateTime(LocalTime.DayOf(meeting.Starts.Instant, zone)),
        };
        if (address is not null)
            entry.Url = new Uri(address);
        var calendar = new Calendar { ProductId = ProductId, Method = letter.IsCancelled ? CalendarMethods.Cancel : CalendarMethods.Publish };
        if (meeting.Starts.Precision == Precision.Instant)
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Id, meeting.Starts.Instant.UtcDateTime.AddYears(-1), includeHistoricalData: false));
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, "UTC");
}
