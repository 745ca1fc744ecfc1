using Governance.Domain.Kernel;

namespace Governance.Benchmarks.Federation;

/// <summary>What an association has, by the name that addresses give it: of each kind the few that came last.</summary>
internal sealed class ThingsThere
{
    private const int Most = 12;

    private readonly Dictionary<string, List<string>> _of = new(StringComparer.Ordinal);

    /// <summary>Of each name its values, those that came last first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> All =>
        _of.ToDictionary(of => of.Key, of => (IReadOnlyList<string>)[.. Enumerable.Reverse(of.Value)], StringComparer.Ordinal);

    public void Add<T>(string name, params ReadOnlySpan<T> ids) where T : struct, IIdentifier<T>
    {
        foreach (var id in ids)
            Add(name, id.Value.ToString("D"));
    }

    public void Add(string name, string value)
    {
        if (!_of.TryGetValue(name, out var known))
            _of[name] = known = [];
        known.Remove(value);
        known.Add(value);
        if (known.Count > Most)
            known.RemoveAt(0);
    }
}
