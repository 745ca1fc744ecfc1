using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Api.Mail;

/// <summary>To whom a convocation goes: everybody who holds a mandate in the body that meets, or in a college that it is made of.</summary>
public static class Invited
{
    /// <summary>Nobody of a working group: which centres take part in it is recorded, and not who comes for them.</summary>
    public static IReadOnlySet<PersonId> At(Timeline<Body>? body, IReadOnlyList<Timeline<Body>> colleges, EffectiveTime on) => body is null
        ? new HashSet<PersonId>()
        : Electorate.At(body.At(on), [.. colleges.Select(c => c.At(on))], on.Instant).Electors.Select(e => e.Person).ToHashSet();
}
