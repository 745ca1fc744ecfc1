using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Governance.Tests.Proofs.Witnesses;

/// <summary>Stands before a host as somebody who shows its log otherwise than it is: some addresses answer what the test says, all others what the host does.</summary>
internal sealed class AlteredLog : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });
    private readonly ConcurrentDictionary<string, byte[]> _answers = new(StringComparer.Ordinal);
    private readonly Uri _behind;
    private readonly Task _serving;
    private TaskCompletionSource? _stall;

    /// <param name="behind">Of the log: <c>http://host/api/slug/log</c>.</param>
    public AlteredLog(Uri behind)
    {
        _behind = behind;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Paths below the log that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What a path answers from now on.</summary>
    public void Answer(string path, byte[] bytes) => _answers[path] = bytes;

    /// <summary>All paths answer what the host does again.</summary>
    public void Honest() => _answers.Clear();

    /// <summary>No tile is answered any more; ends when one is asked for.</summary>
    public Task StallAtTiles() => (_stall = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // A client that went, or the end.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath.TrimStart('/');
        Asked.Enqueue(path);
        if (_stall is { } stall && path.StartsWith("tile/", StringComparison.Ordinal))
        {
            stall.TrySetResult();
            return;
        }

        if (!_answers.TryGetValue(path, out var bytes))
        {
            using var asked = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), new Uri($"{_behind}/{path}"));
            if (context.Request.HasEntityBody)
                asked.Content = new StreamContent(context.Request.InputStream);
            using var answer = await _client.SendAsync(asked);
            context.Response.StatusCode = (int)answer.StatusCode;
            bytes = await answer.Content.ReadAsByteArrayAsync();
        }

        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }
}
