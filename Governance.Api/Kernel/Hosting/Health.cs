using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Http;
using Governance.Api.Mail;
using Governance.EventStore.Following;
using Npgsql;

namespace Governance.Api.Kernel.Hosting;

/// <summary>Whether the host lives, and whether it can do its work.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Behind">Events not yet followed.</param>
    /// <param name="Parked">Associations that it no longer follows, each since a position of the log.</param>
    public sealed record FollowerHealth(string Name, long Behind, bool RunsHere, IReadOnlyList<ParkedHealth> Parked);

    /// <param name="TriedAgain">True where nothing is to be mended: it is set aside for a while, as while a history is imported, or is about to be tried again.</param>
    public sealed record ParkedHealth(string Association, long Position, DateTimeOffset Since, bool TriedAgain);

    /// <summary>A ballot that is due and that the clock could not close, or whose papers do not come out of the box, with the reason in the log.</summary>
    public sealed record BallotHealth(string Association, string Ballot, DateTimeOffset Since);

    /// <summary>Mail that waits in the outbox; what went wrong last is a code.</summary>
    /// <param name="Configured">False where no server is named, and nothing is sent.</param>
    public sealed record MailHealth(bool Configured, int Depth, DateTimeOffset? Oldest, string? LastError, DateTimeOffset? LastErrorAt);

    /// <param name="Status"><c>ready</c>, <c>degraded</c> (an association is parked, or a ballot cannot be closed) or <c>unavailable</c>.</param>
    public sealed record Readiness(string Status, bool Database, IReadOnlyList<FollowerHealth> Followers, IReadOnlyList<BallotHealth> Ballots, MailHealth? Mail);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", [HttpMethods.Get, HttpMethods.Post], () => Results.Text("live")).RequirePermission(Permission.Public).WithName("Live").ExcludeFromDescription();
        app.MapRead("/health/ready", async (NpgsqlDataSource database, FollowerHost followers, BallotDeadlines deadlines, PaperPublication publication, OutboxFollowerHost mail, LateFactsHost late, Outbox outbox,
                SmtpRelay relay, CancellationToken ct) =>
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(Patience);
                try
                {
                    await using var command = database.CreateCommand("select 1");
                    await command.ExecuteScalarAsync(patience.Token);
                    FollowerStatus[] states = [.. await followers.StatusAsync(patience.Token), .. await mail.Following.StatusAsync(patience.Token), .. await late.Following.StatusAsync(patience.Token)];
                    var depth = await outbox.DepthAsync(patience.Token);
                    var stuck = deadlines.Stuck.Concat(publication.Stuck).DistinctBy(b => b.Key).ToList();
                    var readiness = new Readiness(
                        states.Any(s => s.Parked.Any(p => !p.RetryAsked)) || stuck.Count > 0 ? "degraded" : "ready",
                        true,
                        [.. states.Select(s => new FollowerHealth(
                            s.Name, s.Behind, s.RunsHere, [.. s.Parked.Select(p => new ParkedHealth(p.Tenant, p.Position, p.ParkedAt, p.RetryAsked))]))],
                        [.. stuck.Select(b => new BallotHealth(b.Key.Association.ToString(), b.Key.Ballot.ToString(), b.Value))],
                        new(relay.Settings is not null, depth.Depth, depth.Oldest, depth.Fault, depth.FaultAt));
                    return Results.Json(readiness);
                }
                catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or TimeoutException && !ct.IsCancellationRequested)
                {
                    return Results.Json(new Readiness("unavailable", false, [], [], null), statusCode: StatusCodes.Status503ServiceUnavailable);
                }
            })
            .RequirePermission(Permission.Public).WithName("Ready").ExcludeFromDescription();
    }
}
