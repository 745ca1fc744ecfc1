using Governance.Api.Mandates;
using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Elections;

namespace Governance.Api.Elections;

/// <summary>How far an election has come.</summary>
public enum ElectionStage
{
    /// <summary>Whoever wants to stands.</summary>
    Candidacies,

    /// <summary>A ballot puts the list, and has elected nobody yet.</summary>
    Voting,

    /// <summary>Somebody is elected and has no mandate yet.</summary>
    ToInstall,

    /// <summary>All who were elected and accept have their mandates.</summary>
    Installed,
}

/// <summary>What has become of somebody who stands.</summary>
public enum CandidateStanding
{
    Stands,
    Elected,
    Declined,
    Installed,
    NotElected,
}

/// <param name="Rank">Which of those elected, from 1; null of whoever is not.</param>
/// <param name="Mandate">Once installed.</param>
public sealed record CandidateLine(NamedPerson Person, NamedMember? Represents, NamedBody? College, CandidateStanding Standing, int? Rank, MandateId? Mandate);

/// <param name="TermEnds">The first instant after the term; null for no end.</param>
/// <param name="Left">Who had it before; null of a seat that nobody has held.</param>
/// <param name="Taken">Who has it by this election; null before.</param>
public sealed record SeatLine(int Number, EffectiveTime? TermEnds, NamedPerson? Left, NamedPerson? Taken);

/// <param name="Elected">How many it elected.</param>
public sealed record RoundLine(BallotId Ballot, string Title, Projections.Ballots.Stage Stage, int Elected);

/// <summary>One election at one moment.</summary>
/// <param name="Rounds">The ballots that put it.</param>
/// <param name="Contested">How many of the mandates that it gave rest on a ballot that was annulled, and have not ended.</param>
public sealed record ElectionDossier(
    ElectionId Id, string Title, NamedBody Electing, NamedBody Body, Office Office, EffectiveTime TermBegins, EffectiveTime Called, ElectionStage Stage,
    IReadOnlyList<SeatLine> Seats, IReadOnlyList<CandidateLine> Candidates, IReadOnlyList<RoundLine> Rounds, int Contested);

/// <summary>Elections with the names that go with them; who is elected is the domain's word on what the ballots came to.</summary>
public sealed class ElectionDossiers(PersonNames people, MemberNames members)
{
    /// <summary>Null when it was not called yet at the view's moment.</summary>
    public async ValueTask<ElectionDossier?> FindAsync(ReadView view, ElectionId id, CancellationToken ct) =>
        await Row.FindAsync(view, id, ct) is { } row ? (await OfAsync(view, [row], ct))[0] : null;

    /// <summary>Elections that have elected somebody who accepts and has no mandate yet; no name is opened.</summary>
    /// <param name="rules">Those in force at the view's moment.</param>
    public async ValueTask<IReadOnlyList<Row.Election>> ToInstallAsync(ReadView view, RulesInForce rules, CancellationToken ct)
    {
        var rows = (await Row.ListAsync(view, ct)).Where(r => r.Ballots.Count > 0 && r.Installed.Count < r.Seats.Count).ToList();
        if (rows.Count == 0)
            return rows;
        var bodies = await Projections.Bodies.ManyAsync(view, rows.Select(r => r.Body), ct);
        var ballots = await Projections.Ballots.ManyAsync(view, rows.SelectMany(r => r.Ballots), ct);
        return
        [
            .. rows.Where(row => StageOf(
                row, Seated(row, ResultsOf(row, ballots), rules.MandateTerms(bodies.TryGetValue(row.Body, out var body) ? body.Kind : BodyKind.Board)), isDecided: true) == ElectionStage.ToInstall),
        ];
    }

    /// <summary>Elections with their names, in the order given.</summary>
    public async ValueTask<IReadOnlyList<ElectionDossier>> OfAsync(ReadView view, IReadOnlyList<Row.Election> rows, CancellationToken ct)
    {
        var left = (await Projections.Names.ManyAsync(view, rows.SelectMany(r => r.Seats).Select(s => s.Of?.Value).OfType<Guid>(), ct))
            .Where(n => n.Value.Person is not null).ToDictionary(n => n.Key, n => n.Value.Person!.Value);
        var named = await people.OfAsync(view, rows.SelectMany(r => r.Candidates).Select(c => c.Person).Concat(left.Values), ct);
        var represented = await members.OfAsync(view, rows.SelectMany(r => r.Candidates).Select(c => c.Member).OfType<MemberId>(), ct);
        var bodies = await Projections.Bodies.ManyAsync(
            view, rows.SelectMany(r => new[] { r.Electing, r.Body }).Concat(rows.SelectMany(r => r.Candidates).Select(c => c.College).OfType<BodyId>()), ct);
        var ballots = await Projections.Ballots.ManyAsync(view, rows.SelectMany(r => r.Ballots), ct);
        var rules = await Ballots.BallotReads.RulesAsync(view, ct);
        var contested = (await Projections.Mandates.ContestedAsync(view, rows.SelectMany(r => r.Installed).Select(i => i.Mandate), ct)).ToDictionary(m => m.Id, m => m.Decision);
        var dossiers = new List<ElectionDossier>();
        foreach (var row in rows)
        {
            var decided = ResultsOf(row, ballots);
            var seated = Seated(row, decided, rules.MandateTerms(Of(row.Body).Kind));
            var isDecided = decided.Any(b => b.Elected.Count > 0);
            dossiers.Add(new(
                row.Id, row.Title, Of(row.Electing), Of(row.Body), row.Office, row.TermBegins, row.Called,
                StageOf(row, seated, isDecided),
                [.. row.Seats.Select((seat, i) => new SeatLine(
                    i + 1, seat.TermEnds, seat.Of is { } of && left.TryGetValue(of.Value, out var leaver) ? named[leaver] : null,
                    row.Installed.FirstOrDefault(x => x.Seat == i + 1) is { } taken ? named.GetValueOrDefault(taken.Person) : null))],
                [.. row.Candidates.Select(c => new CandidateLine(
                    named[c.Person], c.Member is { } member ? represented[member] : null, c.College is { } college ? Of(college) : null,
                    Standing(row, c.Person, seated, isDecided), seated.IndexOf(c.Person) is >= 0 and var at ? at + 1 : null,
                    row.Installed.FirstOrDefault(i => i.Person == c.Person)?.Mandate)).OrderBy(c => c.Rank ?? int.MaxValue)],
                [.. row.Ballots.Zip(decided).Where(pair => ballots.ContainsKey(pair.First))
                    .Select(pair => new RoundLine(pair.First, ballots[pair.First].Title, ballots[pair.First].Stage, pair.Second.Elected.Count))],
                // One that another vote has renewed since does not rest on this election any more.
                row.Installed.Count(i => contested.GetValueOrDefault(i.Mandate) is { } vote && row.Ballots.Contains(vote))));
        }

        return dossiers;

        NamedBody Of(BodyId id) => bodies.TryGetValue(id, out var body) ? MandateLines.Of(body) : new NamedBody(id, "", BodyKind.College);
    }

    private static List<PersonId> Seated(Row.Election row, IReadOnlyList<ElectionResult> results, MandateTerms terms) =>
    [
        .. (new Election.Called(new(row.Id, row.Title, row.Electing, row.Body, row.Office, row.TermBegins, row.Seats)) { Ballots = [.. row.Ballots], Declined = [.. row.Declined] })
            .Seated(results, terms.NextElected).Select(s => s.Person),
    ];

    private static ElectionStage StageOf(Row.Election row, List<PersonId> seated, bool isDecided) =>
        row.Ballots.Count == 0 ? ElectionStage.Candidacies
        : !isDecided ? ElectionStage.Voting
        : seated.Exists(p => row.Installed.All(i => i.Person != p)) ? ElectionStage.ToInstall
        : ElectionStage.Installed;

    private static CandidateStanding Standing(Row.Election row, PersonId person, List<PersonId> seated, bool isDecided) =>
        row.Installed.Any(i => i.Person == person) ? CandidateStanding.Installed
        : row.Declined.Contains(person) ? CandidateStanding.Declined
        : seated.Contains(person) ? CandidateStanding.Elected
        : isDecided ? CandidateStanding.NotElected
        : CandidateStanding.Stands;

    // A ballot that is not known yet at the view's moment has elected nobody.
    private static IReadOnlyList<ElectionResult> ResultsOf(Row.Election row, IReadOnlyDictionary<BallotId, Projections.Ballots.Ballot> ballots) =>
        [.. row.Ballots.Select(id => ballots.TryGetValue(id, out var ballot) ? new ElectionResult(ballot.Elected ?? [], ballot.Method) : new ElectionResult([], null))];
}
