namespace Governance.Projections;

/// <summary>A part of what somebody looks for.</summary>
/// <param name="Text">Letters and digits: one word, or several of a phrase with a space between.</param>
/// <param name="Phrase">Its words stand one after the other.</param>
/// <param name="Without">What is found does not have it.</param>
/// <param name="Begun">It may be the beginning of a word.</param>
public sealed record SearchTerm(string Text, bool Phrase = false, bool Without = false, bool Begun = false);

/// <summary>
/// What somebody typed to search: words, « phrases » in quotation marks of any kind, and what is not wanted after a minus. All that is wanted must be there.
/// Whatever else is typed parts words; nothing that can be typed is wrong, save that it is too long.
/// </summary>
/// <param name="Terms">In the order typed; none of them is empty.</param>
public sealed record SearchWords(IReadOnlyList<SearchTerm> Terms)
{
    /// <summary>Characters at most.</summary>
    public const int Longest = 200;

    /// <summary>Letters that the beginning of a word has at least.</summary>
    public const int LeastBegun = 3;

    private const string Opening = "\"«“„", Closing = "\"»”“";

    /// <summary>What is wanted; nothing is looked for where there is none.</summary>
    public IEnumerable<SearchTerm> Wanted => Terms.Where(term => !term.Without);

    /// <summary>The single words that are wanted, without accents and capitals.</summary>
    public IEnumerable<string> WantedWords => Wanted.SelectMany(term => Words(term.Text)).Select(Folded);

    /// <returns>Null when it is too long.</returns>
    public static SearchWords? Read(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (typed.Length > Longest)
            return null;
        var terms = new List<SearchTerm>();
        for (var at = 0; at < typed.Length;)
        {
            if (char.IsWhiteSpace(typed[at]))
            {
                at++;
                continue;
            }

            var without = typed[at] == '-' && at + 1 < typed.Length && !char.IsWhiteSpace(typed[at + 1]);
            if (without)
                at++;
            var phrase = Opening.Contains(typed[at], StringComparison.Ordinal);
            var from = phrase ? at + 1 : at;
            var to = from;
            while (to < typed.Length && !(phrase ? Closing.Contains(typed[to], StringComparison.Ordinal) : char.IsWhiteSpace(typed[to]) || Opening.Contains(typed[to], StringComparison.Ordinal)))
                to++;
            var words = Words(typed[from..to]);
            if (phrase || without)
                terms.AddRange(words.Count == 0 ? [] : [new SearchTerm(string.Join(' ', words), words.Count > 1, without)]);
            else
                terms.AddRange(words.Select((word, i) => new SearchTerm(word, Begun: to == typed.Length && i == words.Count - 1 && word.Length >= LeastBegun)));
            at = phrase ? to + 1 : to;
        }

        return new([.. terms.Distinct()]);
    }

    /// <summary>The words of a text: runs of letters, their marks and digits.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var (start, length) in Places(text))
            words.Add(text.Substring(start, length));
        return words;
    }

    /// <summary>Where the words of a text stand in it.</summary>
    public static IEnumerable<(int Start, int Length)> Places(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = 0; at < text.Length;)
        {
            if (!IsOfWord(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && IsOfWord(text[at]))
                at++;
            yield return (start, at - start);
        }
    }

    /// <summary>A word without accents and capitals, as the index has it.</summary>
    public static string Folded(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Names.Folding(word.Replace("œ", "oe", StringComparison.Ordinal).Replace("Œ", "oe", StringComparison.Ordinal).Replace("æ", "ae", StringComparison.Ordinal).Replace("Æ", "ae", StringComparison.Ordinal));
    }

    /// <summary>
    /// Whether a name is what is looked for: each word that is wanted is one of its words, or begins one where it is the last typed; none that is not
    /// wanted is. Names are not stemmed: nobody is called by the root of a word.
    /// </summary>
    public bool AreIn(string name)
    {
        var words = Words(name).Select(Folded).ToList();
        return Wanted.Any() && Terms.All(term => term.Without != Words(term.Text).Select(Folded).All(word => words.Exists(known => Matches(term, word, known))));
    }

    /// <summary>Whether a word of a name is one that is wanted.</summary>
    public bool Want(string word)
    {
        var folded = Folded(word);
        return Wanted.Any(term => Words(term.Text).Select(Folded).Any(wanted => Matches(term, wanted, folded)));
    }

    private static bool Matches(SearchTerm term, string wanted, string known) =>
        term.Begun ? known.StartsWith(wanted, StringComparison.Ordinal) : known == wanted;

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
