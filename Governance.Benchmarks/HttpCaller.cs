using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Governance.Benchmarks;

/// <summary>
/// One connection that speaks HTTP/1.1 with as little work of its own as can be: a generator that shares its processor with what it measures must leave
/// most of it to that.
/// </summary>
internal sealed class HttpCaller : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[32 * 1024];

    private HttpCaller(Socket socket) => _socket = socket;

    public static async Task<HttpCaller> ConnectAsync(IPEndPoint host)
    {
        var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host);
        return new HttpCaller(socket);
    }

    /// <summary>The bytes of a POST of JSON.</summary>
    public static byte[] Post(string path, string body, params ReadOnlySpan<string> headers)
    {
        var head = new StringBuilder("POST ").Append(path).Append(" HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        if (body.Length > 0)
            head.Append("Content-Type: application/json\r\n");
        head.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n\r\n").Append(body);
        return Encoding.UTF8.GetBytes(head.ToString());
    }

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <returns>The status of the answer.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request, SocketFlags.None);
        var length = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), SocketFlags.None);
            if (received == 0)
                throw new IOException("The host closed the connection.");
            length += received;
            if (StatusOf(_buffer.AsSpan(0, length)) is { } status)
                return status;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The status of an answer, null while it is not whole.</summary>
    private static int? StatusOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return null;
        var body = answer[(head + 4)..];
        var length = answer[..head].IndexOf("Content-Length: "u8);
        var whole = length >= 0
            ? Utf8Parser.TryParse(answer[(length + 16)..head], out int bytes, out _) && body.Length >= bytes
            : body.EndsWith("0\r\n\r\n"u8);
        return whole && Utf8Parser.TryParse(answer.Slice(9, 3), out int status, out _) ? status : null;
    }
}
