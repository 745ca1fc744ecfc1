using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.People;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>A mandate that a reader votes by in a ballot.</summary>
/// <param name="In">The body, and the office there.</param>
/// <param name="Receipt">The event of the vote as it stands: the code of its receipt; null while none is cast.</param>
/// <param name="Choice">What the reader voted, told to nobody else while the ballot is open.</param>
public sealed record OwnVote(MandateId Mandate, string In, EventId? Receipt, EffectiveTime? On, Choice? Choice);

/// <summary>Somebody who would be on the roll if the ballot opened now.</summary>
public sealed record Eligible(MandateId Mandate, string Name, string In);

/// <summary>A ballot as one reader sees it: all that its page shows, read as of the moment of the request.</summary>
public sealed record BallotScene(
    RequestScope Scope, Row.Ballot Ballot, Votes.Turnout? Turnout, string? Body, string? Statutes, IReadOnlyList<OwnVote> Own,
    IReadOnlyList<(RollEntry Entry, string Name)> Roll, IReadOnlyList<Irregularities.Entry> Irregularities, IReadOnlyDictionary<BodyId, string> Bodies,
    IReadOnlyList<Eligible> Eligible)
{
    public bool TakesVotes => Ballot.TakesVotesAt(Scope.Instant);

    /// <summary>Whoever reads ballots, and whoever is on this one's roll, also once their mandate is over.</summary>
    public bool MayRead => Own.Count > 0 || Scope.Actor.May(Permission.ReadBallots);

    public bool MayConduct => Scope.Actor.May(Permission.ConductBallots);

    public bool MayCorrect => Scope.Actor.May(Permission.CorrectRecord);

    public bool MayVote => TakesVotes && Own.Count > 0 && Scope.Actor.May(Permission.Vote);

    /// <summary>Its window is over and nobody has closed it yet.</summary>
    public bool IsOverdue => Ballot.Stage == Row.Stage.Open && Ballot.Closes is { } closes && closes.Instant <= Scope.Instant;

    public bool MayBeChanged => Ballot.Rules?.VoteChange.Content.Allowed == true;

    public string? College(string? id) =>
        id is null ? null : Guid.TryParse(id, out var body) && Bodies.TryGetValue(BodyId.Of(body), out var name) ? name : id;

    /// <returns>Null when there is no such ballot at that moment.</returns>
    public static async Task<BallotScene?> ReadAsync(
        RequestScope scope, ReadDatabase reads, EventLog log, PersonVault vault, string ballot, CancellationToken ct)
    {
        if (!Guid.TryParseExact(ballot, "D", out var guid))
            return null;
        var view = await scope.ViewAsync(reads, ct);
        if (await BallotReads.FindAsync(view, BallotId.Of(guid), ct) is not { } found)
            return null;
        var bodies = (await Projections.Bodies.ListAsync(view, ct)).ToDictionary(b => b.Id);
        var names = bodies.ToDictionary(b => b.Key, b => b.Value.Name);
        var statutes = found.Ballot.Statutes is { } version ? (await StatutesVersions.FindAsync(view, version, ct))?.Title : null;
        var people = new PersonNames(vault);
        var named = await people.OfAsync(view, (found.Roll ?? []).Select(e => e.Person), ct);
        return new(
            scope, found.Ballot, found.Turnout, found.Ballot.Body is { } body ? names.GetValueOrDefault(body) : null, statutes,
            await OwnAsync(scope, view, log, found.Ballot, names, ct),
            [.. (found.Roll ?? []).Select(e => (e, named[e.Person].Name ?? "–")).OrderBy(e => e.Item2, StringComparer.CurrentCulture)],
            found.Irregularities, names,
            found.Ballot.Stage == Row.Stage.Drafted && scope.Actor.May(Permission.ConductBallots) ? await EligibleAsync(view, people, found.Ballot, bodies, ct) : []);
    }

    // The log itself tells voters of their own votes: a receipt does not wait for a read model, and nobody else is told.
    private static async Task<IReadOnlyList<OwnVote>> OwnAsync(
        RequestScope scope, ReadView view, EventLog log, Row.Ballot ballot, IReadOnlyDictionary<BodyId, string> bodies, CancellationToken ct)
    {
        if (scope.Actor.Person is not { } person || ballot.Electors is null)
            return [];
        var mandates = (await Electors.OfPersonAsync(view, ballot.Id, person, ct)).Select(e => e.Mandate).ToList();
        if (mandates.Count == 0)
            return [];
        var held = (await Projections.Mandates.HistoryOfPersonAsync(view, person, ct)).ToDictionary(t => t.Mandate.Id, t => t.Mandate);
        var streams = await log.ReadStreamsAsync(
            scope.Association.Id.ToString(), [.. mandates.Select(m => Domain.Ballots.Vote.Stream(ballot.Id, m).Value)], scope.RecordedPosition ?? long.MaxValue, ct);
        return [.. mandates.Select(mandate =>
        {
            var label = held.TryGetValue(mandate, out var of) ? Label(of, bodies) : "–";
            var events = streams[Domain.Ballots.Vote.Stream(ballot.Id, mandate).Value].Events.Select(EventCatalogue.All.Recorded).Where(e => e.On.Instant <= scope.Instant).ToList();
            return events is [.., { Event: var cast } last]
                ? new OwnVote(mandate, label, last.Id, last.On, cast switch { VoteCast c => c.Choice, VoteChanged c => c.Choice, _ => null })
                : new OwnVote(mandate, label, null, null, null);
        })];
    }

    private static async Task<IReadOnlyList<Eligible>> EligibleAsync(
        ReadView view, PersonNames people, Row.Ballot ballot, Dictionary<BodyId, Projections.Bodies.Body> bodies, CancellationToken ct)
    {
        if (ballot.Body is not { } body || !bodies.TryGetValue(body, out var row))
            return [];
        var mandates = new List<Projections.Mandates.Mandate>();
        foreach (var part in row.Colleges.Prepend(body))
            mandates.AddRange(await Projections.Mandates.InBodyAsync(view, part, ct));
        if (mandates.Count > BallotReads.RollLimit)
            return [];
        var named = await people.OfAsync(view, mandates.Select(m => m.Person), ct);
        var names = bodies.ToDictionary(b => b.Key, b => b.Value.Name);
        return [.. mandates.DistinctBy(m => m.Id).Select(m => new Eligible(m.Id, named[m.Person].Name ?? "–", Label(m, names)))
            .OrderBy(e => e.Name, StringComparer.CurrentCulture)];
    }

    private static string Label(Projections.Mandates.Mandate mandate, IReadOnlyDictionary<BodyId, string> bodies)
    {
        var body = bodies.GetValueOrDefault(mandate.Body) ?? "–";
        return mandate.Office == Office.Seat ? body : $"{body} ({BallotWords.Name(mandate.Office)})";
    }
}
