using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Governance.Projections.Runtime;

/// <summary>Reads a sequence on a thread of its own, in parts, while what was read before is worked on.</summary>
internal static class ReadAhead
{
    private const int PartSize = 512;
    private const int Parts = 4;

    /// <summary>The sequence in its order, in parts; what breaks the reading is thrown after the last part read whole.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> InPartsAsync<T>(IAsyncEnumerable<T> sequence, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var parts = Channel.CreateBounded<IReadOnlyList<T>>(new BoundedChannelOptions(Parts) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(sequence, parts.Writer, abandon.Token), CancellationToken.None);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(ct).ConfigureAwait(false))
                yield return part;
            await reading.ConfigureAwait(false);
        }
        finally
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> sequence, ChannelWriter<IReadOnlyList<T>> parts, CancellationToken ct)
    {
        try
        {
            var part = new List<T>(PartSize);
            await foreach (var one in sequence.WithCancellation(ct).ConfigureAwait(false))
            {
                part.Add(one);
                if (part.Count < PartSize)
                    continue;
                await parts.WriteAsync(part, ct).ConfigureAwait(false);
                part = new List<T>(PartSize);
            }

            if (part.Count > 0)
                await parts.WriteAsync(part, ct).ConfigureAwait(false);
        }
        finally
        {
            parts.Complete();
        }
    }
}
