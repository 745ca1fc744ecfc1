using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Governance.Api.Proofs.Bundles;
using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.Proofs.Bundles;

/// <summary>What an auditor finds in a bundle that is whole, and in one that was tampered with by whoever owns the database, and even the signing key.</summary>
public sealed class BundleTests(VotedHistory history) : IClassFixture<VotedHistory>
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
        var checks = await made.VerifyAsync(Stop, own: made.Sign(20));

        Assert.Equal(Enum.GetValues<CheckOf>(), checks.Select(check => check.Of));
        Assert.All(checks, check => Assert.True(check.State == CheckState.Passed, $"{check.Of}: {check.Reason}"));
        Assert.Contains("3", checks.Single(check => check.Of == CheckOf.Tallies).Reason, StringComparison.Ordinal);
        Assert.Contains("3", checks.Single(check => check.Of == CheckOf.Outcomes).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_bundle_does_not_have_is_said_not_to_apply()
    {
        var checks = await new MadeBundle(history.Association, [.. history.Leaves.Take(3)]).VerifyAsync(Stop);

        Assert.Equal(
            [CheckOf.Consistency, CheckOf.Tallies, CheckOf.Outcomes, CheckOf.Documents, CheckOf.OwnCheckpoint],
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
        var checks = await BundleVerification.RunAsync(bundle, null, [], Stop);

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
        var checks = await BundleVerification.RunAsync(bundle, null, [], Stop);

        Assert.All(checks.Where(check => check.State == CheckState.Failed), check => Assert.NotEmpty(check.Reason));
        Assert.Equal(CheckState.Failed, checks[0].State);
    }

    [Fact]
    public async Task A_checkpoint_that_witnesses_cosigned_says_so_and_one_that_a_witness_did_not_cosign_fails()
    {
        var made = Made();
        var (one, other) = (new Cosigner("witness.example.org", [1, .. new byte[31]]), new Cosigner("other.example.org", [2, .. new byte[31]]));
        var own = other.Cosign(one.Cosign(SignedNote.Parse(made.Sign(20))!, 1_700_000_000), 1_700_000_060).ToString();

        var witnessed = (await made.VerifyAsync(Stop, own, one.Key, other.Key))[^1];
        Assert.Equal((CheckOf.OwnCheckpoint, CheckState.Passed), (witnessed.Of, witnessed.State));
        Assert.Contains("2023-11-14 22:14:20Z", witnessed.Reason, StringComparison.Ordinal);

        // By its name, by another key of that name, and on another checkpoint, it is not cosigned.
        var thief = new Cosigner("witness.example.org", [3, .. new byte[31]]);
        var elsewhere = SignedNote.Parse(made.Sign(20))! with { Signatures = [.. SignedNote.Parse(made.Sign(20))!.Signatures, one.Cosign(SignedNote.Parse(made.Sign(21))!, 1_700_000_000).Signatures[1]] };
        foreach (var (copy, key) in new[] { (made.Sign(20), one.Key), (own, thief.Key), (elsewhere.ToString(), one.Key) })
        {
            var missing = (await made.VerifyAsync(Stop, copy, key))[^1];
            Assert.Equal(CheckState.Failed, missing.State);
            Assert.Contains(key.ToString(), missing.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_no_zip_is_not_verified()
    {
        using var nonsense = new MemoryStream(Encoding.UTF8.GetBytes("this is no zip"));
        var checks = await BundleVerification.RunAsync(nonsense, null, [], Stop);

        Assert.Equal(CheckState.Failed, checks[0].State);
        Assert.All(checks.Skip(1), check => Assert.Equal(CheckState.NotApplicable, check.State));
    }
}
