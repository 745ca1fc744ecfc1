using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>
/// Somebody has keyed an elector's ballot paper. Stream <c>paper-entry:{ballot}:{elector mandate}</c>, open ballots only. Keyed again by the same
/// person it replaces what they keyed; keyed by a second person it says the same, and the vote is cast with it.
/// </summary>
/// <param name="Elector">The mandate whose vote it is.</param>
/// <param name="By">Who keyed it.</param>
/// <param name="Choice">On a motion; null in a contest.</param>
/// <param name="Paper">In a contest; null on a motion.</param>
public sealed record PaperEntered(BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice = null, Paper? Paper = null) : IAct;

public static class PaperEntryEvents
{
    public static IReadOnlyList<Type> Types { get; } = [typeof(PaperEntered)];
}
