using System.Text;
using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.EventStore.Log;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Proofs.Bundles;

/// <summary>A bundle of an association that may be written.</summary>
/// <param name="OpenBallots">Ballots that still take votes: the bundle ends at the opening of the first of them.</param>
public sealed record PreparedBundle(BundleContents Contents, ReadOnlyMemory<byte> Root, int OpenBallots)
{
    public long Size => Contents.Size;
}

/// <summary>Makes bundles of evidence from the database (docs/guides/bundle.md).</summary>
public sealed class BundleExport(EventLog log, TransparencyLog transparency, ReadDatabase reads, DocumentStore documents, TimeProvider time)
{
    /// <summary>
    /// What a bundle of an association is made of, up to a position of the log, and no further than the opening of a ballot that still takes votes: what was voted
    /// is told to nobody before the close, not by this way either.
    /// </summary>
    /// <param name="recordedUntil">Up to the last event recorded at or before an instant; null for all.</param>
    /// <param name="earlier">Checkpoints that the reader has: the bundle proves that its log begins with theirs. Those of another origin, or longer, are left out.</param>
    /// <returns>Null when there is nothing to export yet.</returns>
    public async Task<PreparedBundle?> PrepareAsync(
        AssociationId association, DateTimeOffset? recordedUntil, IReadOnlyList<SignedNote> earlier, CancellationToken ct)
    {
        var tenant = association.ToString();
        var now = time.GetUtcNow();
        var today = await reads.ViewAsync(association, now, ct: ct);
        var view = recordedUntil is null ? today : await reads.ViewAsync(association, now, recordedUntil, ct);
        if (await transparency.HeadAsync(tenant, ct) is not { Size: > 0 } head || await Projections.Associations.FindAsync(view, ct) is not { } named)
            return null;
        var size = Math.Min(head.Size, await log.TenantIndexAtAsync(tenant, view.AsOf.Position, ct));
        var whole = size;
        // Whatever ballot is open today, its votes are not told of any day.
        var open = await Projections.Ballots.OpenAsync(today, ct);
        foreach (var ballot in open)
        {
            var opened = (await log.ReadStreamAsync(tenant, Ballot.Stream(ballot.Id).Value, ct: ct)).First(e => e.Type == EventCatalogue.NameOf(typeof(BallotOpened)));
            size = Math.Min(size, await log.TenantIndexAtAsync(tenant, opened.Position, ct));
        }

        if (size == 0 || await transparency.CheckpointAsync(tenant, size, ct) is not { } checkpoint)
            return null;
        var (origin, _, root) = Checkpoint.Parse(checkpoint.Text)!;
        var evidence = new List<EarlierEvidence>();
        foreach (var note in earlier)
        {
            if (Checkpoint.Parse(note.Text) is { Size: > 0 } before && before.Origin == origin && before.Size <= size)
                evidence.Add(new(before.Size, note.ToString(), await transparency.ConsistencyAsync(tenant, before.Size, size, ct)));
        }

        // Held back are the events, and not what they are bound by: their hashes are public, and show that nothing was cut off.
        var heldBack = size < whole ? await transparency.LeafHashesAsync(tenant, size, whole, ct) : default;
        var cosigned = transparency.CosignedNotes(tenant).Where(note => Checkpoint.Parse(note.Text) is { Size: > 0 } of && of.Origin == origin && of.Size <= whole);
        var statutes = await StatutesVersions.ListAsync(view, ct);
        return new PreparedBundle(
            new BundleContents(
                association.Value,
                origin,
                named.Name,
                size,
                checkpoint.ToString(),
                new PublishedKeys(transparency.Keys.Keys(tenant)).ToString(),
                evidence,
                [.. statutes.Select(version => (version.Id.Value, JsonSerializer.SerializeToUtf8Bytes(version, EventCatalogue.Json)))],
                Encoding.UTF8.GetString(VerifierPage.Bytes),
                now,
                heldBack,
                transparency.Witnesses.Registered(tenant),
                [.. cosigned])
            { Documents = await DocumentsAsync(today, size, ct) },
            root,
            open.Count);
    }

    /// <summary>
    /// The contents that events of the bundle name and that are there today. What is about one person stays out: whoever holds a bundle holds it after that person's
    /// erasure too. What is damaged stays out as well, and the verification says that it is not there.
    /// </summary>
    private async Task<IReadOnlyList<BundledContent>> DocumentsAsync(ReadView today, long size, CancellationToken ct)
    {
        var tenant = today.Association.ToString();
        if (await log.ReadTenantPageAsync(tenant, size - 1, limit: 1, ct: ct) is not [var last])
            return [];
        var all = new Reader(null, true, true, new HashSet<BodyId>());
        var destroyed = (await Projections.Documents.ListAsync(today, all, Projections.Documents.Filter.None, ct)).Where(d => d.Destroyed is not null).Select(d => d.Id).ToHashSet();
        var contents = new SortedDictionary<string, BundledContent>(StringComparer.Ordinal);
        foreach (var document in await Projections.Documents.ListAsync(today with { AsOf = new(today.AsOf.Instant, last.Position) }, all, Projections.Documents.Filter.None, ct))
        {
            if (document.About is not null || destroyed.Contains(document.Id))
                continue;
            foreach (var content in document.Versions.Select(version => version.Content).Where(content => !contents.ContainsKey(content.Sha256)))
            {
                if (await documents.CheckAsync(tenant, document.Id.Value, content.Sha256, ct) == ContentState.Sound)
                    contents[content.Sha256] = new(content.Size, content.Sha256, async (output, stop) => await documents.CopyAsync(tenant, document.Id.Value, content.Sha256, output, stop) == ContentState.Sound);
            }
        }

        return [.. contents.Values];
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="InvalidDataException">The events of the database are not those that the log was signed over: what was written is no evidence, and its verification fails.</exception>
    public async Task WriteAsync(PreparedBundle bundle, Stream output, CancellationToken ct)
    {
        var events = log.ReadAllAsync(0, tenant: bundle.Contents.Association.ToString("D"), asStored: true, ct: ct).Take(checked((int)bundle.Size));
        var root = await BundleWriter.WriteAsync(output, bundle.Contents, BundleWriter.Leaves(events, ct), ct);
        if (!root.AsSpan().SequenceEqual(bundle.Root.Span))
            throw new InvalidDataException(BundleWording.Say("changed-meanwhile", bundle.Size));
    }
}
