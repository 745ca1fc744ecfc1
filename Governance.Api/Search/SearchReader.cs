using System.Globalization;
using System.Resources;
using Governance.Api.Access;
using Governance.Api.Documents;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Api.People;
using Governance.Api.Statutes;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Search;

/// <summary>A thing that was found, as a reader sees it.</summary>
/// <param name="Id">Of the thing; of a text without an identifier of its own one made for it.</param>
/// <param name="Title">What it is called; empty where it goes by the name of what it belongs to.</param>
/// <param name="Of">What it belongs to; null where it stands alone.</param>
/// <param name="Address">Its page.</param>
/// <param name="Live">Not ended, cancelled, replaced.</param>
/// <param name="On">When it is or was; null of who and what has no day of its own.</param>
/// <param name="Number">Of an article.</param>
/// <param name="Text">A part of what it says, around what was looked for.</param>
public sealed record SearchResult(
    SearchKind Kind, Guid Id, IReadOnlyList<Marked> Title, string? Of, string Address, bool Live, EffectiveTime? On, string? Number, IReadOnlyList<Marked> Text);

/// <param name="Count">How many were found.</param>
public sealed record SearchCount(SearchKind Kind, int Count);

/// <param name="Counts">Of each kind that was found, in the order in which kinds are offered.</param>
/// <param name="Total">Of all kinds, or of the one that was asked for.</param>
/// <param name="Listed">How many of them the pages list: no more than the first five hundred.</param>
/// <param name="Bounded">There is more than was looked at: numbers are those of what was.</param>
/// <param name="Searched">False where no word is looked for.</param>
/// <param name="NextPage">Null at the end.</param>
public sealed record SearchAnswer(
    IReadOnlyList<SearchCount> Counts, int Total, int Listed, bool Bounded, bool Searched, IReadOnlyList<SearchResult> Results, int? NextPage);

/// <summary>
/// Finds things by their words, and people by their names, for one reader. Names are opened in memory and compared there: whom an answer shows or
/// counts is recorded as a read, whom it was only compared with is not told of (docs/adr/0031-search.md).
/// </summary>
public sealed class SearchReader(ReadDatabase reads, PersonVault vault, PersonNames people, MandateLines lines, DocumentReaders readers, IHttpContextAccessor http)
{
    public const int PageSize = 20;

    /// <summary>People whose names are opened for one search, at most.</summary>
    public const int MostPeople = 5_000;

    /// <summary>Pages that can be asked for.</summary>
    public const int MostPages = 50;

    private static readonly ResourceManager Texts = new("Governance.Api.Search.SearchText", typeof(SearchReader).Assembly);

    // What offices are called when somebody looks for who holds them, in both languages.
    private static readonly Lazy<IReadOnlyDictionary<Office, string>> Offices = new(() => Enum.GetValues<Office>().Where(office => office != Office.Seat).ToDictionary(
        office => office,
        office => string.Join(' ', new[] { "fr", "en" }.Select(language => Texts.GetString($"Office.{office}", CultureInfo.GetCultureInfo(language))))));

    private sealed record Known(Guid Key, PersonId Person, string Name)
    {
        public bool IsMember => Key != Person.Value;
    }

    /// <param name="only">One kind alone is listed; null for all.</param>
    /// <param name="page">From 1.</param>
    public async ValueTask<SearchAnswer> FindAsync(RequestScope scope, SearchWords words, SearchKind? only, int page, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        var asked = await Projections.Search.AskedAsync(reads, words, ct);
        var kinds = Enum.GetValues<SearchKind>().Where(kind => scope.Actor.May(PermissionOf(kind))).ToHashSet();
        var (known, cut) = await KnownAsync(view, words, ct);
        var held = await HeldAsync(view, words, ct);
        // A number tells who bears a name as much as a line does.
        known = [.. known.Where(k => kinds.Contains(k.IsMember ? SearchKind.Member : SearchKind.Person))];
        http.HttpContext.Reveal(known.Select(k => k.Person));

        bool Lists(SearchKind kind) => kinds.Contains(kind) && (only is null || only == kind);
        List<object> named =
        [
            .. Lists(SearchKind.Person) ? known.Where(k => !k.IsMember) : [],
            .. Lists(SearchKind.Member) ? known.Where(k => k.IsMember) : [],
            .. Lists(SearchKind.Mandate) ? held : [],
        ];
        var skip = (page - 1) * PageSize;
        var first = named.Skip(skip).Take(PageSize).ToList();
        var found = await Projections.Search.PageAsync(
            view, asked, await readers.OfAsync(scope, ct), kinds, only, [.. known.Where(k => k.IsMember).Select(k => k.Key)], Math.Max(0, skip - named.Count), PageSize - first.Count, ct);

        var counts = new Dictionary<SearchKind, int>(found.Counts);
        foreach (var (kind, count) in new[] { (SearchKind.Person, known.Count(k => !k.IsMember)), (SearchKind.Member, known.Count(k => k.IsMember)), (SearchKind.Mandate, held.Count) })
        {
            if (kinds.Contains(kind) && count > 0)
                counts[kind] = counts.GetValueOrDefault(kind) + count;
        }

        var total = only is { } one ? counts.GetValueOrDefault(one) : counts.Values.Sum();
        var listed = Math.Min(total, named.Count + Projections.Search.MostRanked);
        return new(
            [.. counts.OrderBy(c => c.Key).Select(c => new SearchCount(c.Key, c.Value))], total, listed, found.Bounded || cut, asked.Query is not null || words.Wanted.Any(),
            [.. await NamedAsync(scope, view, words, first, ct), .. await ShownAsync(scope, view, asked, found.Entries, ct)],
            page * PageSize < listed && page < MostPages ? page + 1 : null);
    }

    /// <summary>What a reader needs for a kind of thing to be found.</summary>
    private static Permission PermissionOf(SearchKind kind) => kind switch
    {
        SearchKind.Ballot => Permission.ReadBallots,
        SearchKind.Chronicle => Permission.ReadHistory,
        _ => Permission.ReadRegister,
    };

    // Nothing of whom it does not find leaves this method, and nothing of anybody is kept.
    private async ValueTask<(IReadOnlyList<Known> Known, bool Cut)> KnownAsync(ReadView view, SearchWords words, CancellationToken ct)
    {
        if (!words.Wanted.Any())
            return ([], false);
        var entries = await Projections.People.NamedAsync(view, MostPeople + 1, ct);
        var names = await vault.OpenAsync(view.Association.ToString(), [.. entries.Select(e => (e.Person.Value, e.Name!.Ciphertext))], ct);
        return (
            [
                .. entries.Zip(names).Where(pair => pair.Second is { } name && words.AreIn(name)).Select(pair => new Known(pair.First.Key, pair.First.Person, pair.Second!))
                    .OrderBy(k => k.Name, StringComparer.CurrentCulture).ThenBy(k => k.Key),
            ],
            entries.Count > MostPeople);
    }

    // « trésorière collège »: one word at least is the office's, the others are the body's or the office's.
    private static async ValueTask<IReadOnlyList<Projections.Mandates.Mandate>> HeldAsync(ReadView view, SearchWords words, CancellationToken ct)
    {
        var offices = Offices.Value.Where(office => SearchWords.Words(office.Value).Any(words.Want)).Select(office => office.Key).ToList();
        if (offices.Count == 0)
            return [];
        var held = await Projections.Mandates.OfOfficesAsync(view, offices, ct);
        var bodies = await Bodies.ManyAsync(view, held.Select(m => m.Body), ct);
        return [.. held.Where(m => words.AreIn($"{Offices.Value[m.Office]} {bodies.GetValueOrDefault(m.Body)?.Name}")).OrderBy(m => m.Office)];
    }

    private async ValueTask<IReadOnlyList<SearchResult>> NamedAsync(RequestScope scope, ReadView view, SearchWords words, IReadOnlyList<object> named, CancellationToken ct)
    {
        if (named.Count == 0)
            return [];
        var shown = named.OfType<Known>().ToList();
        var mandates = named.OfType<Projections.Mandates.Mandate>().ToList();
        var held = shown.Count == 0 ? [] : await Projections.Mandates.OfPeopleAsync(view, shown.Where(k => !k.IsMember).Select(k => k.Person), ct);
        var told = (await lines.HeldAsync(view, [.. held, .. mandates], ct)).ToLookup(line => line.Mandate);
        return
        [
            .. named.Select(one => one switch
            {
                Known { IsMember: true } k => new SearchResult(
                    SearchKind.Member, k.Key, Marked.Whole(k.Name, words.Want), null, $"/{scope.Association.Slug}/members/{k.Key}", true, null, null, []),
                Known k => new SearchResult(
                    SearchKind.Person, k.Key, Marked.Whole(k.Name, words.Want), null, $"/{scope.Association.Slug}/people/{k.Person}", true, null, null,
                    [.. Spoken([.. held.Where(m => m.Person == k.Person).SelectMany(m => told[m.Id]).DistinctBy(line => line.Mandate)])]),
                Projections.Mandates.Mandate m when told[m.Id].First() is var line => new SearchResult(
                    SearchKind.Mandate, m.Id.Value, Marked.Whole(Capital(Wording.Name(m.Office)), words.Want), line.Body.Name, $"/{scope.Association.Slug}/colleges/{m.Body}", true, m.Since, null,
                    [new(line.Person.Name ?? (Texts.GetString("Erased", CultureInfo.CurrentUICulture) ?? "")), .. line.Represents?.Name is { } member ? [new Marked($", {member}")] : Array.Empty<Marked>()]),
                _ => throw new InvalidOperationException($"Nothing is said of {one}."),
            }),
        ];
    }

    private static string Capital(string word) => char.ToUpper(word[0], CultureInfo.CurrentUICulture) + word[1..];

    private static IEnumerable<Marked> Spoken(IReadOnlyList<MandateLine> held) =>
        held.Count == 0 ? [] : [new(string.Join(" · ", held.Select(line => $"{Wording.Name(line.Office)}, {line.Body.Name}")))];

    private async ValueTask<IReadOnlyList<SearchResult>> ShownAsync(
        RequestScope scope, ReadView view, Projections.Search.Asked asked, IReadOnlyList<Projections.Search.Found> found, CancellationToken ct)
    {
        if (found.Count == 0)
            return [];
        var met = await Projections.Search.MetAsync(reads, asked, found.SelectMany(f => new[] { f.Entry.Title, f.Entry.Body }), ct);
        var things = await Names.ManyAsync(view, found.Where(f => f.Entry.Thing != f.Key).Select(f => f.Entry.Thing), ct);
        // A member without a name of an organisation is somebody.
        var individuals = await people.OfMembersAsync(view, found.Where(f => f.Entry is { Kind: SearchKind.Member, Title: "" }).Select(f => new MemberId(f.Key)), ct);
        return
        [
            .. found.Select(f => new SearchResult(
                f.Entry.Kind, f.Key, Marked.Whole(f.Entry.Title.Length > 0 ? f.Entry.Title : individuals.GetValueOrDefault(f.Key) ?? "", met.Contains),
                f.Entry.Thing == f.Key ? null : things.GetValueOrDefault(f.Entry.Thing)?.Text, Address(scope.Association, f), f.Entry.Live, f.Entry.On, f.Entry.Number,
                Marked.Part(f.Entry.Body, met.Contains))),
        ];
    }

    private static string Address(AssociationEntry association, Projections.Search.Found found)
    {
        var (key, thing) = (found.Key.ToString("D"), found.Entry.Thing.ToString("D"));
        return $"/{association.Slug}/" + found.Entry.Kind switch
        {
            SearchKind.Member => $"members/{key}",
            SearchKind.Body => $"colleges/{key}",
            SearchKind.Meeting => $"meetings/{key}",
            SearchKind.AgendaItem => $"meetings/{thing}#item-{key}",
            SearchKind.Resolution => $"meetings/{thing}#resolution-{key}",
            SearchKind.Minutes => $"meetings/{thing}/minutes",
            SearchKind.Ballot => $"ballots/{key}",
            SearchKind.Election => $"elections/{key}",
            SearchKind.Statutes => $"statutes/{key}",
            SearchKind.Article => $"statutes/{thing}#{StatutesBody.AnchorOf(new Article(found.Entry.Number!, "", ""))}",
            SearchKind.Roadmap => $"roadmap/{key}",
            SearchKind.Workstream => $"workstreams/{key}",
            SearchKind.Milestone or SearchKind.ProgressReport => $"workstreams/{thing}",
            SearchKind.WorkingGroup => $"working-groups/{key}",
            SearchKind.Logbook => $"working-groups/{thing}#meetings",
            SearchKind.Output => $"working-groups/{thing}#outputs",
            SearchKind.Convention => $"conventions/{key}",
            SearchKind.ConventionPart => $"conventions/{thing}",
            SearchKind.Delivery => $"conventions/{thing}/programme?year={LocalTime.DayOf(found.Entry.On.Instant, association.Zone).Year}#{key}",
            SearchKind.ContributionCall => $"contributions#{key}",
            SearchKind.Contribution => $"contributions/{key}",
            SearchKind.Gathering => $"gatherings/{key}",
            SearchKind.Session => $"gatherings/{thing}",
            SearchKind.Review => $"gatherings/{thing}#reviews",
            SearchKind.FollowUp => $"gatherings/{thing}#follow-ups",
            SearchKind.SharedTool => $"shared-tools#{key}",
            SearchKind.DuesCampaign => $"dues/{key}",
            SearchKind.Document => $"documents/{key}",
            SearchKind.Declaration => "association/declarations",
            SearchKind.Chronicle => $"events/{key}",
            _ => "association",
        };
    }
}
