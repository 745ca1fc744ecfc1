using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Chronicles;
using Governance.Domain.Kernel;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Governance.Tests.EventStore.Log;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Proofs.Witnesses;

/// <summary>A witness that a member centre runs elsewhere, against the real host, and against one who shows it another log than others see.</summary>
public sealed class WitnessTests(Host host) : IClassFixture<Host>, IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"governance-witness-{Guid.NewGuid():N}");
    private AlteredLog _shown = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Association => host.Association.ToString();

    private TransparencyLog Log => host.App.Services.GetRequiredService<TransparencyLog>();

    /// <summary>The key as somebody wrote it down at the start.</summary>
    private VerifierKey Key => Log.Keys.Keys(Association)[0].Key;

    public async ValueTask InitializeAsync()
    {
        _shown = new AlteredLog(new Uri(host.Address, $"/api/{Host.Slug}/log"));
        await RecordAsync(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _shown.DisposeAsync();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_log_that_grows_is_cosigned_each_time_and_only_with_a_proof_that_it_goes_on()
    {
        var first = await RunAsync();
        Assert.Equal((0, ""), (first.Exit, first.Error));
        var size = await RecordAsync(300);
        var second = await RunAsync();
        Assert.Equal((0, ""), (second.Exit, second.Error));
        Assert.StartsWith($"Cosigned: {size} events", second.Output, StringComparison.Ordinal);

        var note = SignedNote.Parse(second.Output[(second.Output.IndexOf("\n\n", StringComparison.Ordinal) + 2)..])!;
        var witness = WitnessKey.Parse((await File.ReadAllTextAsync(Path.Combine(_directory, "witness.pub"), Stop)).Trim())!;
        Assert.Equal(size, Checkpoint.Parse(note.Text)!.Size);
        Assert.True(note.IsSignedBy(LogKeys.InForce(Log.Keys.Keys(Association), size).Key));
        Assert.InRange(witness.Cosigned(note)!.Value, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal(note.ToString(), await LastAsync());

        // The history has both, and what only its owner may read is only its owner's.
        var history = SignedNote.Parted(await File.ReadAllTextAsync(Path.Combine(_directory, "history.txt"), Stop)).ToList();
        Assert.Equal(2, history.Count);
        Assert.All(Directory.GetFiles(_directory), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.DoesNotContain(_shown.Asked, path => path.Contains("proof", StringComparison.Ordinal));

        // Nothing new: a new cosignature, no new line of the history.
        Assert.Equal(0, (await RunAsync()).Exit);
        Assert.Equal(2, SignedNote.Parted(await File.ReadAllTextAsync(Path.Combine(_directory, "history.txt"), Stop)).Count());
    }

    [Fact]
    public async Task Another_history_of_the_same_size_is_found_both_notes_are_kept_and_nothing_is_cosigned_any_more()
    {
        await RunAsync();
        var kept = await LastAsync();
        var honest = Checkpoint.Parse(SignedNote.Parse(kept)!.Text)!;
        var other = Forged(honest.Size, OtherLeaves((int)honest.Size));
        _shown.Answer("checkpoint", Encoding.UTF8.GetBytes(other.ToString()));

        var alarm = await RunAsync();
        Assert.Equal((1, ""), (alarm.Exit, alarm.Output));
        Assert.Contains($"for the same {honest.Size} events the log signed two roots, {Convert.ToBase64String(honest.Root.Span)} and", alarm.Error, StringComparison.Ordinal);
        var evidence = SignedNote.Parted(await File.ReadAllTextAsync(Path.Combine(_directory, "contradiction.txt"), Stop)).ToList();
        Assert.Equal([kept, other.ToString()], evidence.Select(note => note.ToString()));
        Assert.Equal(kept, await LastAsync());

        // What was found is not forgotten because the log shows itself honest again.
        _shown.Honest();
        var after = await RunAsync(language: "fr");
        Assert.Equal(1, after.Exit);
        Assert.Contains("ALARME : deux points de contrôle qui se contredisent", after.Error, StringComparison.Ordinal);
        Assert.Equal(kept, await LastAsync());
    }

    [Fact]
    public async Task A_longer_history_that_does_not_begin_with_the_one_seen_is_found_from_its_own_tiles()
    {
        await RunAsync();
        var kept = await LastAsync();
        var size = Checkpoint.Parse(SignedNote.Parse(kept)!.Text)!.Size + 5;
        var leaves = OtherLeaves((int)size);
        Show(Forged(size, leaves), leaves);

        var alarm = await RunAsync();
        Assert.Equal(1, alarm.Exit);
        Assert.Contains("do not begin with them: the history was rewritten", alarm.Error, StringComparison.Ordinal);
        Assert.Equal(2, SignedNote.Parted((await File.ReadAllTextAsync(Path.Combine(_directory, "contradiction.txt"), Stop))).Count());
        Assert.Equal(kept, await LastAsync());
    }

    [Fact]
    public async Task A_log_cut_short_is_found()
    {
        var size = await RecordAsync(3);
        await RunAsync();
        var kept = await LastAsync();
        _shown.Answer("checkpoint", Encoding.UTF8.GetBytes((await Log.CheckpointAsync(Association, size - 2, Stop))!.ToString()));

        var alarm = await RunAsync(language: "fr");
        Assert.Equal(1, alarm.Exit);
        Assert.Contains($"ALARME : le journal avait signé {size} événements", alarm.Error, StringComparison.Ordinal);
        Assert.Contains("il semble raccourci", alarm.Error, StringComparison.Ordinal);
        // What was shown is an old checkpoint of the log itself: whoever stands between could show it.
        Assert.Contains("interrogez l'association avant d'accuser", alarm.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("preuve", alarm.Error, StringComparison.Ordinal);
        Assert.Equal(kept, await LastAsync());
    }

    [Fact]
    public async Task Altered_tiles_prove_nothing_and_nothing_is_cosigned_on_them()
    {
        await RunAsync();
        var kept = await LastAsync();
        var size = await RecordAsync(1);
        for (var tile = new Tile(0, 0); tile.WidthAt(size) > 0; tile = new Tile(0, tile.Index + 1))
        {
            var hashes = (await Log.TileAsync(Association, tile, tile.WidthAt(size), Stop))!.Value.ToArray();
            hashes[0] ^= 1;
            _shown.Answer(tile.PathOf(tile.WidthAt(size)), hashes);
        }

        _shown.Answer(new Tile(1, 0).PathOf(1), new byte[32]);
        var refused = await RunAsync();
        Assert.Equal((2, ""), (refused.Exit, refused.Output));
        Assert.Contains("its own tiles do not lead there", refused.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_directory, "unproven.txt")));
        Assert.Equal(kept, await LastAsync());
        _shown.Honest();
        Assert.Equal(0, (await RunAsync()).Exit);
    }

    [Fact]
    public async Task A_checkpoint_of_another_association_and_one_that_another_key_signed_are_refused()
    {
        await RunAsync();
        var kept = await LastAsync();
        var stranger = new NoteSigner("governance/other", Seed(5));
        _shown.Answer("checkpoint", Encoding.UTF8.GetBytes(SignedNote.Sign(new Checkpoint("governance/other", 0, MerkleTree.EmptyRoot).Text, stranger).ToString()));
        var other = await RunAsync();
        Assert.Equal(2, other.Exit);
        Assert.Contains($"gives the log governance/other, the key is that of {Key.Name}: refused", other.Error, StringComparison.Ordinal);

        var thief = new NoteSigner(Key.Name, Seed(6));
        var leaves = OtherLeaves(400);
        Show(SignedNote.Sign(new Checkpoint(Key.Name, 400, Trees.Root(leaves)).Text, thief), leaves);
        var unsigned = await RunAsync();
        Assert.Equal(2, unsigned.Exit);
        Assert.Contains("is not signed by the log's key", unsigned.Error, StringComparison.Ordinal);
        _shown.Honest();
        var wrong = await RunAsync(key: thief.Key);
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("The log does not know the key", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(kept, await LastAsync());
        Assert.False(File.Exists(Path.Combine(_directory, "contradiction.txt")));
    }

    [Fact]
    public async Task What_is_too_long_malformed_or_missing_is_said_and_changes_nothing()
    {
        await RunAsync();
        var kept = await LastAsync();
        foreach (var (path, answer, said) in new (string, byte[], string)[]
        {
            ("checkpoint", new byte[(1 << 20) + 1], "answers more than"),
            ("checkpoint", "hello\n"u8.ToArray(), "no signed note"),
            ("checkpoint", Encoding.UTF8.GetBytes(SignedNote.Sign($"{Key.Name}\nmany\n", Signer()).ToString()), "is no checkpoint"),
            ("keys", "hello\n"u8.ToArray(), "is not a list of them"),
        })
        {
            _shown.Answer(path, answer);
            var refused = await RunAsync();
            Assert.Equal((2, ""), (refused.Exit, refused.Output));
            Assert.Contains(said, refused.Error, StringComparison.Ordinal);
            _shown.Honest();
        }

        var size = await RecordAsync(1);
        _shown.Answer(new Tile(0, size / 256).PathOf((int)(size % 256)), new byte[31]);
        Assert.Contains("bytes instead of", (await RunAsync()).Error, StringComparison.Ordinal);
        var away = await RunAsync(address: "http://127.0.0.1:9/");
        Assert.Equal(2, away.Exit);
        Assert.Contains("could not be read", away.Error, StringComparison.Ordinal);
        Assert.Equal(kept, await LastAsync());
    }

    [Fact]
    public async Task A_replaced_key_is_followed_when_the_one_before_signed_it_and_keys_that_were_seen_do_not_change()
    {
        await RunAsync();
        await Log.RotateAsync(Association, Stop);
        await RecordAsync(1);
        Assert.Equal((0, ""), ((await RunAsync()) is var rotated ? rotated.Exit : -1, rotated.Error));

        // A list of keys without the rotation that was seen is another list.
        _shown.Answer("keys", Encoding.UTF8.GetBytes($"{Key}\n"));
        var changed = await RunAsync();
        Assert.Equal(1, changed.Exit);
        Assert.Contains("no longer those that it published", changed.Error, StringComparison.Ordinal);
        // What was shown is kept beside what was seen, and the first of it stays.
        var evidence = Path.Combine(_directory, "keys-changed.txt");
        Assert.Contains(evidence, changed.Error, StringComparison.Ordinal);
        Assert.Equal($"{Key}\n", await File.ReadAllTextAsync(evidence, Stop));
        // Whoever stands between may have shown it: a witness that stays looks again.
        Assert.Equal(0, await StaysAsync("no longer those that it published"));
        _shown.Honest();
        Assert.Equal(0, (await RunAsync()).Exit);

        // Who begins with the later key trusts it and those that it signs, and sees as well when they change.
        Directory.Delete(_directory, recursive: true);
        var later = Log.Keys.Keys(Association)[^1].Key;
        Assert.Equal(0, (await RunAsync(key: later)).Exit);
        Assert.Equal(0, (await RunAsync(key: later)).Exit);
        var thief = new NoteSigner(Key.Name, Seed(4));
        var forged = new KeyRotation(Key.Name, later, 3);
        _shown.Answer("keys", Encoding.UTF8.GetBytes($"{thief.Key}\n{later}\n{SignedNote.Apart([SignedNote.Sign(forged.Text, thief)])}"));
        var other = await RunAsync(key: later);
        Assert.Equal(1, other.Exit);
        Assert.Contains("no longer those that it published", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_begun_anew_is_told_and_not_taken()
    {
        await RunAsync();
        var kept = await LastAsync();
        var old = Checkpoint.Parse(SignedNote.Parse(kept)!.Text)!;
        var signer = new NoteSigner($"{Key.Name}/2", Seed(7));
        var first = SignedNote.Sign(new NewOrigin(signer.Key.Name, signer.Key, old with { Size = old.Size - 1 }, Key).Text, signer, Signer());
        _shown.Answer("origins", Encoding.UTF8.GetBytes(SignedNote.Apart([first])));
        _shown.Answer("checkpoint", Encoding.UTF8.GetBytes(SignedNote.Sign(new Checkpoint(signer.Key.Name, 0, MerkleTree.EmptyRoot).Text, signer).ToString()));

        var told = await RunAsync();
        Assert.Equal((3, ""), (told.Exit, told.Output));
        Assert.Contains($"The log {Key.Name} has ended: {signer.Key.Name} was begun in its place", told.Error, StringComparison.Ordinal);
        Assert.Contains("ends 1 events before what this witness had cosigned", told.Error, StringComparison.Ordinal);
        Assert.Equal(first.ToString(), await File.ReadAllTextAsync(Path.Combine(_directory, "new-origin.txt"), Stop));

        // A note that names a key of its own as the old one is not signed by the old one.
        var stranger = new NoteSigner(Key.Name, Seed(8));
        var claimed = SignedNote.Sign(new NewOrigin(signer.Key.Name, signer.Key, old, stranger.Key).Text, signer, stranger);
        _shown.Answer("origins", Encoding.UTF8.GetBytes(SignedNote.Apart([claimed])));
        var unsigned = await RunAsync();
        Assert.Equal(3, unsigned.Exit);
        Assert.Contains("the key of the old one did not sign it", unsigned.Error, StringComparison.Ordinal);
        Assert.Equal(first.ToString(), await File.ReadAllTextAsync(Path.Combine(_directory, "new-origin.txt"), Stop));
        Assert.Equal(0, await StaysAsync("the key of the old one did not sign it"));

        // One that the old log signed ends it, also where the other stands before it, and one of an end that was not seen says so.
        var beyond = SignedNote.Sign(new NewOrigin(signer.Key.Name, signer.Key, old with { Size = old.Size + 5 }, Key).Text, signer, Signer());
        _shown.Answer("origins", Encoding.UTF8.GetBytes(SignedNote.Apart([claimed, beyond])));
        Assert.Equal(3, await StaysAsync("had cosigned"));
        Assert.Equal(beyond.ToString(), await File.ReadAllTextAsync(Path.Combine(_directory, "new-origin.txt"), Stop));
        Assert.Equal(kept, await LastAsync());
    }

    [Theory]
    [InlineData("en-GB", "says that it ends at")]
    [InlineData("fr", "dit qu'il s'arrête à")]
    public async Task The_end_that_the_old_log_signed_for_a_new_one_is_held_against_what_was_cosigned(string language, string said)
    {
        await RunAsync();
        var kept = SignedNote.Parse(await LastAsync())!;
        var signer = new NoteSigner($"{Key.Name}/2", Seed(7));
        var first = SignedNote.Sign(new NewOrigin(signer.Key.Name, signer.Key, Checkpoint.Parse(kept.Text)! with { Root = new byte[32] }, Key).Text, signer, Signer());
        _shown.Answer("origins", Encoding.UTF8.GetBytes(SignedNote.Apart([first])));
        _shown.Answer("checkpoint", Encoding.UTF8.GetBytes(SignedNote.Sign(new Checkpoint(signer.Key.Name, 0, MerkleTree.EmptyRoot).Text, signer).ToString()));

        var alarm = await RunAsync(language: language);
        Assert.Equal((1, ""), (alarm.Exit, alarm.Output));
        Assert.Contains(said, alarm.Error, StringComparison.Ordinal);
        Assert.Equal([kept.ToString(), first.ToString()], SignedNote.Parted(await File.ReadAllTextAsync(Path.Combine(_directory, "contradiction.txt"), Stop)).Select(note => note.ToString()));
    }

    [Fact]
    public async Task A_cosignature_is_handed_in_and_shown_to_everybody_once_the_association_knows_the_witness()
    {
        // Given a witness that nobody registered
        var unknown = await RunAsync(more: ["--name", "witness.example.org"]);
        Assert.Contains("does not know this witness yet", unknown.Output, StringComparison.Ordinal);
        var witness = WitnessKey.Parse((await File.ReadAllTextAsync(Path.Combine(_directory, "witness.pub"), Stop)).Trim())!;
        Assert.Contains(witness.ToString(), unknown.Output, StringComparison.Ordinal);
        Assert.Equal("", await ReadAsync("cosigned"));

        // When it is registered and looks again
        Assert.True(Log.Witnesses.Register(Association, witness));
        var size = await RecordAsync(1);
        Assert.Contains("Handed in to the association", (await RunAsync()).Output, StringComparison.Ordinal);

        // Then everybody gets what it said, with the checkpoint itself, in proofs to that size, and beside the log's own later heads
        var last = await LastAsync();
        Assert.Equal(last, await ReadAsync("checkpoint"));
        Assert.Equal($"{witness}\n", await ReadAsync("witnesses"));
        await RecordAsync(1);
        Assert.Null(witness.Cosigned(SignedNote.Parse(await ReadAsync("checkpoint"))!));
        Assert.Equal(last, SignedNote.Parted(await ReadAsync("cosigned")).Single().ToString());
        var proof = TlogProof.Parse(await ReadAsync($"proof/inclusion?index=0&size={size}"))!;
        Assert.NotNull(witness.Cosigned(proof.Checkpoint));

        // And a page says so, in the reader's language
        using var visitor = await Visitor.AsAsync(host, Governance.Api.Access.Role.Member);
        foreach (var (language, said) in new[] { ("fr", "Ces témoins suivent le registre depuis ailleurs"), ("en", "These witnesses follow the record from elsewhere") })
        {
            visitor.Client.DefaultRequestHeaders.AcceptLanguage.Clear();
            visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var page = System.Net.WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/log"));
            Assert.Contains(said, page, StringComparison.Ordinal);
            Assert.Contains(witness.ToString(), page, StringComparison.Ordinal);
        }

        var stored = await host.Log.ReadTenantPageAsync(Association, 0, asStored: true, ct: Stop);
        await host.ShownAsync(stored[^1].Position);
        Assert.Contains("witness.example.org", await visitor.ReadAsync($"/{Host.Slug}/events/{stored[0].Id}"), StringComparison.Ordinal);
        Assert.Contains("has this event yet", System.Net.WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/events/{stored[^1].Id}")), StringComparison.Ordinal);

        // Until the association knows it no more.
        Assert.True(Log.Witnesses.Remove(Association, witness));
        Assert.Equal("", await ReadAsync("cosigned"));
    }

    [Fact]
    public async Task What_nobody_vouches_for_is_not_taken_and_nothing_that_was_is_put_back()
    {
        var size = await RecordAsync(3);
        var (known, stranger) = (new Cosigner($"known-{Guid.NewGuid():N}", Seed(11)), new Cosigner("stranger", Seed(12)));
        Assert.True(Log.Witnesses.Register(Association, known.Key));
        var (head, now) = ((await Log.CheckpointAsync(Association, size, Stop))!, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var smaller = (await Log.CheckpointAsync(Association, size - 1, Stop))!;
        var good = known.Cosign(head, now);
        var tampered = good with { Signatures = [.. good.Signatures.SkipLast(1), good.Signatures[^1] with { Signature = (byte[])[.. good.Signatures[^1].Signature.ToArray()[..^1], (byte)(good.Signatures[^1].Signature.Span[^1] ^ 1)] }] };
        foreach (var (note, status) in new (string, int)[]
        {
            ("hello\n", 400),
            (new string('x', 17 * 1024), 413),
            (known.Cosign(SignedNote.Sign("an oath\n", Signer()), now).ToString(), 400),
            (stranger.Cosign(head, now).ToString(), 403),
            (head.ToString(), 403),
            (tampered.ToString(), 403),
            (known.Cosign(Forged(size, OtherLeaves((int)size)), now).ToString(), 409),
            (known.Cosign(SignedNote.Sign(head.Text, new NoteSigner(Key.Name, Seed(6))), now).ToString(), 409),
            (known.Cosign(SignedNote.Sign(new Checkpoint("governance/other", 0, MerkleTree.EmptyRoot).Text, Signer()), now).ToString(), 404),
            (known.Cosign(head, now + 3600).ToString(), 400),
            (good.ToString(), 204),
            (good.ToString(), 204),
            (known.Cosign(smaller, now + 1).ToString(), 409),
            (known.Cosign(head, now - 1).ToString(), 409),
        })
        {
            Assert.Equal((status, note), (await HandInAsync(note), note));
        }

        Assert.Equal((size, now), Log.CosignedLast(Association).Where(cosigned => cosigned.Witness.Name == known.Key.Name).Select(cosigned => (cosigned.Checkpoint.Size, cosigned.UnixSeconds)).Single());

        Assert.True(Log.Witnesses.Remove(Association, known.Key));
    }

    [Fact]
    public async Task Who_hands_in_too_often_is_asked_to_wait()
    {
        await using var other = new Host { Settings = new Dictionary<string, string?> { ["Access:CosignaturesPerMinute"] = "2" } };
        await other.InitializeAsync();
        var answers = new List<int>();
        for (var i = 0; i < 3; i++)
            answers.Add(await HandInAsync("hello\n", other));
        Assert.Equal([400, 400, 429], answers);
    }

    [Theory]
    [InlineData("en-GB", "The key of the witness in", "is missing; ")]
    [InlineData("fr", "La clé du témoin dans", "manque ; ")]
    public async Task A_directory_that_cannot_be_used_is_said_in_the_reader_s_language(string language, string open, string missing)
    {
        await RunAsync();
        var key = Path.Combine(_directory, "witness.key");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var read = await RunAsync(language: language);
        Assert.Equal(2, read.Exit);
        Assert.Contains(open, read.Error, StringComparison.Ordinal);
        File.Delete(key);
        var gone = await RunAsync(language: language);
        Assert.Equal(2, gone.Exit);
        Assert.Contains(missing, Terminal.Plain(gone.Error).Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_history_is_not_read_again_at_each_round()
    {
        await RunAsync();
        var history = Path.Combine(_directory, "history.txt");
        var last = await File.ReadAllTextAsync(history, Stop);
        // Given so much before that whoever reads it all meets what cannot be read
        await File.WriteAllBytesAsync(history, [.. Enumerable.Repeat((byte)0xFF, 1 << 20), (byte)'\n', .. Encoding.UTF8.GetBytes(last)], Stop);
        Assert.Equal(0, (await RunAsync()).Exit);
        Assert.Equal((1 << 20) + 1 + last.Length, new FileInfo(history).Length - (Encoding.UTF8.GetByteCount(last) - last.Length));
    }

    [Fact]
    public async Task Two_histories_shown_to_two_readers_are_found_when_one_holds_the_other_s_copy_against_its_own()
    {
        // Given a reader who was shown another history, signed by the same key, and a witness that was shown the honest one
        var size = await RecordAsync(4);
        await RunAsync();
        var leaves = OtherLeaves((int)size - 1);
        var copy = await CopyAsync(Forged(size - 1, leaves).ToString());

        // When the witness compares, then the two are found, and kept
        var found = await RunAsync(more: ["--compare", copy]);
        Assert.Equal(1, found.Exit);
        Assert.Contains("do not begin with them", found.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_directory, "contradiction.txt")));
    }

    [Fact]
    public async Task A_copy_that_agrees_and_three_printed_lines_are_compared_and_a_printed_one_that_differs_is_no_evidence()
    {
        var size = await RecordAsync(4);
        var note = (await Log.CheckpointAsync(Association, size - 1, Stop))!;
        var agrees = await RunAsync(more: ["--compare", await CopyAsync(note.ToString())]);
        Assert.Equal((0, ""), (agrees.Exit, agrees.Error));
        Assert.Contains($"({size - 1} events) is signed, and the log, which has {size}, begins with it", agrees.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory, "cosigned.txt")));

        var printed = await RunAsync(more: ["--compare", await CopyAsync(note.Text)]);
        Assert.Equal(0, printed.Exit);
        Assert.Contains("is not signed, but the log", printed.Output, StringComparison.Ordinal);
        var differs = await RunAsync(more: ["--compare", await CopyAsync(new Checkpoint(Key.Name, size, new byte[32]).Text)]);
        Assert.Equal(1, differs.Exit);
        Assert.Contains("it is no evidence", differs.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory, "contradiction.txt")));
        Assert.Equal(2, (await RunAsync(more: ["--compare", await CopyAsync("hello\n")])).Exit);
    }

    [Fact]
    public async Task A_witness_killed_in_the_middle_of_a_round_stands_where_it_stood_and_cannot_be_led_to_another_history()
    {
        await RunAsync();
        var kept = await LastAsync();
        var size = await RecordAsync(3);
        var asked = _shown.StallAtTiles();
        var info = new ProcessStartInfo("dotnet", [typeof(GovernanceHost).Assembly.Location, .. Arguments()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using (var process = Process.Start(info)!)
        {
            await asked.WaitAsync(TimeSpan.FromSeconds(60), Stop);
            // Nobody else works in the directory meanwhile.
            Assert.Contains("one at a time", (await RunAsync()).Error, StringComparison.Ordinal);
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }

        Assert.Equal(kept, await LastAsync());
        await _shown.DisposeAsync();
        _shown = new AlteredLog(new Uri(host.Address, $"/api/{Host.Slug}/log"));
        Assert.StartsWith($"Cosigned: {size} events", (await RunAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_killed_between_keeping_a_checkpoint_and_writing_its_history_completes_it()
    {
        await RunAsync();
        await RecordAsync(1);
        var history = Path.Combine(_directory, "history.txt");
        var before = await File.ReadAllTextAsync(history, Stop);
        await RunAsync();
        // As a crash leaves it: the last checkpoint is kept, its line of the history is cut.
        await File.WriteAllTextAsync(history, before + "---\ngovernance/cut", Stop);
        Assert.Equal(0, (await RunAsync()).Exit);
        var notes = SignedNote.Parted(await File.ReadAllTextAsync(history, Stop)).Select(note => note.Text).ToList();
        Assert.Equal([SignedNote.Parted(before).Single().Text, SignedNote.Parse(await LastAsync())!.Text], notes);
    }

    private static byte[] Seed(byte first) => [first, .. new byte[31]];

    /// <summary>The host's own key, as whoever runs it has it.</summary>
    private NoteSigner Signer() => Log.Keys.Keys(Association)[^1].Signer!;

    private static byte[][] OtherLeaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"other {i}"))))];

    /// <summary>Another history, signed by the key that is in force at its size.</summary>
    private SignedNote Forged(long size, byte[][] leaves) =>
        SignedNote.Sign(new Checkpoint(Key.Name, size, Trees.Root(leaves)).Text, LogKeys.InForce(Log.Keys.Keys(Association), size).Signer!);

    /// <summary>Shows another log, with tiles that lead to its root.</summary>
    private void Show(SignedNote checkpoint, byte[][] leaves)
    {
        _shown.Answer("checkpoint", Encoding.UTF8.GetBytes(checkpoint.ToString()));
        for (var tile = new Tile(0, 0); tile.WidthAt(leaves.Length) is > 0 and var width; tile = new Tile(0, tile.Index + 1))
        {
            byte[][] own = leaves[(int)(tile.Index * 256)..((int)(tile.Index * 256) + width)];
            _shown.Answer(tile.PathOf(width), [.. own.SelectMany(hash => hash)]);
        }

        var upper = Enumerable.Range(0, leaves.Length / 256).Select(i => Trees.Root(leaves.AsSpan(i * 256, 256))).ToList();
        if (upper.Count > 0)
            _shown.Answer(new Tile(1, 0).PathOf(upper.Count), [.. upper.SelectMany(hash => hash)]);
    }

    private async Task<string> ReadAsync(string path)
    {
        using var visitor = host.As(null);
        return await visitor.GetStringAsync(new Uri($"/api/{Host.Slug}/log/{path}", UriKind.Relative), Stop);
    }

    private async Task<int> HandInAsync(string note, Host? to = null)
    {
        using var visitor = (to ?? host).As(null);
        using var content = new StringContent(note, Encoding.UTF8, "text/plain");
        using var answer = await visitor.PostAsync(new Uri($"/api/{Host.Slug}/log/cosigned", UriKind.Relative), content, Stop);
        return (int)answer.StatusCode;
    }

    /// <summary>What a witness that stays ends with when it is told to stop as soon as it has said something: 0 where it would have looked again.</summary>
    private async Task<int> StaysAsync(string said)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var output = new StringWriter();
        await using var error = new Listener(text =>
        {
            if (text.Contains(said, StringComparison.Ordinal))
                stop.Cancel();
        });
        return await CommandLine.Make().Parse([.. Arguments(), "--every", "10000"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, stop.Token);
    }

    /// <summary>Tells of each line that is written.</summary>
    private sealed class Listener(Action<string> heard) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Task WriteLineAsync(string? value)
        {
            heard(value ?? "");
            return Task.CompletedTask;
        }
    }

    private Task<string> LastAsync() => File.ReadAllTextAsync(Path.Combine(_directory, "cosigned.txt"), Stop);

    private async Task<string> CopyAsync(string text)
    {
        Directory.CreateDirectory(_directory);
        var path = Path.Combine(_directory, "copy");
        await File.WriteAllTextAsync(path, text, Stop);
        return path;
    }

    private string[] Arguments(string? address = null, VerifierKey? key = null) =>
        ["witness", "--log", address ?? _shown.Address.AbsoluteUri, "--key", (key ?? Key).ToString(), "--dir", _directory];

    private async Task<(int Exit, string Output, string Error)> RunAsync(string? address = null, VerifierKey? key = null, string language = "en-GB", params string[] more)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.Make().Parse([.. Arguments(address, key), .. more])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, Stop);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Records events and waits until they are published; gives how many there are.</summary>
    private async Task<long> RecordAsync(int events)
    {
        var last = await host.RecordAsync(
            Host.Slug, new StreamId("chronicle"),
            [.. Enumerable.Range(0, events).Select(i => new ChronicleEntryRecorded(string.Create(CultureInfo.InvariantCulture, $"Fait {i}"), ChronicleTheme.Gathering))]);
        Assert.True(await host.App.Services.GetRequiredService<FollowerHost>().WaitForAsync(TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(20), ct: Stop));
        return await host.Log.TenantIndexAtAsync(Association, last, Stop);
    }
}
