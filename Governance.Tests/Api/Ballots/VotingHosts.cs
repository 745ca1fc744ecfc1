using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Governance.Api.Kernel.Hosting;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>A host in a process of its own, and the one that takes its place.</summary>
internal sealed class VotingHosts(string data, string connection) : IDisposable
{
    private Process? _process;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public HttpClient Client { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public async Task StartAsync()
    {
        var port = FreePort();
        var info = new ProcessStartInfo("dotnet", [typeof(GovernanceHost).Assembly.Location, "serve", "--data", data, "--urls", $"http://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true,
        };
        info.Environment["ConnectionStrings__Governance"] = connection;
        _process = Process.Start(info)!;
        while (await _process.StandardOutput.ReadLineAsync(Stop) is { } line && !line.EndsWith($":{port}", StringComparison.Ordinal))
        {
            // Its address comes last.
        }

        // Read on, so that it never waits for somebody to read what it says.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, Stop);
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public async Task KillAndStartAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(Stop);
        _process.Dispose();
        await StartAsync();
    }

    /// <summary>Ends once a host answers.</summary>
    public async Task AnswersAsync()
    {
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri(Address, "/health/live"), Stop);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Votes by a link.</summary>
    /// <param name="path">Below the ballots of the association.</param>
    /// <returns>Whether the vote was acknowledged; false says that nobody knows.</returns>
    public async Task<bool> VoteAsync(string path, string secret, string key, object body)
    {
        using var vote = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"/api/{Host.Slug}/ballots{path}")) { Content = JsonContent.Create(body) };
        vote.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        vote.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await Client.SendAsync(vote, Stop);
            // While the server is away the host says so, or fails: neither is an acknowledgement.
            return answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError)
                && (answer.StatusCode == HttpStatusCode.OK ? true : throw new InvalidOperationException($"A vote was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Stop)}"));
        }
        catch (HttpRequestException)
        {
            await AnswersAsync();
            return false;
        }
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
        Client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
