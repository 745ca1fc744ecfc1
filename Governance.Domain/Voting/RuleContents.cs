using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Voting;

public enum Convener { President, Board, Secretariat, FractionOfMembers }

/// <summary>Who may put an item on the agenda, beside whoever convenes.</summary>
public enum AgendaAuthor { President, Board, Secretariat, EachMember, EachCollege }

public enum NoticeChannel { Email, Post, RegisteredPost, Platform, ByHand }

public enum DayCount
{
    /// <summary>Every day counts, the day of sending not.</summary>
    Calendar,

    /// <summary>« Jours francs »: neither the day of sending nor the day of the meeting counts.</summary>
    Clear,
}

/// <summary>How a meeting is convened.</summary>
/// <param name="MembersShare">The fraction of members who may convene, where <see cref="Convener.FractionOfMembers"/> is among the conveners.</param>
/// <param name="AgendaFrozen">Nothing joins the agenda once the notice is out.</param>
/// <param name="ItemsShare">The fraction of members who may add an item together; null when no number of them may.</param>
/// <param name="ItemsUntilDays">Until how many days before the meeting items may be added; null for until the agenda is frozen.</param>
/// <param name="ItemsBy">Who may add an item alone; null for nobody but whoever convenes.</param>
public sealed record NoticeRule(
    int Days,
    DayCount Count,
    IReadOnlyList<Convener> Conveners,
    IReadOnlyList<NoticeChannel> Channels,
    bool AgendaFrozen,
    Fraction? MembersShare = null,
    Fraction? ItemsShare = null,
    int? ItemsUntilDays = null,
    IReadOnlyList<AgendaAuthor>? ItemsBy = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.Notice;

    internal override Refusal? Fault() =>
        NumberFault("days", Days, 0, 366)
        ?? (Conveners.Contains(Convener.FractionOfMembers)
            ? ShareFault("membersShare", MembersShare, Comparison.AtLeast)
            : UnusedFault("membersShare", MembersShare is not null))
        ?? (ItemsShare is null ? null : ShareFault("itemsShare", ItemsShare, Comparison.AtLeast))
        ?? NumberFault("itemsUntilDays", ItemsUntilDays, 0, 366)
        ?? UnusedFault("itemsUntilDays", ItemsUntilDays is not null && ItemsShare is null && ItemsBy is null)
        ?? (ItemsBy is { Count: 0 } ? new RuleFieldMissing(Kind, "itemsBy") : null)
        ?? UnusedFault("itemsShare", ItemsShare is not null && ItemsBy?.Contains(AgendaAuthor.EachMember) == true);
}

/// <summary>The instant at which dues must be paid for a member to vote.</summary>
public enum DuesPaidBy { NotRequired, Convocation, RecordDate, Vote }

public enum Voice
{
    /// <summary>Speaks and votes.</summary>
    Deliberative,

    /// <summary>Speaks and does not vote.</summary>
    Consultative,
}

/// <summary>Who may vote.</summary>
/// <param name="RecordDateDays">How many days before the meeting the record date is, where dues count at the record date.</param>
/// <param name="GraceDays">How many days late dues may be paid and still count.</param>
/// <param name="SeniorityDays">Since how many days one must be a member.</param>
/// <param name="SuspensionProposed">Whoever keeps the register is to consider suspending a member whose dues are late beyond the grace; nothing is done by itself.</param>
public sealed record EligibilityRule(
    DuesPaidBy Dues, int GraceDays, int SeniorityDays, Voice Voice, int? RecordDateDays = null, bool SuspensionProposed = false) : RuleContent
{
    public override RuleKind Kind => RuleKind.Eligibility;

    internal override Refusal? Fault() =>
        NumberFault("graceDays", GraceDays, 0, 3660)
        ?? NumberFault("seniorityDays", SeniorityDays, 0, 36600)
        ?? (Dues == DuesPaidBy.RecordDate && RecordDateDays is null ? new RuleFieldMissing(Kind, "recordDateDays") : null)
        ?? UnusedFault("recordDateDays", Dues != DuesPaidBy.RecordDate && RecordDateDays is not null)
        ?? NumberFault("recordDateDays", RecordDateDays, 0, 366);
}

public enum QuorumExtent
{
    /// <summary>None is asked for.</summary>
    None,

    /// <summary>Of the whole roll.</summary>
    Whole,

    /// <summary>Of every college; one without it is treated as the rule on colleges says.</summary>
    EachCollege,

    /// <summary>Of so many colleges; the body decides when that many have it.</summary>
    SomeColleges,
}

public enum QuorumMeasure { Members, Votes }

/// <summary>The quality in which an elector takes part.</summary>
public enum Presence { InPerson, Represented, Remote, Postal }

public enum Rounding { None, Up, Down }

public enum QuorumCheck { AtOpening, AtEachVote, Both }

/// <summary>How many must take part for a vote to be valid.</summary>
/// <param name="Share">p/q of the members or of the votes.</param>
/// <param name="PlusOne">« La moitié plus un »: one more than the share.</param>
/// <param name="Colleges">How many colleges must have it, for <see cref="QuorumExtent.SomeColleges"/>.</param>
/// <param name="Counted">Who counts; every quality when empty. In a vote by correspondence the participants count.</param>
/// <param name="Rounding">Of share × total, before the one more.</param>
public sealed record QuorumRule(
    QuorumExtent Extent,
    QuorumMeasure Measure,
    Comparison Comparison,
    Rounding Rounding,
    bool PlusOne,
    QuorumCheck Check,
    IReadOnlyList<Presence> Counted,
    Fraction? Share = null,
    int? Colleges = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.Quorum;

    public static QuorumRule None { get; } = new(
        QuorumExtent.None, QuorumMeasure.Members, Comparison.AtLeast, Rounding.None, false, QuorumCheck.Both, []);

    /// <summary>At least so large a share of the members, at the opening and at each vote.</summary>
    public static QuorumRule OfMembers(Fraction share) => None with { Extent = QuorumExtent.Whole, Share = share };

    internal override Refusal? Fault() =>
        (Extent == QuorumExtent.None
            ? UnusedFault("share", Share is not null) ?? UnusedFault("plusOne", PlusOne)
            : ShareFault("share", Share, Comparison))
        ?? (Extent == QuorumExtent.SomeColleges && Colleges is null ? new RuleFieldMissing(Kind, "colleges") : null)
        ?? UnusedFault("colleges", Extent != QuorumExtent.SomeColleges && Colleges is not null)
        ?? NumberFault("colleges", Colleges, 1, 1000);
}

/// <summary>A new meeting after one without quorum.</summary>
/// <param name="Quorum">The quorum of the second meeting; null for none.</param>
/// <param name="SameAgenda">Nothing may join the agenda.</param>
public sealed record SecondConvocationRule(bool Allowed, int MinimumGapDays, bool SameAgenda, QuorumRule? Quorum = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.SecondConvocation;

    internal override Refusal? Fault() =>
        NumberFault("minimumGapDays", MinimumGapDays, 0, 366)
        ?? (Allowed ? Quorum?.Fault() : UnusedFault("quorum", Quorum is not null));
}

public enum BlankProxies { Refused, GivenOut, ToTheChair }

public enum HolderLeaves { Void, NamedSubstitute, Reassigned }

public enum OverCap { ExcessVoid, AllVoid }

/// <summary>Voting for somebody else.</summary>
/// <param name="MostPerHolder">How many one may hold; null for no cap.</param>
/// <param name="MostShareOfVotes">What share of all votes one may hold, own votes included; null for no cap.</param>
/// <param name="DeadlineHours">How many hours before the vote opens they must be in; null for no deadline: until it closes.</param>
public sealed record ProxiesRule(
    bool Allowed,
    bool SameCollege,
    bool MembersOnly,
    bool Written,
    BlankProxies Blank,
    HolderLeaves HolderLeaves,
    OverCap OverCap,
    int? MostPerHolder = null,
    Fraction? MostShareOfVotes = null,
    int? DeadlineHours = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.Proxies;

    internal override Refusal? Fault() =>
        UnusedFault("mostPerHolder", !Allowed && MostPerHolder is not null)
        ?? UnusedFault("mostShareOfVotes", !Allowed && MostShareOfVotes is not null)
        ?? NumberFault("mostPerHolder", MostPerHolder, 1, 1_000_000)
        ?? (MostShareOfVotes is null ? null : ShareFault("mostShareOfVotes", MostShareOfVotes, Comparison.AtLeast))
        ?? NumberFault("deadlineHours", DeadlineHours, 0, 8784);
}

public enum MajorityForm
{
    /// <summary>For ⋈ share × base.</summary>
    Fraction,

    /// <summary>« La moitié plus une »: for ≥ base / 2 + 1, not rounded, so 9 of 15.</summary>
    HalfPlusOne,

    /// <summary>For above against.</summary>
    Relative,
}

/// <summary>Which votes a majority is counted over.</summary>
public enum MajorityBase
{
    /// <summary>For and against, and what the rule counts with them.</summary>
    Expressed,

    /// <summary>All votes of those present, on site or remote.</summary>
    Present,

    PresentAndRepresented,

    /// <summary>All votes of the roll.</summary>
    AllMembers,
}

/// <summary>What adopts a motion. One with no vote for is never adopted.</summary>
/// <param name="WithAbstentions">Abstentions count among the expressed votes, so that they weigh against.</param>
/// <param name="WithBlanks">Blank papers count among the expressed votes.</param>
/// <param name="WithNulls">Null papers count among the expressed votes.</param>
public sealed record MajorityRule(
    MajorityForm Form,
    MajorityBase Base,
    Comparison Comparison = Comparison.MoreThan,
    bool WithAbstentions = false,
    bool WithBlanks = false,
    bool WithNulls = false,
    Fraction? Share = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.Majority;

    /// <summary>« Plus de la moitié des suffrages exprimés ».</summary>
    public static MajorityRule MoreThanHalfExpressed { get; } = new(MajorityForm.Fraction, MajorityBase.Expressed, Share: new Fraction(1, 2));

    internal override Refusal? Fault() =>
        (Form == MajorityForm.Fraction ? ShareFault("share", Share, Comparison) : UnusedFault("share", Share is not null))
        ?? UnusedFault("withAbstentions", WithAbstentions && !CountsPapers)
        ?? UnusedFault("withBlanks", WithBlanks && !CountsPapers)
        ?? UnusedFault("withNulls", WithNulls && !CountsPapers);

    private bool CountsPapers => Base == MajorityBase.Expressed && Form != MajorityForm.Relative;
}

public enum CollegeMode
{
    /// <summary>All votes together, by weight.</summary>
    Pooled,

    /// <summary>Each college's own result, weighed by the college's weight whatever its size.</summary>
    Normalised,

    /// <summary>Enough colleges adopt, each by itself.</summary>
    SomeColleges,

    /// <summary>Both the pooled votes and enough colleges.</summary>
    Double,

    /// <summary>The pooled votes, unless one college stands against.</summary>
    Veto,
}

/// <summary>What becomes of a college that is empty, has no quorum, or (normalised) has no vote that counts.</summary>
public enum MissingCollege
{
    /// <summary>It is left out and the others decide.</summary>
    Drop,

    /// <summary>It counts against.</summary>
    Against,

    /// <summary>Nothing can be decided without it.</summary>
    Block,
}

public enum VetoWhen
{
    /// <summary>In that college more votes are against than for.</summary>
    Opposed,

    /// <summary>That college does not adopt the motion by the majority asked for.</summary>
    NotAdopted,
}

/// <param name="College">The college's body, by its id.</param>
public sealed record CollegeWeight(string College, Fraction Weight);

/// <summary>How colleges decide together.</summary>
/// <param name="AtLeast">How many colleges must adopt; at most as many as are left where missing ones are dropped.</param>
/// <param name="Weights">Weights of colleges where they are normalised; one not named weighs what it was constituted with.</param>
/// <param name="Within">The majority asked for inside a college; null for the same as of the whole.</param>
/// <param name="VetoOf">The college that can veto.</param>
public sealed record CollegesRule(
    CollegeMode Mode,
    MissingCollege Missing,
    IReadOnlyList<CollegeWeight> Weights,
    int? AtLeast = null,
    MajorityRule? Within = null,
    string? VetoOf = null,
    VetoWhen VetoWhen = VetoWhen.Opposed) : RuleContent
{
    public override RuleKind Kind => RuleKind.Colleges;

    public static CollegesRule Pooled { get; } = new(CollegeMode.Pooled, MissingCollege.Block, []);

    internal override Refusal? Fault() =>
        (Mode is CollegeMode.SomeColleges or CollegeMode.Double && AtLeast is null ? new RuleFieldMissing(Kind, "atLeast") : null)
        ?? UnusedFault("atLeast", Mode is not (CollegeMode.SomeColleges or CollegeMode.Double) && AtLeast is not null)
        ?? NumberFault("atLeast", AtLeast, 1, 1000)
        ?? (Mode == CollegeMode.Veto && string.IsNullOrWhiteSpace(VetoOf) ? new RuleFieldMissing(Kind, "vetoOf") : null)
        ?? UnusedFault("vetoOf", Mode != CollegeMode.Veto && VetoOf is not null)
        ?? UnusedFault("weights", Mode != CollegeMode.Normalised && Weights.Count > 0)
        ?? (Weights.FirstOrDefault(w => w.Weight <= Fraction.Zero) is { } low ? new RuleFractionOutOfRange(Kind, "weights", low.Weight) : null)
        ?? (Weights.GroupBy(w => w.College).FirstOrDefault(g => g.Count() > 1) is { } twice ? new RuleNamesCollegeTwice(twice.Key) : null)
        ?? UnusedFault("within", Mode is CollegeMode.Pooled or CollegeMode.Normalised && Within is not null)
        ?? Within?.Fault();
}

public enum TieBreak
{
    Rejected,
    CastingVote,
    SecondRound,
    Eldest,

    /// <summary>Drawn from the log as it first holds the result that declares the tie, so that nobody picks it.</summary>
    Lot,
}

/// <summary>What parts equal votes.</summary>
/// <param name="Rounds">Under a second round: how many rounds follow the first at most; null for one.</param>
/// <param name="Then">Under a second round: what parts those whom the last round leaves tied; null for nothing: the motion is rejected, the seats stay vacant.</param>
public sealed record TieRule(TieBreak Break, int? Rounds = null, TieBreak? Then = null) : RuleContent
{
    private const int MostRounds = 5;

    public override RuleKind Kind => RuleKind.Tie;

    /// <summary>The rule as it meets one vote: no round after the last, and neither a lot nor an age for a motion, whose two sides are no options.</summary>
    /// <param name="round">Of the vote, from 1.</param>
    public TieRule In(bool motion, int round)
    {
        var rule = Break == TieBreak.SecondRound && round > (Rounds ?? 1) ? new(Then ?? TieBreak.Rejected) : this;
        return motion && PartsOptions(rule.Break) ? new(TieBreak.Rejected) : rule;
    }

    internal override Refusal? Fault() =>
        NumberFault("rounds", Rounds, 1, MostRounds)
        ?? UnusedFault("rounds", Break != TieBreak.SecondRound && Rounds is not null)
        ?? UnusedFault("then", Then is not null && (Break != TieBreak.SecondRound || Then == TieBreak.SecondRound));

    internal override Refusal? Fault(RuleScope scope) =>
        Fault() ?? (scope.Decision is { } decision && decision.IsYesOrNo() && (PartsOptions(Break) || PartsOptions(Then ?? Break)) ? new TieRuleNeverUsed(decision) : null);

    private static bool PartsOptions(TieBreak tie) => tie is TieBreak.Lot or TieBreak.Eldest;
}

public enum VoteForm { ShowOfHands, RollCall, Secret }

/// <summary>How votes are given. Elections that are always secret are a rule of their own scope.</summary>
/// <param name="OnDemandOf">The fraction of those taking part who may demand a secret vote; null when nobody may.</param>
/// <param name="SmallestGroup">A secret tally is not broken down into groups below this number of papers.</param>
/// <param name="OnDemandOfChair">Whoever presides may demand a secret vote.</param>
public sealed record SecrecyRule(VoteForm Form, int SmallestGroup, Fraction? OnDemandOf = null, bool OnDemandOfChair = false) : RuleContent
{
    public override RuleKind Kind => RuleKind.Secrecy;

    internal override Refusal? Fault() =>
        NumberFault("smallestGroup", SmallestGroup, 1, 1000)
        ?? UnusedFault("onDemandOf", Form == VoteForm.Secret && OnDemandOf is not null)
        ?? UnusedFault("onDemandOfChair", Form == VoteForm.Secret && OnDemandOfChair)
        ?? (OnDemandOf is null || OnDemandOf == Fraction.Zero ? null : ShareFault("onDemandOf", OnDemandOf, Comparison.AtLeast));
}

public enum Renewal { Whole, ByHalves, ByThirds }

public enum CoOption { NotAllowed, UntilRatified }

/// <summary>Terms of office in a kind of body.</summary>
/// <param name="LengthMonths">Null for no term.</param>
/// <param name="MostConsecutive">How many terms in a row; null for no limit.</param>
/// <param name="Holdover">The holder stays until replaced.</param>
/// <param name="Incompatible">Offices that exclude each other, in the same body or in two.</param>
/// <param name="Seats">Most mandates at once; null leaves it to the body.</param>
/// <param name="SeveralMandatesAPerson">One person can hold several mandates in the body.</param>
/// <param name="RepresentativesOnly">Every mandate in the body represents a member.</param>
/// <param name="NextElected">Where somebody elected declines, whoever comes next in the result has the seat; null, as false, leaves it vacant.</param>
/// <param name="RevokedBy">The kinds of body that may revoke a mandate; null where the statutes do not say.</param>
/// <param name="NoticeMonths">How many months before it ends a term is one that ends soon; null for the usual.</param>
public sealed record TermsRule(
    Renewal Renewal,
    bool Holdover,
    CoOption CoOption,
    IReadOnlyList<IncompatibleOffices> Incompatible,
    bool SeveralMandatesAPerson = false,
    bool RepresentativesOnly = false,
    int? LengthMonths = null,
    int? MostConsecutive = null,
    int? Seats = null,
    bool? NextElected = null,
    IReadOnlyList<BodyKind>? RevokedBy = null,
    int? NoticeMonths = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.Terms;

    internal override Refusal? Fault() => NumberFault("lengthMonths", LengthMonths, 1, 1200)
        ?? NumberFault("mostConsecutive", MostConsecutive, 1, 100)
        ?? NumberFault("seats", Seats, 1, 1_000_000)
        ?? NumberFault("noticeMonths", NoticeMonths, 1, 60);

    internal override bool AllowsScope(RuleScope scope) => scope.Decision is null;
}

/// <summary>In which meetings a kind of decision may be taken.</summary>
public enum MeetingAsked
{
    Any,

    /// <summary>In an extraordinary one alone.</summary>
    Extraordinary,
}

/// <summary>Which kinds of bodies may take a kind of decision. Its scope names the decision, never a body.</summary>
/// <param name="Meeting">In which of their meetings; null leaves it to what is decided: what changes or ends the association asks for an extraordinary one.</param>
public sealed record AuthorityRule(IReadOnlyList<BodyKind> Bodies, MeetingAsked? Meeting = null) : RuleContent
{
    public override RuleKind Kind => RuleKind.Authority;

    internal override Refusal? Fault() => Bodies.Count == 0 ? new RuleFieldMissing(Kind, "bodies") : null;

    internal override bool AllowsScope(RuleScope scope) => scope is { Body: null, Decision: not null };
}

/// <summary>Voting without being in the room.</summary>
/// <param name="Electronic">Electors may cast their votes through the system.</param>
/// <param name="Correspondence">Votes may be held between meetings.</param>
public sealed record RemoteVotingRule(bool Electronic, bool Correspondence) : RuleContent
{
    public override RuleKind Kind => RuleKind.RemoteVoting;
}

/// <summary>Whether a vote can be changed until the ballot closes.</summary>
public sealed record VoteChangeRule(bool Allowed) : RuleContent
{
    public override RuleKind Kind => RuleKind.VoteChange;
}

public enum ClosingMode
{
    /// <summary>At its time, or before by whoever presides or keeps the records.</summary>
    Either,
    AtItsTime,
    ByHand,
}

/// <summary>How a ballot closes.</summary>
public sealed record ClosingRule(ClosingMode Mode) : RuleContent
{
    public override RuleKind Kind => RuleKind.Closing;
}

/// <summary>Somebody with an interest of their own in what is decided. They leave the debate and cast no vote, whatever the rule says.</summary>
/// <param name="InBase">Their votes stay in what a majority or quorum is taken of.</param>
/// <param name="InQuorum">They still count as taking part.</param>
/// <param name="ProxiesToo">The votes that they hold for others are not cast either.</param>
public sealed record InterestRule(bool InBase, bool InQuorum, bool ProxiesToo) : RuleContent
{
    public override RuleKind Kind => RuleKind.Interest;

    /// <remarks>Whoever is out of the base cannot take part in it.</remarks>
    internal override Refusal? Fault() => UnusedFault("inQuorum", InQuorum && !InBase);
}
