namespace Governance.Domain.Kernel;

/// <summary>Days as the association's time zone cuts them.</summary>
public static class LocalTime
{
    /// <summary>First year of a date that is taken: before any association of today.</summary>
    public const int FirstYear = 1800;

    /// <summary>Last year of a date that is taken: there is room behind it for every term and time limit to be reckoned.</summary>
    public const int LastYear = 2200;

    /// <summary>Whether a day that somebody gives is one that can be reckoned with.</summary>
    public static bool IsTaken(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    /// <summary>As <see cref="IsTaken(DateOnly)"/>, for an instant, by its year in UTC.</summary>
    public static bool IsTaken(DateTimeOffset instant) => instant.UtcDateTime.Year is >= FirstYear and <= LastYear;

    /// <summary>The first instant of the day. Where a change of clock skips midnight, the first instant that exists.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local = local.AddTicks(15 * TimeSpan.TicksPerMinute);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The same hour of the clock so many days later. Where a change of clock skips that hour, an hour that exists.</summary>
    public static EffectiveTime DaysLater(EffectiveTime on, int days, TimeZoneInfo zone)
    {
        var before = TimeZoneInfo.ConvertTime(on.Instant, zone).DateTime;
        var local = DateOnly.FromDateTime(before).AddDays(days).ToDateTime(TimeOnly.FromDateTime(before), DateTimeKind.Unspecified);
        return new(new DateTimeOffset(local, zone.GetUtcOffset(local)), on.Precision);
    }

    /// <summary>The last day of the period that a time names; its own day when it is exact.</summary>
    public static DateOnly LastDayOf(EffectiveTime on, TimeZoneInfo zone) =>
        DayOf(on.Precision == Precision.Instant ? on.Instant : on.PeriodEnd(zone).AddTicks(-TimeSpan.TicksPerMicrosecond), zone);

    /// <summary>The last microsecond of the day: what "as of that day" means.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) =>
        day == DateOnly.MaxValue
            ? new DateTimeOffset(DateTime.MaxValue.Ticks - (DateTime.MaxValue.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)
            : StartOf(day.AddDays(1), zone).AddTicks(-TimeSpan.TicksPerMicrosecond);

    /// <summary>The day on which an instant falls in the zone.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
