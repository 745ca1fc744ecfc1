using System.Globalization;
using Governance.Domain.Kernel;

namespace Governance.Api.Face.Wording;

/// <summary>Dates as people type them.</summary>
public static class DateReading
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d M yyyy"];

    /// <summary>Reads 2023-10-14, 14/10/2023, 14.10.2023, 14-10-2023 or 14 10 2023; null when it is none of these, or of a year that is not taken.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && LocalTime.IsTaken(date) ? date : null;
}
