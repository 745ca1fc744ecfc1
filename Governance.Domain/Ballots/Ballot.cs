using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>A late fact that would have changed an act.</summary>
/// <param name="Confirmed">Why the ballot stands all the same; null while nobody has said so.</param>
public sealed record Irregularity(IrregularityRaised What, EffectiveTime Since, string? Confirmed = null);

/// <summary>A ballot from its draft to its result. Votes are streams of their own: see <see cref="Vote"/>.</summary>
public abstract record Ballot : IState<Ballot>
{
    private Ballot() { }

    public sealed record Unknown : Ballot;

    public sealed record Drafted(BallotDrafted Draft) : Ballot
    {
        /// <summary>The demands for a secret vote, in the order in which they came.</summary>
        public ImmutableList<SecretVoteDemanded> Demands { get; init; } = [];
    }

    /// <summary>A ballot that was opened here.</summary>
    /// <param name="Since">When it was opened.</param>
    /// <param name="Last">When the last act on it took effect.</param>
    public abstract record Held(BallotDrafted Draft, BallotOpened Opening, EffectiveTime Since, EffectiveTime Last) : Ballot
    {
        /// <summary>The frozen roll.</summary>
        public ImmutableDictionary<MandateId, Elector> Roll { get; init; } = ImmutableDictionary<MandateId, Elector>.Empty;

        /// <summary>The rule on proxies; a ballot opened before they could be given here allows none.</summary>
        public Applied<ProxiesRule> ProxiesRule =>
            Opening.Rules.Proxies ?? new(RulesInForce.DefaultArticle, RulesInForce.Defaults.Proxies(BodyKind.Board, Draft.Decision).Content with { Allowed = false });

        /// <summary>The person who presides; null when the opening names none.</summary>
        public PersonId? Chair => Opening.Chair is { } chair && Roll.TryGetValue(chair, out var elector) ? elector.Person : null;

        /// <summary>Who holds a mandate in the body and is not on the roll, and why.</summary>
        public ImmutableList<LeftOut> LeftOut { get; init; } = [];

        /// <summary>The demands for a secret vote, those on the draft included, in the order in which they came.</summary>
        public ImmutableList<SecretVoteDemanded> Demands { get; init; } = [];

        /// <summary>Number of the last issue of voting links, the only one that is good; 0 while there is none.</summary>
        public int LinkIssue { get; init; }

        /// <summary>Late facts found, settled ones too, in the order in which they were found.</summary>
        public ImmutableList<Irregularity> Irregularities { get; init; } = [];
    }

    public sealed record Open(BallotDrafted Draft, BallotOpened Opening, EffectiveTime Since, EffectiveTime Last) : Held(Draft, Opening, Since, Last)
    {
        /// <summary>A secret vote is demanded, the rules grant it, and the ballot is not secret yet: it takes no vote and cannot be closed.</summary>
        public bool IsSuspended => !Opening.Secret && Demands.Any(d => DemandSecretVote.Judge(d, Opening.Rules.Secrecy).Secret);

        /// <summary>The hands, once counted; null before, and where none are.</summary>
        public HandsCounted? Hands { get; init; }

        internal int Chunks { get; init; }
    }

    public sealed record Closed(Open Was, ClosedBy By, EffectiveTime On) : Held(Was.Draft, Was.Opening, Was.Since, On)
    {
        /// <summary>The hands that were counted; null where votes are cast each by itself.</summary>
        public HandsCounted? Hands => Was.Hands;

        /// <summary>What is out of the box of a secret ballot, in the order of publication; empty of an open one.</summary>
        public ImmutableList<PublishedPaper> Papers { get; init; } = [];

        /// <summary>Whether all of them are.</summary>
        public bool IsPublished { get; init; }

        internal int PartsPublished { get; init; }
    }

    public sealed record Counted(Closed Was, BallotCounted Count, EffectiveTime On) : Held(Was.Draft, Was.Opening, Was.Since, On)
    {
        /// <summary>The papers of a contest that the count names and does not hold.</summary>
        public ImmutableList<PapersChunk> Chunks { get; init; } = [];

        /// <summary>Whether every chunk that the count names has followed.</summary>
        public bool IsWhole => Chunks.Count == (Count.Chunks?.Count ?? 0);
    }

    /// <param name="Outcome">Of a motion; null of a contest.</param>
    /// <param name="On">When it was proclaimed, or a tie that it had declared was parted since.</param>
    /// <param name="Method">Of a contest; null of a motion.</param>
    public sealed record Proclaimed(Counted Was, Outcome? Outcome, EffectiveTime On, MethodOutcome? Method = null) : Held(Was.Draft, Was.Opening, Was.Since, On)
    {
        /// <summary>How a tie that was declared was parted; null while it was not, and where there was none.</summary>
        public DeclaredTieParted? Parted { get; init; }

        /// <summary>The second round that was put last; null while none was.</summary>
        public BallotId? SecondRound { get; init; }

        /// <summary>Whether a lot, or an order by age, is still to part what the result left tied.</summary>
        public bool AwaitsParting => Draft.Contest is not null && Verdict == Domain.Voting.Verdict.Tied && Opening.Rules.Tie.Content.Break is TieBreak.Lot or TieBreak.Eldest;

        /// <summary>Whether a lot has parted the result, or is about to.</summary>
        public bool IsLeftToLot => Parted is { By: TieBreak.Lot } || (AwaitsParting && Opening.Rules.Tie.Content.Break == TieBreak.Lot);
    }

    public sealed record Transcribed(OutcomeTranscribed Record, EffectiveTime On) : Ballot;

    public sealed record Annulled(Ballot Was, BallotAnnulled Annulment, EffectiveTime On) : Ballot;

    public static Ballot Initial { get; } = new Unknown();

    public static StreamId Stream(BallotId id) => new($"ballot:{id}");

    /// <summary>The ballot and what its stream knows of the question; null before the draft.</summary>
    public DecisionKind? Kind => this switch
    {
        Drafted b => b.Draft.Decision,
        Held b => b.Draft.Decision,
        Transcribed b => b.Record.Decision,
        Annulled b => b.Was.Kind,
        _ => null,
    };

    /// <summary>The body whose vote it is; null before the draft, and where a document does not say.</summary>
    public BodyId? Body => this switch
    {
        Drafted b => b.Draft.Body,
        Held b => b.Draft.Body,
        Transcribed b => b.Record.Body,
        Annulled b => b.Was.Body,
        _ => null,
    };

    /// <summary>The people whom it elected, in order, and who stand elected: those of the first of two rounds too. Empty where it elected nobody.</summary>
    public IReadOnlyList<PersonId> Elected => this switch
    {
        Proclaimed { Draft.Contest.Of: ContestOptions.People, Method: { } outcome } => Ballots.Contest.Identifiers<PersonId>(outcome.Elected),
        Transcribed { Record.Elected: { } people } => people,
        _ => [],
    };

    /// <summary>Null before the draft.</summary>
    public string? Title => this switch
    {
        Drafted b => b.Draft.Title,
        Held b => b.Draft.Title,
        Transcribed b => b.Record.Title,
        Annulled b => b.Was.Title,
        _ => null,
    };

    /// <summary>The workstream that it is about; null when about none.</summary>
    public WorkstreamId? Workstream => this switch
    {
        Drafted b => b.Draft.Workstream,
        Held b => b.Draft.Workstream,
        Transcribed b => b.Record.Workstream,
        Annulled b => b.Was.Workstream,
        _ => null,
    };

    /// <summary>The meeting whose minutes it approves; null when it names none.</summary>
    public MeetingId? Minutes => this switch
    {
        Drafted b => b.Draft.Minutes,
        Held b => b.Draft.Minutes,
        Transcribed b => b.Record.Minutes,
        Annulled b => b.Was.Minutes,
        _ => null,
    };

    /// <summary>The options and the method that it puts; null for a motion, and of an outcome transcribed.</summary>
    public Contest? Contest => this switch
    {
        Drafted b => b.Draft.Contest,
        Held b => b.Draft.Contest,
        Annulled b => b.Was.Contest,
        _ => null,
    };

    /// <summary>What was decided and stands: null before it is proclaimed and once it is annulled.</summary>
    public Verdict? Verdict => this switch
    {
        Proclaimed b => b.Outcome?.Verdict ?? b.Method?.Verdict,
        Transcribed b => b.Record.Verdict,
        _ => null,
    };

    /// <summary>Late facts that nobody has settled yet.</summary>
    public IEnumerable<Irregularity> Unsettled => this is Held held ? held.Irregularities.Where(i => i.Confirmed is null) : [];

    public Ballot Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unknown, BallotDrafted e) => new Drafted(e),
        (Unknown, OutcomeTranscribed e) => new Transcribed(e, on),
        (Drafted b, SecretVoteDemanded e) => b with { Demands = b.Demands.Add(e) },
        (Drafted b, BallotOpened e) => new Open(b.Draft, e, on, on) { Roll = RollOf(e.Electors ?? []), Demands = b.Demands },
        (Open b, ElectorateChunk e) when Follows(b, e) => b with { Chunks = e.Number, Roll = b.Roll.AddRange(RollOf(e.Electors)) },
        (Open b, ElectorsLeftOut e) => b with { LeftOut = b.LeftOut.AddRange(e.LeftOut) },
        (Open b, VotingLinksIssued e) when e.Issue == b.LinkIssue + 1 => b with { LinkIssue = e.Issue, Last = on },
        (Open b, SecretVoteDemanded e) => b with { Demands = b.Demands.Add(e), Last = on },
        (Open { IsSuspended: true } b, BallotHeldInSecret) => b with { Opening = b.Opening with { Secret = true, Hands = false, Called = false }, Last = on },
        (Open { Opening.Hands: true, IsSuspended: false } b, HandsCounted e) => b with { Hands = e, Last = on },
        (Open b, BallotClosed e) => new Closed(b, e.By, on) { LinkIssue = b.LinkIssue, Roll = b.Roll, LeftOut = b.LeftOut, Irregularities = b.Irregularities, Demands = b.Demands },
        (Closed b, PapersPublished e) when Follows(b, e) =>
            b with { Papers = b.Papers.AddRange(e.Papers), PartsPublished = e.Number, IsPublished = e.Number == e.Of },
        (Closed b, BallotCounted e) => new Counted(b, e, on) { LinkIssue = b.LinkIssue, Roll = b.Roll, LeftOut = b.LeftOut, Irregularities = b.Irregularities, Demands = b.Demands },
        (Counted b, PapersChunk e) when Follows(b, e) => b with { Chunks = b.Chunks.Add(e) },
        (Counted b, ResultProclaimed e) when (e.Outcome is null) == (b.Draft.Contest is not null) && (e.Method is null) == (b.Draft.Contest is null)
            => new Proclaimed(b, e.Outcome, on, e.Method) { LinkIssue = b.LinkIssue, Roll = b.Roll, LeftOut = b.LeftOut, Irregularities = b.Irregularities, Demands = b.Demands },
        (Proclaimed { Method.Verdict: Domain.Voting.Verdict.Tied, Parted: null } b, DeclaredTieParted e) => b with { Method = e.Method, Parted = e, On = on, Last = on },
        (Proclaimed b, SecondRoundPut e) => b with { SecondRound = e.Round, Last = on },
        (Held b, IrregularityRaised e) => b with { Irregularities = b.Irregularities.Add(new(e, on)) },
        (Held b, IrregularityConfirmed e) when b.Irregularities.FindLastIndex(i => i.What.Late == e.Late && i.Confirmed is null) is >= 0 and var at =>
            b with { Irregularities = b.Irregularities.SetItem(at, b.Irregularities[at] with { Confirmed = e.Reason }) },
        (Annulled b, SecretVoteDemanded or BallotHeldInSecret or VotingLinksIssued or BallotClosed or PapersPublished or BallotCounted or PapersChunk or ResultProclaimed or DeclaredTieParted or SecondRoundPut or ElectorateChunk or ElectorsLeftOut or IrregularityRaised or IrregularityConfirmed)
            when b.Annulment.Retroactive => b with { Was = b.Was.Evolve(@event, on) },
        (Drafted or Held or Transcribed, BallotAnnulled e) => new Annulled(this, e, on),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private static ImmutableDictionary<MandateId, Elector> RollOf(IReadOnlyList<Elector> electors) => electors.ToImmutableDictionary(e => e.Mandate);

    // A chunk that is not the one named at the opening was never written by an accepted command.
    private static bool Follows(Open ballot, ElectorateChunk chunk) =>
        ballot.Opening.Chunks is { } named
        && chunk.Number == ballot.Chunks + 1
        && chunk.Number <= named.Count
        && Electorate.Hash(chunk.Electors) == named[chunk.Number - 1];

    private static bool Follows(Closed ballot, PapersPublished part) =>
        ballot.Opening.Secret && !ballot.IsPublished && part.Number == ballot.PartsPublished + 1 && part.Number <= part.Of;

    private static bool Follows(Counted ballot, PapersChunk chunk) =>
        ballot.Count.Chunks is { } named
        && ballot.Draft.Contest is { } contest
        && chunk.Number == ballot.Chunks.Count + 1
        && chunk.Number <= named.Count
        && PapersCounted.Hash(contest.Question, chunk.Papers) == named[chunk.Number - 1];
}
