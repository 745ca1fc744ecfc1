using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Elections;

/// <summary>A seat that an election fills.</summary>
/// <param name="TermEnds">The first instant after the term of whoever is elected to it; null for no end.</param>
/// <param name="Of">The mandate whose end leaves it; null for one that nobody has held.</param>
public sealed record ElectedSeat(EffectiveTime? TermEnds = null, MandateId? Of = null);

/// <param name="Member">The member whom the person represents, if elected; null when the mandate is the person's own.</param>
/// <param name="College">The college that delegates the person; null when none does.</param>
public sealed record Candidate(PersonId Person, MemberId? Member = null, BodyId? College = null);

/// <param name="Mandate">The mandate that the election made.</param>
/// <param name="Seat">Which of the seats of the call, from 1.</param>
/// <param name="Ballot">The ballot that elected the person.</param>
public sealed record Installed(PersonId Person, MandateId Mandate, int Seat, BallotId Ballot);

/// <summary>Seats of a body are to be filled by a vote. Stream <c>election:{id}</c>.</summary>
/// <param name="Electing">The body that elects.</param>
/// <param name="Body">The body to be filled.</param>
/// <param name="TermBegins">When those elected take their seats.</param>
/// <param name="Seats">The longest terms first: whoever is elected first has the first.</param>
public sealed record ElectionCalled(
    ElectionId Election, string Title, BodyId Electing, BodyId Body, Office Office, EffectiveTime TermBegins, IReadOnlyList<ElectedSeat> Seats) : IEvent;

public sealed record CandidateStood(ElectionId Election, Candidate Candidate) : IEvent;

public sealed record CandidateWithdrew(ElectionId Election, PersonId Person) : IEvent;

/// <summary>The list of candidates is closed: a ballot puts it. A second round is another of these.</summary>
public sealed record ElectionPutToVote(ElectionId Election, BallotId Ballot) : IEvent;

/// <summary>Somebody who was elected does not take the seat.</summary>
public sealed record ElectionDeclined(ElectionId Election, PersonId Person) : IEvent;

/// <summary>Those elected have their mandates, which stand on the stream of the body.</summary>
public sealed record ElectedInstalled(ElectionId Election, IReadOnlyList<Installed> Installed) : IEvent;

/// <summary>An election is one of those that the association calls or has called. Stream <c>elections</c>, moved with the call of each.</summary>
public sealed record ElectionListed(ElectionId Election) : IAct;

public static class ElectionEvents
{
    public static IReadOnlyList<Type> OfRegister { get; } = [typeof(ElectionListed)];

    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(ElectionCalled), typeof(CandidateStood), typeof(CandidateWithdrew), typeof(ElectionPutToVote), typeof(ElectionDeclined), typeof(ElectedInstalled),
    ];
}
