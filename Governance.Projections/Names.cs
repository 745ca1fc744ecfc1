using System.Text;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What things are called, whatever their kind: the words that identifiers in events stand for, many at once.</summary>
public static class Names
{
    /// <summary>The name of a thing.</summary>
    /// <param name="Kind">The kind of thing, as its streams begin: <c>member</c>, <c>person</c>, <c>mandate</c>, <c>milestone</c>...</param>
    /// <param name="Text">Its name; null for a person, and for a mandate, which is called by its holder.</param>
    /// <param name="Person">Who a mandate's holder is, or a member who is an individual.</param>
    public sealed record Named(Guid Key, string Kind, string? Text, PersonId? Person, Office? Office, BodyId? Body);

    // Kind, table, name, person, office, body.
    private static readonly (string Kind, string Table, string Text, string Person, string Office, string Body)[] Sources =
    [
        ("association", new Associations().Table, "x.name", "null", "null", "null"),
        ("member", new Members().Table, "x.organisation", "x.individual", "null", "null"),
        ("body", new Bodies().Table, "x.name", "null", "null", "null"),
        ("mandate", new Mandates().Table, "null", "x.person", "x.office", "x.body"),
        ("statutes", new StatutesVersions().Table, "x.title", "null", "null", "null"),
        ("ballot", new Ballots().Table, "x.title", "null", "null", "null"),
        ("election", new Elections().Table, "x.title", "null", "null", "null"),
        ("meeting", new Meetings().Table, "x.title", "null", "null", "null"),
        ("meeting-part", new MeetingParts().Table, "x.title", "null", "null", "null"),
        ("roadmap", new Roadmaps().Table, "x.title", "null", "null", "null"),
        ("workstream", new Workstreams().Table, "x.title", "null", "null", "null"),
        ("milestone", new Milestones().Table, "x.title", "null", "null", "null"),
        ("working-group", new WorkingGroups().Table, "x.name", "null", "null", "null"),
        ("gathering", new Gatherings().Table, "x.title", "null", "null", "null"),
        ("shared-tool", new SharedTools().Table, "x.name", "null", "null", "null"),
        ("convention", new Conventions().Table, "x.title", "null", "null", "null"),
        ("convention-part", new ConventionParts().Table, "x.title", "null", "null", "null"),
        ("delivery", new Deliveries().Table, "x.title", "null", "null", "null"),
        ("contribution", new Contributions().Table, "x.subject", "null", "null", "null"),
        ("contribution-call", new ContributionCalls().Table, "x.funder", "null", "null", "null"),
        ("dues-campaign", new DuesCampaigns().Table, "x.period", "null", "null", "null"),
        ("document", new Documents().Table, "x.title", "null", "null", "null"),
    ];

    /// <summary>
    /// The names at the view's moment; of a thing that is named before it exists, or after it ended, the name nearest to that moment. What is
    /// not known is left out. People are not here: <see cref="People.ManyAsync"/>.
    /// </summary>
    public static async ValueTask<IReadOnlyDictionary<Guid, Named>> ManyAsync(ReadView view, IEnumerable<Guid> keys, CancellationToken ct = default)
    {
        var rows = await view.Database.ListAsync(
            view,
            string.Join(" union all ", Sources.Select(s =>
                $"""
                (select distinct on (x.key) x.key, '{s.Kind}', {s.Text}::text, {s.Person}::uuid, {s.Office}::text, {s.Body}::uuid
                from {s.Table} x where {AsOf.KnownOf("x")} and x.key = any(@keys)
                order by x.key, x.effective @> @instant desc, abs(extract(epoch from lower(x.effective) - @instant)))
                """)),
            r => new Named(r.GetGuid(0), r.GetString(1), r.TextOrNull(2), r.IdOrNull<PersonId>(3), r.ChoiceOrNull<Office>(4), r.IdOrNull<BodyId>(5)),
            ct,
            ("keys", keys.Distinct().ToArray())).ConfigureAwait(false);
        var names = new Dictionary<Guid, Named>();
        foreach (var row in rows)
            names.TryAdd(row.Key, row);
        return names;
    }

    /// <summary>Things whose name, at any known time, contains a text: at most two hundred.</summary>
    public static ValueTask<IReadOnlyList<Guid>> MatchingAsync(ReadView view, string text, CancellationToken ct = default) => view.Database.ListAsync(
        view,
        "select distinct key from ("
        + string.Join(" union all ", Sources.Where(s => s.Text != "null").Select(s =>
            $"select x.key from {s.Table} x where {AsOf.KnownOf("x")} and {Folded(s.Text)} like @pattern"))
        + ") found limit 200",
        r => r.GetGuid(0),
        ct,
        ("pattern", Pattern(text)));

    /// <summary>A text of a query without marks and capitals. Built-in functions alone: not every server has the extension for it.</summary>
    internal static string Folded(string sql) => $@"lower(regexp_replace(normalize({sql}, NFD), '[\u0300-\u036f]', '', 'g'))";

    /// <summary>Text as <c>like</c> looks for it anywhere in a folded one.</summary>
    internal static string Pattern(string text) =>
        "%" + Folding(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>The same of a text in memory.</summary>
    internal static string Folding(string text) => string.Concat(
        text.Normalize(NormalizationForm.FormD).Where(letter => letter is < '\u0300' or > '\u036f')).ToLowerInvariant();
}
