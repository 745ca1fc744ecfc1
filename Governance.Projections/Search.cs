using System.Text.Json;
using Governance.Domain.Documents;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>
/// Looks words up in <see cref="SearchEntries"/>, at a moment and for a reader. What is looked at and what is ranked is bounded, and it is said when a bound
/// was met: a word that stands everywhere costs no more than one that stands often.
/// </summary>
public static class Search
{
    /// <summary>Entries looked at, at most.</summary>
    public const int MostLookedAt = 10_000;

    /// <summary>Entries ranked and shown, at most: those whose title has the words, then those that have not ended, then the latest.</summary>
    public const int MostRanked = 500;

    /// <summary>What was asked, as the database takes it.</summary>
    /// <param name="Query">A <c>tsquery</c>; null where no word is looked for: nothing was typed but « le » or « de ».</param>
    /// <param name="Any">A <c>tsquery</c> that any word of the wanted ones meets.</param>
    /// <param name="Beginnings">The first letters of what is met, without accents.</param>
    public sealed record Asked(SearchWords Words, string? Query, string? Any, IReadOnlyList<string> Beginnings);

    /// <summary>A thing that was found.</summary>
    /// <param name="Titled">Its title has what was looked for.</param>
    public sealed record Found(Guid Key, SearchEntries.Entry Entry, bool Titled);

    /// <param name="Counts">Of each kind, how many there are among those looked at; kinds without any are left out.</param>
    /// <param name="Bounded">More than <see cref="MostLookedAt"/> have the words: others were not looked at.</param>
    public sealed record Page(IReadOnlyList<Found> Entries, IReadOnlyDictionary<SearchKind, int> Counts, bool Bounded)
    {
        public static Page Empty { get; } = new([], new Dictionary<SearchKind, int>(), false);
    }

    /// <summary>Puts what was typed in the words of the index: the database stems them as it stemmed what it keeps.</summary>
    public static async ValueTask<Asked> AskedAsync(ReadDatabase database, SearchWords words, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(words);
        if (!words.Wanted.Any())
            return new(words, null, null, []);
        var forms = Lexemes.Asked("plainto_tsquery", "t.text").Zip(Lexemes.Asked("phraseto_tsquery", "t.text"), (plain, phrase) => $"case when t.phrase then {phrase} else {plain} end");
        var stems = await database.ListAsync(
            $"select array[{string.Join(", ", forms)}], {Lexemes.Word("t.text")} from unnest(@texts, @phrases) with ordinality t(text, phrase, at) order by t.at",
            r => (Forms: r.GetFieldValue<string[]>(0), Word: r.GetString(1).Trim()),
            ct,
            ("texts", words.Terms.Select(t => t.Text).ToArray()),
            ("phrases", words.Terms.Select(t => t.Phrase).ToArray())).ConfigureAwait(false);

        var (wanted, unwanted, any) = (new List<string>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (term, (typed, word)) in words.Terms.Zip(stems))
        {
            // What is no word to the dictionary (« le », « à ») is looked for by nobody.
            if (typed.Any(form => form.Length == 0))
                continue;
            var begun = term.Begun && word.All(char.IsLetterOrDigit) ? $"'{word}':*" : null;
            var one = $"({string.Join(" | ", typed.Append(begun).OfType<string>().Distinct().Select(part => $"({part})"))})";
            (term.Without ? unwanted : wanted).Add(one);
            if (!term.Without)
                any.UnionWith([.. typed.SelectMany(Lexemes.In), .. begun is null ? Array.Empty<string>() : [begun]]);
        }

        return wanted.Count == 0 ? new(words, null, null, []) : new(
            words,
            string.Join(" & ", wanted.Concat(unwanted.Select(one => "!" + one))),
            string.Join(" | ", any),
            [.. any.Select(lexeme => lexeme.Trim('*', ':', '\'')).Select(lexeme => lexeme[..Math.Min(3, lexeme.Length)]).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>A page of what has the words at the view's moment: first by title, then what has not ended, then what has them most.</summary>
    /// <param name="reader">Whoever may not read a document does not find it, nor is it counted.</param>
    /// <param name="kinds">What the reader may find at all.</param>
    /// <param name="only">One of them alone is listed; all are counted.</param>
    /// <param name="except">Things that are found otherwise.</param>
    public static async ValueTask<Page> PageAsync(
        ReadView view, Asked asked, Reader reader, IReadOnlyCollection<SearchKind> kinds, SearchKind? only, IReadOnlyCollection<Guid> except, int skip, int take,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.Query is null)
            return Page.Empty;
        var rows = await view.Database.ListAsync(
            view,
            $"""
            with found as materialized (
                select s.key, lower(s.effective) as since, lower(s.recorded) as known, s.kind, s.dated, s.heading @@ @query::tsquery as titled,
                    case when s.kind in ('statutes', 'article') then s.thing in ({StatutesVersions.StandingKeys}) else s.live end as live
                from read.{SearchEntries.Stored} s
                where {AsOf.Of("s")} and s.words @@ @query::tsquery and s.kind = any(@kinds) and s.key <> all(@except)
                and (s.kind <> 'document' or exists (
                    select from {Documents.StoredTable} d join {Documents.StoredTable} t on t.tenant = d.tenant and t.key = d.key and upper_inf(t.recorded) and upper_inf(t.effective)
                    where {AsOf.Of("d")} and d.key = s.key and {Documents.Readable}))
                limit {MostLookedAt + 1}),
            counted as (select coalesce(jsonb_object_agg(kind, number), '{"{}"}') as counts from (select kind, count(*) as number from found group by kind) k),
            ranked as materialized (
                select f.*, s.thing, s.title, s.body, s.number, s.dated_precision, ts_rank(s.words, @query::tsquery) as rank
                from (select * from found where @only::text is null or kind = @only order by titled desc, live desc, dated desc, key limit {MostRanked}) f
                join read.{SearchEntries.Stored} s on s.tenant = @tenant and s.key = f.key and lower(s.effective) = f.since and lower(s.recorded) = f.known),
            page as (select *, row_number() over (order by titled desc, live desc, rank desc, dated desc, key) as place from ranked)
            select c.counts, p.key, p.kind, p.thing, p.title, p.body, p.number, p.live, p.dated, p.dated_precision, p.titled
            from counted c left join page p on p.place > @skip and p.place <= @skip + @take order by p.place
            """,
            r => (Counts: r.GetString(0), Found: r.IsDBNull(1) ? null : Read(r)),
            ct,
            [
                .. Documents.Of(reader), ("query", Lexemes.OfTenant(view.Association, asked.Query)), ("kinds", kinds.Select(Choices<SearchKind>.Name).ToArray()),
                ("only", only is { } kind ? Choices<SearchKind>.Name(kind) : null), ("except", except.ToArray()), ("skip", (long)skip), ("take", (long)take),
            ]).ConfigureAwait(false);
        var counts = JsonSerializer.Deserialize<Dictionary<string, int>>(rows[0].Counts)!.ToDictionary(c => Choices<SearchKind>.Value(c.Key), c => c.Value);
        return new([.. rows.Select(r => r.Found).OfType<Found>()], counts, counts.Values.Sum() > MostLookedAt);
    }

    /// <summary>Which words of some texts are what was looked for, as they are written.</summary>
    public static async ValueTask<IReadOnlySet<string>> MetAsync(ReadDatabase database, Asked asked, IEnumerable<string> texts, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.Any is null)
            return new HashSet<string>();
        // A word and its stem begin alike: most words need not be stemmed to be told apart.
        var words = texts.SelectMany(SearchWords.Words).Distinct(StringComparer.Ordinal).Where(word =>
        {
            var folded = SearchWords.Folded(word);
            return asked.Beginnings.Any(beginning => folded.StartsWith(beginning, StringComparison.Ordinal));
        }).ToArray();
        return (await database.ListAsync(
            $"select w from unnest(@words) w where {Lexemes.Of("w")} @@ @any::tsquery", r => r.GetString(0), ct, ("words", words), ("any", asked.Any)).ConfigureAwait(false))
            .ToHashSet(StringComparer.Ordinal);
    }

    private static Found Read(Npgsql.NpgsqlDataReader r) => new(
        r.GetGuid(1),
        new(r.Choice<SearchKind>(2), r.GetGuid(3), r.GetString(4), r.GetString(5), r.GetBoolean(7), r.Time(8), r.TextOrNull(6)),
        r.GetBoolean(10));
}
