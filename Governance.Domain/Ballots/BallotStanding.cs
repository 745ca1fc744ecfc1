using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What others ask of a ballot that they rest on, and what stands in the way of acting on one.</summary>
public static class BallotStanding
{
    /// <summary>Whether the ballot adopted something that stands as known today.</summary>
    /// <param name="kinds">The kinds of decision that will do; any when empty.</param>
    /// <returns>The refusal, or null when it stands.</returns>
    public static Refusal? Stands(this Timeline<Ballot> ballot, params IReadOnlyList<DecisionKind> kinds) => ballot.Latest switch
    {
        Ballot.Unknown => new BallotNotFound(),
        { Verdict: not Verdict.Adopted } => new DecisionDoesNotStand(),
        { Kind: { } kind } when kinds.Count > 0 && !kinds.Contains(kind) => new DecisionOfAnotherKind(kind),
        _ => null,
    };

    /// <summary>When it was decided: when its result was proclaimed, or the date that a document gives.</summary>
    /// <exception cref="InvalidOperationException">Nothing is decided: ask <see cref="Stands"/> first.</exception>
    public static EffectiveTime DecidedOn(this Timeline<Ballot> ballot) => ballot.Latest switch
    {
        Ballot.Proclaimed proclaimed => proclaimed.On,
        Ballot.Transcribed transcribed => transcribed.On,
        var otherwise => throw new InvalidOperationException($"{otherwise.GetType().Name} has decided nothing."),
    };

    /// <summary>When its result was proclaimed, whatever has parted a tie since.</summary>
    /// <exception cref="InvalidOperationException">None was: ask the state first.</exception>
    internal static EffectiveTime DeclaredOn(this Timeline<Ballot> ballot) => ballot.Effective.Last(e => e.Event is ResultProclaimed).On;

    /// <summary>When it was put to the voters: when it was opened, or the date that a document gives.</summary>
    /// <exception cref="InvalidOperationException">Nothing is decided: ask <see cref="Stands"/> first.</exception>
    public static EffectiveTime PutOn(this Timeline<Ballot> ballot) => ballot.Latest is Ballot.Held held ? held.Since : ballot.DecidedOn();

    /// <summary>Why a ballot in this state is not the one that an act is for.</summary>
    internal static Refusal Otherwise(this Ballot ballot) => ballot switch
    {
        Ballot.Drafted => new BallotNotOpened(),
        Ballot.Open open => new BallotStillOpen(open.Opening.Closes),
        Ballot.Closed => new BallotNotCounted(),
        Ballot.Counted counted => new BallotClosedAlready(counted.Was.On),
        Ballot.Proclaimed proclaimed => new BallotClosedAlready(proclaimed.Was.Was.On),
        Ballot.Transcribed => new BallotTranscribed(),
        Ballot.Annulled annulled => new BallotAlreadyAnnulled(annulled.On),
        _ => new BallotNotFound(),
    };

    /// <summary>
    /// An act now, never before the last act on the same ballot: the clocks of two hosts differ by some milliseconds, and the
    /// order of acts is the order of recording.
    /// </summary>
    internal static EffectiveTime ActNow(DateTimeOffset now, EffectiveTime last) => EffectiveTime.At(now) < last ? last : EffectiveTime.At(now);
}
