using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.People;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;
using Row = Governance.Projections.Ballots;

namespace Governance.Api.Ballots;

/// <summary>A ballot in a list.</summary>
/// <param name="Since">When it came to its stage.</param>
/// <param name="Verdict">What stands as decided; null before it is proclaimed and once it is annulled.</param>
public sealed record BallotSummary(
    BallotId Id, BodyId? Body, DecisionKind Decision, string Title, Row.Stage Stage, EffectiveTime Since, EffectiveTime? Opens, EffectiveTime? Closes,
    int? Electors, WorkstreamId? Workstream, Verdict? Verdict, EffectiveTime? DecidedOn);

/// <summary>An elector of a roll.</summary>
/// <param name="Choice">What was voted, once the ballot is closed: for whoever audits, and for every reader where its form of vote is the roll call; null otherwise.</param>
/// <param name="ByProxy">The vote was cast by somebody who held a proxy.</param>
/// <param name="Paper">The same as <paramref name="Choice"/>, in a contest.</param>
public sealed record RollEntry(
    MandateId Mandate, PersonId Person, Fraction Weight, BodyId? College, Presence? Present, bool Voted, Choice? Choice, bool ByProxy = false, Paper? Paper = null);

/// <summary>An option of a contest.</summary>
/// <param name="Option">As papers and outcomes name it: words, or the id of a workstream or of a person.</param>
/// <param name="Name">What it is called at the view's moment; null when nobody knows (any more).</param>
/// <param name="Withdrawn">It no longer stands.</param>
public sealed record ContestOption(string Option, string? Name, bool Withdrawn);

/// <summary>A proxy of a ballot, judged by the rule that the ballot runs under.</summary>
/// <param name="Giver">The mandate whose vote it is.</param>
/// <param name="GivenBy">Who holds that mandate; null when it is not on the roll, and before the opening.</param>
/// <param name="Holder">Who may cast the vote; null for nobody yet.</param>
/// <param name="Stands">Whether it gives a vote; null before the opening, when the roll is not known.</param>
/// <param name="Fault">Why it gives none.</param>
/// <param name="InHand">What the holder has in hand against the caps; null where there are none.</param>
/// <param name="End">How it ended; null while it runs.</param>
/// <param name="GiverVoted">The giver has voted, which suspends it.</param>
/// <param name="Article">The article of the rule on proxies; null before the opening.</param>
/// <param name="Substitute">Who holds it once the holder is no elector any more, where the rule has substitutes; null for nobody.</param>
public sealed record ProxyLine(
    MandateId Giver, PersonId? GivenBy, PersonId? Holder, ProxyForm Form, EffectiveTime On, bool? Stands, ProxyFault? Fault, InHand? InHand, ProxyEnd? End,
    EffectiveTime? EndedOn, bool GiverVoted, string? Article, PersonId? Substitute = null);

/// <param name="Turnout">Null before it opens, and of a transcribed outcome.</param>
/// <param name="Roll">Null before it opens, and when it is longer than <see cref="BallotReads.RollLimit"/>.</param>
/// <param name="LeftOut">Who holds a mandate in the body and is not on the roll, with the reason: at most <see cref="BallotReads.RollLimit"/>.</param>
/// <param name="LeftOutCount">How many there are of these in all.</param>
/// <param name="Proxies">In the order in which they were given.</param>
/// <param name="Options">Of a contest, in the order of the paper; empty for a motion.</param>
/// <param name="KeyedOnce">Papers that a second person has yet to key, or they do not count; told to whoever conducts the ballot.</param>
public sealed record BallotAnswer(
    Row.Ballot Ballot, Votes.Turnout? Turnout, IReadOnlyList<RollEntry>? Roll, IReadOnlyList<Irregularities.Entry> Irregularities,
    IReadOnlyList<LeftOut> LeftOut, long LeftOutCount, IReadOnlyList<ProxyLine> Proxies, IReadOnlyList<ContestOption> Options,
    IReadOnlyList<PapersKeyedOnce.Entry> KeyedOnce);

/// <summary>Ballots as programs read them. Before the close nothing tells what was voted.</summary>
public static class BallotReads
{
    /// <summary>Electors told one by one at most.</summary>
    public const int RollLimit = 500;

    public static void MapBallotReads(this IEndpointRouteBuilder api)
    {
        api.MapRead("/ballots", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of((IReadOnlyList<BallotSummary>)[.. (await Row.ListAsync(await scope.ViewAsync(reads, ct), ct)).Select(Summary)]))
            .RequirePermission(Permission.ReadBallots)
            .WithName("ListBallots")
            .Produces<IReadOnlyList<BallotSummary>>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/ballots/{ballot:guid}", async (Guid ballot, HttpContext http, RequestScope scope, ReadDatabase reads, PersonVault vault, CancellationToken ct) =>
            {
                var found = await FindAsync(await scope.ViewAsync(reads, ct), vault, BallotId.Of(ballot), scope.Actor, ct);
                http.Reveal(found?.Ballot.Contest?.People() ?? []);
                return ReadAnswers.Of(found);
            })
            .RequirePermission(Permission.ReadBallots)
            .RevealsPeople("ballot")
            .WithName("GetBallot")
            .Produces<BallotAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/ballots/{ballot:guid}/papers", async (Guid ballot, RequestScope scope, EventLog log, CancellationToken ct) =>
                ReadAnswers.Of(await PublishedAsync(scope, log, BallotId.Of(ballot), ct)))
            .RequirePermission(Permission.ReadBallots)
            .WithName("ListPublishedPapers")
            .Produces<IReadOnlyList<PublishedPaper>>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapRead("/ballots/{ballot:guid}/turnout", async (Guid ballot, HttpContext http, RequestScope scope, LiveTurnout turnout, CancellationToken ct) =>
                ReadAnswers.Of(await turnout.OfAsync(scope, BallotId.Of(ballot), exact: http.Request.Query.ContainsKey(AsOfReading.WaitFor), ct)))
            .RequirePermission(Permission.ReadBallots)
            .WithName("GetTurnout")
            .Produces<Votes.Turnout>()
            .ProducesProblems(400, 401, 403, 404, 503);
    }

    /// <summary>The papers of a secret ballot that have come out of the box, by their tracking codes.</summary>
    public static async Task<IReadOnlyList<PublishedPaper>> PublishedAsync(RequestScope scope, EventLog log, BallotId ballot, CancellationToken ct) =>
    [
        .. (await log.ReadStreamAsync(scope.Association.Id.ToString(), Ballot.Stream(ballot).Value, scope.RecordedPosition ?? long.MaxValue, ct))
            .Where(e => e.Type == EventCatalogue.NameOf(typeof(PapersPublished))).Select(EventCatalogue.All.Recorded).Where(e => e.On.Instant <= scope.Instant)
            .SelectMany(e => ((PapersPublished)e.Event).Papers),
    ];

    /// <summary>The papers of a contest whose count names them in chunks, in order.</summary>
    public static async Task<IReadOnlyList<PapersAlike>> PapersOfChunksAsync(RequestScope scope, EventLog log, BallotId ballot, CancellationToken ct) =>
    [
        .. (await log.ReadStreamAsync(scope.Association.Id.ToString(), Ballot.Stream(ballot).Value, scope.RecordedPosition ?? long.MaxValue, ct))
            .Where(e => e.Type == EventCatalogue.NameOf(typeof(PapersChunk))).SelectMany(e => ((PapersChunk)EventCatalogue.All.Recorded(e).Event).Papers),
    ];

    /// <summary>The demands for a secret vote, as known and in effect at the reader's moment.</summary>
    public static async Task<IReadOnlyList<SecretVoteDemanded>> DemandsAsync(RequestScope scope, EventLog log, BallotId ballot, CancellationToken ct)
    {
        var stream = Ballot.Stream(ballot);
        List<Recorded> events =
        [
            .. (await log.ReadStreamAsync(scope.Association.Id.ToString(), stream.Value, scope.RecordedPosition ?? long.MaxValue, ct)).Select(EventCatalogue.All.Recorded),
        ];
        var state = new Timeline<Ballot>(stream, events.Count, events).At(scope.Instant);
        return (state is Ballot.Annulled annulled ? annulled.Was : state) switch
        {
            Ballot.Drafted drafted => drafted.Demands,
            Ballot.Held held => held.Demands,
            _ => [],
        };
    }

    /// <summary>The rules in force at the view's moment.</summary>
    public static async Task<RulesInForce> RulesAsync(ReadView view, CancellationToken ct) =>
        await StatutesVersions.InForceAsync(view, ct) is { } version ? new(version.Id, version.Rules) : RulesInForce.Defaults;

    /// <summary>Whether a reader is told who voted what: never before the close; from then on whoever audits, and everybody where votes are given by name.</summary>
    public static bool TellsChoices(Row.Ballot ballot, Actor reader) =>
        ballot is { ClosedOn: not null, Secret: false } && ballot.Rules?.Secrecy.Content.Form switch
        {
            VoteForm.RollCall => reader.May(Permission.ReadBallots) || reader.May(Permission.Audit),
            VoteForm.ShowOfHands => reader.May(Permission.Audit),
            _ => false,
        };

    /// <summary>One ballot with its roll, turnout and irregularities, as one may read it; null when it was not drafted yet at the view's moment.</summary>
    public static async Task<BallotAnswer?> FindAsync(ReadView view, PersonVault vault, BallotId id, Actor reader, CancellationToken ct)
    {
        if (await Row.FindAsync(view, id, ct) is not { } ballot)
            return null;
        var turnout = await Votes.TurnoutAsync(view, id, ct);
        var roll = turnout is { Electors: <= RollLimit } ? await RollAsync(view, ballot, TellsChoices(ballot, reader), ct) : null;
        return new(
            ballot, turnout, roll, await Irregularities.OfBallotAsync(view, id, ct), await Projections.ElectorsLeftOut.OfBallotAsync(view, id, RollLimit, ct),
            await Projections.ElectorsLeftOut.CountAsync(view, id, ct), await ProxiesAsync(view, ballot, ct), await OptionsAsync(view, vault, ballot.Contest, ct),
            reader.May(Permission.ConductBallots) ? await PapersKeyedOnce.OfBallotAsync(view, id, ct) : []);
    }

    /// <summary>The options of a contest with their names at the view's moment, in the order of the paper.</summary>
    public static async Task<IReadOnlyList<ContestOption>> OptionsAsync(ReadView view, PersonVault vault, Contest? contest, CancellationToken ct)
    {
        if (contest is null)
            return [];
        var names = contest.Of switch
        {
            ContestOptions.Workstreams => (await Names.ManyAsync(view, contest.Workstreams().Select(w => w.Value), ct)).ToDictionary(n => n.Key.ToString("D"), n => n.Value.Text),
            ContestOptions.People => (await new PersonNames(vault).OfAsync(view, contest.People(), ct)).ToDictionary(n => n.Key.ToString(), n => n.Value.Name),
            _ => contest.Question.Options.ToDictionary(o => o, string? (o) => o, StringComparer.Ordinal),
        };
        return [.. contest.Question.Options.Select(o => new ContestOption(o, names.GetValueOrDefault(o), contest.Question.Withdrawn?.Contains(o, StringComparer.Ordinal) == true))];
    }

    /// <summary>What a person is asked to vote on at the view's moment, for own mandates and for those held by a proxy that stands; the soonest to close first.</summary>
    public static async Task<IReadOnlyList<Row.Asked>> AskedOfAsync(ReadView view, PersonId person, CancellationToken ct)
    {
        var asked = new List<Row.Asked>(await Row.AskedOfAsync(view, person, ct));
        if (await Proxies.BallotsOfHolderAsync(view, person, ct) is not { Count: > 0 } named)
            return asked;
        foreach (var ballot in (await Row.OpenAsync(view, ct)).Where(b => named.Contains(b.Id)))
        {
            foreach (var held in (await ProxiesAsync(view, ballot, ct)).Where(p => p is { Stands: true, End: null, GiverVoted: false } && p.Holder == person))
                asked.Add(new(ballot, held.Giver, await Votes.FindAsync(view, ballot.Id, held.Giver, ct) is not null, ByProxy: true));
        }

        return [.. asked.OrderBy(a => a.Ballot.Closes!.Value.Instant).ThenBy(a => a.Ballot.Id.Value)];
    }

    private static async Task<IReadOnlyList<ProxyLine>> ProxiesAsync(ReadView view, Row.Ballot ballot, CancellationToken ct)
    {
        var proxies = await Proxies.OfBallotAsync(view, ballot.Id, ct);
        if (proxies.Count == 0)
            return [];
        if (ballot.Rules?.Proxies is not { } rule || ballot.Opens is not { } opens)
            return [.. proxies.Select(p => new ProxyLine(p.Giver, null, p.Holder, p.Form, p.On, null, null, null, p.End, p.EndedOn, false, null, p.Substitute))];
        var roll = (await Electors.OfBallotAsync(view, ballot.Id, ct)).ToDictionary(e => e.Mandate, e => new Elector(e.Mandate, e.Person, e.Weight, e.College, e.Present));
        var chair = ballot.Chair is { } presides && roll.TryGetValue(presides, out var elector) ? elector.Person : (PersonId?)null;
        var judged = JudgedProxy.Judge(rule, roll.Values, proxies, opens, chair, await GoneAsync(view, ballot, roll.Values, proxies, chair, ct), ballot.Beside)
            .ToDictionary(p => p.Proxy.Giver);
        var inPerson = (await Votes.OfBallotAsync(view, ballot.Id, ct)).Where(v => roll.TryGetValue(v.Elector, out var e) && e.Person == v.By).Select(v => v.Elector).ToHashSet();
        return
        [
            .. proxies.Select(p =>
            {
                var found = judged.GetValueOrDefault(p.Giver);
                return new ProxyLine(
                    p.Giver, roll.TryGetValue(p.Giver, out var giver) ? giver.Person : null, found?.Holder ?? p.Holder, p.Form, p.On, found?.Stands ?? false,
                    found?.Fault, found?.InHand, p.End, p.EndedOn, inPerson.Contains(p.Giver), rule.Article, p.Substitute);
            }),
        ];
    }

    /// <summary>Who holds a proxy and is no elector any more at the view's moment, or was none at the close: as <see cref="ProxyBasis.GoneAt"/> has it.</summary>
    private static async Task<IReadOnlySet<PersonId>> GoneAsync(
        ReadView view, Row.Ballot ballot, IEnumerable<Elector> roll, IReadOnlyList<Proxy> proxies, PersonId? chair, CancellationToken ct)
    {
        var people = ProxyBasis.HoldersOf(proxies, chair);
        List<Elector> own = [.. roll.Where(e => people.Contains(e.Person))];
        var then = ballot.ClosedOn is { } closed && closed.Instant < view.AsOf.Instant ? new ReadView(view.Database, view.Association, view.AsOf with { Instant = closed.Instant }) : view;
        var held = (await Projections.Mandates.ManyAsync(then, own.Select(e => e.Mandate), ct)).ToDictionary(m => m.Id);
        var members = await Projections.Members.ManyAsync(then, held.Values.Select(m => m.Member).OfType<MemberId>(), ct);
        bool Stays(Elector elector) => held.TryGetValue(elector.Mandate, out var mandate)
            && (mandate.Member is not { } member || (members.TryGetValue(member, out var entry) && entry.Standing == MembershipStanding.Active));
        return own.GroupBy(e => e.Person).Where(of => !of.Any(Stays)).Select(of => of.Key).ToHashSet();
    }

    private static async Task<IReadOnlyList<RollEntry>> RollAsync(ReadView view, Row.Ballot ballot, bool tellsChoices, CancellationToken ct)
    {
        var votes = (await Votes.OfBallotAsync(view, ballot.Id, ct)).ToDictionary(v => v.Elector);
        return
        [
            .. (await Electors.OfBallotAsync(view, ballot.Id, ct)).Select(e => new RollEntry(
                e.Mandate, e.Person, e.Weight, e.College, e.Present, votes.ContainsKey(e.Mandate),
                tellsChoices && votes.TryGetValue(e.Mandate, out var vote) ? vote.Choice : null,
                votes.TryGetValue(e.Mandate, out var cast) && cast.By != e.Person,
                tellsChoices ? cast?.Paper : null)),
        ];
    }

    private static BallotSummary Summary(Row.Ballot b) => new(
        b.Id, b.Body, b.Decision, b.Title, b.Stage, b.Since, b.Opens, b.Closes, b.Electors, b.Workstream, b.Verdict, b.DecidedOn);
}
