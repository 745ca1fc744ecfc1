using System.Buffers.Binary;
using System.Text;
using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.EventStore.Log;

public sealed class CosignatureTests
{
    // A checkpoint of a public log as its witnesses cosigned it, and the public key of one of them.
    private const string PublishedKey = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    private const string PublishedNote =
        "arche2025h1.staging.ct.transparency.dev\n1432088532\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n\n"
        + "\u2014 witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==\n"
        + "\u2014 remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n";

    private static readonly byte[] Seed = [9, .. new byte[31]];

    [Fact]
    public void A_published_cosignature_is_read_and_verified()
    {
        var (key, note) = (WitnessKey.Parse(PublishedKey)!, SignedNote.Parse(PublishedNote)!);
        Assert.Equal(PublishedKey, key.ToString());
        Assert.Equal(0x6a122120, key.Cosigned(note));
        Assert.Null(key.Cosigned(note with { Text = note.Text.Replace("1432088532", "1432088533", StringComparison.Ordinal) }));
        Assert.Null(new Cosigner("remora.n621.de", Seed).Key.Cosigned(note));
    }

    // C2SP tlog-cosignature, "Format" and "Ed25519 signed message".
    [Fact]
    public void What_is_signed_and_how_it_is_written_is_to_the_byte_what_the_specification_says()
    {
        var checkpoint = new Checkpoint("example.com/behind-the-sofa", 20852163, Convert.FromBase64String("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="));
        var cosigner = new Cosigner("witness.example.com/w1", Seed);
        var log = new NoteSigner("example.com/behind-the-sofa", [1, .. new byte[31]]);
        var note = cosigner.Cosign(SignedNote.Sign(checkpoint.Text, log), 1679315147);

        var bytes = note.Signatures[1].Signature.ToArray();
        Assert.Equal(72, bytes.Length);
        Assert.Equal(1679315147UL, BinaryPrimitives.ReadUInt64BigEndian(bytes));
        var message = "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        Assert.Equal(Ed25519.Sign(Seed, Encoding.UTF8.GetBytes(message)), bytes[8..]);
        Assert.Equal(1679315147, cosigner.Key.Cosigned(SignedNote.Parse(note.ToString())!));
        Assert.True(note.IsSignedBy(log.Key));
    }

    [Fact]
    public void A_key_of_a_witness_is_none_of_a_log_and_signs_nothing_that_could_be_taken_for_a_log_s_word()
    {
        var cosigner = new Cosigner("log", Seed);
        var signer = new NoteSigner("log", Seed);
        Assert.Null(VerifierKey.Parse(cosigner.Key.ToString()));
        Assert.Null(WitnessKey.Parse(signer.Key.ToString()));
        Assert.NotEqual(signer.Key.Id, cosigner.Key.Id);
        var note = cosigner.Cosign(SignedNote.Sign("log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", new NoteSigner("other", [3, .. new byte[31]])), 1);
        Assert.False(note.IsSignedBy(signer.Key));
    }

    [Fact]
    public void A_witness_that_cosigns_again_replaces_its_own_line_and_a_changed_one_is_no_cosignature()
    {
        var cosigner = new Cosigner("w", Seed);
        var note = SignedNote.Sign("log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", new NoteSigner("log", [3, .. new byte[31]]));
        var again = cosigner.Cosign(cosigner.Cosign(note, 5), 8);
        Assert.Equal(2, again.Signatures.Count);
        Assert.Equal(8, cosigner.Key.Cosigned(again));
        for (var bit = 0; bit < 8 * Cosignature72; bit += 7)
        {
            var changed = again.Signatures[1] with { Signature = Trees.Changed(again.Signatures[1].Signature.ToArray(), bit) };
            Assert.Null(cosigner.Key.Cosigned(again with { Signatures = [again.Signatures[0], changed] }));
        }
    }

    private const int Cosignature72 = 72;
}
