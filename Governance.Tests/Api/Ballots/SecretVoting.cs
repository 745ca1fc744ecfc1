using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;

namespace Governance.Tests.Api.Ballots;

/// <summary>Commands of people who need no account of their own.</summary>
internal static class SecretVoting
{
    public static CommandContext As(AssociationId association, PersonId person) => Context(association, Actor.Of(Guid.NewGuid(), person, new HashSet<Role>()));

    public static CommandContext AsSystem(AssociationId association) => Context(association, Actor.System);

    private static CommandContext Context(AssociationId association, Actor actor) => new()
    {
        Association = association,
        Zone = TimeZoneInfo.Utc,
        Actor = actor,
        Now = DateTimeOffset.UtcNow,
        IdempotencyKey = Guid.NewGuid().ToString("N"),
        Ids = IdSource.Fresh(TimeProvider.System),
    };
}
