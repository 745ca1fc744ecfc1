using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Elections;

public sealed record ElectionNotFound : Refusal
{
    public override string Code => "election.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ElectionAlreadyCalled(string Title) : Refusal
{
    public override string Code => "election.already-called";
    public override IReadOnlyList<object> Arguments => [Title];
}

/// <summary>The seat is still held when the term is to begin.</summary>
/// <param name="TermBegins">When those elected would take their seats.</param>
public sealed record SeatStillHeld(EffectiveTime TermBegins) : Refusal
{
    public override string Code => "election.seat-still-held";
    public override IReadOnlyList<object> Arguments => [TermBegins];
}

/// <summary>A seat that is named as one to be filled is of another office, or named twice.</summary>
public sealed record SeatInAnotherElection(string Title) : Refusal
{
    public override string Code => "election.seat-in-another";
    public override IReadOnlyList<object> Arguments => [Title];
}

public sealed record SeatOfAnotherOffice(Office Office) : Refusal
{
    public override string Code => "election.seat-of-another-office";
    public override IReadOnlyList<object> Arguments => [Office];
}

/// <summary>More mandates are named as leaving a seat than there are seats to be filled.</summary>
public sealed record MoreSeatsNamedThanFilled(int Seats) : Refusal
{
    public override string Code => "election.more-seats-named";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Seats];
}

/// <summary>The list of candidates is closed once a ballot puts it.</summary>
public sealed record CandidaciesClosed : Refusal
{
    public override string Code => "election.candidacies-closed";
}

public sealed record NotACandidate : Refusal
{
    public override string Code => "election.not-a-candidate";
}

public sealed record NoCandidates : Refusal
{
    public override string Code => "election.no-candidates";
}

/// <summary>The ballot does not put the candidates of the election, to the body that elects, for the seats to be filled.</summary>
public sealed record BallotPutsSomethingElse : Refusal
{
    public override string Code => "election.ballot-puts-something-else";
}

/// <summary>Who was elected is said of an election called here, with the verdict that somebody was.</summary>
public sealed record ElectedOfNoElection : Refusal
{
    public override string Code => "election.elected-of-no-election";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>No ballot of the election has elected anybody who stands elected.</summary>
public sealed record NobodyElected : Refusal
{
    public override string Code => "election.nobody-elected";
}

/// <summary>Somebody elected cannot take the seat: they decline it, or what is in the way is mended.</summary>
/// <param name="Rank">Which of those elected, from 1.</param>
/// <param name="Why">What stands against it now.</param>
public sealed record ElectedCannotSit(int Rank, Refusal Why) : Refusal
{
    public override string Code => "election.elected-cannot-sit";
    public override IReadOnlyList<object> Arguments => [Rank, Why];
    public override string? Article => Why.Article;
}

/// <summary>Whoever has the seat leaves it by the end of the mandate.</summary>
public sealed record AlreadyInstalled : Refusal
{
    public override string Code => "election.already-installed";
}
