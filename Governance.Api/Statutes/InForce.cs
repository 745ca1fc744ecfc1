using Governance.Domain.Kernel;
using Version = Governance.Projections.StatutesVersions.Version;

namespace Governance.Api.Statutes;

/// <summary>How long each version holds: until the next one comes into force.</summary>
public static class InForce
{
    /// <summary>The first instant at which a version no longer holds, as far as is known; null when no later one is adopted.</summary>
    public static EffectiveTime? Until(this IReadOnlyList<Version> versions, Version version) => version.InForceFrom is { } from
        ? versions.Where(v => v.Id != version.Id && v.InForceFrom is { } later && later.Instant >= from.Instant
                && (later.Instant > from.Instant || v.Adopted!.Value.Instant > version.Adopted!.Value.Instant))
            .OrderBy(v => v.InForceFrom!.Value.Instant)
            .Select(v => v.InForceFrom)
            .FirstOrDefault()
        : null;
}
