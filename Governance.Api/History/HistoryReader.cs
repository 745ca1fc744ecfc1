using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.History;

/// <summary>An event with all that is said of it.</summary>
/// <param name="Actor">Who gave the command.</param>
/// <param name="OnBehalfOf">The mandate in whose name.</param>
/// <param name="Statutes">The version of the statutes that it was judged under.</param>
/// <param name="Data">Its fields, without sealed texts and without what was voted where the ballot is not closed.</param>
public sealed record Told(AuditHistory.Entry Entry, IReadOnlyList<Piece> Sentence, Piece Actor, Piece? OnBehalfOf, Piece? Statutes, JsonElement Data)
{
    public string Text => string.Concat(Sentence.Select(piece => piece.Text));
}

/// <summary>Tells events in words: names read in one go, at the same moment as the events.</summary>
/// <param name="http">Tells the record of reads whom an answer names; null where nobody is answered.</param>
public sealed class HistoryReader(PersonVault vault, AccountLinks links, IHttpContextAccessor? http = null)
{
    public async ValueTask<IReadOnlyList<Told>> TellAsync(
        ReadView view, AssociationEntry association, IReadOnlyList<AuditHistory.Entry> entries, CancellationToken ct)
    {
        var (keys, actors) = await KeysAsync(association, entries, ct);
        var names = await EventNames.ReadAsync(view, association, vault, keys, ct);
        http?.HttpContext.Reveal(names.Opened);
        var closed = await ClosedAsync(view, entries.Where(IsVote).Select(BallotOf).Distinct(), ct);
        return
        [
            .. entries.Select(entry =>
            {
                var data = WithoutChoice(entry.Data, !IsVote(entry) || closed.Contains(BallotOf(entry)));
                return new Told(
                    entry,
                    EventSentence.Tell(entry.Kind, data, entry.Stream, names, association),
                    actors[entry.Actor] is { } person ? names.Of(person.Value) ?? new Piece(HistoryWording.Say("Person.unknown"))
                        : new Piece(HistoryWording.Say(entry.Actor == Actor.System.Id ? "Actor.system" : "Actor.account")),
                    Guid.TryParse(entry.OnBehalfOf, out var mandate) ? names.Of(mandate) : null,
                    entry.StatutesVersion is { } version ? names.Of(version.Value) : null,
                    data);
            }),
        ];
    }

    /// <summary>Tells the record of reads whom events name, before they are told: a file that is given while it is read is answered before its last name is known.</summary>
    public async ValueTask RevealAsync(ReadView view, AssociationEntry association, IEnumerable<Guid> keys, CancellationToken ct) =>
        http?.HttpContext.Reveal((await EventNames.ReadAsync(view, association, vault, keys, ct)).Opened);

    /// <summary>The identifiers that events are told with, and who gave their commands.</summary>
    public async ValueTask<(IEnumerable<Guid> Keys, IReadOnlyDictionary<string, PersonId?> Actors)> KeysAsync(AssociationEntry association, IReadOnlyList<AuditHistory.Entry> entries, CancellationToken ct)
    {
        var actors = new Dictionary<string, PersonId?>(StringComparer.Ordinal);
        foreach (var actor in entries.Select(e => e.Actor).Distinct(StringComparer.Ordinal))
        {
            actors[actor] = Actor.PersonOfLink(actor) is { } linked ? linked
                : Guid.TryParseExact(actor, "D", out var account)
                ? (await links.StandingAsync(account, association.Id, ct))?.Person
                : null;
        }

        return (entries.SelectMany(e => e.Touches)
            .Concat(entries.Select(e => e.OnBehalfOf).Where(m => Guid.TryParse(m, out _)).Select(m => Guid.Parse(m!)))
            .Concat(entries.Where(e => e.StatutesVersion is not null).Select(e => e.StatutesVersion!.Value.Value))
            .Concat(actors.Values.Where(person => person is not null).Select(person => person!.Value.Value)), actors);
    }

    /// <summary>What identifiers are called at the view's moment.</summary>
    public ValueTask<EventNames> NamesAsync(ReadView view, AssociationEntry association, IEnumerable<Guid> keys, CancellationToken ct) =>
        EventNames.ReadAsync(view, association, vault, keys, ct);

    /// <summary>The fields of an event as recorded, sealed texts sealed; the choice of a vote only once its ballot is closed at the view's moment.</summary>
    public static async ValueTask<JsonElement> RecordedAsync(ReadView view, AuditHistory.Entry entry, ReadOnlyMemory<byte> data, CancellationToken ct) =>
        WithoutChoice(data, !IsVote(entry) || (await ClosedAsync(view, [BallotOf(entry)], ct)).Count > 0);

    public static bool IsVote(AuditHistory.Entry entry) => AuditHistory.SaysAVote(entry.Kind);

    public static BallotId BallotOf(AuditHistory.Entry vote) => new(Guid.Parse(vote.Stream.Split(':')[1]));

    private static async ValueTask<IReadOnlySet<BallotId>> ClosedAsync(ReadView view, IEnumerable<BallotId> ballots, CancellationToken ct)
    {
        var closed = new HashSet<BallotId>();
        foreach (var ballot in ballots)
        {
            if (await Projections.Ballots.FindAsync(view, ballot, ct) is { ClosedOn: not null })
                closed.Add(ballot);
        }

        return closed;
    }

    private static JsonElement WithoutChoice(ReadOnlyMemory<byte> data, bool mayTell)
    {
        if (mayTell)
            return JsonElement.Parse(data.Span);
        var json = JsonNode.Parse(data.Span)!.AsObject();
        json.Remove("choice");
        json.Remove("paper");
        return JsonSerializer.SerializeToElement(json);
    }
}
