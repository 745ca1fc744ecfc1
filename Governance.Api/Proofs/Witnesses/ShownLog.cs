using System.Net;
using System.Text;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Witnesses;

/// <summary>
/// A log as its host shows it to anybody over HTTP. Nothing that comes from there is believed: each answer has a bound and a time, and whoever reads it checks it.
/// </summary>
/// <param name="address">Of the log: <c>https://host/api/slug/log</c>.</param>
internal sealed class ShownLog(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "Cache-Control", "no-cache" }, { "User-Agent", "governance-witness" } },
    };

    /// <summary>A text below the address.</summary>
    /// <exception cref="InvalidDataException">It cannot be had; says why in a sentence.</exception>
    public async Task<string> TextAsync(string path, CancellationToken ct) => Encoding.UTF8.GetString(await BytesAsync(path, SignedNote.LongestText, ct));

    /// <summary>Tiles of the tree of a size, each as wide as it is there.</summary>
    /// <exception cref="InvalidDataException">One cannot be had, or has another width.</exception>
    public async Task<TileHashes> TilesAsync(IReadOnlyCollection<Tile> tiles, long size, CancellationToken ct)
    {
        var read = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        foreach (var tile in tiles)
        {
            var width = tile.WidthAt(size);
            var path = tile.PathOf(width);
            var hashes = await BytesAsync(path, width * MerkleTree.HashBytes, ct);
            if (hashes.Length != width * MerkleTree.HashBytes)
                throw new InvalidDataException(WitnessWording.Say("tile-length", path, hashes.Length, width * MerkleTree.HashBytes));
            read[tile] = hashes;
        }

        return new TileHashes(read);
    }

    /// <summary>Hands a cosigned checkpoint to the host of the log.</summary>
    /// <returns>What it answered; of what it says beside that nothing is read.</returns>
    /// <exception cref="InvalidDataException">It was not reached.</exception>
    public Task<HttpStatusCode> HandInAsync(SignedNote cosigned, CancellationToken ct) =>
        PatientlyAsync(
            Address("cosigned"),
            async (to, patience) =>
            {
                using var content = new StringContent(cosigned.ToString(), Encoding.UTF8, "text/plain");
                using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
                using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience);
                return answer.StatusCode;
            },
            ct);

    public void Dispose() => _client.Dispose();

    private Uri Address(string path) => new($"{address.AbsoluteUri.TrimEnd('/')}/{path}");

    private Task<byte[]> BytesAsync(string path, int most, CancellationToken ct) =>
        PatientlyAsync(
            Address(path),
            async (from, patience) =>
            {
                using var answer = await _client.GetAsync(from, HttpCompletionOption.ResponseHeadersRead, patience);
                if (answer.StatusCode != HttpStatusCode.OK)
                    throw new InvalidDataException(WitnessWording.Say("status", from, (int)answer.StatusCode));
                await using var stream = await answer.Content.ReadAsStreamAsync(patience);
                // One more than it may be: enough to know that it is too long.
                var bytes = new byte[most + 1];
                var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, patience);
                return length <= most ? bytes[..length] : throw new InvalidDataException(WitnessWording.Say("too-long", from, most));
            },
            ct);

    private static async Task<T> PatientlyAsync<T>(Uri address, Func<Uri, CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await ask(address, patience.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new InvalidDataException(WitnessWording.Say("unreachable", address, fault.Message), fault);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new InvalidDataException(WitnessWording.Say("too-slow", address, (int)Patience.TotalSeconds), fault);
        }
    }
}
