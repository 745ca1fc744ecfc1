using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Gathers the papers of a motion, one after the other, into groups that are alike.</summary>
public sealed class MotionPapers
{
    private readonly Dictionary<(string? College, Fraction Weight), long[]> _counts = [];
    private (string? College, Fraction Weight) _lastKey;
    private long[]? _last;

    /// <summary>By college, choice and weight, whatever order they came in.</summary>
    public IReadOnlyList<PaperGroup> Groups =>
    [
        .. _counts.SelectMany(c => c.Value.Select((count, choice) => new PaperGroup((Choice)choice, c.Key.Weight, count, c.Key.College)))
            .Where(g => g.Count > 0)
            .OrderBy(g => g.College, StringComparer.Ordinal).ThenBy(g => g.Choice).ThenBy(g => g.Weight),
    ];

    public void Add(Choice choice, long count, Fraction weight, string? college = null)
    {
        if (_last is null || _lastKey.College != college || _lastKey.Weight != weight)
        {
            _lastKey = (college, weight);
            if (!_counts.TryGetValue(_lastKey, out _last))
                _counts[_lastKey] = _last = new long[(int)Choice.Null + 1];
        }

        _last[(int)choice] += count;
    }
}
