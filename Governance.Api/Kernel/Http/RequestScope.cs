using System.Globalization;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.Kernel.Http;

/// <summary>An association of this installation, as addresses and dates need it.</summary>
/// <param name="Slug">Its short name in addresses: permanent.</param>
/// <param name="Zone">Its clocks.</param>
public sealed record AssociationEntry(AssociationId Id, string Slug, string Name, TimeZoneInfo Zone);

/// <summary>
/// What a request under <c>/{slug}</c> or <c>/api/{slug}</c> is about: the association, who asks, and as of when. Endpoints take it as a parameter,
/// pages inject it.
/// </summary>
/// <param name="Instant">Effective instant asked for; now when none was.</param>
/// <param name="RecordedPosition">Position of the log up to which is known; null says the latest.</param>
/// <param name="IsPast">True when <c>asOf</c> or <c>recordedAsOf</c> was given: nothing can be changed from there.</param>
/// <param name="NotYetShown">True when the page was to wait for what its reader just recorded, and it is not shown yet.</param>
public sealed record RequestScope(
    AssociationEntry Association, Actor Actor, DateTimeOffset Instant, long? RecordedPosition, bool IsPast, bool NotYetShown)
{
    /// <summary>What read models are asked of: the association at the two moments of the request, never past what every model has reached.</summary>
    public async ValueTask<ReadView> ViewAsync(ReadDatabase reads, CancellationToken ct)
    {
        var reached = await reads.ReachedAsync(ct);
        return new ReadView(reads, Association.Id, new AsOf(Instant, Math.Min(reached, RecordedPosition ?? reached)));
    }

    public static ValueTask<RequestScope?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<RequestScope>());
}

/// <summary>The two dates of a request, read once.</summary>
public static class AsOfReading
{
    public const string AsOf = "asOf";
    public const string RecordedAsOf = "recordedAsOf";
    public const string WaitFor = "waitFor";

    /// <summary>A day means its end in the zone; an instant is itself. Null when it is neither, or of a year that is not taken.</summary>
    public static DateTimeOffset? Instant(string text, TimeZoneInfo zone)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return LocalTime.IsTaken(day) ? LocalTime.EndOf(day, zone) : null;
        return text.Contains('T', StringComparison.Ordinal) && EffectiveTime.TryParse(text, zone, out var time) ? time.Instant : null;
    }

    public static long? Position(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
