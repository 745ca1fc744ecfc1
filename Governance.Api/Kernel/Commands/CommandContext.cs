using Governance.Api.Access;
using Governance.Domain.Kernel;

namespace Governance.Api.Kernel.Commands;

/// <summary>Under what circumstances a command is given: all that is known beside what is asked.</summary>
public sealed record CommandContext
{
    public required AssociationId Association { get; init; }

    /// <summary>The association's clocks: they cut days.</summary>
    public required TimeZoneInfo Zone { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>When it is given, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>From when it holds; null says now.</summary>
    public EffectiveTime? Effective { get; init; }

    /// <summary>Unique for an actor in an association: a repeat is answered as the first time.</summary>
    public required string IdempotencyKey { get; init; }

    public required IdSource Ids { get; init; }

    /// <summary>The mandate in whose name the actor acts, when not in their own.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The document that what is transcribed comes from.</summary>
    public string? Source { get; init; }

    /// <summary>True for what a document tells of. That alone spares no act its decision: see <see cref="Recording"/>.</summary>
    public bool Transcribed { get; init; }

    /// <summary>True for sample data that no document gives.</summary>
    public bool Illustrative { get; init; }

    /// <summary>True where it is only asked what would come of it.</summary>
    public bool IsPreview { get; init; }

    /// <summary>The version that the client saw of the first stream that the decision reads; null when it named none.</summary>
    public long? IfVersion { get; init; }

    public string? CorrelationId { get; init; }

    public string? CausationId { get; init; }

    /// <summary>Of what the system does by itself, at this instant and in UTC, where no day is cut.</summary>
    /// <param name="key">Tells this act from every other that the system does in the association.</param>
    public static CommandContext OfSystem(AssociationId association, string key, TimeProvider time) => new()
    {
        Association = association,
        Zone = TimeZoneInfo.Utc,
        Actor = Actor.System,
        Now = time.GetUtcNow(),
        IdempotencyKey = key,
        Ids = IdSource.Fresh(time),
    };
}
