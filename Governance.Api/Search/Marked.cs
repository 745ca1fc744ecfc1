using Governance.Projections;

namespace Governance.Api.Search;

/// <summary>A piece of a text that was searched.</summary>
/// <param name="Found">It is what was looked for.</param>
public sealed record Marked(string Text, bool Found = false)
{
    private const int Before = 60, Length = 240;

    /// <summary>A text whole, with the words that are met marked.</summary>
    public static IReadOnlyList<Marked> Whole(string text, Func<string, bool> met)
    {
        var pieces = new List<Marked>();
        var at = 0;
        foreach (var (start, length) in SearchWords.Places(text).Where(place => met(text.Substring(place.Start, place.Length))))
        {
            if (start > at)
                pieces.Add(new(text[at..start]));
            pieces.Add(new(text.Substring(start, length), Found: true));
            at = start + length;
        }

        if (at < text.Length)
            pieces.Add(new(text[at..]));
        return pieces;
    }

    /// <summary>A part of a text around the first word that is met, from one word to another; its beginning where none is. Empty of an empty text.</summary>
    public static IReadOnlyList<Marked> Part(string text, Func<string, bool> met)
    {
        var places = SearchWords.Places(text).ToList();
        var first = places.FindIndex(place => met(text.Substring(place.Start, place.Length)));
        var from = first <= 0 ? 0 : places.Find(place => place.Start >= Math.Max(0, places[first].Start - Before)).Start;
        // An elided word ("s'additionnent") is not parted from what it stands before.
        var last = places.FindLast(place => place.Start + place.Length is var end && end <= from + Length && (end == text.Length || text[end] is not ('\'' or '’')));
        var to = text.Length - from <= Length || last.Length == 0 ? Math.Min(text.Length, from + Length) : last.Start + last.Length;
        var pieces = Whole(text[from..to].ReplaceLineEndings(" "), met).ToList();
        if (from > 0)
            pieces.Insert(0, new("… "));
        if (to < text.Length)
            pieces.Add(new(" …"));
        return pieces;
    }
}
