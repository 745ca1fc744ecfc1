using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.EventStore;
using Governance.EventStore.Following;
using Governance.Projections.Runtime;
using Npgsql;

namespace Governance.Api.Ballots;

/// <summary>
/// After each fact on a body, a college, a member or the statutes that holds from before a ballot opened, and was recorded after: asks whether the ballot would have
/// opened on another roll or under other rules; and after the annulment of a ballot, of its second round. The decision is the domain's; the key, made of the event and the ballot, has it recorded once.
/// An association that a history is being imported into is set aside until the import has ended: an irregularity of today would come between two of its entries.
/// </summary>
public sealed class LateFacts(EventLog log, EventCatalogue catalogue, CommandRunner runner, ImportsUnderWay imports, TimeProvider time) : Follower
{
    private sealed record Opening(BallotId Ballot, long Position, EffectiveTime On);

    /// <summary>Each event asks a command of every ballot opened before it, inside the transaction of its batch: few at a time.</summary>
    public override int BatchSize => 200;

    /// <summary>Its number went up when it began to hear annulments: those of before are then looked at too. What was raised already is not raised again.</summary>
    public override string Name => "late_facts_2";

    public override bool Concerns(string stream) => new StreamId(stream).Kind is "statutes" or "body" or OfMember or OfBallot;

    private const string OfMember = "member";

    private const string OfBallot = "ballot";

    public override async ValueTask HandleAsync(
        IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        foreach (var ofTenant in batch.Where(MayChangeAnOpening).GroupBy(e => e.Tenant, StringComparer.Ordinal))
        {
            var openings = await OpeningsAsync(ofTenant.Key, ct);
            if (openings.Count == 0)
                continue;
            var zone = await ZoneAsync(ofTenant.Key, ct);
            foreach (var late in ofTenant)
            {
                var round = late.Type == Annulled ? await SecondRoundAsync(late, ct) : null;
                var from = EventHeaders.Read(late.Headers.Span).On;
                // What takes a fact back holds from when that fact did, so it is asked of every ballot opened before; an annulment concerns the second round alone.
                foreach (var opening in openings.Where(o => o.Position < late.Position && (late.Type == Annulled ? o.Ballot == round : late.Type == Retracted || from <= o.On)))
                {
                    await AskAsync(AssociationId.Of(Guid.Parse(late.Tenant)), opening.Ballot, EventId.Of(late.Id), zone, ct);
                    // What is recorded is recorded elsewhere: the server ends a session whose transaction has been idle for long.
                    await using var stillHere = new NpgsqlCommand("select 1", connection, transaction);
                    await stillHere.ExecuteNonQueryAsync(ct);
                }
            }
        }
    }

    // It writes through commands, whose keys make a second time harmless.
    public override ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) => ValueTask.CompletedTask;

    private static readonly string Retracted = EventCatalogue.NameOf(typeof(FactRetracted));

    private static readonly string Annulled = EventCatalogue.NameOf(typeof(BallotAnnulled));

    // What a member is called changes no roll.
    private static readonly HashSet<string> OfMembers =
        [.. MemberEvents.Types.Except([typeof(MemberRenamed)]).Select(EventCatalogue.NameOf), EventCatalogue.NameOf(typeof(FactRetracted))];

    private bool MayChangeAnOpening(StoredEvent e) =>
        Concerns(e.Stream) && new StreamId(e.Stream).Kind switch { OfMember => OfMembers.Contains(e.Type), OfBallot => e.Type == Annulled, _ => true };

    // The second round that a ballot had when it was annulled; null for none.
    private async Task<BallotId?> SecondRoundAsync(StoredEvent annulled, CancellationToken ct) =>
        (await log.ReadStreamAsync(annulled.Tenant, annulled.Stream, ct: ct)).Select(catalogue.Recorded).Select(e => e.Event).OfType<SecondRoundPut>().LastOrDefault()?.Round;

    // Asked of the log each time, and without the rolls: nothing is kept, however many ballots there have been.
    private async Task<List<Opening>> OpeningsAsync(string tenant, CancellationToken ct) =>
    [
        .. (await log.ListEventsAsync(tenant, "ballot", EventCatalogue.NameOf(typeof(BallotOpened)), ct))
            .Select(e => new Opening(new BallotId(new StreamId(e.Stream).Thing()), e.Position, EventHeaders.Read(e.Headers.Span).On)),
    ];

    private async Task<TimeZoneInfo> ZoneAsync(string tenant, CancellationToken ct) =>
        (await log.ReadStreamAsync(tenant, Association.Stream.Value, ct: ct)).Select(catalogue.Recorded).Select(e => e.Event).OfType<AssociationFounded>().FirstOrDefault()
            is { } founded ? TimeZoneInfo.FindSystemTimeZoneById(founded.TimeZone) : TimeZoneInfo.Utc;

    private async Task AskAsync(AssociationId association, BallotId ballot, EventId late, TimeZoneInfo zone, CancellationToken ct)
    {
        await using var turn = await imports.TurnAsync(association, ct) ?? throw new SetAsideException("A history is being imported.");
        var result = await runner.RunAsync(
            BallotUseCases.Raise,
            new RaiseIrregularityRequest(ballot, late),
            // The days of grace and of seniority are the association's.
            CommandContext.OfSystem(association, $"irregularity {ballot} {late}", time) with { Zone = zone, CausationId = late.ToString() },
            ct);
        if (result is CommandResult.Contended or CommandResult.Unavailable)
            throw new SetAsideException($"Whether {late} changes {ballot} could not be recorded: {result}.");
    }
}

/// <summary>Runs <see cref="LateFacts"/> beside the read models, which do not wait for it.</summary>
public sealed class LateFactsHost(NpgsqlDataSource database, EventLog log, EventCatalogue catalogue, CommandRunner runner, ImportsUnderWay imports, TimeProvider time, ILogger<LateFacts> logger)
    : FollowingBeside(database, log, new LateFacts(log, catalogue, runner, imports, time), time, logger);
