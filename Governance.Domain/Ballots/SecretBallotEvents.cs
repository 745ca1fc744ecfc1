using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>
/// A secret vote is demanded: of a draft the rules judge it when it opens, of an open ballot at once, and one that they grant suspends it. Stream
/// <c>ballot:{id}</c>.
/// </summary>
/// <param name="Demanding">How many electors demand it; 0 where whoever presides does alone.</param>
/// <param name="TakingPart">Of how many who take part.</param>
/// <param name="ByChair">Whoever presides demands it.</param>
/// <param name="Electors">The mandates of those who demand it and are known by name; null for none.</param>
public sealed record SecretVoteDemanded(BallotId Ballot, int Demanding, int TakingPart, bool ByChair = false, IReadOnlyList<MandateId>? Electors = null) : IAct;

/// <summary>A suspended ballot in which nobody has voted goes on in secret, with the roll, the rules and the window that it was opened with. Stream <c>ballot:{id}</c>.</summary>
public sealed record BallotHeldInSecret(BallotId Ballot) : IAct;

/// <summary>
/// An elector has put a paper into the box of a secret ballot: who, and nothing of what. Stream <c>signing:{ballot}:{elector mandate}</c>. A paper
/// that the same person changes leaves no event; one that somebody else changes, giver or holder of the proxy, is signed for again.
/// </summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">The person who put it in.</param>
/// <param name="Giver">For whom, by proxy: who holds the mandate; null when the holder did it.</param>
public sealed record ElectorSigned(BallotId Ballot, MandateId Elector, PersonId By, PersonId? Giver = null) : IAct;

/// <summary>A paper of a secret ballot as it came out of the box.</summary>
/// <param name="Code">The tracking code that its voter has.</param>
/// <param name="Weight">What it weighs.</param>
/// <param name="Choice">On a motion; null in a contest.</param>
/// <param name="Paper">In a contest; null on a motion.</param>
/// <param name="College">Where the ballot counts by college, and only there.</param>
public sealed record PublishedPaper(string Code, Fraction Weight, Choice? Choice = null, Paper? Paper = null, BodyId? College = null);

/// <summary>Papers of a closed secret ballot, all of them by tracking code, in as many parts as it takes.</summary>
/// <param name="Number">Of the part, from 1.</param>
/// <param name="Of">How many parts there are.</param>
public sealed record PapersPublished(BallotId Ballot, int Number, int Of, IReadOnlyList<PublishedPaper> Papers) : IAct;

public static class SigningEvents
{
    public static IReadOnlyList<Type> Types { get; } = [typeof(ElectorSigned)];
}
