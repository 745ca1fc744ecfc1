using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>
/// Every body that the association ever constituted, colleges too: the stream that constituting one moves, so that a decision about all of
/// them (offices that exclude each other, a member that leaves) misses none that is constituted meanwhile.
/// </summary>
public sealed record RegisterOfBodies(ImmutableList<BodyId> Bodies) : IState<RegisterOfBodies>
{
    public static RegisterOfBodies Initial { get; } = new(ImmutableList<BodyId>.Empty);

    public static StreamId Stream { get; } = new("bodies");

    public RegisterOfBodies Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        BodyRegistered e when !Bodies.Contains(e.Body) => new(Bodies.Add(e.Body)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    /// <summary>The body's first events together with its entry in the register: all or none.</summary>
    internal static Decision Constitute(
        Timeline<Body> body, Timeline<RegisterOfBodies> register, BodyId id, EffectiveTime on, params IReadOnlyList<IEvent> first)
    {
        List<Fact> facts = [.. first.Select(e => new Fact(body.Stream, e, on))];
        if (!register.Latest.Bodies.Contains(id))
            facts.Add(new(Stream, new BodyRegistered(id), on));
        return (body.Refuses(facts) ?? register.Refuses(facts)) is { } impossible ? impossible : Decision.Accept(facts);
    }
}
