using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Governance.Tests.Api.Ballots;
using Governance.Tests.Api.Documents;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Proofs.Bundles;

/// <summary>An association that has voted a motion, a ranking and a secret motion, each to its result, and keeps two documents: its events as leaves.</summary>
public sealed class VotedHistory : IAsyncLifetime
{
    private readonly BallotRoom _room = new();

    /// <summary>The leaves of its log, from the first.</summary>
    public IReadOnlyList<byte[]> Leaves { get; private set; } = [];

    /// <summary>The content of a document that everybody of it reads; a second is about one person.</summary>
    public static byte[] Document { get; } = "Rapport d'activité"u8.ToArray();

    public Guid Association => _room.Host.Association.Value;

    public async ValueTask InitializeAsync()
    {
        await _room.InitializeAsync();
        var board = await _room.BoardAsync();
        var motion = await _room.OpenAsync(board);
        await VoteAsync(motion, board.Mine, Role.BoardMember, "for");
        await VoteAsync(motion, board.Members, Role.Member, "against");
        await _room.CastAsync(new(motion, board.Others[0].Mandate, Choice.For, board.Others[0].Person));
        await _room.ProclaimAsync(motion);

        var ranking = await _room.OpenAsync(board, "Priorités", contest: new { question = new { method = new { method = "schulze" }, options = new[] { "Accueil", "Données", "Formation" } } });
        foreach (var (mandate, person) in board.Others)
            await _room.CastAsync(new(ranking, mandate, Person: person, Paper: new Paper.Ranking([["Données"], ["Accueil", "Formation"]])));
        await _room.ProclaimAsync(ranking);

        var secret = await _room.OpenAsync(board, "À bulletins secrets", secret: true);
        await _room.PostAsync(Role.BoardMember, $"/{secret}/papers", new { elector = board.Mine.ToString(), choice = "for", code = "7K3M9QXT2FHD" });
        await _room.PostAsync(Role.Member, $"/{secret}/papers", new { elector = board.Members.ToString(), choice = "against", code = "8L4N9RYU3GJE" });
        await _room.ProclaimAsync(secret, secret: true);

        await FileAsync(Document, ("title", "Rapport"));
        await FileAsync("Lettre"u8.ToArray(), ("title", "Lettre"), ("about", _room.Host.Person(Role.Member).ToString()));
        var stop = TestContext.Current.CancellationToken;
        var events = await _room.Host.Log.ReadTenantPageAsync(Association.ToString("D"), 0, limit: 10_000, asStored: true, ct: stop);
        Leaves = [.. events.Select(EventEnvelope.Bytes)];
    }

    private async Task FileAsync(byte[] content, params (string Name, string Value)[] fields)
    {
        using var secretariat = _room.Host.As(Role.Secretariat);
        using var form = DocumentRoom.Form(content, "a.txt", [("kind", "annex"), ("audience.kind", "association"), .. fields]);
        (await secretariat.PostAsync(new Uri($"{DocumentRoom.Address}/documents", UriKind.Relative), form, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    /// <summary>A motion that takes votes still, with one cast: the id of its stream.</summary>
    public async Task<string> OpenAndVoteAsync()
    {
        var board = await _room.BoardAsync();
        var open = await _room.OpenAsync(board, "En cours");
        await VoteAsync(open, board.Mine, Role.BoardMember, "for");
        return Vote.Stream(open, board.Mine).Value;
    }

    /// <summary>The signed head of its log.</summary>
    public async Task<string> CheckpointAsync()
    {
        using var visitor = _room.Host.As(null);
        return await visitor.GetStringAsync(new Uri($"/api/{Host.Slug}/log/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    /// <summary>A witness that the association knows cosigns the head of its log and hands it in.</summary>
    public async Task CosignAsync(Cosigner witness)
    {
        var log = _room.Host.App.Services.GetRequiredService<TransparencyLog>();
        Assert.True(log.Witnesses.Register(Association.ToString("D"), witness.Key));
        var note = witness.Cosign(SignedNote.Parse(await CheckpointAsync())!, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal(HandedIn.Kept, await log.TakeAsync(Association.ToString("D"), note, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken));
    }

    /// <summary>An event as it is told to a role.</summary>
    public Task<string> ReadEventAsync(string id, Role role) => _room.ReadAsync(role, $"/api/{Host.Slug}/events/{id}");

    /// <summary>The bundle as whoever audits gets it, once the tree has taken in every event.</summary>
    /// <param name="kept">The size of a checkpoint that its reader has; null for none.</param>
    public async Task<Stream> DownloadAsync(CancellationToken ct, long? kept = null)
    {
        var last = await _room.Host.Log.LastPositionAsync(ct);
        Assert.True(await _room.Host.App.Services.GetRequiredService<FollowerHost>().WaitForAsync(TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(30), ct: ct));
        await _room.Host.ShownAsync(last);
        using var auditor = _room.Host.As(Role.Auditor);
        var asked = kept is { } size
            ? "?checkpoint=" + Uri.EscapeDataString((await _room.Host.App.Services.GetRequiredService<TransparencyLog>().CheckpointAsync(Association.ToString("D"), size, ct))!.ToString())
            : "";
        var bytes = await auditor.GetByteArrayAsync(new Uri($"/api/{Host.Slug}/evidence.zip{asked}", UriKind.Relative), ct);
        return new MemoryStream(bytes);
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private Task VoteAsync(BallotId ballot, MandateId elector, Role role, string choice) =>
        _room.PostAsync(role, $"/{ballot}/votes", new { elector = elector.ToString(), choice });
}
