using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.EventStore.Log;

public sealed class NoteTests
{
    // The example of C2SP signed-note, verifier keys.
    private const string SpecificationKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private const string SpecificationNote =
        "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    // The example in the documentation of golang.org/x/mod/sumdb/note, whose private key is public.
    private const string GoKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string GoPrivate = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private const string GoText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    private const string GoSignature = "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    // RFC 8032, section 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Keys_and_signatures_are_those_of_the_standard(string privateKey, string publicKey, string message, string signature)
    {
        var (key, text, signed) = (Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.Equal(key, Ed25519.PublicKeyOf(Convert.FromHexString(privateKey)));
        Assert.Equal(signed, Ed25519.Sign(Convert.FromHexString(privateKey), text));
        Assert.True(Ed25519.Verify(key, text, signed));
        for (var bit = 0; bit < 8 * Ed25519.SignatureBytes; bit++)
            Assert.False(Ed25519.Verify(key, text, Trees.Changed(signed, bit)));
        Assert.False(Ed25519.Verify(key, [.. text, 0], signed));
        Assert.False(Ed25519.Verify(Trees.Changed(key, 3), text, signed));
        Assert.False(Ed25519.Verify(key, text, signed[..63]));
        Assert.False(Ed25519.Verify(key[..31], text, signed));
    }

    [Theory]
    [InlineData(SpecificationKey, SpecificationNote)]
    [InlineData(GoKey, GoText + "\n" + GoSignature)]
    public void A_published_note_is_read_and_verified(string published, string text)
    {
        var (key, note) = (VerifierKey.Parse(published)!, SignedNote.Parse(text)!);
        Assert.Equal(published, key.ToString());
        Assert.Equal(text, note.ToString());
        Assert.True(note.IsSignedBy(key));
        Assert.False((note with { Text = note.Text.Replace('e', 'a') }).IsSignedBy(key));
        Assert.False(note.IsSignedBy(VerifierKey.Parse(published == GoKey ? SpecificationKey : GoKey)!));
    }

    [Fact]
    public void A_published_private_key_signs_the_published_note()
    {
        var signer = new NoteSigner("PeterNeumann", Convert.FromBase64String(GoPrivate)[1..]);
        Assert.Equal(GoKey, signer.Key.ToString());
        Assert.Equal(GoText + "\n" + GoSignature, SignedNote.Sign(GoText, signer).ToString());
    }

    [Fact]
    public void A_note_with_two_signatures_is_signed_by_both_and_one_that_is_wrong_spoils_its_own_only()
    {
        var (old, next) = (new NoteSigner("log", Seed(1)), new NoteSigner("log", Seed(2)));
        var note = SignedNote.Parse(SignedNote.Sign("one\n\ntwo\n", old, next).ToString())!;
        Assert.Equal("one\n\ntwo\n", note.Text);
        Assert.True(note.IsSignedBy(old.Key) && note.IsSignedBy(next.Key));
        Assert.False(note.IsSignedBy(new NoteSigner("other", Seed(1)).Key));

        var spoilt = note with { Signatures = [note.Signatures[0], note.Signatures[1] with { Signature = Trees.Changed(note.Signatures[1].Signature.ToArray(), 5) }] };
        Assert.True(spoilt.IsSignedBy(old.Key));
        Assert.False(spoilt.IsSignedBy(next.Key));
        Assert.False((note with { Signatures = [note.Signatures[0], .. spoilt.Signatures] }).IsSignedBy(next.Key));
    }

    [Theory]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 log AAAAAAA=")]
    [InlineData("text\n\n\u2014 log\n")]
    [InlineData("text\n\n\u2014 log  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 l+g AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 log AAAAAA==\n")]
    [InlineData("text\n\n\u2014 log AAAAAAB=\n")]
    [InlineData("text\n\n- log AAAAAAA=\n")]
    [InlineData("te\rxt\n\n\u2014 log AAAAAAA=\n")]
    public void What_is_not_written_as_a_note_is_none(string text) => Assert.Null(SignedNote.Parse(text));

    [Theory]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo")]
    public void What_is_not_written_as_a_key_is_none(string text) => Assert.Null(VerifierKey.Parse(text));

    // C2SP tlog-checkpoint: the example.
    [Fact]
    public void A_published_checkpoint_is_read_and_written_back()
    {
        const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        var note = SignedNote.Parse(
            Text + "\n\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n")!;
        var checkpoint = Checkpoint.Parse(note.Text)!;
        Assert.Equal(("example.com/behind-the-sofa", 20852163), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Text, checkpoint.Text);
        Assert.Equal(checkpoint, Checkpoint.Parse(Text + "an extension\n"));
    }

    [Theory]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1 \nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nmore\n")]
    [InlineData("log\n1\n")]
    public void What_is_not_written_as_a_checkpoint_is_none(string text) => Assert.Null(Checkpoint.Parse(text));

    [Fact]
    public void A_proof_that_is_kept_is_read_back_and_proves_its_leaf_and_no_other()
    {
        var leaves = Trees.Leaves(300);
        var signer = new NoteSigner("governance/test", Seed(7));
        var checkpoint = new Checkpoint("governance/test", 300, Trees.Root(leaves));
        var text = new TlogProof(260, InclusionProof.Make(260, 300, Trees.Hashes(leaves)), SignedNote.Sign(checkpoint.Text, signer)).ToString();

        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 260\n", text, StringComparison.Ordinal);
        var read = TlogProof.Parse(text)!;
        Assert.Equal(text, read.ToString());
        Assert.Equal(ProofCheck.Holds, read.Check(leaves[260], signer.Key));
        Assert.Equal(ProofCheck.OtherRoot, read.Check(leaves[261], signer.Key));
        Assert.Null(read.Check(leaves[260], new NoteSigner("governance/test", Seed(8)).Key));
        Assert.Equal(ProofCheck.Holds, TlogProof.Parse(text.Replace("@v1\n", "@v1\nextra AAAA\n", StringComparison.Ordinal))!.Check(leaves[260], signer.Key));
        Assert.Null(TlogProof.Parse(text.Replace("index 260", "index 0260", StringComparison.Ordinal)));
        Assert.Null(TlogProof.Parse(text.Replace("@v1", "@v2", StringComparison.Ordinal)));
        Assert.Null(TlogProof.Parse(text.Replace("=\n", "\n", StringComparison.Ordinal)));
    }

    private static byte[] Seed(byte first) => [first, .. new byte[31]];
}
