using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Domain.Kernel;
using Governance.EventStore.Log;
using Governance.Tests.EventStore.Log;

namespace Governance.Tests.Proofs;

/// <summary>
/// An evidence bundle as the format says it, small, to be tampered with: it is signed first, and whatever is changed afterwards is changed behind the
/// signature's back, with a manifest that hides it.
/// </summary>
internal sealed class EvidenceBundle
{
    public const int EventsPerFile = 10;

    private readonly NoteSigner _signer;

    private EvidenceBundle(IEnumerable<JsonObject> events, NoteSigner? signer)
    {
        Events = [.. events];
        _signer = signer ?? Signer(1);
        Keys = $"{_signer.Key}\n";
        Sign(_signer);
    }

    public static string Association { get; } = "0b0f2a53-5a3f-4d0e-9c64-6a1f2f2b9d01";

    public static string Origin { get; } = $"governance/{Association}";

    /// <summary>The events, from the first; their canonical form is what is written.</summary>
    public List<JsonObject> Events { get; }

    /// <summary>Files beside those of the events, by name.</summary>
    public Dictionary<string, string> Texts { get; } = new() { ["README.txt"] = "À lire.\n" };

    public string Keys { get; set; }

    /// <summary>What is done to the files once the manifest names them.</summary>
    public Action<Dictionary<string, byte[]>>? Afterwards { get; set; }

    /// <summary>A key by its number.</summary>
    public static NoteSigner Signer(byte number, string? name = null) => new(name ?? Origin, [.. Enumerable.Repeat(number, 32)]);

    /// <summary>Events of which nothing is said.</summary>
    public static EvidenceBundle Plain(int count, NoteSigner? signer = null) => new(
        Enumerable.Range(0, count).Select(i => Envelope(i, $"thing:{i / 2}", (i % 2) + 1, "thing_happened", new JsonObject { ["word"] = $"« {i} »\n" }, "2024-01-01T00:00:00.000000Z")), signer);

    /// <summary>The events of a story, as they would be stored.</summary>
    public static EvidenceBundle Of(IReadOnlyList<Recorded> log) => new(log.Select((e, i) => Envelope(
        i, e.Stream.Value, e.Version, EventCatalogue.All.Name(e.Event), JsonNode.Parse(EventCatalogue.All.Write(e.Event))!.AsObject(), Instant(e.On.Instant), e.Id.ToString())), null);

    /// <summary>The first event of a type.</summary>
    public JsonObject First(string type) => Events.First(e => (string?)e["type"] == type);

    /// <summary>The events that are there get the indexes of their places, as somebody would who hides what was done.</summary>
    public EvidenceBundle Renumbered()
    {
        for (var i = 0; i < Events.Count; i++)
            Events[i]["index"] = i + 1;
        return this;
    }

    /// <summary>Signs the events as they are now.</summary>
    public EvidenceBundle Sign(NoteSigner signer, int? size = null, string? origin = null)
    {
        Texts["checkpoint.txt"] = CheckpointAt(size ?? Events.Count, signer, origin);
        return this;
    }

    public EvidenceBundle SignAgain() => Sign(_signer);

    /// <summary>Encloses an earlier checkpoint with its proof.</summary>
    public EvidenceBundle Earlier(int size)
    {
        Texts[$"earlier/{size:D6}.txt"] = CheckpointAt(size);
        Proof(size, [.. Trees.Proof(size, Leaves())]);
        return this;
    }

    public void Proof(int size, byte[][] hashes) => Texts[$"earlier/{size:D6}.json"] = JsonSerializer.Serialize(
        new { from = size, to = Events.Count, hashes = hashes.Select(Convert.ToBase64String) });

    public byte[][] ProofOf(int size) => [.. Trees.Proof(size, Leaves())];

    /// <summary>A signed checkpoint of the first events.</summary>
    public string CheckpointAt(int size, NoteSigner? signer = null, string? origin = null) =>
        SignedNote.Sign(new Checkpoint(origin ?? Origin, size, Trees.Root(Leaves().AsSpan(0, size))).Text, signer ?? _signer).ToString();

    /// <summary>Keeps the events from a place on, of which the hashes alone are told, and signs what is left.</summary>
    public EvidenceBundle HoldBackFrom(int at)
    {
        Texts["held-back.txt"] = string.Concat(Leaves().Skip(at).Select(hash => Convert.ToBase64String(hash) + "\n"));
        Events.RemoveRange(at, Events.Count - at);
        return SignAgain();
    }

    /// <summary>A checkpoint that a witness cosigned.</summary>
    public string CosignedAt(int size, Cosigner witness, long at = 1_700_000_000) => witness.Cosign(SignedNote.Parse(CheckpointAt(size))!, at).ToString();

    public byte[] Zip()
    {
        var files = Texts.ToDictionary(t => t.Key, t => Encoding.UTF8.GetBytes(t.Value));
        files["keys.txt"] = Encoding.UTF8.GetBytes(Keys);
        foreach (var (number, part) in Events.Chunk(EventsPerFile).Index())
            files[$"events/{number + 1:D6}.jsonl"] = [.. part.SelectMany(e => (byte[])[.. Line(e), (byte)'\n'])];
        files["manifest.json"] = JsonSerializer.SerializeToUtf8Bytes(new
        {
            format = "governance-bundle/1",
            association = Association,
            origin = Origin,
            name = "Association d’essai",
            size = Events.Count,
            first = 1,
            last = Events.Count,
            made = "2026-11-27T02:00:00.000000Z",
            eventsPerFile = EventsPerFile,
            files = files.ToDictionary(f => f.Key, f => new { bytes = f.Value.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(f.Value)) }),
        });
        Afterwards?.Invoke(files);
        return Archive(files);
    }

    private static byte[] Archive(Dictionary<string, byte[]> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static JsonObject Envelope(int at, string stream, long version, string type, JsonObject data, string effective, string? id = null) => new()
    {
        ["association"] = Association,
        ["index"] = at + 1,
        ["stream"] = stream,
        ["version"] = version,
        ["id"] = id ?? $"00000000-0000-4000-8000-{at + 1:x12}",
        ["type"] = type,
        ["recorded"] = Instant(new DateTimeOffset(2024, 4, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(at)),
        ["headers"] = new JsonObject { ["effective"] = effective, ["precision"] = "instant", ["actor"] = "system", ["command"] = "Test" },
        ["data"] = data,
    };

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Line(JsonObject e) => CanonicalJson.Of(Encoding.UTF8.GetBytes(e.ToJsonString()));

    private byte[][] Leaves() => [.. Events.Select(e => MerkleTree.LeafHash(Line(e)))];
}
