namespace Governance.Domain.Statutes;

/// <summary>A piece of a text that became another: kept, taken out, or put in.</summary>
/// <param name="Change"><see cref="Change.Same"/>, <see cref="Change.Removed"/> or <see cref="Change.Added"/>.</param>
public sealed record WordRun(Change Change, string Text);

/// <summary>How a text became another, by word: with the fewest words taken out and put in (E. Myers, An O(ND) Difference Algorithm, 1986).</summary>
public static class WordDifference
{
    // Beyond, hardly a word is where it was: what lies between the common beginning and the common end is told as one.
    private const int MostEdits = 600;

    /// <summary>Kept and removed runs together give the text before, kept and added ones the text after. Of a change, what goes stands first.</summary>
    public static IReadOnlyList<WordRun> Of(string before, string after)
    {
        var (was, now) = (Words(before), Words(after));
        var (first, last) = (0, 0);
        while (first < was.Count && first < now.Count && was[first] == now[first])
            first++;
        while (last < was.Count - first && last < now.Count - first && was[^(last + 1)] == now[^(last + 1)])
            last++;
        List<WordRun> runs =
        [
            .. was.Take(first).Select(word => new WordRun(Change.Same, word)),
            .. Between(was.GetRange(first, was.Count - first - last), now.GetRange(first, now.Count - first - last)),
            .. was.Skip(was.Count - last).Select(word => new WordRun(Change.Same, word)),
        ];
        return Joined(runs);
    }

    // A word is letters and digits; what stands between words is a word of its own, so that a moved comma is seen.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            var kind = KindOf(text[at]);
            while (kind != Kind.Mark && end < text.Length && KindOf(text[end]) == kind)
                end++;
            words.Add(text[at..end]);
            at = end;
        }

        return words;
    }

    private enum Kind
    {
        Word,
        Space,
        Mark,
    }

    // The halves of a letter outside the basic plane stay together.
    private static Kind KindOf(char c) => c == '\n' ? Kind.Mark : char.IsWhiteSpace(c) ? Kind.Space : char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? Kind.Word : Kind.Mark;

    private static IEnumerable<WordRun> Between(List<string> was, List<string> now)
    {
        if (Ways(was, now) is not { } ways)
            return was.Select(word => new WordRun(Change.Removed, word)).Concat(now.Select(word => new WordRun(Change.Added, word)));
        var back = new List<WordRun>();
        var (x, y) = (was.Count, now.Count);
        for (var edits = ways.Count - 1; edits >= 0; edits--)
        {
            var (diagonal, way) = (x - y, ways[edits]);
            var added = diagonal == -edits || (diagonal != edits && At(way, diagonal - 1) < At(way, diagonal + 1));
            var from = edits == 0 ? 0 : At(way, added ? diagonal + 1 : diagonal - 1);
            var start = edits == 0 ? 0 : added ? from : from + 1;
            while (x > start)
            {
                back.Add(new(Change.Same, was[--x]));
                y--;
            }

            if (edits == 0)
                break;
            back.Add(added ? new(Change.Added, now[--y]) : new(Change.Removed, was[--x]));
        }

        back.Reverse();
        return back;
    }

    // Of each number of edits, how far one comes on each diagonal before the last of them; null where there are too many.
    private static List<int[]>? Ways(List<string> was, List<string> now)
    {
        var ways = new List<int[]>();
        var furthest = new[] { 0 };
        for (var edits = 0; edits <= MostEdits; edits++)
        {
            ways.Add(furthest);
            var next = new int[(2 * edits) + 3];
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var x = edits == 0 ? 0
                    : diagonal == -edits || (diagonal != edits && At(furthest, diagonal - 1) < At(furthest, diagonal + 1)) ? At(furthest, diagonal + 1)
                    : At(furthest, diagonal - 1) + 1;
                while (x < was.Count && x - diagonal < now.Count && was[x] == now[x - diagonal])
                    x++;
                next[diagonal + (next.Length / 2)] = x;
                if (x >= was.Count && x - diagonal >= now.Count)
                    return ways;
            }

            furthest = next;
        }

        return null;
    }

    private static int At(int[] way, int diagonal) => way[diagonal + (way.Length / 2)];

    // Of a change, all that goes stands before all that comes; a space that stayed between two changed words is no reason to tell them apart.
    private static List<WordRun> Joined(List<WordRun> runs)
    {
        var joined = new List<WordRun>();
        var (removed, added) = ("", "");
        void Close()
        {
            if (removed.Length > 0)
                joined.Add(new(Change.Removed, removed));
            if (added.Length > 0)
                joined.Add(new(Change.Added, added));
            (removed, added) = ("", "");
        }

        for (var at = 0; at < runs.Count; at++)
        {
            var (change, text) = runs[at];
            if (change == Change.Removed)
            {
                removed += text;
            }
            else if (change == Change.Added)
            {
                added += text;
            }
            else if (removed.Length > 0 && added.Length > 0 && text.All(c => KindOf(c) == Kind.Space) && at + 1 < runs.Count && runs[at + 1].Change != Change.Same)
            {
                (removed, added) = (removed + text, added + text);
            }
            else
            {
                Close();
                if (joined is [.., { Change: Change.Same } before])
                    joined[^1] = before with { Text = before.Text + text };
                else
                    joined.Add(new(Change.Same, text));
            }
        }

        Close();
        return joined;
    }
}
