namespace Governance.Domain.Kernel;

/// <summary>What becomes of some words of a text.</summary>
public enum WordChange
{
    Same,
    Added,
    Removed,
}

/// <param name="Text">Words with the spaces between and after them.</param>
public sealed record ComparedWords(WordChange Change, string Text);

/// <summary>Two texts compared by word: the longest sequence of words that they share, with what was removed and added around it.</summary>
public static class WordComparison
{
    // Beyond so many words on both sides together, what differs is told as a whole: the table of the comparison grows with their product.
    private const int MostCells = 4_000_000;

    /// <returns>Runs in order; those not added make the text before, those not removed the text after.</returns>
    public static IReadOnlyList<ComparedWords> Of(string before, string after)
    {
        var (was, now) = (Words(before), Words(after));
        var start = 0;
        while (start < was.Count && start < now.Count && was[start] == now[start])
            start++;
        var end = 0;
        while (end < was.Count - start && end < now.Count - start && was[^(end + 1)] == now[^(end + 1)])
            end++;

        var runs = new List<ComparedWords>();
        Add(runs, WordChange.Same, was[..start]);
        Middle(runs, was[start..^end], now[start..^end]);
        Add(runs, WordChange.Same, was[^end..]);
        return runs;
    }

    private static void Middle(List<ComparedWords> runs, List<string> was, List<string> now)
    {
        if ((long)was.Count * now.Count > MostCells)
        {
            Add(runs, WordChange.Removed, was);
            Add(runs, WordChange.Added, now);
            return;
        }

        // Length of the longest common sequence of what follows each pair of places.
        var common = new int[was.Count + 1, now.Count + 1];
        for (var i = was.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
                common[i, j] = was[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var (at, to) = (0, 0);
        while (at < was.Count || to < now.Count)
        {
            if (at < was.Count && to < now.Count && was[at] == now[to])
                (at, to) = (at + 1, to + Said(runs, WordChange.Same, was[at]));
            else if (at < was.Count && (to == now.Count || common[at + 1, to] >= common[at, to + 1]))
                at += Said(runs, WordChange.Removed, was[at]);
            else
                to += Said(runs, WordChange.Added, now[to]);
        }
    }

    private static int Said(List<ComparedWords> runs, WordChange change, string word)
    {
        Add(runs, change, [word]);
        return 1;
    }

    private static void Add(List<ComparedWords> runs, WordChange change, List<string> words)
    {
        if (words.Count == 0)
            return;
        if (runs is [.., var last] && last.Change == change)
            runs[^1] = last with { Text = last.Text + string.Concat(words) };
        else
            runs.Add(new(change, string.Concat(words)));
    }

    // A word keeps the space after it, so that the texts are whole again when the runs are put together.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var from = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (!char.IsWhiteSpace(text[i]) && char.IsWhiteSpace(text[i - 1])))
            {
                words.Add(text[from..i]);
                from = i;
            }
        }

        return words;
    }
}
