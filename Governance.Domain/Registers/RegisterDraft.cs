using Governance.Domain.Kernel;

namespace Governance.Domain.Registers;

/// <summary>The streams that the lines of a file are decided on, as they will be once what was decided of the lines before is recorded. Nothing is recorded yet.</summary>
public sealed class RegisterDraft
{
    private readonly Dictionary<StreamId, Timeline> _streams;
    private readonly ILookup<string, StreamId> _kinds;

    /// <param name="streams">Every stream that a line can name, those without an event too.</param>
    public RegisterDraft(IEnumerable<Timeline> streams)
    {
        _streams = streams.DistinctBy(s => s.Stream).ToDictionary(s => s.Stream);
        _kinds = _streams.Keys.ToLookup(s => s.Kind, StringComparer.Ordinal);
    }

    public Timeline<T> Of<T>(StreamId stream) where T : class, IState<T> => _streams.TryGetValue(stream, out var known)
        ? (Timeline<T>)known
        : throw new InvalidOperationException($"{stream} was not read for the lines that are decided on it.");

    /// <summary>Every stream of a kind, such as <c>body</c>.</summary>
    /// <param name="but">One that is left out.</param>
    public IReadOnlyList<Timeline<T>> All<T>(string kind, StreamId? but = null) where T : class, IState<T> =>
        [.. _kinds[kind].Where(stream => stream != but).Select(Of<T>)];

    internal void Take(IReadOnlyList<Fact> facts)
    {
        foreach (var stream in facts.Select(f => f.Stream).Distinct())
            _streams[stream] = _streams[stream].After(facts);
    }
}
