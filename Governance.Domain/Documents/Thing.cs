using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Documents;

/// <summary>What a document belongs to: anything that a stream tells of.</summary>
/// <param name="Stream">Its stream: <c>ballot:{id}</c>, <c>workstream:{id}</c>, <c>meeting:{id}</c>, <c>association</c>.</param>
/// <param name="Part">
/// The identifier of one thing of many that the stream tells of: an item of an agenda, a version of the statutes, a change to be declared (its event). Null
/// for the thing as a whole.
/// </param>
public sealed record Thing(StreamId Stream, Guid? Part = null)
{
    private const int LongestName = 100;

    /// <summary>False where no stream can have this name.</summary>
    public bool IsWellFormed() => Stream.Value is { Length: > 0 and <= LongestName } name && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or ':');
}

/// <summary>The documents that belong to one thing: every command that changes which they are moves this stream.</summary>
/// <param name="Documents">In the order in which they were attached.</param>
public sealed record Folder(ImmutableList<DocumentId> Documents) : IState<Folder>
{
    /// <summary>Documents of one thing at most.</summary>
    public const int Most = 200;

    public static Folder Initial { get; } = new(ImmutableList<DocumentId>.Empty);

    public static StreamId StreamOf(Thing thing) => new(thing.Part is { } part ? $"folder:{thing.Stream}:{part:D}" : $"folder:{thing.Stream}");

    public Folder Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        DocumentAttached e when !Documents.Contains(e.Document) => new(Documents.Add(e.Document)),
        DocumentDetached e when Documents.Contains(e.Document) => new(Documents.Remove(e.Document)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}

/// <summary>A thing as a decision reads it, to attach something to it.</summary>
/// <param name="Exists">False when nothing is recorded of the thing.</param>
/// <param name="Attached">The documents that belong to it.</param>
public sealed record OpenFolder(Thing Thing, bool Exists, Timeline<Folder> Folder, IReadOnlyList<Timeline<Document>> Attached)
{
    /// <summary>True when one of its documents has this very content.</summary>
    internal bool Holds(DocumentContent content) => Attached.Any(one => one.Latest is Document.Kept kept && kept.Content.Sha256 == content.Sha256);

    internal Refusal? Refuses() =>
        !Exists ? new ThingNotFound()
        : Folder.Latest.Documents.Count >= Documents.Folder.Most ? new FolderFull(Documents.Folder.Most)
        : null;
}
