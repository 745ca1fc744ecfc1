namespace Governance.EventStore;

/// <summary>An event to write. <paramref name="Data"/> and <paramref name="Headers"/> are UTF-8 JSON objects whose numbers are integers below 2^53.</summary>
/// <param name="Id">UUIDv7, unique in the whole log.</param>
/// <param name="Stream">Stream that it belongs to, such as <c>member:0197…</c>; it must be named in <see cref="AppendRequest.Expected"/>.</param>
/// <param name="StreamType">Kind of stream, written when the stream begins (<c>mt_streams.type</c>).</param>
/// <param name="Type">Stored name in snake case, such as <c>member_admitted</c>.</param>
/// <param name="DotnetType">"Namespace.Type, Assembly".</param>
public sealed record NewEvent(
    Guid Id,
    string Stream,
    string StreamType,
    string Type,
    string DotnetType,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Headers);

/// <summary>A stream and the version at which it was read; 0 says that it did not exist.</summary>
public sealed record StreamVersion(string Stream, long Version);

/// <summary>What makes a command the same command: unique for a tenant and an actor, kept 30 days.</summary>
/// <param name="RequestHash">Hash of the request's body: the same key with another hash is refused.</param>
public sealed record CommandKey(string Actor, string IdempotencyKey, ReadOnlyMemory<byte> RequestHash);

/// <summary>What an append does to the sealed papers of a secret ballot, in the same transaction as its events: neither is there without the other.</summary>
/// <param name="Ballot">The ballot, of the append's tenant.</param>
/// <param name="Key">Of the row: see <see cref="Vault.BallotSecret"/>; null drops every paper of the ballot.</param>
/// <param name="Paper">The sealed paper, which replaces the one before it; null with the key.</param>
public sealed record SealedPaperChange(Guid Ballot, byte[]? Key, byte[]? Paper)
{
    public static SealedPaperChange DropAll(Guid ballot) => new(ballot, null, null);
}

/// <summary>The key of somebody who had none, which an append makes theirs in the same transaction as the events that are sealed with it.</summary>
/// <param name="Wrapped">By the master key: see <see cref="Vault.PersonVault"/>.</param>
public sealed record NewPersonKey(Guid Person, byte[] Wrapped);

/// <summary>
/// An append that happens wholly or not at all, on condition that no stream in <paramref name="Expected"/> has moved.
/// </summary>
/// <param name="Tenant">Association that the streams belong to.</param>
/// <param name="Expected">Every stream that the decision read, written or only read, once each.</param>
/// <param name="Events">In order; none at all makes the append a check of <paramref name="Expected"/>.</param>
/// <param name="Command">When given, the append is made once for this key.</param>
/// <param name="Answer">Kept with the command's key and given back when the command is repeated.</param>
/// <param name="Papers">Written with the events, also where there are none.</param>
/// <param name="Keys">Written with the events; null for none.</param>
public sealed record AppendRequest(
    string Tenant,
    IReadOnlyList<StreamVersion> Expected,
    IReadOnlyList<NewEvent> Events,
    CommandKey? Command = null,
    string? CorrelationId = null,
    string? CausationId = null,
    ReadOnlyMemory<byte> Answer = default,
    SealedPaperChange? Papers = null,
    IReadOnlyList<NewPersonKey>? Keys = null);
