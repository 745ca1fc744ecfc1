using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Chronicles;

/// <summary>What has been told of the association's life, by title. Stream <c>chronicle</c>.</summary>
public sealed record Chronicle(ImmutableHashSet<string> Titles) : IState<Chronicle>
{
    public static Chronicle Initial { get; } = new(ImmutableHashSet<string>.Empty);

    public static StreamId Stream { get; } = new("chronicle");

    public Chronicle Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        ChronicleEntryRecorded e when !Titles.Contains(e.Title) => new(Titles.Add(e.Title)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
