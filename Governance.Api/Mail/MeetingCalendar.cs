using Governance.Api.Calendars;
using Governance.Api.Meetings;
using Ical.Net;
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

    public static string ContentTypeOf(ConvocationLetter letter) => $"{CalendarFile.ContentType}; method={Method(letter)}";

    /// <summary>The entry as a file, in the language of the moment.</summary>
    /// <param name="address">Of the meeting's page; null where it is not known.</param>
    public static string Of(ConvocationLetter letter, string? address, IStringLocalizer<MeetingText> t)
    {
        var meeting = letter.Meeting;
        var entry = new CalendarEntry(
            meeting.Plan.Meeting.ToString(), $"{meeting.Plan.Title} ({letter.Of})", meeting.Starts, null, MeetingWords.Where(meeting.Place, meeting.Remote, t),
            string.Join('\n', letter.Agenda.Select((item, i) => $"{i + 1}. {item.Title}")), letter.Changes, letter.Changed, letter.IsCancelled, address);
        return CalendarFile.Of([entry], letter.Association.Zone, Method(letter));
    }

    private static string Method(ConvocationLetter letter) => letter.IsCancelled ? CalendarMethods.Cancel : CalendarMethods.Publish;
}
