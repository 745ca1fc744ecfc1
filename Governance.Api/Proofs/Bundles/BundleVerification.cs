using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>
/// Checks a bundle by itself, without a database and without trusting whoever made it: the numbered checks of docs/guides/bundle.md, in one reading of its events.
/// </summary>
public sealed class BundleVerification
{
    private const int LongestText = 16 * 1024 * 1024;
    private const int MostExpected = 2_000_000;

    private readonly ZipArchive _zip;
    private readonly string? _ownCheckpoint;
    private readonly IReadOnlyList<WitnessKey> _witnesses;
    private readonly DateTimeOffset _now;
    private readonly SortedDictionary<CheckOf, Check> _checks = [];
    private readonly RepeatedBallots _ballots = new();
    private readonly NamedDocuments _documents = new();
    private readonly TreeFrontier _tree = new();
    private readonly Dictionary<UInt128, long> _streams = [];
    private readonly HashSet<Guid> _ids = [];
    private readonly Dictionary<long, byte[]?> _roots = [];
    private string? _broken, _changed;

    // What the events come to, before the hashes of those that are held back.
    private long _events, _heldBack;
    private byte[] _root = [];
    private BallotOpened? _lastOpening;
    private DateTimeOffset _lastRecorded = DateTimeOffset.MinValue;

    private BundleVerification(ZipArchive zip, string? ownCheckpoint, IReadOnlyList<WitnessKey> witnesses, DateTimeOffset now) =>
        (_zip, _ownCheckpoint, _witnesses, _now) = (zip, ownCheckpoint, witnesses, now);

    /// <summary>Checks a bundle.</summary>
    /// <param name="bundle">The zip; it has to be seekable.</param>
    /// <param name="ownCheckpoint">A checkpoint that the reader has from before, as a signed note; null when there is none.</param>
    /// <param name="witnesses">Witnesses of which the reader has the keys from elsewhere: each must have cosigned that checkpoint, or one of the bundle.</param>
    /// <param name="now">When the reader reads: an event is held back no longer than until the close of the ballot that it is held back for.</param>
    /// <returns>Every check in order.</returns>
    public static async Task<IReadOnlyList<Check>> RunAsync(Stream bundle, string? ownCheckpoint, IReadOnlyList<WitnessKey> witnesses, DateTimeOffset now, CancellationToken ct)
    {
        BundleVerification verification;
        try
        {
            verification = new BundleVerification(new ZipArchive(bundle, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8), ownCheckpoint, witnesses, now);
        }
        catch (InvalidDataException)
        {
            return NotBegun(BundleWording.Say("not-a-zip"));
        }

        using (verification._zip)
        {
            try
            {
                return await verification.RunAsync(ct);
            }
            catch (InvalidDataException fault)
            {
                // What inflates to something else than it says.
                return NotBegun(BundleWording.Say("damaged", fault.Message));
            }
        }
    }

    private static List<Check> NotBegun(string reason) =>
    [
        .. Enum.GetValues<CheckOf>().Select(of => of == CheckOf.Files ? new Check(of, CheckState.Failed, reason) : new Check(of, CheckState.NotApplicable, BundleWording.Say("not-reached"))),
    ];

    private async Task<IReadOnlyList<Check>> RunAsync(CancellationToken ct)
    {
        if (Manifest() is not { } manifest)
            return NotBegun(BundleWording.Say("no-manifest"));
        if (FaultInNames(manifest) is { } misnamed)
            Fail(CheckOf.Files, misnamed);

        var checkpointNote = SignedNote.Parse(Text(BundleFiles.Checkpoint) ?? "");
        var checkpoint = checkpointNote is null ? null : Checkpoint.Parse(checkpointNote.Text);
        var keys = PublishedKeys.Parse(Text(BundleFiles.Keys) ?? "", manifest.Origin);
        var earlier = Earlier();
        var own = _ownCheckpoint is null ? null : SignedNote.Parse(_ownCheckpoint);
        var cosigned = Cosigned();
        foreach (var size in earlier.Select(e => e.Checkpoint?.Size).Concat(cosigned.Select(c => c.Checkpoint?.Size)).Append(own is null ? null : Checkpoint.Parse(own.Text)?.Size).OfType<long>())
            _roots[size] = null;

        // So many are said to come; grown by doubling, the sets would take twice their room.
        _ids.EnsureCapacity((int)Math.Clamp(manifest.Size, 0, MostExpected));
        await ReadEventsAsync(manifest, ct);
        (_events, _root) = (_tree.Size, _tree.Root());
        await ReadHeldBackAsync(ct);
        if (_broken is not null)
            Fail(CheckOf.Events, _broken);
        if (_changed is not null)
            Fail(CheckOf.Files, _changed);
        foreach (var name in manifest.Files.Keys.Where(name => !name.StartsWith(BundleFiles.EventsDirectory, StringComparison.Ordinal)))
            await CheckFileAsync(name, manifest.Files[name], ct);

        if (_events != manifest.Size)
            Fail(CheckOf.Indexes, BundleWording.Say("events-missing", _events, manifest.Size));
        if (checkpoint is null)
            Fail(CheckOf.Tree, BundleWording.Say("no-checkpoint"));
        else if (checkpoint.Size != _events)
            Fail(CheckOf.Tree, BundleWording.Say("other-size", checkpoint.Size, _events));
        else if (!checkpoint.Root.Span.SequenceEqual(_root))
            Fail(CheckOf.Tree, BundleWording.Say("other-root", Convert.ToBase64String(checkpoint.Root.Span), Convert.ToBase64String(_root)));

        CheckSignature(manifest, checkpoint, checkpointNote, keys);
        if (keys is null)
            Fail(CheckOf.Keys, BundleWording.Say("no-keys"));
        else if (keys.FirstUnsigned() is > 0 and var unsigned)
            Fail(CheckOf.Keys, BundleWording.Say("key-unsigned", unsigned));
        else if (keys.Keys.Count == 1)
            Skip(CheckOf.Keys, BundleWording.Say("one-key"));
        CheckConsistency(manifest, checkpoint, keys, earlier);
        CheckBallots();
        CheckDocuments(manifest);
        CheckOwn(manifest, keys, own);
        CheckWitnesses(manifest, keys, own, cosigned);

        foreach (var of in Enum.GetValues<CheckOf>().Where(of => !_checks.ContainsKey(of)))
            _checks[of] = new Check(of, CheckState.Passed, Passed(of, manifest, checkpoint, keys, earlier.Count));
        return [.. _checks.Values];
    }

    private string Passed(CheckOf of, BundleManifest manifest, Checkpoint? checkpoint, PublishedKeys? keys, int earlier) => of switch
    {
        CheckOf.Files => BundleWording.Say("passed-files", manifest.Files.Count),
        CheckOf.Events => BundleWording.Say("passed-events", _events),
        CheckOf.Indexes => BundleWording.Say("passed-indexes", _events),
        CheckOf.Streams => BundleWording.Say("passed-streams", _streams.Count),
        CheckOf.Times => BundleWording.Say("passed-times"),
        CheckOf.Tree => BundleWording.Say("passed-tree", Convert.ToBase64String(checkpoint!.Root.Span)) + (_heldBack == 0 ? "" : " " + BundleWording.Say("held-back", _heldBack, Closes(_lastOpening!))),
        CheckOf.Signature => BundleWording.Say("passed-signature", keys!.InForceAt(checkpoint!.Size)),
        CheckOf.Keys => BundleWording.Count("passed-keys", keys!.Keys.Count - 1),
        CheckOf.Consistency => BundleWording.Count("passed-consistency", earlier),
        CheckOf.Tallies => BundleWording.Count("passed-tallies", _ballots.Counts),
        CheckOf.Outcomes => BundleWording.Count("passed-outcomes", _ballots.Outcomes, _ballots.Transcribed),
        CheckOf.Documents => _documents.Counts(manifest.Files) is var (there, destroyed, personal, missing) ? BundleWording.Count("passed-documents", there, destroyed, personal, missing) : "",
        _ => BundleWording.Say("passed-own"),
    };

    private void Fail(CheckOf of, string reason) => _checks.TryAdd(of, new Check(of, CheckState.Failed, reason));

    private void Skip(CheckOf of, string reason) => _checks.TryAdd(of, new Check(of, CheckState.NotApplicable, reason));

    private void Pass(CheckOf of, string reason) => _checks.TryAdd(of, new Check(of, CheckState.Passed, reason));

    private void LeaveOpen(CheckOf of, string reason) => _checks.TryAdd(of, new Check(of, CheckState.Unjudged, reason));

    private BundleManifest? Manifest()
    {
        try
        {
            return Text(BundleFiles.Manifest) is { } text
                && JsonSerializer.Deserialize<BundleManifest>(text, EventCatalogue.Json) is { Format: BundleFiles.Format, First: 1, Files: not null, Origin: not null } manifest
                && manifest.Last == manifest.Size && manifest.Files.Values.All(file => file is { Bytes: >= 0, Sha256: not null })
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? Text(string name)
    {
        if (_zip.GetEntry(name) is not { } entry || entry.Length > LongestText)
            return null;
        using var reader = new StreamReader(entry.Open(), new UTF8Encoding(false, true));
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private string? FaultInNames(BundleManifest manifest)
    {
        var there = _zip.Entries.Select(entry => entry.FullName).ToList();
        if (there.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return BundleWording.Say("file-twice", twice.Key);
        if (there.Find(name => name != BundleFiles.Manifest && !manifest.Files.ContainsKey(name)) is { } unnamed)
            return BundleWording.Say("file-unnamed", unnamed);
        if (manifest.Files.Keys.FirstOrDefault(name => !there.Contains(name)) is { } missing)
            return BundleWording.Say("file-missing", missing);
        return null;
    }

    private async Task CheckFileAsync(string name, BundledFile file, CancellationToken ct)
    {
        if (_zip.GetEntry(name) is not { } entry)
            return;
        await using var stream = await entry.OpenAsync(ct);
        if (entry.Length != file.Bytes || Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct)) != file.Sha256)
            Fail(CheckOf.Files, BundleWording.Say("file-changed", name));
    }

    /// <summary>A line of a file of events, with what could be worked out of it by itself.</summary>
    private readonly record struct Line(string File, int Number, byte[] LeafHash, StoredEvent? Event, UInt128 Stream, Recorded? Recorded, KeptEvent? Kept, string? Unreadable);

    private async Task ReadEventsAsync(BundleManifest manifest, CancellationToken ct)
    {
        // Lines are inflated and parted on one thread, read and hashed on others, and taken in order on this one.
        await foreach (var part in ReadAhead.InPartsAsync(LinesAsync(manifest, ct), line => Read(line.File, line.Number, line.Bytes), ct))
        {
            foreach (var line in part)
                Take(manifest, line);
        }
    }

    private async IAsyncEnumerable<(string File, int Number, ReadOnlyMemory<byte> Bytes)> LinesAsync(BundleManifest manifest, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var number = 1; _zip.GetEntry(BundleFiles.Events(number)) is { } entry; number++)
        {
            await using var stream = await entry.OpenAsync(ct);
            using var lines = new EventLines(stream);
            var line = 0;
            await foreach (var bytes in lines.ReadAsync(ct))
                yield return (entry.FullName, ++line, bytes);
            if (lines.Broken)
                _broken ??= BundleWording.Say("line-broken", entry.FullName, line + 1);
            if (manifest.Files.TryGetValue(entry.FullName, out var named) && (named.Bytes != lines.Bytes || named.Sha256 != lines.Sha256()))
                _changed ??= BundleWording.Say("file-changed", entry.FullName);
        }
    }

    private static Line Read(string file, int number, ReadOnlyMemory<byte> bytes)
    {
        var leafHash = MerkleTree.LeafHash(bytes.Span);
        if (EnvelopeReader.Read(bytes) is not { } stored)
            return new(file, number, leafHash, null, default, null, null, null);
        var stream = KeyOf(stored.Stream);
        try
        {
            return new(
                file, number, leafHash, stored, stream, RepeatedBallots.Concerns(stored.Stream) ? EventCatalogue.All.Recorded(stored) : null,
                RepeatedBallots.MayConcern(stored.Stream) ? KeptEvent.Of(stored) : null, null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or KeyNotFoundException or ArgumentException or FormatException)
        {
            return new(file, number, leafHash, stored, stream, null, null, fault.Message);
        }
    }

    private void Take(BundleManifest manifest, Line read)
    {
        var (file, line, leafHash, stored, stream, recorded, kept, unreadable) = read;
        _lastOpening = recorded?.Event as BallotOpened;
        _tree.Append(leafHash);
        if (_roots.ContainsKey(_tree.Size))
            _roots[_tree.Size] = _tree.Root();
        if (stored is null)
        {
            Fail(CheckOf.Events, BundleWording.Say("not-canonical", file, line));
            return;
        }

        if (stored.Tenant != manifest.Association.ToString("D"))
            Fail(CheckOf.Events, BundleWording.Say("other-association", file, line, stored.Tenant));
        if (stored.TenantIndex != _tree.Size)
            Fail(CheckOf.Indexes, BundleWording.Say("index", file, line, stored.TenantIndex, _tree.Size));
        ref var version = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_streams, stream, out _);
        if (stored.Version != ++version)
            Fail(CheckOf.Streams, BundleWording.Say("version", file, line, stored.Stream, stored.Version, version));
        if (!_ids.Add(stored.Id))
            Fail(CheckOf.Streams, BundleWording.Say("id-twice", file, line, stored.Id));
        if (stored.RecordedAt < _lastRecorded)
            Fail(CheckOf.Times, BundleWording.Say("time-back", file, line, stored.TenantIndex));
        else
            _lastRecorded = stored.RecordedAt;

        _documents.Take(stored);
        if (unreadable is not null)
        {
            Fail(CheckOf.Tallies, BundleWording.Say("unreadable", file, line, unreadable));
            Fail(CheckOf.Outcomes, BundleWording.Say("unreadable", file, line, unreadable));
            return;
        }

        if (kept is not null)
            _ballots.Keep(stored.Stream, kept);
        if (recorded is null)
            return;
        try
        {
            _ballots.Take(recorded, _tree);
        }
        catch (Exception fault) when (fault is ImpossibleHistoryException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            Fail(CheckOf.Tallies, BundleWording.Say("impossible", file, line, fault.Message));
        }
    }

    // Names are long and many; sixteen bytes of their hash tell them apart.
    private static UInt128 KeyOf(string stream) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(stream)));

    private void CheckSignature(BundleManifest manifest, Checkpoint? checkpoint, SignedNote? note, PublishedKeys? keys)
    {
        if (checkpoint is null || keys is null)
            Fail(CheckOf.Signature, BundleWording.Say(checkpoint is null ? "no-checkpoint" : "no-keys"));
        else if (checkpoint.Origin != manifest.Origin || LogKeys.NumberOf(manifest.Association.ToString("D"), manifest.Origin) is null)
            Fail(CheckOf.Signature, BundleWording.Say("other-origin", checkpoint.Origin));
        else if (!note!.IsSignedBy(keys.InForceAt(checkpoint.Size)))
            Fail(CheckOf.Signature, BundleWording.Say("not-signed", keys.InForceAt(checkpoint.Size)));
    }

    private sealed record EarlierCheckpoint(string File, SignedNote? Note, Checkpoint? Checkpoint, EarlierProof? Proof);

    private sealed record EarlierProof(long From, long To, IReadOnlyList<string> Hashes);

    private List<EarlierCheckpoint> Earlier() =>
    [
        .. _zip.Entries.Select(entry => entry.FullName)
            .Where(name => name.StartsWith(BundleFiles.Earlier, StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name =>
            {
                var note = SignedNote.Parse(Text(name) ?? "");
                return new EarlierCheckpoint(name, note, note is null ? null : Checkpoint.Parse(note.Text), ProofOf(name[..^4] + ".json"));
            }),
    ];

    private EarlierProof? ProofOf(string name)
    {
        try
        {
            return Text(name) is { } text && JsonSerializer.Deserialize<EarlierProof>(text, EventCatalogue.Json) is { Hashes: { } hashes } proof && !hashes.Contains(null!) ? proof : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void CheckConsistency(BundleManifest manifest, Checkpoint? checkpoint, PublishedKeys? keys, List<EarlierCheckpoint> earlier)
    {
        if (earlier.Count == 0)
            Skip(CheckOf.Consistency, BundleWording.Say("no-earlier"));
        foreach (var (file, note, before, proof) in earlier)
        {
            if (before is null || proof is null || checkpoint is null || keys is null || proof.From != before.Size || proof.To != checkpoint.Size)
            {
                Fail(CheckOf.Consistency, BundleWording.Say("earlier-malformed", file));
                continue;
            }

            if (before.Origin != manifest.Origin || !note!.IsSignedBy(keys.InForceAt(before.Size)))
                Fail(CheckOf.Consistency, BundleWording.Say("earlier-unsigned", file));
            var hashes = proof.Hashes.Select(Base64Text.Decode).ToList();
            var outcome = hashes.Contains(null)
                ? ProofCheck.HashLength
                : ConsistencyProof.Check(before.Size, before.Root.Span, checkpoint.Size, checkpoint.Root.Span, hashes!);
            if (outcome != ProofCheck.Holds)
                Fail(CheckOf.Consistency, BundleWording.Say("earlier-proof", file, outcome));
            else if (_roots[before.Size] is not { } root || !before.Root.Span.SequenceEqual(root))
                Fail(CheckOf.Consistency, BundleWording.Say("earlier-root", file, before.Size));
        }
    }

    private void CheckBallots()
    {
        if (_ballots.WrongCount is { } count)
            Fail(CheckOf.Tallies, BundleWording.Say("count-wrong", count.Position, count.Stream));
        if (_ballots.WrongOutcome is { } outcome)
            Fail(CheckOf.Outcomes, BundleWording.Say("outcome-wrong", outcome.Position, outcome.Stream));
        if (_ballots.Counts == 0)
            Skip(CheckOf.Tallies, BundleWording.Say("no-counts"));
        if (_ballots.Outcomes == 0)
            Skip(CheckOf.Outcomes, BundleWording.Say("no-outcomes", _ballots.Transcribed));
    }

    private void CheckDocuments(BundleManifest manifest)
    {
        if (_documents.Strange(manifest.Files) is { } strange)
            Fail(CheckOf.Documents, BundleWording.Say("document-strange", strange));
        if (_documents.Count == 0)
            Skip(CheckOf.Documents, BundleWording.Say("no-documents"));
    }

    private void CheckOwn(BundleManifest manifest, PublishedKeys? keys, SignedNote? own)
    {
        if (_ownCheckpoint is null)
            Skip(CheckOf.OwnCheckpoint, BundleWording.Say("no-own"));
        else if (own is null || Checkpoint.Parse(own.Text) is not { } before)
            Fail(CheckOf.OwnCheckpoint, BundleWording.Say("own-malformed"));
        else if (before.Origin != manifest.Origin)
            Fail(CheckOf.OwnCheckpoint, BundleWording.Say("own-origin", before.Origin));
        else if (keys is null || !own.IsSignedBy(keys.InForceAt(before.Size)))
            Fail(CheckOf.OwnCheckpoint, BundleWording.Say("own-key"));
        else if (before.Size > _events && _lastOpening is null)
            Fail(CheckOf.OwnCheckpoint, BundleWording.Say("own-longer", before.Size, _events));
        // Whoever cuts a log short at the opening of a ballot leaves this, and so does a bundle that was made before the checkpoint was signed.
        else if (before.Size > _tree.Size)
            LeaveOpen(CheckOf.OwnCheckpoint, BundleWording.Say("own-beyond", before.Size, _events, Closes(_lastOpening!)));
        else if (before.Size > 0 && !before.Root.Span.SequenceEqual(_roots[before.Size]))
            Fail(CheckOf.OwnCheckpoint, BundleWording.Say("own-root", before.Size));
        else if (before.Size <= _events)
            Pass(CheckOf.OwnCheckpoint, BundleWording.Say("passed-own"));
        else if (_lastOpening!.Closes.Instant <= _now)
            LeaveOpen(CheckOf.OwnCheckpoint, BundleWording.Say("own-overdue", before.Size, _events, Closes(_lastOpening)));
        else
            Pass(CheckOf.OwnCheckpoint, BundleWording.Say("own-held-back", before.Size, _events, before.Size - _events, Closes(_lastOpening)));
    }

    /// <summary>A checkpoint of the bundle that witnesses cosigned.</summary>
    private sealed record CosignedCheckpoint(string File, SignedNote? Note, Checkpoint? Checkpoint);

    private List<CosignedCheckpoint> Cosigned() =>
    [
        .. _zip.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith(BundleFiles.Cosigned, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => SignedNote.Parse(Text(name) ?? "") is { } note ? new CosignedCheckpoint(name, note, Checkpoint.Parse(note.Text)) : new(name, null, null)),
    ];

    /// <summary>What the bundle says that witnesses cosigned has to hold; who they are the reader knows from elsewhere.</summary>
    private void CheckWitnesses(BundleManifest manifest, PublishedKeys? keys, SignedNote? own, List<CosignedCheckpoint> cosigned)
    {
        var named = (Text(BundleFiles.WitnessKeys) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WitnessKey.Parse).ToList();
        if (named.Contains(null))
            Fail(CheckOf.Witnesses, BundleWording.Say("witness-keys"));
        foreach (var (file, note, checkpoint) in cosigned)
        {
            if (note is null || checkpoint is null || checkpoint.Text != note.Text)
                Fail(CheckOf.Witnesses, BundleWording.Say("cosigned-malformed", file));
            else if (checkpoint.Origin != manifest.Origin || keys is null || !note.IsSignedBy(keys.InForceAt(checkpoint.Size)))
                Fail(CheckOf.Witnesses, BundleWording.Say("earlier-unsigned", file));
            else if (_roots[checkpoint.Size] is not { } root || !checkpoint.Root.Span.SequenceEqual(root))
                Fail(CheckOf.Witnesses, BundleWording.Say("earlier-root", file, checkpoint.Size));
            else if (named.OfType<WitnessKey>().FirstOrDefault(key => key.IsNamedIn(note) && key.Cosigned(note) is null) is { } wrong)
                Fail(CheckOf.Witnesses, BundleWording.Say("cosigned-wrong", file, wrong));
        }

        if (_checks.ContainsKey(CheckOf.Witnesses))
            return;
        var held = cosigned.Select(c => c.Note!).ToList();
        if (_witnesses.Count == 0)
        {
            var said = Cosignatures(named.OfType<WitnessKey>(), held);
            Skip(CheckOf.Witnesses, said.Length == 0 ? BundleWording.Say("no-cosignatures") : BundleWording.Say("cosigned-unnamed", said));
            return;
        }

        var ownState = _checks[CheckOf.OwnCheckpoint].State;
        if (ownState == CheckState.Passed)
            held.Add(own!);
        var missing = _witnesses.Where(witness => !held.Exists(note => witness.Cosigned(note) is not null)).ToList();
        if (missing.Count == 0)
            Pass(CheckOf.Witnesses, BundleWording.Say("passed-witnesses", Cosignatures(_witnesses, held)));
        else if (ownState == CheckState.Unjudged && missing.TrueForAll(witness => witness.Cosigned(own!) is not null))
            LeaveOpen(CheckOf.Witnesses, BundleWording.Say("witnesses-unjudged", Cosignatures(missing, [own!])));
        else
            Fail(CheckOf.Witnesses, BundleWording.Say("not-witnessed", missing[0]));
    }

    /// <summary>The largest that each of some witnesses cosigned, in words.</summary>
    private static string Cosignatures(IEnumerable<WitnessKey> witnesses, List<SignedNote> notes) => string.Join(" ; ",
        from witness in witnesses
        let largest = notes.Where(note => witness.Cosigned(note) is not null).MaxBy(note => Checkpoint.Parse(note.Text)!.Size)
        where largest is not null
        select BundleWording.Say("cosignature", witness.Name, Checkpoint.Parse(largest.Text)!.Size, Instant(witness.Cosigned(largest)!.Value)));

    private async Task ReadHeldBackAsync(CancellationToken ct)
    {
        if (_zip.GetEntry(BundleFiles.HeldBack) is not { } entry)
            return;
        using var lines = new EventLines(await entry.OpenAsync(ct));
        await foreach (var line in lines.ReadAsync(ct))
        {
            if (Base64Text.Decode(Encoding.ASCII.GetString(line.Span)) is not { Length: MerkleTree.HashBytes } hash)
            {
                Fail(CheckOf.Tree, BundleWording.Say("held-back-malformed"));
                return;
            }

            _tree.Append(hash);
            if (_roots.ContainsKey(_tree.Size))
                _roots[_tree.Size] = _tree.Root();
        }

        _heldBack = _tree.Size - _events;
        if (lines.Broken || _heldBack == 0)
            Fail(CheckOf.Tree, BundleWording.Say("held-back-malformed"));
        else if (_lastOpening is null)
            Fail(CheckOf.Tree, BundleWording.Say("held-back-for-nothing"));
    }

    private static string Closes(BallotOpened opening) => Minute(opening.Closes.Instant);

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // A witness may say any time; what is no date is told as it stands.
    private static string Instant(long seconds) =>
        seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? Minute(DateTimeOffset.FromUnixTimeSeconds(seconds)) : seconds.ToString(CultureInfo.InvariantCulture);
}
