using System.Collections.Concurrent;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Api.Kernel.Http;

/// <summary>
/// Associations of this installation. The short name gives the id by derivation, so one name can be founded once only; whether it was is read from its stream.
/// </summary>
public sealed class AssociationDirectory(EventLog log, EventCatalogue catalogue, TimeProvider time)
{
    // Slug and zone never change; the name may, and is read again after this long.
    private static readonly TimeSpan NameLasts = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (AssociationEntry Entry, long Read)> _known = new(StringComparer.Ordinal);

    /// <summary>First parts of the host's own addresses: no association can have them for its short name.</summary>
    public static IReadOnlySet<string> Reserved { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "account", "accounts", "api", "associations", "appearance", "face", "health", "language", "openapi", "recover", "setup", "sign-in", "sign-out",
    };

    /// <summary>Why no association can be founded under a short name, in the reader's language; null when one can.</summary>
    public static string? ReservedFault(string slug) =>
        Reserved.Contains(slug) ? Wording.Shape("slug-reserved", string.Join(", ", Reserved.Order(StringComparer.Ordinal))) : null;

    /// <summary>The association that somebody names by its identifier or its short name; whether there is one is not asked.</summary>
    public static AssociationId Named(string text) => Guid.TryParseExact(text, "D", out var id) ? AssociationId.Of(id) : IdOf(text);

    public static AssociationId IdOf(string slug) => KeyedIdentifiers.Association(slug);

    /// <summary>The association with a short name; null when none was founded under it.</summary>
    public async ValueTask<AssociationEntry?> FindAsync(string slug, CancellationToken ct)
    {
        if (_known.TryGetValue(slug, out var known) && time.GetElapsedTime(known.Read) < NameLasts)
            return known.Entry;
        if (slug.Length > 64)
            return null;
        var entry = await ReadAsync(IdOf(slug).ToString(), ct);
        if (entry is not null)
            _known[slug] = (entry, time.GetTimestamp());
        return entry;
    }

    /// <summary>The association with an identifier; null when none was founded under it.</summary>
    public Task<AssociationEntry?> OfAsync(AssociationId id, CancellationToken ct) => ReadAsync(id.ToString(), ct);

    /// <summary>Where somebody is at home: the association of a list that has no other; null when there are none or several.</summary>
    public async Task<AssociationEntry?> OnlyAsync(IReadOnlyList<AssociationId> among, CancellationToken ct) => among is [var only] ? await OfAsync(only, ct) : null;

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<AssociationEntry>> ListAsync(CancellationToken ct) =>
    [
        .. (await log.ReadStreamOfEachAsync(Domain.Associations.Association.Stream.Value, ct)).GroupBy(e => e.Tenant, StringComparer.Ordinal)
            .Select(EntryOf).OfType<AssociationEntry>().OrderBy(e => e.Name, StringComparer.CurrentCulture),
    ];

    private async Task<AssociationEntry?> ReadAsync(string tenant, CancellationToken ct) =>
        EntryOf(await log.ReadStreamAsync(tenant, Domain.Associations.Association.Stream.Value, ct: ct));

    private AssociationEntry? EntryOf(IEnumerable<StoredEvent> events)
    {
        AssociationEntry? entry = null;
        foreach (var stored in events)
        {
            entry = catalogue.Recorded(stored).Event switch
            {
                AssociationFounded founded => new(founded.Association, founded.Slug, founded.Name, TimeZoneInfo.FindSystemTimeZoneById(founded.TimeZone)),
                AssociationRenamed renamed => entry! with { Name = renamed.Name },
                AssociationTransformed transformed => entry! with { Name = transformed.Name },
                _ => entry,
            };
        }

        return entry;
    }
}
