using Governance.Api.Access;
using Governance.Api.History;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Changes;

/// <summary>What is said of a thing on either side.</summary>
/// <param name="Name">The aspect's, as <see cref="Aspect.Name"/>.</param>
/// <param name="Label">It in words.</param>
/// <param name="Before">Empty where there was nothing to say.</param>
public sealed record AspectChange(string Name, string Label, IReadOnlyList<Piece> Before, IReadOnlyList<Piece> After);

/// <summary>A thing of which two views say other things.</summary>
/// <param name="Name">What it is called, with its page below the association's.</param>
/// <param name="Change">Added where only the later view has it, removed where only the earlier one has.</param>
/// <param name="Events">What made the difference, latest recorded first and the latest alone where there are many; none where it was foreseen, such as the end of a term.</param>
/// <param name="EventCount">How many made it in all.</param>
/// <param name="Of">What the history is asked for to tell of it.</param>
public sealed record ThingChange(
    Kind Kind, Guid Key, Piece Name, Change Change, IReadOnlyList<AspectChange> Aspects, IReadOnlyList<EventId> Events, long EventCount, Guid Of);

public sealed record FigureChange(string Name, string Label, string Href, long Before, long After);

/// <summary>Two moments side by side.</summary>
/// <param name="BeforeExists">False where the earlier view has no association yet, or knows of none.</param>
/// <param name="Of">What the thing compared is called; null for the whole association, and for what nothing is known of.</param>
/// <param name="Figures">Of the whole association alone.</param>
/// <param name="Things">Kind by kind, in the order of <see cref="Kinds.All"/>.</param>
/// <param name="InForce">The versions of the statutes in force on either side, where one follows another and is told of.</param>
public sealed record Compared(
    bool BeforeExists, bool AfterExists, Piece? Of, IReadOnlyList<FigureChange> Figures, IReadOnlyList<ThingChange> Things,
    (Projections.StatutesVersions.Version Before, Projections.StatutesVersions.Version After)? InForce);

/// <summary>
/// Compares two views of an association: what each says is read as pages read it, and what differs is told in words, with the events behind it. A late
/// fact or a retraction needs no case of its own, because it is the states that are compared.
/// </summary>
/// <param name="http">Tells the record of reads whom an answer names: between two far days it is everybody.</param>
public sealed class ChangesReader(PersonVault vault, IHttpContextAccessor http)
{
    // Events of a thing that are given one by one; all are counted, and the history has them page by page.
    private const int MostEvents = 100;

    // A roll of articles or centres that all came or went is told whole up to here.
    private const int MostParts = 40;

    public async ValueTask<Compared> ReadAsync(Comparison asked, RequestScope scope, ReadDatabase reads, CancellationToken ct)
    {
        var (before, after) = await asked.ViewsAsync(reads, scope.Association.Id, ct);
        var (was, now) = (
            await Snapshot.ReadAsync(before, scope.Association.Zone, scope.Actor, ct), await Snapshot.ReadAsync(after, scope.Association.Zone, scope.Actor, ct));
        var differing = Pairs(was, now).Select(pair => Differing(pair.Before, pair.After, asked.Of)).OfType<Pair>().ToList();
        var keys = differing.SelectMany(KeysOf).Concat(asked.Of is { } of ? [of] : Array.Empty<Guid>())
            .Concat(asked.Of is null ? was.Figures.Concat(now.Figures).Select(f => f.Key.Of).OfType<BodyId>().Select(b => b.Value) : []).ToHashSet();
        var (called, calls) = (await EventNames.ReadAsync(before, scope.Association, vault, keys, ct), await EventNames.ReadAsync(after, scope.Association, vault, keys, ct));
        http.HttpContext.Reveal(called.Opened.Concat(calls.Opened));
        var names = new NamesOfBoth(called, calls);
        var events = scope.Actor.May(Permission.ReadHistory)
            ? await AuditHistory.BetweenAsync(before, after, [.. differing.SelectMany(Told).Distinct()], differing.Any(pair => pair.State.Kind == Kinds.Association) ? [Kinds.Association.Stream] : [], MostEvents, ct)
            : [];
        var byThing = events.ToLookup(e => e.Thing);
        return new(
            was.Things.Any(t => t.Kind == Kinds.Association),
            now.Things.Any(t => t.Kind == Kinds.Association),
            asked.Of is { } thing ? names.Of(thing, later: true) ?? Titled(thing, was, now) : null,
            asked.Of is null ? Figures(was, now, names) : [],
            [
                .. differing.Select(pair => Tell(pair, names, scope.Association.Slug, byThing)).OfType<ThingChange>()
                    .GroupBy(change => change.Kind).OrderBy(kind => Order(kind.Key))
                    .SelectMany(kind => kind.OrderBy(change => change.Name.Text, StringComparer.CurrentCulture).ThenBy(change => change.Key)),
            ],
            was.InForce is { } earlier && now.InForce is { } later && differing.Any(pair => pair.State.Kind == Kinds.InForce) ? (earlier, later) : null);
    }

    private static int Order(Kind kind) => Kinds.All.TakeWhile(k => k != kind).Count();

    private static Piece? Titled(Guid thing, Snapshot was, Snapshot now) =>
        now.Things.Concat(was.Things).FirstOrDefault(t => t.Key == thing && t.Title is not null) is { } state ? new Piece(state.Title!) : null;

    private static IEnumerable<Pair> Pairs(Snapshot was, Snapshot now)
    {
        var before = was.Things.ToDictionary(thing => (thing.Kind, thing.Key));
        foreach (var thing in now.Things)
            yield return new(before.Remove((thing.Kind, thing.Key), out var earlier) ? earlier : null, thing, []);
        foreach (var gone in before.Values)
            yield return new(gone, null, []);
    }

    // What belongs to the thing asked for is told whole; of what only names it, what says so.
    private static Pair? Differing(State? before, State? after, Guid? of)
    {
        var owned = of is not { } thing || (before?.Of.Contains(thing) ?? false) || (after?.Of.Contains(thing) ?? false);
        var earlier = before?.Aspects.ToDictionary(aspect => aspect.Is) ?? [];
        var differing = new List<(Aspect? Before, Aspect? After)>();
        foreach (var aspect in after?.Aspects ?? [])
        {
            earlier.Remove(aspect.Is, out var was);
            if (was is null || !Same(was, aspect))
                differing.Add((was, aspect));
        }

        differing.AddRange(earlier.Values.Select(gone => ((Aspect?)gone, (Aspect?)null)));
        if (!owned)
            differing.RemoveAll(pair => Names(pair.Before, of!.Value) == Names(pair.After, of.Value));
        return differing.Count == 0 ? null : new(before, after, differing);
    }

    private static bool Same(Aspect one, Aspect other) => one.Parts.Select(p => p.Value).SequenceEqual(other.Parts.Select(p => p.Value), StringComparer.Ordinal);

    private static bool Names(Aspect? aspect, Guid thing) => aspect?.Parts.Any(part => part.Key == thing) ?? false;

    private static IEnumerable<Guid> KeysOf(Pair pair) =>
        pair.Aspects.SelectMany(a => (a.Before?.Parts ?? []).Concat(a.After?.Parts ?? [])).Select(p => p.Key).OfType<Guid>().Append(pair.State.Key);

    // A version in force has the association's key: its events are those of the versions.
    private static IEnumerable<Guid> Told(Pair pair) => pair.State.Kind == Kinds.InForce
        ? new[] { pair.Before, pair.After }.OfType<State>().SelectMany(state => state.Of.Skip(1))
        : [pair.State.Key];

    private static IReadOnlyList<FigureChange> Figures(Snapshot was, Snapshot now, NamesOfBoth names)
    {
        var before = was.Figures.ToDictionary();
        var after = now.Figures.ToDictionary();
        return
        [
            .. after.Keys.Concat(before.Keys.Except(after.Keys)).Select(figure => new FigureChange(
                figure.Name,
                figure.Of is { } body ? ChangesWording.Say("Figure.holders", names.Of(body.Value, later: true)?.Text ?? "–") : ChangesWording.Say("Figure." + figure.Name),
                figure.Href,
                before.GetValueOrDefault(figure),
                after.GetValueOrDefault(figure))),
        ];
    }

    private static ThingChange? Tell(Pair pair, NamesOfBoth names, string slug, ILookup<Guid, AuditHistory.Difference> events)
    {
        var state = pair.State;
        var aspects = pair.Aspects.Select(aspect => new AspectChange(
                (aspect.After ?? aspect.Before)!.Name,
                (aspect.After ?? aspect.Before)!.Label ?? ChangesWording.Say("Aspect." + (aspect.After ?? aspect.Before)!.Name),
                Say(aspect.Before, aspect.After, names, later: false),
                Say(aspect.After, aspect.Before, names, later: true)))
            // A name sealed anew, or of somebody erased on both sides, reads the same.
            .Where(told => told.Before.Count == 0 != (told.After.Count == 0) || !told.Before.SequenceEqual(told.After) || told.Name != "name")
            .ToList();
        if (aspects.Count == 0)
            return null;
        var told = Told(pair).ToList();
        var behind = told.SelectMany(key => events[key]).Where(e => state.Kind.Events.Contains(e.Kind)).ToList();
        var latest = behind.SelectMany(e => e.Latest).OrderByDescending(e => e.Position).Select(e => e.Event).Distinct().ToList();
        return new(
            state.Kind,
            state.Key,
            NameOf(pair, names, slug),
            (pair.Before, pair.After) switch { (null, _) => Change.Added, (_, null) => Change.Removed, _ => Change.Changed },
            aspects,
            [.. latest.Take(MostEvents)],
            // One that names both versions in force is one event.
            behind.TrueForAll(e => e.Count == e.Latest.Count) ? latest.Count : behind.Sum(e => e.Count),
            told[^1]);
    }

    private static Piece NameOf(Pair pair, NamesOfBoth names, string slug)
    {
        var state = pair.State;
        if (state.Kind == Kinds.InForce)
        {
            string? Version(State? side) => side?.Of[1].ToString("D");
            var (before, after) = (Version(pair.Before), Version(pair.After));
            return new(
                ChangesWording.Say("InForce"),
                before is not null && after is not null && before != after ? $"/{slug}/statutes/{before}/compare/{after}" : $"/{slug}/statutes/{after ?? before}");
        }

        var name = state.Title ?? names.Of(state.Key, pair.After is not null)?.Text ?? HistoryWording.Say("Subject.unknown");
        var page = state.Kind == Kinds.Mandate ? $"colleges/{state.Of[1]:D}"
            : state.Kind == Kinds.Milestone ? $"workstreams/{state.Of[1]:D}"
            : state.Kind == Kinds.Delivery ? $"conventions/{state.Of[1]:D}/programme"
            : string.Format(System.Globalization.CultureInfo.InvariantCulture, state.Kind.Page!, state.Key.ToString("D"));
        return new(name, $"/{slug}/{page}".TrimEnd('/'));
    }

    private static IReadOnlyList<Piece> Say(Aspect? side, Aspect? other, NamesOfBoth names, bool later)
    {
        if (side is null)
            return [];
        var elsewhere = side.IsList ? (other?.Parts.Select(p => p.Value) ?? []).ToHashSet(StringComparer.Ordinal) : [];
        var own = side.Parts.Where(part => !elsewhere.Contains(part.Value)).ToList();
        var said = new List<Piece>();
        foreach (var part in own.Take(MostParts))
        {
            if (said.Count > 0)
                said.Add(new(", "));
            said.Add(part.Key is { } key ? names.Of(key, later) ?? new Piece(HistoryWording.Say("Subject.unknown")) : new Piece(part.Words!));
        }

        if (own.Count > MostParts)
            said.Add(new(ChangesWording.Count("More", own.Count - MostParts)));
        if (side.Parts.Count - own.Count is var kept and > 0)
            said.Add(new((said.Count > 0 ? " " : "") + ChangesWording.Count("Kept", kept)));
        return said;
    }

    private sealed record Pair(State? Before, State? After, IReadOnlyList<(Aspect? Before, Aspect? After)> Aspects)
    {
        public State State => (After ?? Before)!;
    }

    /// <summary>Each side in its own words: what only the other side names is called as it is there.</summary>
    private sealed class NamesOfBoth(EventNames before, EventNames after)
    {
        public Piece? Of(Guid key, bool later) => later ? after.Of(key) ?? before.Of(key) : before.Of(key) ?? after.Of(key);
    }
}
