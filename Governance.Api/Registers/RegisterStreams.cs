using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.Registers;

/// <summary>The streams of an association as the tables of its registers are made of them.</summary>
public abstract class RegisterStreams
{
    /// <summary>Every stream of a kind, such as <c>member</c>.</summary>
    public abstract ValueTask<IReadOnlyList<Timeline<T>>> KindAsync<T>(string kind, CancellationToken ct) where T : class, IState<T>;

    /// <summary>One stream, empty when there is none.</summary>
    public abstract ValueTask<Timeline<T>> OneAsync<T>(StreamId stream, CancellationToken ct) where T : class, IState<T>;

    /// <summary>Personal texts in clear, in their order; null of who was erased. Whose are opened to be shown is told to the record of reads.</summary>
    public abstract ValueTask<IReadOnlyList<string?>> OpenAsync(IReadOnlyList<Sealed> texts, CancellationToken ct);
}

/// <summary>As a command reads them: each is a condition of what is recorded.</summary>
internal sealed class StreamsOfDecision(Deciding deciding) : RegisterStreams
{
    public override ValueTask<IReadOnlyList<Timeline<T>>> KindAsync<T>(string kind, CancellationToken ct) => deciding.ReadKindAsync<T>(kind, ct);

    public override ValueTask<Timeline<T>> OneAsync<T>(StreamId stream, CancellationToken ct) => deciding.ReadAsync<T>(stream, ct);

    public override ValueTask<IReadOnlyList<string?>> OpenAsync(IReadOnlyList<Sealed> texts, CancellationToken ct) => deciding.OpenAsync(texts, ct);
}

/// <summary>As they were known when the log ended at a position.</summary>
/// <param name="reveal">Told of whom something was opened.</param>
internal sealed class StreamsAsKnown(
    EventLog log, EventCatalogue catalogue, PersonVault vault, AssociationId association, long position, Action<IEnumerable<PersonId>> reveal) : RegisterStreams
{
    // Bounds what one round trip brings.
    private const int AtOnce = 2_000;

    public override async ValueTask<IReadOnlyList<Timeline<T>>> KindAsync<T>(string kind, CancellationToken ct)
    {
        var timelines = new List<Timeline<T>>();
        foreach (var part in (await log.ListStreamsAsync(association.ToString(), kind, ct)).Chunk(AtOnce))
        {
            var slices = await log.ReadStreamsAsync(association.ToString(), [.. part.Select(s => s.Stream)], ct: ct);
            timelines.AddRange(part.Select(s => Of<T>(new(s.Stream), slices[s.Stream].Events)));
        }

        return timelines;
    }

    public override async ValueTask<Timeline<T>> OneAsync<T>(StreamId stream, CancellationToken ct) =>
        Of<T>(stream, await log.ReadStreamAsync(association.ToString(), stream.Value, ct: ct));

    public override async ValueTask<IReadOnlyList<string?>> OpenAsync(IReadOnlyList<Sealed> texts, CancellationToken ct)
    {
        var opened = await vault.OpenAsync(association.ToString(), [.. texts.Select(t => (t.Person.Value, t.Ciphertext))], ct);
        reveal(texts.Zip(opened).Where(t => t.Second is not null).Select(t => t.First.Person));
        return opened;
    }

    private Timeline<T> Of<T>(StreamId stream, IReadOnlyList<StoredEvent> events) where T : class, IState<T> =>
        new Timeline<T>(stream, events.Count, [.. events.Select(catalogue.Recorded)]).KnownBy(position);
}
