using System.Net;
using System.Net.Sockets;

namespace Governance.Tests.EventStore;

/// <summary>Stands between a host and its server, and can lose what the server answers: the host is cut off after its commit was asked for and made.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _answersToLose;

    public LossyProxy(string serverSocket)
    {
        _socket = serverSocket;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int AnswersLost { get; private set; }

    /// <summary>The next answers, one for each connection that receives one, are dropped and their connections closed.</summary>
    public void LoseAnswers(int count) => Interlocked.Exchange(ref _answersToLose, count);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket), _stopping.Token);
            var sending = PumpAsync(client.Client, server, answers: false);
            await PumpAsync(server, client.Client, answers: true);
            client.Client.Close();
            server.Close();
            await sending;
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer, _stopping.Token)) > 0;)
            {
                if (answers && Interlocked.Decrement(ref _answersToLose) >= 0)
                {
                    AnswersLost++;
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, count), _stopping.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either end is gone: so is the connection.
        }
    }
}
