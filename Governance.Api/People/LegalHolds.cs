using Governance.Api.History;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>A legal hold that stands.</summary>
/// <param name="Until">The first instant at which the person can be erased.</param>
/// <param name="Reason">As it was typed.</param>
/// <param name="By">Who placed it, by name.</param>
/// <param name="Event">The event that placed it.</param>
public sealed record LegalHold(NamedPerson Person, EffectiveTime Until, string Reason, string By, DateTimeOffset PlacedAt, EventId Event);

/// <summary>Who may not be erased yet, and why.</summary>
public sealed class LegalHolds(HistoryReader history, PersonNames names)
{
    private static readonly string Placed = EventCatalogue.NameOf(typeof(LegalHoldPlaced));

    /// <summary>The holds that stand at the view's moment, the one that ends first before the others.</summary>
    /// <param name="of">Of one person alone.</param>
    public async ValueTask<IReadOnlyList<LegalHold>> StandingAsync(ReadView view, AssociationEntry association, CancellationToken ct, PersonId? of = null)
    {
        var people = of is { } one
            ? await Projections.People.FindAsync(view, one, ct) is { } entry ? [entry] : []
            : await Projections.People.ListAsync(view, ct);
        var held = people.Where(p => !p.Erased && p.HeldUntil is { } until && view.AsOf.Instant < until.Instant).ToDictionary(p => p.Key, p => p.HeldUntil!.Value);
        if (held.Count == 0)
            return [];
        var holds = new List<LegalHold>();
        var named = await names.OfAsync(view, held.Keys.Select(PersonId.Of), ct);
        // Whoever is held has the event that says so: the latest that reaches as far as the hold does.
        await foreach (var page in AuditHistory.PagesAsync(view, new(of is { } person ? [person.Value] : null, [Placed]), AuditHistory.Order.Recorded, ct))
        {
            foreach (var told in await history.TellAsync(view, association, [.. page.Entries.Where(e => !e.Retracted)], ct))
            {
                var placed = (LegalHoldPlaced)told.Entry.Read(EventCatalogue.All)!;
                var key = told.Entry.Stream.Split(':')[1] is var id ? Guid.Parse(id) : default;
                if (held.TryGetValue(key, out var until) && placed.Until == until && held.Remove(key))
                    holds.Add(new(named[PersonId.Of(key)], until, placed.Reason, told.Actor.Text, told.Entry.RecordedAt, told.Entry.Event));
            }

            if (held.Count == 0)
                break;
        }

        return [.. holds.OrderBy(hold => hold.Until).ThenBy(hold => hold.Person.Id.Value)];
    }
}
