using System.Text.Json;

namespace Governance.Domain.Kernel;

/// <summary>What is known of an event beside what happened: stored with it, exported and hashed with it.</summary>
/// <param name="Effective">First instant at which it holds, UTC (see <see cref="Instants"/>).</param>
/// <param name="Precision">How closely that is known.</param>
/// <param name="Actor">Who gave the command: an account's opaque id, or <c>system</c>.</param>
/// <param name="Command">The use case, such as <c>AdmitMember</c>.</param>
/// <param name="OnBehalfOf">The mandate in whose name the actor acted, when not in their own.</param>
/// <param name="Source">The document that a transcribed fact comes from.</param>
/// <param name="Transcribed">True for what a document tells of: recorded now, effective then.</param>
/// <param name="Illustrative">True for sample data that no document gives.</param>
/// <param name="StatutesVersion">The version of the statutes under which the command was judged.</param>
/// <param name="Salt">
/// Random, base64: the hash of the event is published, and without it whoever knows all else of a vote could try each choice until the hash is
/// right. Told to nobody but by evidence that holds the event itself; null in events of before.
/// </param>
public sealed record EventHeaders(
    string Effective,
    Precision Precision,
    string Actor,
    string Command,
    string? OnBehalfOf = null,
    string? Source = null,
    bool Transcribed = false,
    bool Illustrative = false,
    StatutesVersionId? StatutesVersion = null,
    string? Salt = null)
{
    public EffectiveTime On => new(Instants.Parse(Effective), Precision);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, EventCatalogue.Json);

    /// <summary>The stored form without what is told to nobody.</summary>
    public byte[] Told() => (this with { Salt = null }).Write();

    /// <exception cref="JsonException">The stored form is not one of headers.</exception>
    public static EventHeaders Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<EventHeaders>(json, EventCatalogue.Json) ?? throw new JsonException("Headers are stored as null.");
}
