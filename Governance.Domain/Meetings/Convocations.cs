using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>How the convocation of a meeting went to each person.</summary>
public sealed record Convocations : IState<Convocations>
{
    private Convocations() { }

    /// <param name="Channel">Of the last sending.</param>
    /// <param name="Bounced">Why it did not arrive; null while nothing says so.</param>
    public sealed record Sending(EffectiveTime On, NoticeChannel Channel, string? Proof, string? Bounced = null);

    /// <summary>The last sending to each.</summary>
    public ImmutableDictionary<PersonId, Sending> To { get; init; } = ImmutableDictionary<PersonId, Sending>.Empty;

    public static Convocations Initial { get; } = new();

    public static StreamId Stream(MeetingId meeting) => new($"convocations:{meeting}");

    public Convocations Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        ConvocationSent e => this with { To = To.SetItem(e.Person, new(on, e.Channel, e.Proof)) },
        ConvocationBounced e when To.TryGetValue(e.Person, out var sending) => this with { To = To.SetItem(e.Person, sending with { Bounced = e.Reason }) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
