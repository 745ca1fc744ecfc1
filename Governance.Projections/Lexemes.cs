using System.Text.RegularExpressions;
using Governance.Domain.Kernel;

namespace Governance.Projections;

/// <summary>
/// Texts as PostgreSQL's full text indexes them, in expressions that the server can keep in a generated column: built-in functions alone, and the same for
/// what is searched and for what is asked (docs/adr/0031-search.md).
/// </summary>
internal static partial class Lexemes
{
    // What the server would take for an address, a path, a sign or a hyphenated whole, and what some locales take for letters.
    private static string Parted(string sql) =>
        $@"regexp_replace(replace(replace(replace(replace({sql}, 'œ', 'oe'), 'Œ', 'Oe'), 'æ', 'ae'), 'Æ', 'Ae'), '[-/.@_+:&<>=~?%#\\«»“”„’‘ʼ‐‑–—…·•°\u00a0\u202f]', ' ', 'g')";

    // In the few marks of Latin letters: over a range of all, it would take longer than the stemming.
    private static string Folded(string sql) => $@"lower(translate(normalize({sql}, NFD), E'\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328', ''))";

    private static string Stems(string sql) => Folded($"to_tsvector('french', lower({Parted(sql)}))::text");

    private static string Bare(string sql) => $"strip(to_tsvector('simple', {Word(sql)}))::text";

    /// <summary>A word without accents and capitals.</summary>
    public static string Word(string sql) => Folded(Parted(sql));

    /// <summary>A text as a <c>tsvector</c>: the stem of each word, and the word itself, without accents.</summary>
    public static string Of(string sql) => $"({Stems(sql)} || ' ' || {Bare(sql)})::tsvector";

    /// <summary>
    /// The stems of a text, each after the end of the row's tenant: words of one association stand together in the index, and are read alone.
    /// </summary>
    public static string OfTenant(string sql) => Led(Stems(sql));

    /// <summary>The same with each word too, for whoever has typed its beginning.</summary>
    public static string WordsOfTenant(string sql) => Led($"{Stems(sql)} || ' ' || {Bare(sql)}");

    /// <summary>As the index has them, the lexemes of a query.</summary>
    public static string OfTenant(AssociationId tenant, string query) => Lexeme().Replace(query, $"'{tenant.ToString()[^8..]}$1'");

    /// <summary>The lexemes of a query, as they are quoted in it.</summary>
    public static IEnumerable<string> In(string query) => Lexeme().Matches(query).Select(match => match.Value);

    /// <summary>
    /// What a text that is asked for becomes, as text: its stems as typed, those of its words without accents, as texts in capitals are written, and those
    /// of the participles that it would have with them (« adoptee »).
    /// </summary>
    /// <param name="function"><c>plainto_tsquery</c> or <c>phraseto_tsquery</c>.</param>
    public static IEnumerable<string> Asked(string function, string sql) =>
    [
        Folded($"{function}('french', lower({Parted(sql)}))::text"),
        Folded($"{function}('french', {Word(sql)})::text"),
        Folded($@"{function}('french', regexp_replace({Word(sql)}, 'e(es?)\M', 'é\1', 'g'))::text"),
    ];

    private static string Led(string lexemes) => $"replace(' ' || {lexemes}, ' ''', ' ''' || right(tenant::text, 8))::tsvector";

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Lexeme();
}
