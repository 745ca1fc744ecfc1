using Governance.Domain.Voting;

namespace Governance.Domain.Kernel;

/// <summary>
/// The decision that a change rests on: a ballot held here, or an outcome transcribed from a document.
/// </summary>
/// <param name="Ballot">The ballot that decided.</param>
public sealed record DecisionReference(BallotId Ballot);

/// <summary>
/// An event that can name the decision it rests on. Whatever records one checks that the decision stands (<c>DecisionBasis</c> in the ballots);
/// events whose own decider reads the ballot are none of these.
/// </summary>
public interface IDecided : IEvent
{
    /// <summary>Null when it names none.</summary>
    DecisionReference? Decision { get; }

    /// <summary>True for what a motion that was rejected can decide: an application refused, an exclusion dropped.</summary>
    bool MayRestOnRejection => false;

    /// <summary>True for what an election decides: a mandate that begins or goes on.</summary>
    bool MayRestOnElection => false;

    /// <summary>Of what kind the decision must be that it names; null where any will do.</summary>
    DecisionKind? Decides => null;

    /// <summary>Whether it must name one where the statutes say which body takes it.</summary>
    bool NeedsDecision => false;
}
