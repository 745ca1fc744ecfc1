using System.Net;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Witnesses;

/// <summary>What a round of a witness came to: the exit code of the command.</summary>
public enum WitnessExit
{
    /// <summary>The log goes on from what was seen before.</summary>
    Consistent = 0,

    /// <summary>Two checkpoints that the log signed contradict each other.</summary>
    Contradiction = 1,

    /// <summary>Nothing was learned: the log was not reached, or what it answered is no proof of anything.</summary>
    NothingLearned = 2,

    /// <summary>The log was begun anew under another name.</summary>
    NewOrigin = 3,
}

/// <param name="Sentence">In the language of the process.</param>
/// <param name="Cosigned">The checkpoint with the witness's own signature; null where it gave none.</param>
/// <param name="HandedIn">What the host said when it was handed in; null where nothing was.</param>
/// <param name="Ends">True when the log itself signed what makes looking again useless. What nobody signed ends nothing: whoever stands between could say it.</param>
internal sealed record WitnessOutcome(WitnessExit Exit, string Sentence, SignedNote? Cosigned = null, string? HandedIn = null, bool Ends = false);

/// <summary>
/// Watches one log from elsewhere. It cosigns a checkpoint only when the log's own tiles prove that it goes on from the last one that it cosigned, and when that is
/// kept durably: whatever happens to the process, it never cosigns two histories.
/// </summary>
/// <param name="trusted">A key of the log that the witness has from elsewhere; later keys count when it, or one that it signed, signed them.</param>
internal sealed class Witness(WitnessFiles files, ShownLog log, VerifierKey trusted, TimeProvider time)
{
    // Sizes are counted exactly everywhere up to here.
    private const long LargestSize = (1L << 53) - 1;

    /// <summary>Looks at the log once, and cosigns what it shows when it goes on from before.</summary>
    public async Task<WitnessOutcome> RoundAsync(CancellationToken ct)
    {
        try
        {
            if (files.HasContradiction)
                return new(WitnessExit.Contradiction, WitnessWording.Say("found-before", files.ContradictionPath), Ends: true);
            var read = await ReadAsync(ct);
            if (read.Outcome is { } outcome)
                return outcome;
            var before = files.LastCosigned;
            if (before is not null && await ContradictionAsync(before, read, ct) is { } contradiction)
                return contradiction;
            if (before is null && await HoldAsync(new Checkpoint(read.Head!.Origin, 0, MerkleTree.EmptyRoot), read.Head, ct) is not (Relation.Consistent or Relation.Same, _))
                return Unproven(read);
            files.KeepLogKeys(read.Published!.ToString());
            var cosigned = files.Cosigner.Cosign(read.Note!, time.GetUtcNow().ToUnixTimeSeconds());
            // Kept first, given out afterwards.
            files.Keep(cosigned);
            return new(
                WitnessExit.Consistent,
                WitnessWording.Say(before is null ? "begun" : "cosigned", read.Head!.Size, Root(read.Head), before is null ? 0 : Parsed(before).Size),
                cosigned,
                await HandInAsync(cosigned, ct));
        }
        catch (InvalidDataException fault)
        {
            return new(WitnessExit.NothingLearned, fault.Message);
        }
    }

    /// <summary>Gives the cosignature to the host, which shows it where it knows the witness; the round is what it is, whatever the host says to it.</summary>
    private async Task<string> HandInAsync(SignedNote cosigned, CancellationToken ct)
    {
        // What others put beside is theirs to hand in.
        var own = cosigned with { Signatures = [.. cosigned.Signatures.Where(signature => signature.Name == trusted.Name || signature.Name == files.Cosigner.Key.Name)] };
        try
        {
            return await log.HandInAsync(own, ct) switch
            {
                HttpStatusCode.NoContent => WitnessWording.Say("handed-in"),
                HttpStatusCode.Forbidden => WitnessWording.Say("handed-in-unknown", files.Cosigner.Key),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => WitnessWording.Say("handed-in-nowhere"),
                var status => WitnessWording.Say("handed-in-refused", (int)status),
            };
        }
        catch (InvalidDataException fault)
        {
            return WitnessWording.Say("handed-in-not", fault.Message);
        }
    }

    /// <summary>Holds somebody else's copy of a checkpoint against the log and against what was cosigned here; cosigns nothing.</summary>
    /// <param name="copy">A signed note, or the three lines of its text, as they are printed.</param>
    public async Task<WitnessOutcome> CompareAsync(string copy, CancellationToken ct)
    {
        try
        {
            var note = SignedNote.Parse(copy);
            if (Checkpoint.Parse(note?.Text ?? copy.TrimEnd('\n') + "\n") is not { Size: <= LargestSize } other)
                return new(WitnessExit.NothingLearned, WitnessWording.Say("copy-malformed"));
            if (other.Origin != trusted.Name)
                return new(WitnessExit.NothingLearned, WitnessWording.Say("copy-other-log", other.Origin, trusted.Name));
            var read = await ReadAsync(ct);
            if (read.Outcome is { } outcome)
                return outcome;
            var signed = note is not null && IsSigned(note, other, read.Keys!);
            if (note is not null && !signed)
                return new(WitnessExit.NothingLearned, WitnessWording.Say("copy-not-signed"));
            // What nobody signed is compared all the same, and is no evidence.
            var held = note ?? new SignedNote(other.Text, []);
            if (files.CosignedBefore(other.Size) is { } own && Parsed(own) is var mine && !mine.Equals(other))
                return Contradicts(Relation.OtherRoot, own, held, null, signed);
            if (await ContradictionAsync(held, read, ct, signed) is { } contradiction)
                return contradiction;
            if (files.LastCosigned is { } last && await ContradictionAsync(last, read, ct) is { } mineIsOther)
                return mineIsOther;
            return new(WitnessExit.Consistent, WitnessWording.Say(signed ? "copy-agrees" : "copy-agrees-unsigned", other.Size, read.Head!.Size));
        }
        catch (InvalidDataException fault)
        {
            return new(WitnessExit.NothingLearned, fault.Message);
        }
    }

    /// <summary>How a later checkpoint stands to an earlier one.</summary>
    private enum Relation
    {
        Same,
        Consistent,
        Smaller,
        OtherRoot,
        OtherHistory,
        Unproven,
    }

    /// <summary>What the log shows now; an outcome where it is nothing that can be cosigned.</summary>
    /// <param name="Keys">Those of <paramref name="Published"/> that the witness trusts.</param>
    private sealed record Read(SignedNote? Note, Checkpoint? Head, PublishedKeys? Published, PublishedKeys? Keys, WitnessOutcome? Outcome);

    private async Task<Read> ReadAsync(CancellationToken ct)
    {
        if (files.LastCosigned is { } last && Parsed(last).Origin != trusted.Name)
            return Refused("other-directory", Parsed(last).Origin, trusted.Name);
        if (SignedNote.Parse(await log.TextAsync("checkpoint", ct)) is not { } note)
            return Refused("no-note");
        // Lines after the third mean nothing here, and nothing is cosigned that is not understood.
        if (Checkpoint.Parse(note.Text) is not { Size: <= LargestSize } head || head.Text != note.Text || (head.Size == 0 && !head.Root.Span.SequenceEqual(MerkleTree.EmptyRoot.Span)))
            return Refused("no-checkpoint");
        if (head.Origin != trusted.Name)
            return Ended(await OtherOriginAsync(head, ct));
        if (PublishedKeys.Parse(await log.TextAsync("keys", ct), trusted.Name) is not { } published)
            return Refused("no-keys");
        if (FromTrusted(published) is not { Keys.Count: > 0 } keys)
            return Refused("key-unknown", trusted);
        if (keys.FirstUnsigned() is > 0 and var unsigned)
            return Refused("key-unsigned", published.Keys.Count - keys.Keys.Count + unsigned);
        if (Seen() is { } seen && !Continues(seen, published))
        {
            files.KeepChangedKeys(published.ToString());
            return Ended(new(WitnessExit.Contradiction, WitnessWording.Say("keys-changed", files.ChangedKeysPath)));
        }

        return IsSigned(note, head, keys) ? new(note, head, published, keys, null) : Refused("not-signed", head.Size);
    }

    /// <summary>The keys from the one that is trusted on; none when it is not among them.</summary>
    private PublishedKeys FromTrusted(PublishedKeys published) => new([.. published.Keys.SkipWhile(key => !key.Key.Equals(trusted))]);

    /// <summary>The keys as the log published them the last time; null before the first round.</summary>
    private PublishedKeys? Seen() =>
        files.LogKeys is not { } kept ? null : PublishedKeys.Parse(kept, trusted.Name) ?? throw new InvalidDataException(WitnessWording.Say("file-damaged"));

    private static bool Continues(PublishedKeys seen, PublishedKeys keys) =>
        seen.Keys.Select(key => (key.Key, key.From)).SequenceEqual(keys.Keys.Take(seen.Keys.Count).Select(key => (key.Key, key.From)));

    /// <summary>The key in force signed it; sizes before the first key that is trusted have none.</summary>
    private static bool IsSigned(SignedNote note, Checkpoint head, PublishedKeys keys) =>
        keys.Keys.LastOrDefault(key => key.From <= head.Size) is { } inForce ? note.IsSignedBy(inForce.Key) : note.IsSignedBy(keys.Keys[0].Key);

    private async Task<WitnessOutcome> OtherOriginAsync(Checkpoint head, CancellationToken ct)
    {
        // The key that the note itself names as the old one is anybody's: those that were seen before count.
        var known = (Seen() is { } keys ? FromTrusted(keys).Keys.Select(key => key.Key) : []).Append(trusted).ToList();
        var notes = SignedNote.Parted(await log.TextAsync("origins", ct)).Select(note => (Note: note, Anew: NewOrigin.Parse(note.Text)))
            .Where(first => first.Anew?.Old.Origin == trusted.Name).ToList();
        if (notes.Count == 0)
            return new(WitnessExit.NothingLearned, WitnessWording.Say("other-log", head.Origin, trusted.Name));
        var signed = notes.Find(first => known.Exists(first.Note.IsSignedBy));
        var (note, anew) = signed.Note is null ? notes[0] : signed;
        var isSigned = signed.Note is not null;
        files.KeepNewOrigin(note, isSigned);
        var seen = files.LastCosigned is { } last ? Parsed(last).Size : 0;
        // What the old log signed of its end is held against what it had signed before.
        if (isSigned && files.CosignedBefore(anew!.Old.Size) is { } own && !Parsed(own).Equals(anew.Old))
        {
            files.KeepContradiction(own, note, null);
            return new(
                WitnessExit.Contradiction,
                WitnessWording.Say("alarm-new-origin", anew.Origin, anew.Old.Size, Root(anew.Old), Root(Parsed(own))) + " " + WitnessWording.Say("kept", files.ContradictionPath),
                Ends: true);
        }

        return new(
            WitnessExit.NewOrigin,
            WitnessWording.Say(isSigned ? "new-origin" : "new-origin-unsigned", anew!.Origin, trusted.Name, anew.Old.Size, files.NewOriginPath)
            + (anew.Old.Size < seen ? " " + WitnessWording.Say("new-origin-shorter", seen - anew.Old.Size)
                : anew.Old.Size > seen && seen > 0 ? " " + WitnessWording.Say("new-origin-beyond", seen)
                : ""),
            Ends: isSigned);
    }

    /// <summary>What is wrong between a checkpoint from before and the one that the log shows; null when nothing is.</summary>
    private async Task<WitnessOutcome?> ContradictionAsync(SignedNote before, Read read, CancellationToken ct, bool signed = true)
    {
        var (relation, proof) = await HoldAsync(Parsed(before), read.Head!, ct);
        return relation switch
        {
            Relation.Same or Relation.Consistent => null,
            Relation.Unproven => Unproven(read),
            // One of that size that was cosigned before says more than that it is shorter.
            Relation.Smaller when files.CosignedBefore(read.Head!.Size) is { } same && !Parsed(same).Equals(read.Head) => Contradicts(Relation.OtherRoot, same, read.Note!, null, true),
            _ => Contradicts(relation, before, read.Note!, proof, signed),
        };
    }

    private WitnessOutcome Contradicts(Relation relation, SignedNote before, SignedNote now, string? proof, bool signed)
    {
        var (one, other) = (Parsed(before), Parsed(now));
        if (signed)
            files.KeepContradiction(before, now, proof);
        return new(
            WitnessExit.Contradiction,
            WitnessWording.Say("alarm-" + relation, one.Size, Root(one), other.Size, Root(other)) + " " + WitnessWording.Say(!signed ? "not-kept" : relation == Relation.Smaller ? "kept-smaller" : "kept", files.ContradictionPath),
            Ends: signed);
    }

    private WitnessOutcome Unproven(Read read)
    {
        files.KeepUnproven(read.Note!);
        return new(WitnessExit.NothingLearned, WitnessWording.Say("unproven", read.Head!.Size, Root(read.Head), files.UnprovenPath));
    }

    /// <summary>Works out from the log's tiles how a checkpoint stands to an earlier one; the log is asked for hashes and for no verdict.</summary>
    private async Task<(Relation Relation, string? Proof)> HoldAsync(Checkpoint before, Checkpoint now, CancellationToken ct)
    {
        if (now.Size < before.Size)
            return (Relation.Smaller, null);
        if (now.Size == before.Size)
            return (now.Root.Span.SequenceEqual(before.Root.Span) ? Relation.Same : Relation.OtherRoot, null);
        LeafRange first = new(0, before.Size), all = new(0, now.Size);
        IReadOnlyList<LeafRange> ranges = before.Size == 0 ? [] : ConsistencyProof.Ranges(before.Size, now.Size);
        var hashes = await log.TilesAsync(TileHashes.Needed([all, first, .. ranges]), now.Size, ct);
        if (!hashes.Of(all).AsSpan().SequenceEqual(now.Root.Span))
            return (Relation.Unproven, null);
        if (before.Size == 0)
            return (Relation.Consistent, null);
        var proof = ConsistencyProof.Make(before.Size, now.Size, hashes);
        if (ConsistencyProof.Check(before.Size, before.Root.Span, now.Size, now.Root.Span, proof) == ProofCheck.Holds)
            return (Relation.Consistent, null);
        // The log's own hashes lead from another tree of the earlier size to the root that it signs now: with the two notes that is proof.
        return ConsistencyProof.Check(before.Size, hashes.Of(first), now.Size, now.Root.Span, proof) == ProofCheck.Holds
            ? (Relation.OtherHistory, $"{before.Size} {now.Size}\n{Convert.ToBase64String(hashes.Of(first))}\n{string.Concat(proof.Select(hash => Convert.ToBase64String(hash) + "\n"))}")
            : (Relation.Unproven, null);
    }

    private static Read Refused(string sentence, params object?[] arguments) => Ended(new(WitnessExit.NothingLearned, WitnessWording.Say(sentence, arguments)));

    private static Read Ended(WitnessOutcome outcome) => new(null, null, null, null, outcome);

    private static Checkpoint Parsed(SignedNote note) => Checkpoint.Parse(note.Text) ?? throw new InvalidDataException(WitnessWording.Say("file-damaged"));

    private static string Root(Checkpoint checkpoint) => Convert.ToBase64String(checkpoint.Root.Span);
}
