using System.Collections.Concurrent;
using System.Diagnostics;
using Governance.Api.Access;
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
    private const int SecretElectors = 500, SecretHostDiesAt = 120, SecretServerDiesAt = 280;
    private static readonly string[] Choices = ["for", "against", "abstain", "blank"];

    // Readable for the user that the server runs as, so that its data lies below and goes with it.
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-storm-{Guid.NewGuid():N}")).FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Every_vote_that_was_acknowledged_is_counted_once_although_the_host_and_the_server_were_killed_meanwhile()
    {
        // Given a ballot that twelve hundred electors vote in by their links, when the host that they vote at is killed, and later the server
        await using var server = await PrivatePostgres.StartAsync(Path.Combine(_directory, "postgresql"), Stop);
        await using var room = new BallotRoom { Host = new() { ConnectionString = server.ConnectionString } };
        await room.InitializeAsync();
        var board = await room.BoardAsync(Electors - 2);
        var ballot = await room.OpenAsync(board);
        var acknowledged = await StormAsync(
            room, server, board, ballot, HostDiesAt, ServerDiesAt,
            (hosts, secret, mandate, place) => hosts.VoteAsync($"/{ballot}/votes", secret, mandate.ToString(), new { elector = mandate.ToString(), choice = Choices[place % Choices.Length] }));

        // Then each of them is in the log and in the count once.
        foreach (var (mandate, place) in acknowledged)
            Assert.Equal(Choices[place % Choices.Length], Assert.IsType<VoteCast>(Assert.Single(await room.EventsAsync(Vote.Stream(ballot, mandate)))).Choice!.Value.ToString(), ignoreCase: true);
        await room.PostAsync(Role.Secretariat, $"/{ballot}/closing", new { });
        await room.PostAsync(Role.Secretariat, $"/{ballot}/count", new { });
        var counted = Assert.Single((await room.EventsAsync(Ballot.Stream(ballot))).OfType<BallotCounted>());
        Assert.Equal(Electors, counted.Papers);
        Assert.Equal(
            [(Choice.For, 300L), (Choice.Against, 300L), (Choice.Abstain, 300L), (Choice.Blank, 300L)],
            counted.Groups.Select(g => (g.Choice, g.Count)));
    }

    [Fact]
    public async Task Every_sealed_paper_that_was_acknowledged_comes_out_once_although_the_host_and_the_server_were_killed_meanwhile()
    {
        // Given a secret ballot that five hundred electors vote in by their links, when the host that they vote at is killed, and later the server
        await using var server = await PrivatePostgres.StartAsync(Path.Combine(_directory, "postgresql"), Stop);
        await using var room = new BallotRoom { Host = new() { ConnectionString = server.ConnectionString } };
        await room.InitializeAsync();
        var board = await room.BoardAsync(SecretElectors - 2);
        var ballot = await room.OpenAsync(board, secret: true);
        var acknowledged = await StormAsync(
            room, server, board, ballot, SecretHostDiesAt, SecretServerDiesAt,
            (hosts, secret, mandate, place) => hosts.VoteAsync(
                $"/{ballot}/papers", secret, mandate.ToString(), new { elector = mandate.ToString(), code = CodeOf(place), choice = Choices[place % Choices.Length] }));

        // Then each is signed for once, with a paper in the box for each signing and none beside them,
        foreach (var (mandate, _) in acknowledged)
            Assert.Equal(mandate, Assert.IsType<ElectorSigned>(Assert.Single(await room.EventsAsync(Signing.Stream(ballot, mandate)))).Elector);
        await using (var source = Npgsql.NpgsqlDataSource.Create(server.ConnectionString))
        await using (var boxed = source.CreateCommand("select count(*) from governance.sealed_paper where ballot = $1"))
        {
            boxed.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = ballot.Value });
            Assert.Equal((long)SecretElectors, await boxed.ExecuteScalarAsync(Stop));
        }

        // and they come out with what they said, each once, and are counted.
        foreach (var act in new[] { "closing", "publication", "count", "result" })
            await room.PostAsync(Role.Secretariat, $"/{ballot}/{act}", new { });
        var events = await room.EventsAsync(Ballot.Stream(ballot));
        Assert.Equal(
            acknowledged.Values.Select(place => (CodeOf(place), Choices[place % Choices.Length])).Order(),
            events.OfType<PapersPublished>().SelectMany(p => p.Papers).Select(p => (p.Code, p.Choice!.Value.ToString().ToLowerInvariant())).Order());
        Assert.Equal(SecretElectors, Assert.Single(events.OfType<BallotCounted>()).Papers);
        Assert.Single(events.OfType<ResultProclaimed>());
    }

    private static string CodeOf(int place) => "7K3M9QXT" + string.Concat(Enumerable.Range(0, 4).Select(i => TrackingCode.Signs[(place >> (5 * i)) & 31]));

    /// <summary>Everybody on the roll votes by a link, many at once; the host is killed and started again, and later PostgreSQL.</summary>
    /// <param name="vote">Casts the vote of an elector, who has this place in the queue; false when nobody knows whether it is cast.</param>
    /// <returns>The votes that were acknowledged: everybody's.</returns>
    private static async Task<IReadOnlyDictionary<MandateId, int>> StormAsync(
        BallotRoom room, PrivatePostgres server, Board board, BallotId ballot, int hostDiesAt, int serverDiesAt, Func<VotingHosts, string, MandateId, int, Task<bool>> vote)
    {
        var links = (await room.PostAsync(Role.Secretariat, $"/{ballot}/voting-links", new { })).GetProperty("links").EnumerateArray()
            .ToDictionary(l => PersonId.Of(l.GetProperty("person").GetGuid()), l => l.GetProperty("secret").GetString()!);
        var waiting = new ConcurrentQueue<(MandateId Mandate, string Secret, int Place)>(
        [
            .. board.Others.Append((board.Mine, room.Host.Person(Role.BoardMember))).Append((board.Members, room.Host.Person(Role.Member)))
                .Select((e, place) => (e.Item1, links[e.Item2], place)),
        ]);
        var electors = waiting.Count;
        var acknowledged = new ConcurrentDictionary<MandateId, int>();
        using var hosts = new VotingHosts(room.Host.DataDirectory, server.ConnectionString);
        await hosts.StartAsync();
        var killed = server.ServerProcessId!.Value;
        var deaths = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var elector))
            {
                // Whoever was not answered asks again, under the same key.
                if (!await vote(hosts, elector.Secret, elector.Mandate, elector.Place))
                    waiting.Enqueue(elector);
                else if (!acknowledged.TryAdd(elector.Mandate, elector.Place))
                    throw new InvalidOperationException("A vote was acknowledged to two callers.");
                else if (acknowledged.Count >= hostDiesAt && Interlocked.CompareExchange(ref deaths, 1, 0) == 0)
                    await hosts.KillAndStartAsync();
                else if (acknowledged.Count >= serverDiesAt && Interlocked.CompareExchange(ref deaths, 2, 1) == 1)
                    Process.GetProcessById(killed).Kill();
            }
        })));

        Assert.Equal(2, deaths);
        Assert.NotEqual(killed, server.ServerProcessId);
        Assert.Equal(electors, acknowledged.Count);
        return acknowledged;
    }
}
