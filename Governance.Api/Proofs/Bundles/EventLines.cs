using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Governance.Api.Proofs.Bundles;

/// <summary>The lines of a file of events, and the file's length and hash once all were read.</summary>
internal sealed class EventLines(Stream file) : IDisposable
{
    /// <summary>The longest line that is read: no event is as long.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Bytes { get; private set; }

    /// <summary>True when the last line has no end, or one is longer than <see cref="Longest"/>.</summary>
    public bool Broken { get; private set; }

    /// <summary>The lines without their ends.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 256 * 1024));
        while (true)
        {
            var read = await pipe.ReadAsync(ct);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var after = buffer.GetPosition(1, end);
                var line = buffer.Slice(0, after).ToArray();
                _hash.AppendData(line);
                Bytes += line.Length;
                buffer = buffer.Slice(after);
                yield return line.AsMemory(0, line.Length - 1);
            }

            if (buffer.Length > Longest || (read.IsCompleted && buffer.Length > 0))
            {
                Broken = true;
                yield break;
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                yield break;
        }
    }

    /// <summary>SHA-256 of what was read, lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
