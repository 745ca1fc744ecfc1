using Governance.Api.Access;
using Governance.Domain.Kernel;

namespace Governance.Api.Kernel.Http;

/// <summary>An association of this installation, as addresses and dates need it.</summary>
/// <param name="Slug">Its short name in addresses: permanent.</param>
/// <param name="Zone">Its clocks.</param>
public sealed record AssociationEntry(AssociationId Id, string Slug, string Name, TimeZoneInfo Zone);

/// <summary>
/// What a request under <c>/{slug}</c> or <c>/api/{slug}</c> is about: the association, who asks, and as of when. Endpoints take it as a parameter,
/// pages inject it.
/// </summary>
/// <param name="AsOf">The effective instant and the position of the log asked for; now and the latest when none was.</param>
/// <param name="IsPast">True when <c>asOf</c> or <c>recordedAsOf</c> was given: nothing can be changed from there.</param>
public sealed record RequestScope(AssociationEntry Association, Actor Actor, ReadAsOf AsOf, bool IsPast)
{
    public static ValueTask<RequestScope?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<RequestScope>());
}

/// <summary>Both timelines: what held at an instant, as the log knew it at a position.</summary>
public readonly record struct ReadAsOf(DateTimeOffset Instant, long Position);
