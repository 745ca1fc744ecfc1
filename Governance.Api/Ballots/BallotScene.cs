using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Api.People;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Roadmaps;
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
/// <param name="Giver">For whom, where the reader holds a proxy; null for a mandate of the reader's own.</param>
/// <param name="GivenTo">Who holds a proxy of this own mandate of the reader's; null for nobody.</param>
/// <param name="CastByOther">The vote is cast, and not by the reader: who gave or holds the proxy did; what they voted is not told.</param>
/// <param name="Paper">The same as <paramref name="Choice"/>, in a contest.</param>
public sealed record OwnVote(
    MandateId Mandate, string In, EventId? Receipt, EffectiveTime? On, Choice? Choice, string? Giver = null, string? GivenTo = null, bool CastByOther = false,
    Paper? Paper = null)
{
    public bool IsCast => Receipt is not null || CastByOther;
}

/// <summary>Somebody who holds a mandate in the body of a ballot that is not open yet.</summary>
public sealed record Eligible(MandateId Mandate, PersonId Person, string Name, string In);

/// <summary>A proxy with the names of all.</summary>
public sealed record NamedProxy(ProxyLine Line, string Giver, string? Holder, string? Substitute);

/// <summary>A paper that one person has keyed, with the names of the elector and of that person.</summary>
public sealed record NamedKeyedOnce(PapersKeyedOnce.Entry Entry, string Elector, string By);

/// <summary>A mandate that is not on the roll, with the names of its holder and of the member.</summary>
public sealed record NamedLeftOut(LeftOut Why, string Person, string? Member);

/// <summary>A vote that was counted.</summary>
/// <param name="Line">Its line in the hash of the count.</param>
/// <param name="Event">The last event of the vote.</param>
public sealed record VoteCounted(MandateId Elector, string Line, EventId Event);

/// <summary>A ballot as one reader sees it: all that its page shows, read as of the moment of the request.</summary>
/// <param name="Workstream">What it is about; null for nothing of the roadmap.</param>
/// <param name="Forbidden">Of a draft, why its body may not decide it under the statutes in force; null when it may.</param>
/// <param name="Published">What came out of the box of a secret ballot; empty where the roll is too long to be told.</param>
/// <param name="Papers">In the order of the count's hash; empty for whoever is not told the choices, and where the roll is too long to be told.</param>
public sealed record BallotScene(
    RequestScope Scope, Row.Ballot Ballot, Votes.Turnout? Turnout, string? Body, string? Statutes, IReadOnlyList<OwnVote> Own,
    IReadOnlyList<(RollEntry Entry, string Name)> Roll, IReadOnlyList<Irregularities.Entry> Irregularities, IReadOnlyDictionary<BodyId, string> Bodies,
    IReadOnlyList<Eligible> Eligible, IReadOnlyList<NamedProxy> Proxies, IReadOnlyList<NamedLeftOut> LeftOut, long LeftOutCount, IReadOnlyList<VoteCounted> Papers,
    IReadOnlyList<ContestOption> Options, IReadOnlyList<PublishedPaper> Published, IReadOnlyList<NamedKeyedOnce> KeyedOnce,
    Workstreams.Workstream? Workstream, Refusal? Forbidden)
{
    public bool TakesVotes => Ballot.TakesVotesAt(Scope.Instant);

    /// <summary>Whoever reads ballots, and whoever is on this one's roll, also once their mandate is over.</summary>
    public bool MayRead => Own.Count > 0 || Scope.Actor.May(Permission.ReadBallots);

    public bool MayConduct => Scope.Actor.May(Permission.ConductBallots);

    public bool MayCorrect => Scope.Actor.May(Permission.CorrectRecord);

    public bool TellsChoices => BallotReads.TellsChoices(Ballot, Scope.Actor);

    /// <summary>It has adopted its workstream, whose adoption nobody has recorded.</summary>
    public bool AwaitsAdoption => Ballot.Verdict == Verdict.Adopted && Workstream?.Stage == WorkstreamStage.Proposed;

    public bool MayReadHistory => Scope.Actor.May(Permission.ReadHistory);

    /// <summary>The rules that the ballot runs under; of a draft those in force, null where its body is not known.</summary>
    public BallotRules? Rules { get; init; }

    /// <summary>The demands for a secret vote.</summary>
    public IReadOnlyList<SecretVoteDemanded> Demands { get; init; } = [];

    /// <summary>Whom the page may name: those concerned, and whoever stands.</summary>
    public IReadOnlyList<PersonId> Named { get; init; } = [];

    /// <summary>In whose name a voting link votes; null of whoever is signed in.</summary>
    public string? LinkName { get; init; }

    public bool MayVote => TakesVotes && Own.Count > 0 && Scope.Actor.May(Permission.Vote);

    /// <summary>Its window is over and nobody has closed it yet.</summary>
    public bool IsOverdue => Ballot.Stage == Row.Stage.Open && Ballot.Closes is { } closes && closes.Instant <= Scope.Instant;

    public bool MayBeChanged => Ballot.Rules?.VoteChange.Content.Allowed == true;

    /// <summary>An elector of the roll as one picks among them: with the college, where there is one.</summary>
    public string Label(RollEntry entry, string name) => entry.College is { } id && College(id.ToString()) is { } college ? $"{name}, {college}" : name;

    public string? College(string? id) =>
        id is null ? null : Guid.TryParse(id, out var body) && Bodies.TryGetValue(BodyId.Of(body), out var name) ? name : id;

    /// <returns>Null when there is no such ballot at that moment.</returns>
    public static async Task<BallotScene?> ReadAsync(
        RequestScope scope, ReadDatabase reads, EventLog log, PersonVault vault, string ballot, CancellationToken ct)
    {
        if (!Guid.TryParseExact(ballot, "D", out var guid))
            return null;
        var view = await scope.ViewAsync(reads, ct);
        if (await BallotReads.FindAsync(view, vault, BallotId.Of(guid), scope.Actor, ct) is not { } found)
            return null;
        if (scope.Actor.Link is { } link)
        {
            if (link.Issue != found.Ballot.LinkIssue)
                return null;
            found = OfLink(found, link.Person);
        }

        var bodies = (await Projections.Bodies.ListAsync(view, ct)).ToDictionary(b => b.Id);
        var names = bodies.ToDictionary(b => b.Key, b => b.Value.Name);
        var statutes = found.Ballot.Statutes is { } version ? (await StatutesVersions.FindAsync(view, version, ct))?.Title : null;
        var people = new PersonNames(vault);
        var eligible = found.Ballot.Stage == Row.Stage.Drafted && (scope.Actor.May(Permission.ConductBallots) || scope.Actor.May(Permission.Vote))
            ? await EligibleAsync(view, people, found.Ballot, bodies, ct)
            : [];
        var concerned = found.Proxies.SelectMany(p => new[] { p.GivenBy, p.Holder, p.Substitute }).OfType<PersonId>().Concat(found.LeftOut.Select(l => l.Person))
            .Concat(found.KeyedOnce.SelectMany(k => new[] { k.Person, k.By }));
        if (scope.Actor.Link is { Person: var linked })
            concerned = concerned.Append(linked);
        var named = await people.OfAsync(view, (found.Roll ?? []).Select(e => e.Person).Concat(concerned), ct);
        string NameOf(PersonId person) => named.TryGetValue(person, out var known) ? known.Name ?? "–" : "–";
        NamedProxy[] proxies =
        [
            .. found.Proxies.Select(p => new NamedProxy(
                p,
                p.GivenBy is { } giver ? NameOf(giver) : eligible.FirstOrDefault(e => e.Mandate == p.Giver)?.Name ?? "–",
                p.Holder is { } holder ? NameOf(holder) : null,
                p.Substitute is { } substitute ? NameOf(substitute) : null)),
        ];
        var members = await Projections.Members.ManyAsync(view, found.LeftOut.Select(l => l.Member), ct);
        var individuals = await people.OfMembersAsync(view, members.Values.Where(m => m.Individual is not null).Select(m => m.Id), ct);
        var decides = found.Ballot.Body is { } of && bodies.TryGetValue(of, out var known) ? known : null;
        var rules = found.Ballot.Stage != Row.Stage.Drafted ? found.Ballot.Rules
            : decides is null ? null
            : BallotRules.Of(await BallotReads.RulesAsync(view, ct), decides.Kind, found.Ballot.Decision);
        return new(
            scope, found.Ballot, found.Turnout, found.Ballot.Body is { } body ? names.GetValueOrDefault(body) : null, statutes,
            await OwnAsync(scope, view, log, found.Ballot, names, proxies, eligible, ct),
            [.. (found.Roll ?? []).Select(e => (e, named[e.Person].Name ?? "–")).OrderBy(e => e.Item2, StringComparer.CurrentCulture)],
            found.Irregularities, names, eligible, proxies,
            [
                .. found.LeftOut.Select(l => new NamedLeftOut(l, NameOf(l.Person), members.TryGetValue(l.Member, out var m) ? MemberNames.Of(m, individuals).Name : null))
                    .OrderBy(l => l.Person, StringComparer.CurrentCulture),
            ],
            found.LeftOutCount,
            BallotReads.TellsChoices(found.Ballot, scope.Actor) ? await PapersAsync(scope, log, found.Ballot, found.Roll ?? [], ct) : [],
            found.Options,
            found is { Ballot: { Secret: true, ClosedOn: not null }, Roll: not null } ? await BallotReads.PublishedAsync(scope, log, found.Ballot.Id, ct) : [],
            [.. found.KeyedOnce.Select(k => new NamedKeyedOnce(k, NameOf(k.Person), NameOf(k.By)))],
            found.Ballot.Workstream is { } about ? await Workstreams.FindAsync(view, about, ct) : null,
            found.Ballot.Stage == Row.Stage.Drafted && decides is not null ? rules?.Forbids(decides.Kind, found.Ballot.Decision) : null)
        {
            Rules = rules,
            // Whoever came by a link is told of none: it opens the votes of one person.
            Demands = scope.Actor.Link is null ? await BallotReads.DemandsAsync(scope, log, found.Ballot.Id, ct) : [],
            Named = [.. named.Values.Where(n => n.Name is not null).Select(n => n.Id), .. found.Ballot.Contest?.People() ?? []],
            LinkName = scope.Actor.Link is { Person: var linkedTo } ? NameOf(linkedTo) : null,
        };
    }

    /// <summary>A link opens the votes of one person: who else is on the roll, has voted, gave a proxy or was left out is not told by it.</summary>
    private static BallotAnswer OfLink(BallotAnswer found, PersonId person) => found with
    {
        Roll = found.Roll is null ? null : [],
        LeftOut = [],
        LeftOutCount = 0,
        Irregularities = [],
        KeyedOnce = [],
        Proxies = [.. found.Proxies.Where(p => p.GivenBy == person || p.Holder == person)],
    };

    /// <summary>What an option is called; « – » for nobody any more.</summary>
    public string OptionName(string option) => Options.FirstOrDefault(o => o.Option == option)?.Name ?? "–";

    // The log itself tells voters of their own votes: a receipt does not wait for a read model, and nobody else is told.
    private static async Task<IReadOnlyList<OwnVote>> OwnAsync(
        RequestScope scope, ReadView view, EventLog log, Row.Ballot ballot, IReadOnlyDictionary<BodyId, string> bodies, IReadOnlyList<NamedProxy> proxies,
        IReadOnlyList<Eligible> eligible, CancellationToken ct)
    {
        if (scope.Actor.Person is not { } person)
            return [];
        var running = proxies.Where(p => p.Line is { End: null, GiverVoted: false }).ToDictionary(p => p.Line.Giver);
        string? GivenTo(MandateId mandate) => running.TryGetValue(mandate, out var proxy) && proxy.Line.Stands != false ? proxy.Holder ?? "" : null;
        if (ballot.Electors is null)
            return [.. eligible.Where(e => e.Person == person).Select(e => new OwnVote(e.Mandate, e.In, null, null, null, GivenTo: GivenTo(e.Mandate)))];

        var own = (await Electors.OfPersonAsync(view, ballot.Id, person, ct)).Select(e => e.Mandate).ToList();
        var held = proxies.Where(p => p.Line is { Stands: true, End: null } line && line.Holder == person).ToDictionary(p => p.Line.Giver);
        List<MandateId> mandates = [.. own, .. held.Keys];
        if (mandates.Count == 0)
            return [];
        var labels = (await Projections.Mandates.HistoryOfPersonAsync(view, person, ct)).ToDictionary(t => t.Mandate.Id, t => t.Mandate);
        foreach (var giver in held.Values.Select(p => p.Line.GivenBy).OfType<PersonId>().Distinct())
        {
            foreach (var of in await Projections.Mandates.HistoryOfPersonAsync(view, giver, ct))
                labels.TryAdd(of.Mandate.Id, of.Mandate);
        }

        var votes = await VotesAsync(scope, log, mandate => ballot.Secret ? Signing.Stream(ballot.Id, mandate) : Domain.Ballots.Vote.Stream(ballot.Id, mandate), mandates, ct);
        return [.. mandates.Select(mandate =>
        {
            var vote = new OwnVote(
                mandate, labels.TryGetValue(mandate, out var of) ? Label(of, bodies) : "–", null, null, null,
                held.TryGetValue(mandate, out var proxy) ? proxy.Giver : null, proxy is null ? GivenTo(mandate) : null);
            if (!votes.TryGetValue(mandate, out var cast))
                return vote;
            var (by, choice, paper) = Told(cast.Event);
            // What was voted is not told to whoever has a link: it may be somebody who passes links on, or comes upon one.
            return by != person ? vote with { CastByOther = true }
                : scope.Actor.Link is null ? vote with { Receipt = cast.Id, On = cast.On, Choice = choice, Paper = paper }
                : vote with { Receipt = cast.Id, On = cast.On };
        })];
    }

    private static async Task<IReadOnlyList<VoteCounted>> PapersAsync(
        RequestScope scope, EventLog log, Row.Ballot ballot, IReadOnlyList<RollEntry> roll, CancellationToken ct)
    {
        var packing = ballot.Contest is { } contest ? new PackedPaper(contest.Question) : null;
        string Line(MandateId elector, Recorded vote) => Told(vote.Event) is (_, { } choice, _)
            ? CountBallot.PaperLine(elector, choice, vote.Id)
            : CountBallot.PaperLine(elector, PapersCounted.Text(packing!, Told(vote.Event).Paper!), vote.Id);
        return
        [
            .. (await VotesAsync(scope, log, mandate => Domain.Ballots.Vote.Stream(ballot.Id, mandate), [.. roll.Where(e => e.Voted).Select(e => e.Mandate)], ct))
                .OrderBy(v => v.Key.ToString(), StringComparer.Ordinal)
                .Select(v => new VoteCounted(v.Key, Line(v.Key, v.Value), v.Value.Id)),
        ];
    }

    /// <summary>The last event of each vote that was cast, as recorded and in effect at the reader's moment.</summary>
    private static async Task<IReadOnlyDictionary<MandateId, Recorded>> VotesAsync(
        RequestScope scope, EventLog log, Func<MandateId, StreamId> stream, IReadOnlyList<MandateId> mandates, CancellationToken ct)
    {
        var streams = await log.ReadStreamsAsync(
            scope.Association.Id.ToString(), [.. mandates.Select(m => stream(m).Value)], scope.RecordedPosition ?? long.MaxValue, ct);
        var votes = new Dictionary<MandateId, Recorded>();
        foreach (var mandate in mandates)
        {
            if (streams[stream(mandate).Value].Events.Select(EventCatalogue.All.Recorded).LastOrDefault(e => e.On.Instant <= scope.Instant) is { } last)
                votes[mandate] = last;
        }

        return votes;
    }

    private static (PersonId By, Choice? Choice, Paper? Paper) Told(IEvent vote) => vote switch
    {
        VoteCast c => (c.By, c.Choice, c.Paper),
        VoteChanged c => (c.By, c.Choice, c.Paper),
        // What was voted in secret is told to nobody, the voter included.
        ElectorSigned s => (s.By, null, null),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no vote."),
    };

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
        return [.. mandates.DistinctBy(m => m.Id).Select(m => new Eligible(m.Id, m.Person, named[m.Person].Name ?? "–", Label(m, names)))
            .OrderBy(e => e.Name, StringComparer.CurrentCulture)];
    }

    private static string Label(Projections.Mandates.Mandate mandate, IReadOnlyDictionary<BodyId, string> bodies)
    {
        var body = bodies.GetValueOrDefault(mandate.Body) ?? "–";
        return mandate.Office == Office.Seat ? body : $"{body} ({BallotWords.Name(mandate.Office)})";
    }
}
