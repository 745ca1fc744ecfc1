using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>The vote of one elector in one open ballot. Its receipt is the id and position of its last event.</summary>
public abstract record Vote : IState<Vote>
{
    private Vote() { }

    public sealed record NotCast : Vote;

    /// <param name="Choice">On a motion; null in a contest.</param>
    /// <param name="On">When it was cast as it stands.</param>
    /// <param name="Changes">How many times it was changed.</param>
    /// <param name="Paper">In a contest; null on a motion.</param>
    public sealed record Cast(BallotId Ballot, MandateId Elector, PersonId By, Choice? Choice, EffectiveTime On, int Changes, Paper? Paper = null) : Vote;

    public static Vote Initial { get; } = new NotCast();

    public static StreamId Stream(BallotId ballot, MandateId elector) => new($"vote:{ballot}:{elector}");

    /// <summary>What the streams of all votes of a ballot begin with.</summary>
    public static string StreamPrefix(BallotId ballot) => $"vote:{ballot}:";

    public Vote Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (NotCast, VoteCast e) => new Cast(e.Ballot, e.Elector, e.By, e.Choice, on, 0, e.Paper),
        (Cast c, VoteChanged e) => c with { By = e.By, Choice = e.Choice, Paper = e.Paper, On = on, Changes = c.Changes + 1 },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
