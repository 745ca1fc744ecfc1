using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>The papers of a contest as its count stores them: those alike together, in an order that says nothing of who cast them.</summary>
public static class PapersCounted
{
    /// <summary>The most groups of papers that stand in the counting event itself; also the most of a chunk.</summary>
    public const int InlineLimit = 500;

    /// <summary>How long the stored groups of an event may get together, in bytes, where there is more than one.</summary>
    public const int InlineBytes = 1_000_000;

    /// <summary>Bytes of events with papers in one append at most, where there is more than one: a very large ballot takes several, each going on where the last one ended.</summary>
    public const int BytesAtOnce = 16_000_000;

    /// <summary>Gathers papers that say and weigh the same, by college, packed form and weight.</summary>
    /// <exception cref="ArgumentException">A paper that the question does not take: none was ever accepted.</exception>
    public static IReadOnlyList<PapersAlike> Of(Question question, IEnumerable<(Paper Paper, Fraction Weight, string? College)> papers)
    {
        var packing = new PackedPaper(question);
        return
        [
            .. papers.Select(p => (p.Weight, p.College, Text: Text(packing, p.Paper)))
                .GroupBy(p => p)
                .OrderBy(g => g.Key.College, StringComparer.Ordinal).ThenBy(g => g.Key.Text, StringComparer.Ordinal).ThenBy(g => g.Key.Weight)
                .Select(g => new PapersAlike(packing.Unpack(Convert.FromHexString(g.Key.Text)), g.Count(), g.Key.Weight, g.Key.College)),
        ];
    }

    /// <summary>The canonical text of a paper: its packed form (<see cref="PackedPaper"/>) in lower-case hexadecimal.</summary>
    /// <exception cref="ArgumentException">A paper that the question does not take.</exception>
    public static string Text(PackedPaper packing, Paper paper) => packing.TryPack(paper, out var packed) is { } wrong
        ? throw new ArgumentException(wrong.Code, nameof(paper))
        : Convert.ToHexStringLower(packed);

    /// <summary>
    /// SHA-256, lower-case hexadecimal, of the canonical form of a chunk: UTF-8, one line for each group, « count weight college paper » parted by
    /// spaces, « - » for no college, the paper as <see cref="Text"/> has it, each line ended by a line feed.
    /// </summary>
    public static string Hash(Question question, IReadOnlyList<PapersAlike> papers)
    {
        var packing = new PackedPaper(question);
        var lines = new StringBuilder();
        foreach (var p in papers)
            lines.Append(p.Count).Append(' ').Append(p.Weight).Append(' ').Append(p.College ?? "-").Append(' ').Append(Text(packing, p.Paper)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    /// <summary>The events, from the first, that one append takes.</summary>
    internal static List<IEvent> AtOnce(IEnumerable<IEvent> events)
    {
        var (taken, bytes) = (new List<IEvent>(), 0L);
        foreach (var next in events)
        {
            bytes += EventCatalogue.All.Write(next).Length;
            if (taken.Count > 0 && bytes > BytesAtOnce)
                break;
            taken.Add(next);
        }

        return taken;
    }

    /// <summary>Papers, or groups of them, in parts that each fit into an event; one part when all of them do.</summary>
    internal static IReadOnlyList<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> papers)
    {
        var parts = new List<IReadOnlyList<T>>();
        var part = new List<T>();
        var bytes = 0L;
        foreach (var group in papers)
        {
            var length = JsonSerializer.SerializeToUtf8Bytes(group, EventCatalogue.Json).Length;
            if (part.Count == InlineLimit || (part.Count > 0 && bytes + length > InlineBytes))
            {
                parts.Add(part);
                (part, bytes) = ([], 0);
            }

            part.Add(group);
            bytes += length;
        }

        parts.Add(part);
        return parts;
    }
}
