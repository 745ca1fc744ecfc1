using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.EventStore.Embedded;
using Xunit;

namespace Governance.Tests.Api.Ballots;

/// <summary>SIGKILL of the host, and of PostgreSQL itself, while everybody votes.</summary>
public sealed class StormTests : IDisposable
{
    private const int Electors = 1_200, AtOnce = 16, HostDiesAt = 300, ServerDiesAt = 700;
    private static readonly string[] Choices = ["for", "against", "abstain", "blank"];

    // Readable for the user that the server runs as, so that its data lies below and goes with it.
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-storm-{Guid.NewGuid():N}")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Every_vote_that_was_acknowledged_is_counted_once_although_the_host_and_the_server_were_killed_meanwhile()
    {
        // Given a ballot that twelve hundred electors vote in by their links
        await using var server = await PrivatePostgres.StartAsync(Path.Combine(_directory, "postgresql"), Stop);
        await using var room = new BallotRoom { Host = new() { ConnectionString = server.ConnectionString } };
        await room.InitializeAsync();
        var board = await room.BoardAsync(Electors - 2);
        var ballot = await room.OpenAsync(board);
        var links = (await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { })).GetProperty("links").EnumerateArray()
            .ToDictionary(l => PersonId.Of(l.GetProperty("person").GetGuid()), l => l.GetProperty("secret").GetString()!);
        var waiting = new ConcurrentQueue<(MandateId Mandate, string Secret, string Choice)>(
        [
            .. board.Others.Append((board.Mine, room.Host.Person(Role.BoardMember))).Append((board.Members, room.Host.Person(Role.Member)))
                .Select((e, i) => (e.Item1, links[e.Item2], Choices[i % Choices.Length])),
        ]);
        var acknowledged = new ConcurrentDictionary<MandateId, string>();

        // When the host that they vote at is killed, and later the server
        using var hosts = new Hosts(room.Host.DataDirectory, server.ConnectionString);
        await hosts.StartAsync();
        var killed = server.ServerProcessId!.Value;
        var deaths = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var elector))
            {
                // Whoever was not answered asks again, under the same key.
                if (!await VoteAsync(hosts, ballot, elector))
                    waiting.Enqueue(elector);
                else if (!acknowledged.TryAdd(elector.Mandate, elector.Choice))
                    throw new InvalidOperationException("A vote was acknowledged to two callers.");
                else if (acknowledged.Count >= HostDiesAt && Interlocked.CompareExchange(ref deaths, 1, 0) == 0)
                    await hosts.KillAndStartAsync();
                else if (acknowledged.Count >= ServerDiesAt && Interlocked.CompareExchange(ref deaths, 2, 1) == 1)
                    Process.GetProcessById(killed).Kill();
            }
        })));

        // Then each of them is in the log and in the count once.
        Assert.Equal(2, deaths);
        Assert.NotEqual(killed, server.ServerProcessId);
        Assert.Equal(Electors, acknowledged.Count);
        foreach (var (mandate, choice) in acknowledged)
            Assert.Equal(choice, Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, mandate)))).Choice!.Value.ToString(), ignoreCase: true);
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/count", new { });
        var counted = Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotCounted>());
        Assert.Equal(Electors, counted.Papers);
        Assert.Equal(
            [(Choice.For, 300L), (Choice.Against, 300L), (Choice.Abstain, 300L), (Choice.Blank, 300L)],
            counted.Groups.Select(g => (g.Choice, g.Count)));
    }

    /// <returns>Whether the vote was acknowledged; false says that nobody knows.</returns>
    private static async Task<bool> VoteAsync(Hosts hosts, BallotId ballot, (MandateId Mandate, string Secret, string Choice) elector)
    {
        using var vote = new HttpRequestMessage(HttpMethod.Post, new Uri(hosts.Address, $"/api/{Host.Slug}/ballots/{ballot}/votes"))
        {
            Content = JsonContent.Create(new { elector = elector.Mandate.ToString(), choice = elector.Choice }),
        };
        vote.Headers.Authorization = new AuthenticationHeaderValue("Bearer", elector.Secret);
        vote.Headers.Add("Idempotency-Key", elector.Mandate.ToString());
        try
        {
            using var answer = await hosts.Client.SendAsync(vote, Stop);
            // While the server is away the host says so, or fails: neither is an acknowledgement.
            return answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError)
                && (answer.StatusCode == HttpStatusCode.OK ? true : throw new InvalidOperationException($"A vote was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Stop)}"));
        }
        catch (HttpRequestException)
        {
            await hosts.AnswersAsync();
            return false;
        }
    }

    /// <summary>A host in a process of its own, and the one that takes its place.</summary>
    private sealed class Hosts(string data, string connection) : IDisposable
    {
        private Process? _process;

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
}
