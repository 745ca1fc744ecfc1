using System.Text.Json;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Api.Proofs.Bundles;

/// <summary>The contents of documents that events name by their hash, held against those that a bundle has.</summary>
internal sealed class NamedDocuments
{
    private static readonly string Filed = EventCatalogue.NameOf(typeof(DocumentFiled)), Replaced = EventCatalogue.NameOf(typeof(DocumentReplaced)),
        Destroyed = EventCatalogue.NameOf(typeof(DocumentDestroyed));

    // Which documents have a content; which of them are destroyed, and which are about one person.
    private readonly Dictionary<string, HashSet<string>> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _destroyed = new(StringComparer.Ordinal), _personal = new(StringComparer.Ordinal);

    public int Count => _named.Count;

    public void Take(StoredEvent stored)
    {
        if (!stored.Stream.StartsWith("document:", StringComparison.Ordinal))
            return;
        if (stored.Type == Destroyed)
            _destroyed.Add(stored.Stream);
        if (stored.Type != Filed && stored.Type != Replaced)
            return;
        using var data = JsonDocument.Parse(stored.Data);
        if (data.RootElement.TryGetProperty("about", out _))
            _personal.Add(stored.Stream);
        if (data.RootElement.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object
            && content.TryGetProperty("sha256", out var sha256) && sha256.ValueKind == JsonValueKind.String)
            (_named.TryGetValue(sha256.GetString()!, out var documents) ? documents : _named[sha256.GetString()!] = new(StringComparer.Ordinal)).Add(stored.Stream);
    }

    /// <summary>The first file of a bundle that is not the content that it says it is, or that no event names; null when there is none.</summary>
    public string? Strange(IReadOnlyDictionary<string, BundledFile> files) => files
        .Where(file => file.Key.StartsWith(BundleFiles.Documents, StringComparison.Ordinal))
        .Where(file => file.Key[BundleFiles.Documents.Length..] is var hash && (hash != file.Value.Sha256 || !_named.ContainsKey(hash)))
        .Select(file => file.Key).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>How many contents are there, and of those that are not, how many were destroyed, are about one person, or are missing without a reason.</summary>
    public (int There, int Destroyed, int Personal, int Missing) Counts(IReadOnlyDictionary<string, BundledFile> files)
    {
        var absent = _named.Where(named => !files.ContainsKey(BundleFiles.Documents + named.Key)).ToList();
        var destroyed = absent.Count(named => named.Value.All(_destroyed.Contains));
        var personal = absent.Count(named => !named.Value.All(_destroyed.Contains) && named.Value.All(one => _personal.Contains(one) || _destroyed.Contains(one)));
        return (_named.Count - absent.Count, destroyed, personal, absent.Count - destroyed - personal);
    }
}
