namespace Governance.Api.Calendars;

/// <summary>The words of calendars (CalendarText.resx, CalendarText.en.resx).</summary>
public sealed class CalendarText;
