using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>Too few electors vote with the same weight in the same college: their papers, which must tell both to be counted, would tell whose they are.</summary>
/// <param name="Electors">How many there are of the smallest group.</param>
/// <param name="Weight">What the papers of that group weigh.</param>
/// <param name="SmallestGroup">How many there must be.</param>
public sealed record SecretBallotSinglesOut(int Electors, Fraction Weight, int SmallestGroup, string By) : Refusal
{
    public override string Code => "ballot.secret-singles-out";
    public override IReadOnlyList<object> Arguments => [Electors, Weight, SmallestGroup];
    public override string? Article => By;
}

/// <summary>The rules give whoever presides a casting vote, which is known to be theirs.</summary>
public sealed record SecretBallotWithCastingVote(string By) : Refusal
{
    public override string Code => "ballot.secret-with-casting-vote";
    public override string? Article => By;
}

/// <summary>Consent asks who objects for a reason, which is spoken of: that cannot be in secret.</summary>
public sealed record SecretConsent(string By) : Refusal
{
    public override string Code => "ballot.secret-consent";
    public override string? Article => By;
}

/// <summary>Nobody demands it.</summary>
public sealed record SecrecyDemandedByNobody : Refusal
{
    public override string Code => "ballot.secret-demanded-by-nobody";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Who demands it holds no mandate in the body.</summary>
public sealed record SecrecyDemandedByOutsider(MandateId Mandate) : Refusal
{
    public override string Code => "ballot.secret-demanded-by-outsider";
    public override IReadOnlyList<object> Arguments => [Mandate];
}

/// <summary>As many electors as the rules ask for demand a secret vote: it cannot be open.</summary>
/// <param name="Demanding">How many do.</param>
/// <param name="TakingPart">Of how many who take part.</param>
/// <param name="Least">How many must.</param>
public sealed record SecretVoteIsDemanded(long Demanding, long TakingPart, long Least, string By) : Refusal
{
    public override string Code => "ballot.secret-demanded";
    public override IReadOnlyList<object> Arguments => [Demanding, TakingPart, Least];
    public override string? Article => By;
}

/// <summary>Whoever presides demands a secret vote and may: it cannot be open.</summary>
public sealed record SecretVoteIsDemandedByChair(string By) : Refusal
{
    public override string Code => "ballot.secret-demanded-by-chair";
    public override string? Article => By;
}

/// <summary>A secret vote is demanded of an open ballot, and the rules grant it: it takes no vote and is not closed until it goes on in secret.</summary>
public sealed record BallotSuspended(string By) : Refusal
{
    public override string Code => "ballot.suspended";
    public override string? Article => By;
}

/// <summary>The rules make nobody hold it in secret: no demand was made that they grant.</summary>
public sealed record SecretVoteNotDemanded(string By) : Refusal
{
    public override string Code => "ballot.secret-not-demanded";
    public override string? Article => By;
}

/// <summary>It is secret already.</summary>
public sealed record BallotSecretAlready(string By) : Refusal
{
    public override string Code => "ballot.secret-already";
    public override string? Article => By;
}

/// <summary>The time for voting is over, or was when it was to go on in secret.</summary>
/// <param name="Over">Since when, or since when at the latest.</param>
public sealed record SecrecyDemandedTooLate(EffectiveTime Over, string By) : Refusal
{
    public override string Code => "ballot.secret-demanded-too-late";
    public override IReadOnlyList<object> Arguments => [Over];
    public override string? Article => By;
}

/// <summary>Somebody has voted already, openly: that cannot be made secret.</summary>
/// <param name="Electors">How many have, those included whose paper somebody has keyed.</param>
public sealed record VotedOpenlyBeforeSecrecy(int Electors, string By) : Refusal
{
    public override string Code => "ballot.secret-after-open-votes";
    public override IReadOnlyList<object> Arguments => [Electors];
    public override string? Article => By;
}

/// <summary>The ballot is secret: its papers are put in sealed.</summary>
public sealed record BallotIsSecret : Refusal
{
    public override string Code => "vote.ballot-is-secret";
}

/// <summary>Votes in this ballot are open: a sealed paper is not what it takes.</summary>
public sealed record BallotIsNotSecret : Refusal
{
    public override string Code => "vote.ballot-is-not-secret";
}

/// <summary>No tracking code, or none of the form that codes have.</summary>
public sealed record TrackingCodeMalformed : Refusal
{
    public override string Code => "vote.tracking-code";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>A paper is in the box for this elector, and the rules allow no other; what it says is told to nobody.</summary>
public sealed record SecretVoteChangeNotAllowed(string By) : Refusal
{
    public override string Code => "vote.secret-change-not-allowed";
    public override string? Article => By;
}

/// <summary>The box does not hold exactly one readable paper for each elector who signed: it was tampered with, or damaged.</summary>
/// <param name="Papers">How many are missing, cannot be opened, or belong to nobody who signed.</param>
public sealed record SealedPapersUnreadable(int Papers) : Refusal
{
    public override string Code => "ballot.papers-unreadable";
    public override IReadOnlyList<object> Arguments => [Papers];
}

/// <summary>The papers of a secret ballot are counted once they are out of the box.</summary>
public sealed record PapersNotPublished : Refusal
{
    public override string Code => "ballot.papers-not-published";
}
