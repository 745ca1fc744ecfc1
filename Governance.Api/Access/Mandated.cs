using System.Collections.Concurrent;
using System.Collections.Frozen;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.EventStore;
using Governance.Projections.Runtime;

namespace Governance.Api.Access;

/// <summary>
/// Who holds which mandates today, and so which role. Read from the streams of the bodies themselves, not from a read model that may lag: a mandate that
/// has ended opens no door any more.
/// </summary>
public sealed class Mandated(EventLog log, EventCatalogue catalogue, TimeProvider time)
{
    private const string BodyStreams = "body";

    private sealed record Known(long Version, Timeline<Body> Body);

    private readonly ConcurrentDictionary<(AssociationId, StreamId), Known> _bodies = new();

    /// <summary>Roles of a person in an association, as of now.</summary>
    public async ValueTask<IReadOnlySet<Role>> RolesOfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var roles = new HashSet<Role>();
        foreach (var body in await BodiesAsync(association, ct))
        {
            var state = body.At(now);
            if (state is Body.Constituted constituted && state.IsHeldBy(person, now))
                roles.Add(RoleIn(constituted.Kind));
        }

        return roles.ToFrozenSet();
    }

    /// <summary>The bodies in which a person holds a mandate, as of now.</summary>
    public async ValueTask<IReadOnlySet<BodyId>> BodiesOfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return (
            from body in await BodiesAsync(association, ct)
            where body.At(now) is Body.Constituted constituted && constituted.IsHeldBy(person, now)
            select BodyId.Of(body.Stream.Thing())).ToFrozenSet();
    }

    /// <summary>The mandates that a person holds, each with the kind of its body, as of now.</summary>
    public async ValueTask<IReadOnlyList<(BodyKind Body, Mandate Mandate)>> MandatesOfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return
        [
            .. from body in await BodiesAsync(association, ct)
               let constituted = body.At(now) as Body.Constituted
               where constituted is not null
               from mandate in constituted.Of(person, now)
               select (constituted.Kind, mandate),
        ];
    }

    /// <summary>Who has held a role the longest, as of now; null when nobody holds it.</summary>
    public async ValueTask<PersonId?> FirstOfAsync(AssociationId association, Role role, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return (
            from body in await BodiesAsync(association, ct)
            let state = body.At(now)
            where state is Body.Constituted constituted && RoleIn(constituted.Kind) == role
            from holder in state.Holders(now)
            orderby holder.Since.Instant, holder.Person.Value
            select (PersonId?)holder.Person).FirstOrDefault();
    }

    private static Role RoleIn(BodyKind kind) => kind switch
    {
        BodyKind.Board or BodyKind.Bureau => Role.BoardMember,
        BodyKind.Secretariat => Role.Secretariat,
        BodyKind.Auditors => Role.Auditor,
        BodyKind.GeneralAssembly or BodyKind.College => Role.Member,
        _ => throw new InvalidOperationException($"A body of kind {kind} gives no role."),
    };

    private async ValueTask<IReadOnlyList<Timeline<Body>>> BodiesAsync(AssociationId association, CancellationToken ct)
    {
        var versions = await log.ListStreamsAsync(association.ToString(), BodyStreams, ct);
        var moved = versions.Where(v => !_bodies.TryGetValue((association, new(v.Stream)), out var known) || known.Version < v.Version).Select(v => v.Stream).ToList();
        if (moved.Count > 0)
        {
            foreach (var (stream, slice) in await log.ReadStreamsAsync(association.ToString(), moved, ct: ct))
            {
                var id = new StreamId(stream);
                _bodies[(association, id)] = new(slice.Version, new Timeline<Body>(id, slice.Version, [.. slice.Events.Select(catalogue.Recorded)]));
            }
        }

        return [.. versions.Select(v => _bodies[(association, new(v.Stream))].Body)];
    }
}
