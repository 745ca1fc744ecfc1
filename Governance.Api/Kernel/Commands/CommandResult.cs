using Governance.Domain.Kernel;

namespace Governance.Api.Kernel.Commands;

/// <summary>What became of a command. Only <see cref="Done"/> recorded anything.</summary>
public abstract record CommandResult
{
    private CommandResult() { }

    /// <summary>Recorded, now or by the first command with the same key.</summary>
    /// <param name="Position">Position of its last event: a reader that must see it waits for this.</param>
    /// <param name="Events">Its events, in order.</param>
    /// <param name="Ids">Identifiers made for it, by the names that the use case gave them (<c>member</c>).</param>
    /// <param name="Version">Version after it of the first stream that the decision read.</param>
    public sealed record Done(
        long Position, DateTimeOffset RecordedAt, IReadOnlyList<EventId> Events, IReadOnlyDictionary<string, Guid> Ids, long Version) : CommandResult;

    /// <summary>What was asked holds already.</summary>
    /// <param name="Version">Present version of the first stream that the decision read.</param>
    public sealed record Unchanged(long Version) : CommandResult;

    /// <summary>The request is not well formed: sentences by field.</summary>
    public sealed record Malformed(IReadOnlyDictionary<string, string[]> Errors) : CommandResult;

    public sealed record Refused(Refusal Refusal) : CommandResult;

    /// <summary>The client had named a version that is no longer the present one.</summary>
    public sealed record Stale(StreamId Stream, long Expected, long Actual) : CommandResult;

    /// <summary>Others kept changing the same things for the whole time that a command may take.</summary>
    public sealed record Contended(StreamId Stream) : CommandResult;

    /// <summary>The idempotency key was used before for another request.</summary>
    public sealed record KeyReused : CommandResult;

    /// <summary>Too much at once, or the database is away.</summary>
    /// <param name="MayBeRecorded">True when the outcome is unknown: repeat with the same key to learn it.</param>
    public sealed record Unavailable(bool MayBeRecorded) : CommandResult;
}
