using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore.Log;

namespace Governance.Api.Proofs.Bundles;

/// <summary>
/// Counts and judges every ballot of a history again, from its events alone, in the order in which they were recorded: the count from the votes (or the published
/// papers) before it, the outcome from the count, the rules of the opening from the version of the statutes that it names.
/// </summary>
/// <remarks>Of all streams but those of votes and ballots everything is kept: a late fact may concern any ballot that is counted after it.</remarks>
internal sealed class RepeatedBallots
{
    private const string StatutesStream = "statutes";

    private readonly List<Recorded> _statutes = [];
    private readonly Dictionary<string, List<Recorded>> _bodies = [];
    private readonly KeptEvents _members = new();
    private readonly Dictionary<string, Running> _running = [];
    private readonly HashSet<MeetingId> _secondMeetings = [];
    private readonly Dictionary<BallotId, MeetingId> _meetingsOfVotes = [];

    /// <summary>A ballot of which the result was not proclaimed yet, or left a tie.</summary>
    private sealed class Running(StreamId stream)
    {
        public List<Recorded> Ballot { get; } = [];

        public List<Recorded> Proxies { get; } = [];

        public Dictionary<string, List<Recorded>> Votes { get; } = [];

        public Dictionary<string, List<Recorded>> Signings { get; } = [];

        /// <summary>The tree as it first held the result; null before.</summary>
        public LotSeed? Seed { get; set; }

        public Timeline<Ballot> Timeline => Of<Ballot>(stream, Ballot);
    }

    /// <summary>Counts made again, and found the same.</summary>
    public int Counts { get; private set; }

    /// <summary>Outcomes judged again, and found the same.</summary>
    public int Outcomes { get; private set; }

    /// <summary>Outcomes from before the system, without papers: nobody can judge them again.</summary>
    public int Transcribed { get; private set; }

    /// <summary>The first count that is not what its papers give, by its event.</summary>
    public Recorded? WrongCount { get; private set; }

    /// <summary>The first outcome, or rule of an opening, that is not what it must be, by its event.</summary>
    public Recorded? WrongOutcome { get; private set; }

    /// <summary>False for a stream of which no event tells of a ballot, or of what one was judged by.</summary>
    public static bool Concerns(string stream) => new StreamId(stream).Kind is StatutesStream or "body" or "meeting" or "ballot" or "proxies" or "vote" or "signing";

    /// <summary>True for a stream of which events are asked for now and then: see <see cref="Keep"/>.</summary>
    public static bool MayConcern(string stream) => new StreamId(stream).Kind is "member";

    /// <summary>Takes in the next event that <see cref="Concerns"/> it.</summary>
    /// <param name="tree">The tree that ends with this event.</param>
    public void Take(Recorded recorded, TreeFrontier tree)
    {
        var kind = recorded.Stream.Kind;
        var rest = recorded.Stream.Value[Math.Min(recorded.Stream.Value.Length, kind.Length + 1)..];
        switch (kind)
        {
            case StatutesStream:
                _statutes.Add(recorded);
                break;
            case "body":
                Of(_bodies, recorded);
                break;
            case "meeting":
                TakeOfMeeting(recorded.Event);
                break;
            case "ballot":
                TakeOfBallot(rest, recorded, tree);
                break;
            case "proxies":
                RunningOf(rest).Proxies.Add(recorded);
                break;
            case "vote":
                Of(RunningOf(rest[..rest.IndexOf(':', StringComparison.Ordinal)]).Votes, recorded);
                break;
            case "signing":
                Of(RunningOf(rest[..rest.IndexOf(':', StringComparison.Ordinal)]).Signings, recorded);
                break;
        }
    }

    /// <summary>Keeps an event that <see cref="MayConcern"/> a ballot, without reading it: members are many, and few of them hold a proxy.</summary>
    public void Keep(string stream, KeptEvent kept) => _members.Add(stream, kept);

    private void TakeOfMeeting(IEvent happened)
    {
        if (happened is MeetingPlanned { SecondOf: not null } planned)
            _secondMeetings.Add(planned.Meeting);
        else if (happened is ResolutionPutToVote put)
            _meetingsOfVotes[put.Ballot] = put.Meeting;
    }

    private void TakeOfBallot(string ballot, Recorded recorded, TreeFrontier tree)
    {
        var running = RunningOf(ballot);
        switch (recorded.Event)
        {
            case BallotOpened opened when !RulesAreThoseOfTheVersion(running, opened, recorded):
                WrongOutcome ??= recorded;
                break;
            // No more hands in a college than votes in the room, which all weigh the same.
            case HandsCounted hands when !CanBeRaised(running, hands, recorded):
                WrongCount ??= recorded;
                break;
            case BallotCounted counted:
                Count(running, counted, recorded);
                break;
            // The count names its chunks by their hashes, and was made again: each has to be the one named.
            case PapersChunk chunk when running.Timeline.Latest is not Ballot.Counted { Was.Draft.Contest.Question: var question, Count.Chunks: { } named }
                || chunk.Number < 1 || chunk.Number > named.Count || PapersCounted.Hash(question, chunk.Papers) != named[chunk.Number - 1]:
                WrongCount ??= recorded;
                break;
            case ResultProclaimed proclaimed:
                Judge(running, proclaimed, recorded);
                if (proclaimed.Method?.Verdict == Verdict.Tied)
                {
                    running.Seed = new(tree.Size, Convert.ToBase64String(tree.Root()));
                    break;
                }

                _running.Remove(ballot);
                return;
            case DeclaredTieParted parted:
                Part(running, parted, recorded);
                _running.Remove(ballot);
                return;
            case OutcomeTranscribed:
                Transcribed++;
                _running.Remove(ballot);
                return;
        }

        running.Ballot.Add(recorded);
    }

    private void Count(Running running, BallotCounted counted, Recorded recorded)
    {
        var again = new CountBallot(counted.Ballot, recorded.On.Instant).Decide(
            running.Timeline,
            [.. running.Votes.Select(v => Of<Vote>(new StreamId(v.Key), v.Value))],
            [.. running.Signings.Select(s => Of<Signing>(new StreamId(s.Key), s.Value))],
            ProxiesOf(running, counted.Ballot));
        if (again is Decision.Accepted { Facts: [{ Event: BallotCounted first }, ..] } && Same(first, counted))
            Counts++;
        else
            WrongCount ??= recorded;
    }

    private static bool CanBeRaised(Running running, HandsCounted hands, Recorded recorded)
    {
        var raised = hands.Groups.Select(g => new Hands(g.Choice, g.Count, g.College is { } college ? BodyId.Of(Guid.ParseExact(college, "D")) : null));
        return new CountHands(hands.Ballot, [.. raised], hands.Chair, recorded.On.Instant).Decide(running.Timeline) is Decision.Accepted { Facts: [{ Event: HandsCounted again }, ..] }
            && Same(again, hands);
    }

    private ProxyBasis ProxiesOf(Running running, BallotId ballot)
    {
        var proxies = Of<ProxyBook>(ProxyBook.Stream(ballot), running.Proxies);
        if (running.Timeline.Latest is not Ballot.Held held || proxies.Latest.All.IsEmpty)
            return ProxyBasis.WithoutProxies(proxies);
        var body = BodyOf(held.Draft.Body);
        IReadOnlyList<Timeline<Body>> colleges = [.. Body.CollegesNamedBy(body).Select(BodyOf)];
        var members = ProxyBasis.MembersOf(held, ProxyBasis.HoldersOf(proxies.Latest.All, held.Chair), body, colleges);
        return new(proxies, body, colleges, members.ToDictionary(member => member, MemberOf));
    }

    private Timeline<Body> BodyOf(BodyId body) => Of<Body>(Body.Stream(body), _bodies.GetValueOrDefault(Body.Stream(body).Value) ?? []);

    private Timeline<Member> MemberOf(MemberId member)
    {
        var stream = Member.Stream(member);
        return Of<Member>(stream, _members.Of(stream));
    }

    private void Judge(Running running, ResultProclaimed proclaimed, Recorded recorded)
    {
        if (running.Timeline.Latest is Ballot.Counted counted
            && new ProclaimResult(proclaimed.Ballot, recorded.On.Instant).Decide(running.Timeline) is Decision.Accepted { Facts: [{ Event: ResultProclaimed again }] }
            && Same(again, proclaimed))
        {
            Outcomes++;
        }
        else
        {
            WrongOutcome ??= recorded;
        }
    }

    // Of a lot nothing is taken from the event: it is drawn again from the tree as these events give it.
    private void Part(Running running, DeclaredTieParted parted, Recorded recorded)
    {
        var command = parted.By == TieBreak.Lot
            ? new PartTie(parted.Ballot, null, null, running.Seed, recorded.On.Instant)
            : new PartTie(parted.Ballot, parted.Order, parted.Source, null, recorded.On.Instant);
        if (running.Seed is null || command.Decide(running.Timeline) is not Decision.Accepted { Facts: [{ Event: DeclaredTieParted again }] } || !Same(again, parted))
            WrongOutcome ??= recorded;
    }

    // A ballot is judged under the rules of its opening, which have to be those of the version that it names, as recorded by then.
    private bool RulesAreThoseOfTheVersion(Running running, BallotOpened opened, Recorded recorded)
    {
        if (running.Timeline.Latest is not Ballot.Drafted { Draft: var draft } || BodyOf(draft.Body).At(recorded.On) is not Body.Constituted body)
            return false;
        var version = Of<StatutesVersions>(StatutesVersions.Stream, _statutes).At(recorded.On).InForceAt(recorded.On.Instant);
        if (version?.Id != opened.Statutes)
            return false;
        var inForce = version is null ? RulesInForce.Defaults : new RulesInForce(version.Id, version.Rules);
        var said = BallotRules.Of(inForce, body.Kind, draft.Decision);
        // Before rounds were numbered an opening repeated the rule on ties as the statutes have it.
        var rules = draft.Round is null && opened.Rules.Tie == said.Tie ? said : said.For(draft);
        if (opened.Meeting is { } meeting && _meetingsOfVotes.TryGetValue(opened.Ballot, out var voting) && voting == meeting)
            rules = rules with { Quorum = Room.QuorumOfVote(Room.QuorumOf(inForce, body.Kind, draft.Decision, _secondMeetings.Contains(meeting))) };
        // Openings of before proxies were kept name no rule on them.
        return Same(opened with { Rules = opened.Rules.Proxies is null ? rules with { Proxies = null } : rules }, opened);
    }

    private static Timeline<TState> Of<TState>(StreamId stream, List<Recorded> events) where TState : class, IState<TState> => new(stream, events.Count, events);

    private static void Of(Dictionary<string, List<Recorded>> streams, Recorded recorded)
    {
        if (!streams.TryGetValue(recorded.Stream.Value, out var events))
            streams.Add(recorded.Stream.Value, events = []);
        events.Add(recorded);
    }

    private Running RunningOf(string ballot)
    {
        if (!_running.TryGetValue(ballot, out var running))
            _running.Add(ballot, running = new Running(new StreamId("ballot:" + ballot)));
        return running;
    }

    private static bool Same(IEvent one, IEvent other) =>
        one.GetType() == other.GetType()
        && JsonSerializer.SerializeToUtf8Bytes(one, one.GetType(), EventCatalogue.Json).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, other.GetType(), EventCatalogue.Json));
}
