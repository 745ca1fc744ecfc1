using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>The line of one elector on the signing sheet (émargement) of a secret ballot.</summary>
public abstract record Signing : IState<Signing>
{
    private Signing() { }

    public sealed record NotSigned : Signing;

    /// <param name="By">Who put in the paper that stands.</param>
    /// <param name="On">When that person first did.</param>
    /// <param name="Changes">How many times the one who signs was another than before.</param>
    public sealed record Signed(BallotId Ballot, MandateId Elector, PersonId By, EffectiveTime On, int Changes) : Signing;

    public static Signing Initial { get; } = new NotSigned();

    public static StreamId Stream(BallotId ballot, MandateId elector) => new($"signing:{ballot}:{elector}");

    public Signing Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (NotSigned, ElectorSigned e) => new Signed(e.Ballot, e.Elector, e.By, on, 0),
        (Signed s, ElectorSigned e) when s.By != e.By => s with { By = e.By, On = on, Changes = s.Changes + 1 },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
