using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

public sealed record BallotNotFound : Refusal
{
    public override string Code => "ballot.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record BallotAlreadyDrafted(string Title) : Refusal
{
    public override string Code => "ballot.already-drafted";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>An option of a contest is no workstream, or nobody, of the association.</summary>
public sealed record OptionNotFound(string Option, ContestOptions Of) : Refusal
{
    public override string Code => "ballot.option-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
    public override IReadOnlyList<object> Arguments => [Option, Of];
}

/// <summary>The body was not there, or no more, at that time.</summary>
public sealed record BallotBodyNotFound : Refusal
{
    public override string Code => "ballot.body-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record BallotAlreadyOpened(EffectiveTime On) : Refusal
{
    public override string Code => "ballot.already-opened";
    public override IReadOnlyList<object> Arguments => [On];
}

/// <summary>It is a draft still.</summary>
public sealed record BallotNotOpened : Refusal
{
    public override string Code => "ballot.not-opened";
}

/// <summary>It was closed, and with that the time for voting is over.</summary>
public sealed record BallotClosedAlready(EffectiveTime On) : Refusal
{
    public override string Code => "ballot.closed";
    public override IReadOnlyList<object> Arguments => [On];
}

public sealed record BallotStillOpen(EffectiveTime Closes) : Refusal
{
    public override string Code => "ballot.still-open";
    public override IReadOnlyList<object> Arguments => [Closes];
}

public sealed record BallotNotCounted : Refusal
{
    public override string Code => "ballot.not-counted";
}

public sealed record BallotAlreadyAnnulled(EffectiveTime On) : Refusal
{
    public override string Code => "ballot.annulled";
    public override IReadOnlyList<object> Arguments => [On];
}

/// <summary>An outcome from before the system: its papers are not here, so nothing can be opened, counted or proclaimed.</summary>
public sealed record BallotTranscribed : Refusal
{
    public override string Code => "ballot.transcribed";
}

/// <summary>The rules name other bodies for this kind of decision.</summary>
public sealed record BodyWithoutAuthority(BodyKind Body, DecisionKind Decision, string By) : Refusal
{
    public override string Code => "ballot.body-without-authority";
    public override IReadOnlyList<object> Arguments => [Body, Decision];
    public override string? Article => By;
}

/// <summary>The body speaks and does not vote.</summary>
public sealed record BodyConsultative(BodyKind Body, string By) : Refusal
{
    public override string Code => "ballot.body-consultative";
    public override IReadOnlyList<object> Arguments => [Body];
    public override string? Article => By;
}

/// <summary>The rules allow no vote between meetings.</summary>
public sealed record CorrespondenceNotAllowed(BodyKind Body, DecisionKind Decision, string By) : Refusal
{
    public override string Code => "ballot.correspondence-not-allowed";
    public override IReadOnlyList<object> Arguments => [Body, Decision];
    public override string? Article => By;
}

/// <summary>The rules do not let electors cast their votes through the system.</summary>
public sealed record ElectronicVotingNotAllowed(BodyKind Body, DecisionKind Decision, string By) : Refusal
{
    public override string Code => "ballot.electronic-not-allowed";
    public override IReadOnlyList<object> Arguments => [Body, Decision];
    public override string? Article => By;
}

/// <summary>Dues count at the convocation, and nobody said when it went out.</summary>
public sealed record ConvocationNotNamed(string By) : Refusal
{
    public override string Code => "ballot.convocation-not-named";
    public override string? Article => By;
}

public sealed record ConvenedAfterOpening(EffectiveTime Convened) : Refusal
{
    public override string Code => "ballot.convened-after-opening";
    public override IReadOnlyList<object> Arguments => [Convened];
}

/// <summary>Nobody who may vote holds a mandate in the body at that time.</summary>
public sealed record NoElectors : Refusal
{
    public override string Code => "ballot.no-electors";
}

/// <summary>The ballot would close before it opens.</summary>
public sealed record WindowEmpty(EffectiveTime Opens, EffectiveTime Closes) : Refusal
{
    public override string Code => "ballot.window-empty";
    public override IReadOnlyList<object> Arguments => [Opens, Closes];
}

/// <summary>Between meetings whoever votes takes part: there is no attendance to give.</summary>
public sealed record AttendanceBetweenMeetings : Refusal
{
    public override string Code => "ballot.attendance-between-meetings";
}

public sealed record PresentNotOnTheRoll(MandateId Mandate) : Refusal
{
    public override string Code => "ballot.present-not-on-the-roll";
    public override IReadOnlyList<object> Arguments => [Mandate];
}

public sealed record PresentTwice(MandateId Mandate) : Refusal
{
    public override string Code => "ballot.present-twice";
    public override IReadOnlyList<object> Arguments => [Mandate];
}

/// <summary>Only an elector's vote can part a tie.</summary>
public sealed record ChairNotOnTheRoll(MandateId Mandate) : Refusal
{
    public override string Code => "ballot.chair-not-on-the-roll";
    public override IReadOnlyList<object> Arguments => [Mandate];
}

/// <summary>Its window has not begun.</summary>
public sealed record BallotNotYetOpen(EffectiveTime Opens) : Refusal
{
    public override string Code => "ballot.not-yet-open";
    public override IReadOnlyList<object> Arguments => [Opens];
}

/// <summary>Its window is over.</summary>
public sealed record ClosingTimePassed(EffectiveTime Closes) : Refusal
{
    public override string Code => "ballot.closing-time-passed";
    public override IReadOnlyList<object> Arguments => [Closes];
}

/// <summary>The mandate is not on the roll frozen when the ballot opened.</summary>
public sealed record NotOnTheRoll : Refusal
{
    public override string Code => "vote.not-on-the-roll";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

public sealed record MandateOfAnotherPerson : Refusal
{
    public override string Code => "vote.mandate-of-another-person";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

public sealed record VoteChangeNotAllowed(Choice Cast, string By) : Refusal
{
    public override string Code => "vote.change-not-allowed";
    public override IReadOnlyList<object> Arguments => [Cast];
    public override string? Article => By;
}

/// <summary>A paper is cast already in this contest, and the rules allow no other.</summary>
public sealed record PaperChangeNotAllowed(string By) : Refusal
{
    public override string Code => "vote.paper-change-not-allowed";
    public override string? Article => By;
}

/// <summary>A vote is a choice or a paper, one of the two.</summary>
public sealed record ChoiceOrPaper : Refusal
{
    public override string Code => "vote.choice-or-paper";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>The ballot puts a motion: it takes for, against, abstention or blank.</summary>
public sealed record MotionTakesChoice : Refusal
{
    public override string Code => "vote.motion-takes-choice";
}

/// <summary>The ballot puts options by a method: it takes a paper.</summary>
public sealed record ContestTakesPaper : Refusal
{
    public override string Code => "vote.contest-takes-paper";
}

/// <summary>A null paper is one that cannot be counted; nobody chooses it.</summary>
public sealed record NullIsNoChoice : Refusal
{
    public override string Code => "vote.null-is-no-choice";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>The rules let nobody close it before its time.</summary>
public sealed record ClosesAtItsTime(EffectiveTime Closes, string By) : Refusal
{
    public override string Code => "ballot.closes-at-its-time";
    public override IReadOnlyList<object> Arguments => [Closes];
    public override string? Article => By;
}

/// <summary>The rules leave the closing to whoever presides.</summary>
public sealed record ClosesByHand(string By) : Refusal
{
    public override string Code => "ballot.closes-by-hand";
    public override string? Article => By;
}

public sealed record NotYetClosingTime(EffectiveTime Closes) : Refusal
{
    public override string Code => "ballot.not-yet-closing-time";
    public override IReadOnlyList<object> Arguments => [Closes];
}

/// <summary>Facts recorded late would have changed the roll or the rules: they are confirmed, or the ballot annulled, before a result is proclaimed.</summary>
public sealed record IrregularityUnsettled(int Count) : Refusal
{
    public override string Code => "ballot.irregularity-unsettled";
    public override IReadOnlyList<object> Arguments => [Count];
}

public sealed record IrregularityNotFound : Refusal
{
    public override string Code => "ballot.irregularity-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>No event of this id changes what the ballot was opened on.</summary>
public sealed record LateEventNotFound : Refusal
{
    public override string Code => "ballot.late-event-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>Its result is not proclaimed yet.</summary>
public sealed record ResultNotProclaimed : Refusal
{
    public override string Code => "ballot.result-not-proclaimed";
}

/// <summary>The result leaves nothing tied.</summary>
public sealed record NothingTied : Refusal
{
    public override string Code => "ballot.nothing-tied";
}

/// <summary>The tie is parted already, in another order.</summary>
public sealed record TieAlreadyParted : Refusal
{
    public override string Code => "ballot.tie-already-parted";
}

/// <summary>The rule has a second round part it: a ballot of its own.</summary>
public sealed record TiePartedBySecondRound(string By) : Refusal
{
    public override string Code => "ballot.tie-parted-by-second-round";
    public override string? Article => By;
}

/// <summary>The rule says nothing that parts options.</summary>
public sealed record TieLeftOpen(string By) : Refusal
{
    public override string Code => "ballot.tie-left-open";
    public override string? Article => By;
}

/// <summary>A lot and an age part options, not those for a motion from those against it.</summary>
public sealed record MotionNotPartedByLot(string By) : Refusal
{
    public override string Code => "ballot.motion-not-parted-by-lot";
    public override string? Article => By;
}

/// <summary>The rule is a lot: nobody gives its order.</summary>
public sealed record LotTakesNoOrder(string By) : Refusal
{
    public override string Code => "ballot.lot-takes-no-order";
    public override string? Article => By;
}

/// <summary>The log has not published the checkpoint yet from which the lot is drawn.</summary>
public sealed record CheckpointAwaited : Refusal
{
    public override string Code => "ballot.checkpoint-awaited";
}

/// <summary>The order does not name each of the options tied.</summary>
public sealed record TieOrderIncomplete(int Missing) : Refusal
{
    public override string Code => "ballot.tie-order-incomplete";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Missing];
}

/// <summary>What parts a tie is the rule of the statutes, once there is one: no draft says who wins it.</summary>
public sealed record TieOrderInDraft : Refusal
{
    public override string Code => "ballot.tie-order-in-draft";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Such a decision is adopted or not: nothing can rest on a choice between options.</summary>
public sealed record DecisionHasNoOptions(DecisionKind Decision) : Refusal
{
    public override string Code => "ballot.decision-has-no-options";
    public override IReadOnlyList<object> Arguments => [Decision];
}

/// <summary>What a lot has parted, or is about to, stands unless a later decision undoes it: nobody chooses between two draws.</summary>
public sealed record LotStandsUnlessDecided(string By) : Refusal
{
    public override string Code => "ballot.lot-stands-unless-decided";
    public override string? Article => By;
}

/// <summary>The ballot named as the first round calls for no second one.</summary>
public sealed record NoSecondRoundCalled : Refusal
{
    public override string Code => "ballot.no-second-round-called";
}

/// <summary>Its second round is put already, and stands until it is annulled.</summary>
/// <param name="Title">Of that second round.</param>
public sealed record SecondRoundAlreadyPut(string Title) : Refusal
{
    public override string Code => "ballot.second-round-already-put";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>A second round puts what the first left open: the same body, the same text, the same election, the options left, the seats left.</summary>
public sealed record SecondRoundPutsSomethingElse : Refusal
{
    public override string Code => "ballot.second-round-puts-something-else";
}

/// <summary>A second round is one round: the rule of the statutes says how many follow, and what parts those whom the last leaves tied.</summary>
public sealed record SecondRoundOfSeveralRounds : Refusal
{
    public override string Code => "ballot.second-round-of-several-rounds";
}

/// <summary>The first round is annulled: nothing calls for its second any more.</summary>
/// <param name="Title">Of the first round.</param>
public sealed record FirstRoundAnnulled(string Title) : Refusal
{
    public override string Code => "ballot.first-round-annulled";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>Who stands in an election or a second round is not for whoever drafts its ballot.</summary>
/// <param name="Options">How many the draft withdraws.</param>
public sealed record OptionsWithdrawnInDraft(int Options) : Refusal
{
    public override string Code => "ballot.options-withdrawn-in-draft";
    public override IReadOnlyList<object> Arguments => [Options];
}

/// <summary>The ballot referred to adopted nothing that stands: no result yet, not adopted, or annulled.</summary>
public sealed record DecisionDoesNotStand : Refusal
{
    public override string Code => "ballot.decision-does-not-stand";
}

/// <summary>The ballot referred to decided something of another kind.</summary>
public sealed record DecisionOfAnotherKind(DecisionKind Decided) : Refusal
{
    public override string Code => "ballot.decision-of-another-kind";
    public override IReadOnlyList<object> Arguments => [Decided];
}

/// <summary>The ballot referred to decided something of another kind than the act that rests on it.</summary>
/// <param name="By">The article that says which body takes the decision asked for; null where the statutes say nothing.</param>
public sealed record DecisionOfKindNotAsked(DecisionKind Decided, DecisionKind Asked, string? By = null) : Refusal
{
    public override string Code => "ballot.decision-of-kind-not-asked";
    public override IReadOnlyList<object> Arguments => [Decided, Asked];
    public override string? Article => By;
}

/// <summary>The statutes say which body takes such a decision, and the act names none.</summary>
public sealed record DecisionNotNamed(DecisionKind Asked, string By) : Refusal
{
    public override string Code => "ballot.decision-not-named";
    public override IReadOnlyList<object> Arguments => [Asked];
    public override string? Article => By;
}

/// <summary>The outcome referred to is of a day on which decisions were recorded here already, and no document shows it.</summary>
public sealed record OutcomeWithoutDocument(EffectiveTime On) : Refusal
{
    public override string Code => "ballot.outcome-without-document";
    public override IReadOnlyList<object> Arguments => [On];
}

/// <summary>The outcome referred to is of a day on which decisions were recorded here already, and names no body that was there.</summary>
public sealed record OutcomeOfNoBody(DecisionKind Decision, string By) : Refusal
{
    public override string Code => "ballot.outcome-of-no-body";
    public override IReadOnlyList<object> Arguments => [Decision];
    public override string? Article => By;
}

/// <summary>The election referred to has not elected the person.</summary>
public sealed record PersonNotElected : Refusal
{
    public override string Code => "ballot.person-not-elected";
}

/// <summary>What rests on a decision cannot hold before it.</summary>
public sealed record DecisionTakenLater(EffectiveTime DecidedOn) : Refusal
{
    public override string Code => "ballot.decision-taken-later";
    public override IReadOnlyList<object> Arguments => [DecidedOn];
}

/// <summary>The ballot referred to decided on another workstream than the one that rests on it.</summary>
public sealed record DecisionAboutAnotherWorkstream : Refusal
{
    public override string Code => "ballot.decision-about-another-workstream";
}

public sealed record BallotAnnulsItself : Refusal
{
    public override string Code => "ballot.annuls-itself";
}

/// <summary>The link is not one of the last issue of this ballot's voting links.</summary>
public sealed record VotingLinkReplaced : Refusal
{
    public override string Code => "ballot.voting-link-replaced";
}

/// <summary>Hands are counted in this vote: nobody's own vote is recorded.</summary>
public sealed record HandsAreCounted : Refusal
{
    public override string Code => "ballot.hands-are-counted";
}

/// <summary>Votes are cast each by itself in this ballot: there are no hands to count.</summary>
public sealed record NoHandsToCount : Refusal
{
    public override string Code => "ballot.no-hands-to-count";
}

/// <summary>The hands are not counted yet: the vote is closed with their count.</summary>
public sealed record HandsNotCounted : Refusal
{
    public override string Code => "ballot.hands-not-counted";
}

/// <summary>Among the hands of their college there is none that whoever presides can have raised so.</summary>
public sealed record ChairRaisedNoHand : Refusal
{
    public override string Code => "ballot.chair-raised-no-hand";
}

/// <summary>The rules ask for a secret vote: hands and answers aloud are none.</summary>
public sealed record HandsInSecretBallot(string By) : Refusal
{
    public override string Code => "ballot.hands-in-secret-ballot";
    public override string? Article => By;
}

/// <summary>The votes of a college do not all weigh the same: hands alone do not tell them apart.</summary>
/// <param name="College">Null for electors of no college.</param>
public sealed record HandsOfUnequalWeight(BodyId? College) : Refusal
{
    public override string Code => "ballot.hands-of-unequal-weight";
}

/// <summary>More hands than there are votes in the room.</summary>
/// <param name="Counted">All hands of the college.</param>
/// <param name="Most">How many can be raised there, proxies included.</param>
public sealed record MoreHandsThanVotes(long Counted, long Most) : Refusal
{
    public override string Code => "ballot.more-hands-than-votes";
    public override IReadOnlyList<object> Arguments => [Counted, Most];
}

/// <summary>Whoever declared an interest in what is decided casts no vote on it.</summary>
public sealed record InterestBarsVote : Refusal
{
    public override string Code => "ballot.interest-bars-vote";
    public override RefusalKind Kind => RefusalKind.Forbidden;
}

/// <summary>The elector is not in the room, and nobody there holds the elector's proxy.</summary>
public sealed record NotInTheRoom : Refusal
{
    public override string Code => "ballot.not-in-the-room";
}

/// <summary>Each elector is called in this vote: what they answer is taken down by whoever keeps the records.</summary>
public sealed record AnswersAreTakenDown : Refusal
{
    public override string Code => "ballot.answers-are-taken-down";
}

/// <summary>Nobody is called in this vote: each casts their own.</summary>
public sealed record NoCallIsTaken : Refusal
{
    public override string Code => "ballot.no-call-is-taken";
}
