using FsCheck;
using FsCheck.Fluent;
using Governance.EventStore.Log;
using Xunit;

namespace Governance.Tests.EventStore.Log;

public sealed class MerkleTreeTests
{
    // The test tree of Certificate Transparency: entries and roots by size, as its reference implementations publish them
    // (transparency-dev/merkle, testonly/constants.go).
    private static readonly string[] Entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly byte[][] Published = [.. Entries.Select(entry => MerkleTree.LeafHash(Convert.FromHexString(entry)))];

    private static readonly byte[][] Many = Trees.Leaves(700);

    private static readonly TileHashes ManyHashes = Trees.Hashes(Many);

    [Fact]
    public void The_published_tree_has_its_published_root_at_every_size()
    {
        var frontier = new TreeFrontier();
        Assert.Equal(Roots[0], Convert.ToHexStringLower(frontier.Root()));
        for (var size = 1; size <= Published.Length; size++)
        {
            frontier.Append(Published[size - 1]);
            Assert.Equal(Roots[size], Convert.ToHexStringLower(frontier.Root()));
        }
    }

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(0, 1, "")]
    public void The_published_tree_gives_its_published_inclusion_proofs(long index, int size, string published)
    {
        var proof = InclusionProof.Make(index, size, Trees.Hashes(Published));
        Assert.Equal(published, string.Join(' ', proof.Select(Convert.ToHexStringLower)));
        Assert.Equal(ProofCheck.Holds, InclusionProof.Check(Published[index], index, size, proof, Convert.FromHexString(Roots[size])));
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    public void The_published_tree_gives_its_published_consistency_proofs(int old, int size, string published)
    {
        var proof = ConsistencyProof.Make(old, size, Trees.Hashes(Published));
        Assert.Equal(published, string.Join(' ', proof.Select(Convert.ToHexStringLower)));
        Assert.Equal(ProofCheck.Holds, ConsistencyProof.Check(old, Convert.FromHexString(Roots[old]), size, Convert.FromHexString(Roots[size]), proof));
    }

    [Fact]
    public void A_frontier_has_the_root_of_the_definition_at_every_size_and_goes_on_from_its_tiles()
    {
        var (frontier, stored) = (new TreeFrontier(), new Dictionary<Tile, ReadOnlyMemory<byte>>());
        for (var size = 1; size <= Many.Length; size++)
        {
            frontier.Append(Many[size - 1]);
            Assert.Equal(Trees.Root(Many.AsSpan(0, size)), frontier.Root());
            foreach (var (tile, hashes) in frontier.Partial())
                stored[tile] = hashes;
            frontier = TreeFrontier.At(size, tile => stored[tile]);
        }
    }

    [Fact]
    public void A_tree_of_70000_leaves_has_the_tiles_that_the_specification_counts()
    {
        // C2SP tlog-tiles, partial tiles.
        var (_, tiles) = Trees.Grown(Trees.Leaves(70_000));
        int Count(int level, int width) => tiles.Count(t => t.Key.Level == level && t.Value.Length == width * MerkleTree.HashBytes);

        Assert.Equal([273, 1, 1, 1, 1], [Count(0, 256), Count(0, 112), Count(1, 256), Count(1, 17), Count(2, 1)]);
        Assert.Equal(277, tiles.Count);
        Assert.All(tiles, tile => Assert.Equal(tile.Value.Length, tile.Key.WidthAt(70_000) * MerkleTree.HashBytes));
    }

    [Fact]
    public void Every_inclusion_proof_is_that_of_the_definition_and_holds()
    {
        Prop.ForAll(Places.ToArbitrary(), place =>
        {
            var proof = InclusionProof.Make(place.Index, place.Size, ManyHashes);
            return proof.Select(Convert.ToHexString).SequenceEqual(Trees.Path(place.Index, Many.AsSpan(0, place.Size)).Select(Convert.ToHexString))
                && InclusionProof.Check(Many[place.Index], place.Index, place.Size, proof, Trees.Root(Many.AsSpan(0, place.Size))) == ProofCheck.Holds;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void No_inclusion_proof_holds_after_a_single_change()
    {
        Prop.ForAll(Changes(7).ToArbitrary(), change =>
        {
            var (place, bit, kind) = change;
            var (index, leaf, root) = ((long)place.Index, Many[place.Index], Trees.Root(Many.AsSpan(0, place.Size)));
            List<byte[]> proof = [.. InclusionProof.Make(index, place.Size, ManyHashes)];
            switch (kind)
            {
                case 0 when proof.Count > 0:
                    proof[bit % proof.Count] = Trees.Changed(proof[bit % proof.Count], bit);
                    break;
                case 1 when proof.Count > 0:
                    proof.RemoveAt(bit % proof.Count);
                    break;
                case 2:
                    proof.Insert(bit % (proof.Count + 1), root);
                    break;
                case 3 when proof.Count > 0:
                    proof[bit % proof.Count] = proof[bit % proof.Count][..31];
                    break;
                case 4:
                    leaf = Trees.Changed(leaf, bit);
                    break;
                case 5 when place.Size > 1:
                    index = (index + 1 + (bit % (place.Size - 1))) % place.Size;
                    break;
                default:
                    root = Trees.Changed(root, bit);
                    break;
            }

            return InclusionProof.Check(leaf, index, place.Size, proof, root) != ProofCheck.Holds;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Every_consistency_proof_is_that_of_the_definition_and_holds()
    {
        Prop.ForAll(Places.ToArbitrary(), place =>
        {
            var (old, size) = (place.Index + 1, place.Size);
            var proof = ConsistencyProof.Make(old, size, ManyHashes);
            return proof.Select(Convert.ToHexString).SequenceEqual(Trees.Proof(old, Many.AsSpan(0, size)).Select(Convert.ToHexString))
                && ConsistencyProof.Check(old, Trees.Root(Many.AsSpan(0, old)), size, Trees.Root(Many.AsSpan(0, size)), proof) == ProofCheck.Holds;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void No_consistency_proof_holds_after_a_single_change()
    {
        Prop.ForAll(Changes(6).ToArbitrary(), change =>
        {
            var (place, bit, kind) = change;
            var (old, size) = (place.Index + 1, place.Size);
            var (oldRoot, root) = (Trees.Root(Many.AsSpan(0, old)), Trees.Root(Many.AsSpan(0, size)));
            List<byte[]> proof = [.. ConsistencyProof.Make(old, size, ManyHashes)];
            switch (kind)
            {
                case 0 when proof.Count > 0:
                    proof[bit % proof.Count] = Trees.Changed(proof[bit % proof.Count], bit);
                    break;
                case 1 when proof.Count > 0:
                    proof.RemoveAt(bit % proof.Count);
                    break;
                case 2:
                    proof.Insert(bit % (proof.Count + 1), root);
                    break;
                case 3 when proof.Count > 0:
                    proof[bit % proof.Count] = [.. proof[bit % proof.Count], 0];
                    break;
                case 4:
                    oldRoot = Trees.Changed(oldRoot, bit);
                    break;
                default:
                    root = Trees.Changed(root, bit);
                    break;
            }

            return ConsistencyProof.Check(old, oldRoot, size, root, proof) != ProofCheck.Holds;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_proof_that_is_malformed_is_refused_with_its_reason()
    {
        var (root, old) = (Trees.Root(Many.AsSpan(0, 8)), Trees.Root(Many.AsSpan(0, 6)));
        var (inclusion, consistency) = (InclusionProof.Make(2, 8, ManyHashes), ConsistencyProof.Make(6, 8, ManyHashes));

        Assert.Equal(ProofCheck.IndexBeyondSize, InclusionProof.Check(Many[2], 8, 8, inclusion, root));
        Assert.Equal(ProofCheck.IndexBeyondSize, InclusionProof.Check(Many[2], -1, 8, inclusion, root));
        Assert.Equal(ProofCheck.IndexBeyondSize, InclusionProof.Check(Many[2], 0, 0, [], MerkleTree.EmptyRoot.Span));
        Assert.Equal(ProofCheck.HashesLeftOver, InclusionProof.Check(Many[2], 2, 8, [.. inclusion, root], root));
        Assert.Equal(ProofCheck.HashesMissing, InclusionProof.Check(Many[2], 2, 8, [.. inclusion.SkipLast(1)], root));
        Assert.Equal(ProofCheck.HashLength, InclusionProof.Check(Many[2], 2, 8, [inclusion[0], inclusion[1][..31], inclusion[2]], root));
        Assert.Equal(ProofCheck.HashLength, InclusionProof.Check(Many[2], 2, 8, inclusion, root.AsSpan(0, 31)));
        Assert.Equal(ProofCheck.OtherRoot, InclusionProof.Check(Many[2], 3, 8, inclusion, root));

        Assert.Equal(ProofCheck.OldSizeZero, ConsistencyProof.Check(0, MerkleTree.EmptyRoot.Span, 8, root, []));
        Assert.Equal(ProofCheck.SizesReversed, ConsistencyProof.Check(8, root, 6, old, consistency));
        Assert.Equal(ProofCheck.HashesLeftOver, ConsistencyProof.Check(6, old, 8, root, [.. consistency, root]));
        Assert.Equal(ProofCheck.HashesLeftOver, ConsistencyProof.Check(8, root, 8, root, [root]));
        Assert.Equal(ProofCheck.HashesMissing, ConsistencyProof.Check(6, old, 8, root, []));
        Assert.Equal(ProofCheck.HashesMissing, ConsistencyProof.Check(6, old, 8, root, [.. consistency.SkipLast(1)]));
        Assert.Equal(ProofCheck.HashLength, ConsistencyProof.Check(6, old, 8, root, [.. consistency.Skip(1), new byte[33]]));
        Assert.Equal(ProofCheck.OtherRoot, ConsistencyProof.Check(8, root, 8, old, []));
    }

    private static readonly Gen<(int Index, int Size)> Places =
        from size in Gen.Choose(1, Many.Length)
        from index in Gen.Choose(0, size - 1)
        select (index, size);

    private static Gen<((int Index, int Size) Place, int Bit, int Kind)> Changes(int kinds) =>
        from place in Places
        from bit in Gen.Choose(0, 255)
        from kind in Gen.Choose(0, kinds - 1)
        select (place, bit, kind);
}
