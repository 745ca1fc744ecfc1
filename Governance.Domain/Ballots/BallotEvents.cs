using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>A question is prepared for the vote of a body. Stream <c>ballot:{id}</c>.</summary>
/// <param name="Motion">The text put to the vote; with a contest, the text that says what is decided by it.</param>
/// <param name="Workstream">The workstream that it is about.</param>
/// <param name="Reference">Anything else that it is about, in free words.</param>
/// <param name="Contest">The options and the method; null for a motion.</param>
/// <param name="Election">The election whose candidates it puts, which says what is filled; null for none.</param>
/// <param name="Minutes">The meeting whose minutes it approves; null for none.</param>
/// <param name="SecondRoundOf">The ballot whose result called for this one; null for none.</param>
/// <param name="Round">Of a ballot that another called for, from 2; null of a first one, and before it was told.</param>
public sealed record BallotDrafted(
    BallotId Ballot,
    BodyId Body,
    DecisionKind Decision,
    string Title,
    string Question,
    string Motion,
    WorkstreamId? Workstream = null,
    string? Reference = null,
    Contest? Contest = null,
    ElectionId? Election = null,
    MeetingId? Minutes = null,
    BallotId? SecondRoundOf = null,
    int? Round = null) : IEvent;

public enum HeldIn
{
    /// <summary>In a meeting: who is present is known when the ballot opens.</summary>
    Meeting,

    /// <summary>Between meetings: whoever votes takes part.</summary>
    Correspondence,
}

/// <summary>One entry of the roll of a ballot.</summary>
/// <param name="Person">Who holds the mandate, and so may cast its vote.</param>
/// <param name="Weight">What the vote weighs.</param>
/// <param name="College">The body of the college in which it counts; null for none.</param>
/// <param name="Present">The quality in which the elector is present, in a meeting; null for absent.</param>
/// <param name="Barred">Declared an interest: counts as the rules say and casts no vote.</param>
public sealed record Elector(MandateId Mandate, PersonId Person, Fraction Weight, BodyId? College = null, Presence? Present = null, bool Barred = false);

/// <param name="Weight">What the college weighs beside the others.</param>
public sealed record BallotCollege(BodyId College, Fraction Weight);

/// <summary>The rules that a ballot runs under, as they were in force when it opened.</summary>
/// <param name="Proxies">Null of a ballot opened before proxies could be given here.</param>
public sealed record BallotRules(
    Applied<AuthorityRule> Authority,
    Applied<EligibilityRule> Eligibility,
    Applied<QuorumRule> Quorum,
    Applied<MajorityRule> Majority,
    Applied<CollegesRule> Colleges,
    Applied<TieRule> Tie,
    Applied<SecrecyRule> Secrecy,
    Applied<RemoteVotingRule> RemoteVoting,
    Applied<VoteChangeRule> VoteChange,
    Applied<ClosingRule> Closing,
    Applied<ProxiesRule>? Proxies = null)
{
    public static BallotRules Of(RulesInForce rules, BodyKind body, DecisionKind decision) => new(
        rules.Authority(decision),
        rules.Eligibility(body, decision),
        rules.Quorum(body, decision),
        rules.Majority(body, decision),
        rules.Colleges(body, decision),
        rules.Tie(body, decision),
        rules.Secrecy(body, decision),
        rules.RemoteVoting(body, decision),
        rules.VoteChange(body, decision),
        rules.Closing(body, decision),
        rules.Proxies(body, decision));

    /// <summary>The same as they meet one draft: a rule on ties says less of a motion than of options, and less of a last round than of a first.</summary>
    public BallotRules For(BallotDrafted draft) => this with { Tie = Tie with { Content = Tie.Content.In(draft.Contest is null, draft.Round ?? 1) } };

    /// <summary>Why a body may not take such a decision; null when it may.</summary>
    public Refusal? Forbids(BodyKind body, DecisionKind decision) =>
        !Authority.Content.Bodies.Contains(body) ? new BodyWithoutAuthority(body, decision, Authority.Article)
        : Eligibility.Content.Voice == Voice.Consultative ? new BodyConsultative(body, Eligibility.Article)
        : null;

    public MotionRules ForMotion(StatutesVersionId? statutes) => new(statutes, Quorum, Majority, Colleges, Tie);

    /// <remarks>The draft names the method, no article does.</remarks>
    public MethodRules ForContest(StatutesVersionId? statutes) => new(statutes, RulesInForce.DefaultArticle, Quorum, Colleges, Tie);
}

/// <summary>The roll is frozen, the rules named, the window set.</summary>
/// <param name="Opens">The first instant at which a vote can be cast.</param>
/// <param name="Closes">The first instant at which none can be any more.</param>
/// <param name="ElectorCount">How many are on the roll.</param>
/// <param name="Colleges">The colleges that the body is made of, empty ones too.</param>
/// <param name="Electors">The roll, up to <see cref="Electorate.InlineLimit"/> electors; null when it is in chunks.</param>
/// <param name="Chunks">The SHA-256 of each chunk that follows on the stream, lower-case hexadecimal, in order; null when the roll is inline.</param>
/// <param name="Statutes">The version in force; null when there was none.</param>
/// <param name="Chair">The elector who presides: whose vote parts a tie where the rule gives a casting vote, and who gets blank proxies where the rule says so.</param>
/// <param name="Convened">When the convocation went out; null when nobody said.</param>
/// <param name="Secret">Papers are put in sealed; false says that votes are events.</param>
/// <param name="Hands">Hands are counted, by college: nobody's own vote is recorded.</param>
/// <param name="Meeting">The meeting recorded here whose vote it is; null for none.</param>
/// <param name="Called">Each elector is called and answers: what is said is taken down, and nobody votes on a device.</param>
/// <param name="OutOfBase">Mandates that are not on the roll since their holders declared an interest and the rules leave them out; null for none.</param>
/// <param name="Beside">The electors of <paramref name="OutOfBase"/>, who may still hold the proxies of others where the rules let them; null for none, and before this was told.</param>
public sealed record BallotOpened(
    BallotId Ballot,
    HeldIn Held,
    EffectiveTime Opens,
    EffectiveTime Closes,
    BallotRules Rules,
    int ElectorCount,
    IReadOnlyList<BallotCollege> Colleges,
    IReadOnlyList<Elector>? Electors = null,
    IReadOnlyList<string>? Chunks = null,
    StatutesVersionId? Statutes = null,
    MandateId? Chair = null,
    EffectiveTime? Convened = null,
    bool Secret = false,
    bool Hands = false,
    MeetingId? Meeting = null,
    IReadOnlyList<MandateId>? OutOfBase = null,
    bool Called = false,
    IReadOnlyList<Elector>? Beside = null) : IAct;

/// <summary>Mandates of the body that are not on the roll, and why: recorded with the opening, in parts where there are many.</summary>
public sealed record ElectorsLeftOut(BallotId Ballot, IReadOnlyList<LeftOut> LeftOut) : IAct;

/// <summary>A part of the roll of a ballot whose roll is too long for one event.</summary>
/// <param name="Number">From 1.</param>
public sealed record ElectorateChunk(BallotId Ballot, int Number, IReadOnlyList<Elector> Electors) : IAct;

/// <summary>Everybody on the roll was given a personal voting link; those of earlier issues open nothing any more.</summary>
/// <param name="Issue">From 1.</param>
public sealed record VotingLinksIssued(BallotId Ballot, int Issue) : IAct;

/// <summary>The hands of a meeting are counted.</summary>
/// <param name="Groups">By college, choice and weight; each with at least one.</param>
/// <param name="Chair">How whoever presides voted, where that parts a tie.</param>
public sealed record HandsCounted(BallotId Ballot, IReadOnlyList<PaperGroup> Groups, Choice? Chair = null) : IAct;

public enum ClosedBy
{
    Hand,
    Time,
}

public sealed record BallotClosed(BallotId Ballot, ClosedBy By) : IAct;

/// <summary>The papers are counted: with this and the opening, anybody can judge the ballot again.</summary>
/// <param name="Papers">How many were counted.</param>
/// <param name="Groups">The papers of a motion, those alike together; none of a contest.</param>
/// <param name="Roll">The roll by college, with who took part.</param>
/// <param name="PapersHash">
/// SHA-256, lower-case hexadecimal, of one line « mandate choice event » for each vote that stands, by mandate: ties the
/// count to the votes' own events. Of a contest the choice is the paper in its packed form: see <see cref="CountBallot.PaperLine(MandateId, string, EventId)"/>.
/// Of a secret ballot the lines are those of the published papers: see <see cref="PublishPapers.LineOf"/>.
/// </param>
/// <param name="CastingVote">What the chair voted, where that parts a tie.</param>
/// <param name="Alike">The papers of a contest, as <see cref="PapersCounted"/> orders them; null of a motion, and when they are in chunks.</param>
/// <param name="Chunks">The SHA-256 of each chunk of papers that follows on the stream, lower-case hexadecimal, in order; null when there are none.</param>
public sealed record BallotCounted(
    BallotId Ballot,
    int Papers,
    IReadOnlyList<PaperGroup> Groups,
    IReadOnlyList<RollGroup> Roll,
    string PapersHash,
    Choice? CastingVote = null,
    IReadOnlyList<PapersAlike>? Alike = null,
    IReadOnlyList<string>? Chunks = null) : IAct;

/// <summary>A part of the papers of a contest where they are too many for one event.</summary>
/// <param name="Number">From 1.</param>
public sealed record PapersChunk(BallotId Ballot, int Number, IReadOnlyList<PapersAlike> Papers) : IAct;

/// <summary>What the ballot came to: a motion has an outcome, a contest one of its method, and neither has both.</summary>
public sealed record ResultProclaimed(BallotId Ballot, Outcome? Outcome = null, MethodOutcome? Method = null) : IAct;

/// <summary>A tie that the result had declared is parted: by lot or by age, as the rule says that the ballot opened under.</summary>
/// <param name="By">That rule.</param>
/// <param name="Order">The options in the order that parts them, the first preferred: for a lot all that stand, as <see cref="PartTie.Draw"/> gives them.</param>
/// <param name="Method">What the same count comes to with that order.</param>
/// <param name="Seed">What the lot was drawn from; null by age.</param>
/// <param name="Source">The document that tells who is the eldest; null by lot.</param>
public sealed record DeclaredTieParted(
    BallotId Ballot, TieBreak By, IReadOnlyList<string> Order, MethodOutcome Method, LotSeed? Seed = null, string? Source = null) : IAct;

/// <summary>The second round that the result calls for is put: no other may be while it stands.</summary>
/// <param name="Round">The ballot that is the second round.</param>
public sealed record SecondRoundPut(BallotId Ballot, BallotId Round) : IAct;

/// <summary>The ballot counts for nothing: from here on, or from the first if retroactive, when it takes effect where it opened.</summary>
public sealed record BallotAnnulled(BallotId Ballot, string Reason, bool Retroactive, DecisionReference? Decision = null) : IAct;

/// <summary>Votes as a document gives them; null where it does not.</summary>
public sealed record TranscribedCounts(int? For = null, int? Against = null, int? Abstention = null, int? Blank = null, int? Null = null);

/// <summary>
/// The outcome of a decision from before the system: its papers are not here, so it cannot be judged again. The document
/// is named in the headers.
/// </summary>
/// <param name="Election">The election that it decided; null for none.</param>
/// <param name="Elected">Whom it elected, in order; null for nobody.</param>
/// <param name="Minutes">The meeting whose minutes it approves; null for none.</param>
public sealed record OutcomeTranscribed(
    BallotId Ballot,
    DecisionKind Decision,
    string Title,
    Verdict Verdict,
    BodyId? Body = null,
    string? Motion = null,
    TranscribedCounts? Counts = null,
    StatutesVersionId? Statutes = null,
    WorkstreamId? Workstream = null,
    string? Reference = null,
    ElectionId? Election = null,
    IReadOnlyList<PersonId>? Elected = null,
    MeetingId? Minutes = null) : IAct
{
    // As it is stored: two lists that say the same are the same.
    public bool Equals(OutcomeTranscribed? other) => other is not null && Stored() == other.Stored();

    public override int GetHashCode() => Stored().GetHashCode(StringComparison.Ordinal);

    private string Stored() => JsonSerializer.Serialize(this, EventCatalogue.Json);
}

/// <summary>Frozen as it was, the roll is not what is known of it today.</summary>
/// <param name="Added">On the roll as known today, and not on the frozen one.</param>
/// <param name="Removed">On the frozen roll, and not on the one known today.</param>
/// <param name="Reweighed">On both, with another weight or in another college: as known today.</param>
public sealed record ElectorateDifference(IReadOnlyList<Elector> Added, IReadOnlyList<Elector> Removed, IReadOnlyList<Elector> Reweighed);

/// <summary>A fact recorded late would have changed an act of this ballot: somebody confirms or annuls.</summary>
/// <param name="Late">The event recorded late.</param>
/// <param name="Act">The event that it would have changed.</param>
/// <param name="Electorate">How the roll differs; null when it does not.</param>
/// <param name="Statutes">The version of the statutes that should have applied; null when the one that did, or none.</param>
/// <param name="NoStatutes">No version was in force after all: the rules that the ballot was judged by were not there.</param>
/// <param name="Colleges">The colleges and their weights as known today; null when they are those of the opening. An empty one can block a decision.</param>
/// <param name="FirstRoundAnnulled">The late event annuls the ballot whose second round this is: nothing calls for it any more.</param>
public sealed record IrregularityRaised(
    BallotId Ballot,
    EventId Late,
    EventId Act,
    ElectorateDifference? Electorate = null,
    StatutesVersionId? Statutes = null,
    bool NoStatutes = false,
    IReadOnlyList<BallotCollege>? Colleges = null,
    bool FirstRoundAnnulled = false) : IAct;

/// <summary>The ballot stands in spite of what was found.</summary>
/// <param name="Late">The event recorded late, which names the irregularity.</param>
public sealed record IrregularityConfirmed(BallotId Ballot, EventId Late, string Reason) : IAct;

/// <summary>A vote is cast. Stream <c>vote:{ballot}:{elector mandate}</c>, open ballots only.</summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">The person who cast it: who marked it, where it is on paper.</param>
/// <param name="Choice">On a motion; null in a contest.</param>
/// <param name="Giver">For whom, where it was cast by proxy: who holds the mandate; null when the holder cast it.</param>
/// <param name="Paper">In a contest; null on a motion.</param>
/// <param name="OnPaper">Marked on paper and keyed by two people: see <see cref="PaperEntered"/>.</param>
/// <param name="Called">Answered aloud when called, and taken down by whoever keeps the records.</param>
public sealed record VoteCast(
    BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice = null, PersonId? Giver = null, Paper? Paper = null, bool OnPaper = false,
    bool Called = false) : IAct;

/// <summary>A vote cast before is changed to this.</summary>
public sealed record VoteChanged(BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice = null, PersonId? Giver = null, Paper? Paper = null) : IAct;

public static class BallotEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(BallotDrafted), typeof(SecretVoteDemanded), typeof(BallotOpened), typeof(ElectorateChunk), typeof(ElectorsLeftOut), typeof(VotingLinksIssued), typeof(BallotHeldInSecret), typeof(HandsCounted), typeof(BallotClosed),
        typeof(PapersPublished), typeof(BallotCounted), typeof(PapersChunk),
        typeof(ResultProclaimed), typeof(DeclaredTieParted), typeof(SecondRoundPut), typeof(BallotAnnulled), typeof(OutcomeTranscribed), typeof(IrregularityRaised),
        typeof(IrregularityConfirmed), typeof(VoteCast), typeof(VoteChanged),
    ];
}
