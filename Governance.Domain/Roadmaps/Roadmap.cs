using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

public abstract record Roadmap : IState<Roadmap>
{
    private Roadmap() { }

    public sealed record Unopened : Roadmap;

    public sealed record Open(RoadmapId Id, string Title, int FirstYear, int LastYear, EffectiveTime Since) : Roadmap;

    public static Roadmap Initial { get; } = new Unopened();

    public static StreamId Stream(RoadmapId id) => new($"roadmap:{id}");

    public Roadmap Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unopened, RoadmapOpened e) => new Open(e.Roadmap, e.Title, e.FirstYear, e.LastYear, on),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
