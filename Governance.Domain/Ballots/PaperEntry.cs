using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>The ballot paper of one elector, as two people key it.</summary>
public abstract record PaperEntry : IState<PaperEntry>
{
    private PaperEntry() { }

    public sealed record NotKeyed : PaperEntry;

    /// <summary>One person has keyed it.</summary>
    /// <param name="By">Who.</param>
    /// <param name="On">When, as it stands.</param>
    /// <param name="Choice">On a motion; null in a contest.</param>
    /// <param name="Paper">In a contest; null on a motion.</param>
    public sealed record KeyedOnce(BallotId Ballot, MandateId Elector, PersonId By, EffectiveTime On, Choice? Choice, Paper? Paper) : PaperEntry;

    /// <summary>Two people have keyed the same: the vote is cast.</summary>
    public sealed record KeyedTwice(KeyedOnce First, PersonId By) : PaperEntry;

    public static PaperEntry Initial { get; } = new NotKeyed();

    public static StreamId Stream(BallotId ballot, MandateId elector) => new($"paper-entry:{ballot}:{elector}");

    public PaperEntry Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (NotKeyed, PaperEntered e) => Once(e, on),
        (KeyedOnce first, PaperEntered e) when e.By == first.By => Once(e, on),
        (KeyedOnce first, PaperEntered e) when e.Choice == first.Choice && (e.Paper is null) == (first.Paper is null) => new KeyedTwice(first, e.By),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private static KeyedOnce Once(PaperEntered e, EffectiveTime on) => new(e.Ballot, e.Elector, e.By, on, e.Choice, e.Paper);
}
