using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Governance.Api.Proofs.Bundles;
using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.Proofs.Bundles;

/// <summary>What an auditor finds in a bundle that is whole, and in one that was tampered with by whoever owns the database, and even the signing key.</summary>
public sealed class BundleTests(VotedHistory history, Browser browser) : IClassFixture<VotedHistory>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MadeBundle Made() => new(history.Association, history.Leaves);

    [Fact]
    public async Task A_bundle_of_what_happened_passes_every_check_and_its_ballots_are_counted_and_judged_again()
    {
        var made = Made();
        made.Documents.Add(VotedHistory.Document);
        made.AddEarlier(10);
        made.AddEarlier(made.Leaves.Count);
        var (old, next, witness) = (made.Key, MadeBundle.Signer(history.Association, 2), Witness(1));
        var own = witness.Cosign(SignedNote.Parse(made.Sign(20))!, 1_700_000_000).ToString();
        made.Keys = $"{old.Key}\n{next.Key}\n---\n{SignedNote.Sign(new KeyRotation(next.Key.Name, next.Key, made.Leaves.Count + 1).Text, old, next)}";
        var checks = await made.VerifyAsync(Stop, own, witness.Key);

        Assert.Equal(Enum.GetValues<CheckOf>(), checks.Select(check => check.Of));
        Assert.All(checks, check => Assert.True(check.State == CheckState.Passed, $"{check.Of}: {check.Reason}"));
        Assert.Contains("3", checks.Single(check => check.Of == CheckOf.Tallies).Reason, StringComparison.Ordinal);
        Assert.Contains("3", checks.Single(check => check.Of == CheckOf.Outcomes).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_that_comes_in_a_bundle_verifies_it_in_a_browser_with_the_checkpoint_that_its_reader_had_kept()
    {
        var folder = Directory.CreateTempSubdirectory("governance-bundle-");
        try
        {
            var (zip, html) = (Path.Combine(folder.FullName, "bundle.zip"), Path.Combine(folder.FullName, "verify.html"));
            await using (var given = await history.DownloadAsync(Stop, kept: 12))
            await using (var file = File.Create(zip))
                await given.CopyToAsync(file, Stop);
            await using (var bundle = await ZipFile.OpenReadAsync(zip, Stop))
            {
                Assert.All(["earlier/12.txt", "earlier/12.json"], (string name) => Assert.NotNull(bundle.GetEntry(name)));
                await bundle.GetEntry("verify.html")!.ExtractToFileAsync(html, Stop);
            }

            var page = await browser.Open(View.Wide);
            await page.GotoAsync(new Uri(html).AbsoluteUri);
            await page.SetInputFilesAsync("#bundle", zip);
            await page.WaitForSelectorAsync("#export:not([hidden])");

            Assert.Equal("Dossier vérifié", await page.TextContentAsync("#verdict h2"));
            Assert.Equal("passed", await page.GetAttributeAsync("[data-check=consistency]", "class"));
            await page.Context.CloseAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_a_bundle_does_not_have_is_said_not_to_apply()
    {
        var checks = await new MadeBundle(history.Association, [.. history.Leaves.Take(3)]).VerifyAsync(Stop);

        Assert.Equal(
            [CheckOf.Keys, CheckOf.Consistency, CheckOf.Tallies, CheckOf.Outcomes, CheckOf.OwnCheckpoint, CheckOf.Witnesses, CheckOf.Documents],
            checks.Where(check => check.State == CheckState.NotApplicable).Select(check => check.Of));
        Assert.DoesNotContain(checks, check => check.State == CheckState.Failed);
    }

    /// <summary>Each way to tamper, told from the outside in: what the reader has, what the operator has, what only the rules of the house tell.</summary>
    public static TheoryData<string, CheckOf> Tampered => new()
    {
        { "an event changed", CheckOf.Tree },
        { "an event changed and signed anew", CheckOf.OwnCheckpoint },
        { "an event dropped", CheckOf.Indexes },
        { "an event dropped, the rest numbered anew and signed", CheckOf.OwnCheckpoint },
        { "two events swapped", CheckOf.Indexes },
        { "an event twice", CheckOf.Streams },
        { "an event put in", CheckOf.Streams },
        { "an event recorded earlier than the one before it", CheckOf.Times },
        { "a vote changed and signed anew", CheckOf.Tallies },
        { "a published paper changed and signed anew", CheckOf.Tallies },
        { "a count changed and signed anew", CheckOf.Tallies },
        { "an outcome changed and signed anew", CheckOf.Outcomes },
        { "the rules of an opening changed and signed anew", CheckOf.Outcomes },
        { "signed with another key", CheckOf.Signature },
        { "signed with another key that is told as the log's", CheckOf.OwnCheckpoint },
        { "cut short and signed anew", CheckOf.OwnCheckpoint },
        { "the checkpoint of another association", CheckOf.Signature },
        { "an event of another association", CheckOf.Events },
        { "an event with white space", CheckOf.Events },
        { "an earlier checkpoint of another history", CheckOf.Consistency },
        { "a proof with a hash left over", CheckOf.Consistency },
        { "a proof with a hash too short", CheckOf.Consistency },
        { "a proof from a tree of size zero", CheckOf.Consistency },
        { "a new key that the old one did not sign", CheckOf.Keys },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task Tampering_is_found_and_named_by_the_right_check(string how, CheckOf found)
    {
        // Given what the reader kept from before, and a bundle that the operator changed
        var made = Made();
        var own = made.Sign(made.Leaves.Count);
        Tamper(made, how);

        // When it is checked
        var checks = await made.VerifyAsync(Stop, own);

        // Then the right check has failed
        Assert.True(checks.Single(check => check.Of == found).State == CheckState.Failed, string.Join('\n', checks.Select(check => $"{check.Of} {check.State}: {check.Reason}")));
    }

    private void Tamper(MadeBundle made, string how)
    {
        var signed = made.Sign(made.Leaves.Count);
        switch (how)
        {
            case "an event changed":
                made.Change(made.Find("body_constituted"), "\"name\":\"", "\"name\":\"Autre ");
                made.Checkpoint = signed;
                break;
            case "an event changed and signed anew":
                made.Change(made.Find("body_constituted"), "\"name\":\"", "\"name\":\"Autre ");
                break;
            case "an event dropped":
                made.Leaves.RemoveAt(5);
                break;
            case "an event dropped, the rest numbered anew and signed":
                made.Leaves.RemoveAt(made.Find("vote_cast"));
                made.Renumber();
                break;
            case "two events swapped":
                (made.Leaves[4], made.Leaves[5]) = (made.Leaves[5], made.Leaves[4]);
                break;
            case "an event twice":
            case "an event put in":
                var copied = made.Leaves[made.Find("vote_cast")];
                made.Leaves.Add(how == "an event twice"
                    ? copied
                    : Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(copied), "\"id\":\"[^\"]+\"", $"\"id\":\"{Guid.NewGuid():D}\"")));
                made.Leaves[^1] = Encoding.UTF8.GetBytes(Regex.Replace(made.Text(made.Leaves.Count - 1), "\"index\":[0-9]+", $"\"index\":{made.Leaves.Count}"));
                break;
            case "an event recorded earlier than the one before it":
                made.Leaves[6] = Encoding.UTF8.GetBytes(Regex.Replace(made.Text(6), "\"recorded\":\"[0-9]{4}", "\"recorded\":\"2019"));
                break;
            case "a vote changed and signed anew":
                made.Change(made.Find("vote_cast"), "\"choice\":\"for\"", "\"choice\":\"against\"");
                break;
            case "a published paper changed and signed anew":
                made.Change(made.Find("papers_published"), "\"choice\":\"for\"", "\"choice\":\"against\"");
                break;
            case "a count changed and signed anew":
                made.Change(made.Find("ballot_counted"), "\"papers\":3", "\"papers\":2");
                break;
            case "an outcome changed and signed anew":
                made.Change(made.Find("result_proclaimed"), "\"verdict\":\"adopted\"", "\"verdict\":\"rejected\"");
                break;
            case "the rules of an opening changed and signed anew":
                made.Change(made.Find("ballot_opened"), "\"article\":\"13\"", "\"article\":\"15\"");
                break;
            case "signed with another key":
                made.Keys = made.Key.Key + "\n";
                made.Key = MadeBundle.Signer(history.Association, 2);
                break;
            case "signed with another key that is told as the log's":
                made.Key = MadeBundle.Signer(history.Association, 2);
                break;
            case "cut short and signed anew":
                made.Leaves.RemoveRange(made.Leaves.Count - 4, 4);
                break;
            case "the checkpoint of another association":
                made.Keys = made.Key.Key + "\n";
                made.Checkpoint = SignedNote.Sign(new Checkpoint($"governance/{Guid.NewGuid():D}", made.Leaves.Count, made.Root(made.Leaves.Count)).Text, made.Key).ToString();
                break;
            case "an event of another association":
                made.Change(7, history.Association.ToString("D"), Guid.NewGuid().ToString("D"));
                break;
            case "an event with white space":
                made.Change(7, "\"version\":", "\"version\": ");
                break;
            case "an earlier checkpoint of another history":
                made.AddEarlier(12);
                var (size, proof) = (made.Earlier[0].Size, made.Earlier[0].Proof);
                made.Earlier[0] = new(size, SignedNote.Sign(new Checkpoint(made.Key.Key.Name, size, MerkleTree.LeafHash([7])).Text, made.Key).ToString(), proof);
                break;
            case "a proof with a hash left over":
                made.AddEarlier(12);
                made.Earlier[0] = made.Earlier[0] with { Proof = [.. made.Earlier[0].Proof, MerkleTree.LeafHash([7])] };
                break;
            case "a proof with a hash too short":
                made.AddEarlier(12);
                made.Earlier[0] = made.Earlier[0] with { Proof = [made.Earlier[0].Proof[0][..31], .. made.Earlier[0].Proof.Skip(1)] };
                break;
            case "a proof from a tree of size zero":
                made.Earlier.Add(new(0, made.Sign(0), []));
                break;
            case "a new key that the old one did not sign":
                var next = MadeBundle.Signer(history.Association, 2);
                made.Keys = $"{made.Key.Key}\n{next.Key}\n---\n{SignedNote.Sign(new KeyRotation(next.Key.Name, next.Key, 3).Text, next)}";
                made.Key = next;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, "no such tampering");
        }
    }

    [Fact]
    public async Task A_key_that_the_old_one_signed_signs_from_its_size_on()
    {
        var made = Made();
        made.AddEarlier(10);
        var (old, next) = (made.Key, MadeBundle.Signer(history.Association, 2));
        made.Keys = $"{old.Key}\n{next.Key}\n---\n{SignedNote.Sign(new KeyRotation(next.Key.Name, next.Key, 20).Text, old, next)}";
        made.Key = next;

        Assert.DoesNotContain(await made.VerifyAsync(Stop), check => check.State == CheckState.Failed);
    }

    [Fact]
    public async Task What_keeps_the_published_hash_of_a_vote_from_being_guessed_is_in_its_event_and_told_nowhere_else()
    {
        var made = Made();
        var (first, second) = (made.Text(made.Find("vote_cast")), made.Text(made.Find("vote_cast", made.Find("vote_cast") + 1)));
        var salts = new[] { first, second }.Select(text => Regex.Match(text, "\"salt\":\"([^\"]+)\"").Groups[1].Value).ToList();
        Assert.All(salts, salt => Assert.Equal(16, Convert.FromBase64String(salt).Length));
        Assert.NotEqual(salts[0], salts[1]);

        var told = await history.ReadEventAsync(Regex.Match(first, "\"id\":\"([^\"]+)\"").Groups[1].Value, Governance.Api.Access.Role.Auditor);
        Assert.Contains("\"actor\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("salt", told, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_audits_downloads_a_bundle_that_verifies_and_tells_no_vote_of_an_open_ballot()
    {
        // Given ballots that were counted, and one in which a vote is cast and that still takes others
        var vote = await history.OpenAndVoteAsync();

        // When the auditor downloads the evidence
        await using var bundle = await history.DownloadAsync(Stop);
        var checks = await BundleVerification.RunAsync(bundle, null, [], DateTimeOffset.UtcNow, Stop);

        // Then it holds, with the ballots that are counted, and ends before the vote
        Assert.All(checks, check => Assert.True(check.State != CheckState.Failed, $"{check.Of}: {check.Reason}"));
        Assert.Equal(CheckState.Passed, checks.Single(check => check.Of == CheckOf.Tallies).State);
        // with the document that everybody reads, and without the one about somebody
        Assert.StartsWith("1 ", checks.Single(check => check.Of == CheckOf.Documents).Reason, StringComparison.Ordinal);
        bundle.Position = 0;
        await using var zip = new ZipArchive(bundle, ZipArchiveMode.Read);
        using var document = new MemoryStream();
        await Assert.Single(zip.Entries, entry => entry.FullName.StartsWith(BundleFiles.Documents, StringComparison.Ordinal)).Open().CopyToAsync(document, Stop);
        Assert.Equal(VotedHistory.Document, document.ToArray());
        using var events = new StreamReader(zip.GetEntry(BundleFiles.Events(1))!.Open());
        var told = await events.ReadToEndAsync(Stop);
        Assert.Contains("\"type\":\"ballot_opened\"", told[told.LastIndexOf("\"type\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain(vote, told, StringComparison.Ordinal);

        // And whoever kept the head of the log finds the rest in it as hashes, up to that head.
        var head = await history.CheckpointAsync();
        bundle.Position = 0;
        var held = (await BundleVerification.RunAsync(bundle, head, [], DateTimeOffset.UtcNow, Stop)).Single(check => check.Of == CheckOf.OwnCheckpoint);
        Assert.True(held.State == CheckState.Passed, held.Reason);
        Assert.True(Checkpoint.Parse(SignedNote.Parse(head)!.Text)!.Size > told.Count(c => c == '\n'));

        // What a witness cosigned of that head is in the next one, for whoever has its key.
        await history.CosignAsync(Witness(1));
        await using var cosigned = await history.DownloadAsync(Stop);
        var witnessed = (await BundleVerification.RunAsync(cosigned, null, [Witness(1).Key], DateTimeOffset.UtcNow, Stop)).Single(check => check.Of == CheckOf.Witnesses);
        Assert.True(witnessed.State == CheckState.Passed, witnessed.Reason);
    }

    [Theory]
    [InlineData("manifest.json", "{}")]
    [InlineData("manifest.json", "[1")]
    [InlineData("checkpoint.txt", "")]
    [InlineData("keys.txt", "not a key\n")]
    [InlineData("events/000001.jsonl", "{\"no\":1}\n{\"end\":2}")]
    [InlineData("events/000001.jsonl", "\n\n\n")]
    [InlineData("extra.txt", "what nobody named")]
    public async Task A_file_of_nonsense_fails_with_a_sentence_and_throws_nothing(string name, string nonsense)
    {
        await using var bundle = await Made().WriteAsync(Stop);
        await using (var zip = new ZipArchive(bundle, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(name)?.Delete();
            await using var file = zip.CreateEntry(name).Open();
            await file.WriteAsync(Encoding.UTF8.GetBytes(nonsense), Stop);
        }

        bundle.Position = 0;
        var checks = await BundleVerification.RunAsync(bundle, null, [], DateTimeOffset.UtcNow, Stop);

        Assert.All(checks.Where(check => check.State == CheckState.Failed), check => Assert.NotEmpty(check.Reason));
        Assert.Equal(CheckState.Failed, checks[0].State);
    }

    private static Cosigner Witness(byte seed, string name = "witness.example.org") => new(name, [seed, .. new byte[31]]);

    [Fact]
    public async Task A_checkpoint_that_witnesses_cosigned_says_so_and_one_that_a_witness_did_not_cosign_fails()
    {
        var made = Made();
        var (one, other) = (Witness(1), Witness(2, "other.example.org"));
        var own = other.Cosign(one.Cosign(SignedNote.Parse(made.Sign(20))!, 1_700_000_000), 1_700_000_060).ToString();

        var witnessed = (await made.VerifyAsync(Stop, own, one.Key, other.Key)).Single(check => check.Of == CheckOf.Witnesses);
        Assert.Equal((CheckOf.Witnesses, CheckState.Passed), (witnessed.Of, witnessed.State));
        Assert.Contains("2023-11-14 22:14 UTC", witnessed.Reason, StringComparison.Ordinal);

        // By its name, by another key of that name, and on another checkpoint, it is not cosigned.
        var thief = Witness(3);
        var elsewhere = SignedNote.Parse(made.Sign(20))! with { Signatures = [.. SignedNote.Parse(made.Sign(20))!.Signatures, one.Cosign(SignedNote.Parse(made.Sign(21))!, 1_700_000_000).Signatures[1]] };
        foreach (var (copy, key) in new[] { (made.Sign(20), one.Key), (own, thief.Key), (elsewhere.ToString(), one.Key) })
        {
            var missing = (await made.VerifyAsync(Stop, copy, key)).Single(check => check.Of == CheckOf.Witnesses);
            Assert.Equal(CheckState.Failed, missing.State);
            Assert.Contains(key.ToString(), missing.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cosignatures_in_a_bundle_prove_what_they_say_to_whoever_has_the_witness_s_key_from_elsewhere()
    {
        // Given a bundle that names its witnesses, and what they cosigned
        var (made, one, other) = (Made(), Witness(1), Witness(2, "other.example.org"));
        made.Witnesses.AddRange([one.Key, other.Key]);
        made.Cosigned.Add(one.Cosign(SignedNote.Parse(made.Sign(20))!, 1_700_000_000));
        made.Cosigned.Add(other.Cosign(SignedNote.Parse(made.Sign(12))!, 1_700_000_060));

        // Then nothing follows from it by itself, and all from a key that the reader has
        var unnamed = (await made.VerifyAsync(Stop)).Single(check => check.Of == CheckOf.Witnesses);
        Assert.Equal(CheckState.NotApplicable, unnamed.State);
        Assert.Contains("witness.example.org, 20", unnamed.Reason, StringComparison.Ordinal);
        var named = (await made.VerifyAsync(Stop, null, one.Key, other.Key)).Single(check => check.Of == CheckOf.Witnesses);
        Assert.Equal(CheckState.Passed, named.State);
        Assert.Contains("other.example.org, 12", named.Reason, StringComparison.Ordinal);
        Assert.Equal(CheckState.Failed, (await made.VerifyAsync(Stop, null, Witness(3).Key)).Single(check => check.Of == CheckOf.Witnesses).State);

        // What the operator makes up for witnesses of his own is said to be there, and passes for nobody else's.
        var made2 = Made();
        made2.Witnesses.Add(Witness(9).Key);
        made2.Cosigned.Add(Witness(9).Cosign(SignedNote.Parse(made2.Sign(20))!, 1_700_000_000));
        Assert.Equal(CheckState.Failed, (await made2.VerifyAsync(Stop, null, one.Key)).Single(check => check.Of == CheckOf.Witnesses).State);
    }

    [Theory]
    [InlineData("a cosignature changed")]
    [InlineData("a checkpoint of another history")]
    [InlineData("a checkpoint that the log did not sign")]
    [InlineData("a checkpoint beyond the bundle")]
    public async Task What_a_bundle_says_that_witnesses_cosigned_has_to_hold_even_where_nobody_asks(string how)
    {
        var (made, witness) = (Made(), Witness(1));
        made.Witnesses.Add(witness.Key);
        var note = SignedNote.Parse(made.Sign(20))!;
        made.Cosigned.Add(how switch
        {
            "a cosignature changed" => witness.Cosign(note, 1_700_000_000) is var good && good.Signatures[1].Signature.ToArray() is var bytes
                ? good with { Signatures = [good.Signatures[0], good.Signatures[1] with { Signature = (byte[])[.. bytes[..^1], (byte)(bytes[^1] ^ 1)] }] }
                : note,
            "a checkpoint of another history" => witness.Cosign(SignedNote.Sign(new Checkpoint(made.Key.Key.Name, 20, MerkleTree.LeafHash([7])).Text, made.Key), 1_700_000_000),
            "a checkpoint that the log did not sign" => witness.Cosign(SignedNote.Sign(note.Text, MadeBundle.Signer(history.Association, 2)), 1_700_000_000),
            _ => witness.Cosign(SignedNote.Sign(new Checkpoint(made.Key.Key.Name, 2000, MerkleTree.LeafHash([7])).Text, made.Key), 1_700_000_000),
        });

        Assert.Equal(CheckState.Failed, (await made.VerifyAsync(Stop)).Single(check => check.Of == CheckOf.Witnesses).State);
    }

    [Theory]
    // Each with what the operator did, whether the close has passed, and what the reader's own checkpoint comes to.
    [InlineData("held back", false, CheckState.Passed)]
    [InlineData("held back", true, CheckState.Unjudged)]
    [InlineData("cut at the opening", false, CheckState.Unjudged)]
    [InlineData("cut at the opening", true, CheckState.Unjudged)]
    [InlineData("some hashes left out", false, CheckState.Unjudged)]
    [InlineData("other hashes", false, CheckState.Failed)]
    [InlineData("an event before the opening changed", false, CheckState.Failed)]
    [InlineData("cut elsewhere", false, CheckState.Failed)]
    [InlineData("another key", false, CheckState.Failed)]
    public async Task A_checkpoint_of_later_than_the_opening_of_a_ballot_is_judged_by_hashes_and_by_nothing_that_is_merely_claimed(string how, bool closed, CheckState state)
    {
        // Given a reader's checkpoint of the whole log, and a bundle that ends at the opening of a ballot
        var made = Made();
        var own = made.Sign(made.Leaves.Count);
        var opening = made.Leaves.FindLastIndex(leaf => Encoding.UTF8.GetString(leaf).Contains("\"type\":\"ballot_opened\"", StringComparison.Ordinal));
        var closes = DateTimeOffset.Parse(Regex.Match(made.Text(opening), "\"closes\":{\"instant\":\"([^\"]+)\"").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        made.Now = closes.AddMinutes(closed ? 1 : -1);
        if (how == "an event before the opening changed")
            made.Change(made.Find("body_constituted"), "\"name\":\"", "\"name\":\"Autre ");
        if (how == "cut elsewhere")
            made.Leaves.RemoveRange(opening - 1, made.Leaves.Count - opening + 1);
        else
            made.HoldBackFrom(opening + 1);
        if (how == "cut at the opening")
            made.HeldBack.Clear();
        if (how == "some hashes left out")
            made.HeldBack.RemoveAt(made.HeldBack.Count - 1);
        if (how == "other hashes")
            made.HeldBack[^1] = MerkleTree.LeafHash([7]);
        if (how == "another key")
            own = SignedNote.Sign(SignedNote.Parse(own)!.Text, MadeBundle.Signer(history.Association, 2)).ToString();

        // When the reader checks it, then the state is this, and what is undecided is not verified either
        var checks = await made.VerifyAsync(Stop, own);
        var mine = checks.Single(check => check.Of == CheckOf.OwnCheckpoint);
        Assert.True(mine.State == state, $"{mine.State}: {mine.Reason}");
        // The command reads the clock of the system, by which these ballots are open.
        if (how != "held back" && state == CheckState.Unjudged)
            Assert.Equal(3, await ExitAsync(made, own));
    }

    [Fact]
    public async Task Hashes_held_back_for_no_ballot_and_hashes_that_are_none_fail()
    {
        var made = Made();
        made.HoldBackFrom(10);
        Assert.Equal(CheckState.Failed, (await made.VerifyAsync(Stop)).Single(check => check.Of == CheckOf.Tree).State);
        made = Made();
        made.HeldBack.Add(MerkleTree.LeafHash([7]));
        Assert.Equal(CheckState.Failed, (await made.VerifyAsync(Stop)).Single(check => check.Of == CheckOf.Tree).State);
    }

    /// <summary>What the command ends with.</summary>
    private static async Task<int> ExitAsync(MadeBundle made, string own)
    {
        var folder = Directory.CreateTempSubdirectory("governance-bundle-");
        try
        {
            var (file, mine) = (Path.Combine(folder.FullName, "bundle.zip"), Path.Combine(folder.FullName, "mine.txt"));
            await using (var zip = await made.WriteAsync(Stop))
                await File.WriteAllBytesAsync(file, zip.ToArray(), Stop);
            await File.WriteAllTextAsync(mine, own, Stop);
            using var output = new StringWriter();
            var exit = await Governance.Api.Kernel.Hosting.CommandLine.Make().Parse(["verify", file, "--checkpoint", mine])
                .InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false }, Stop);
            return exit;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_no_zip_is_not_verified()
    {
        using var nonsense = new MemoryStream(Encoding.UTF8.GetBytes("this is no zip"));
        var checks = await BundleVerification.RunAsync(nonsense, null, [], DateTimeOffset.UtcNow, Stop);

        Assert.Equal(CheckState.Failed, checks[0].State);
        Assert.All(checks.Skip(1), check => Assert.Equal(CheckState.NotApplicable, check.State));
    }
}
