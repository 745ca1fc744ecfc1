using System.Collections.Immutable;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>How the convocation of a meeting went to each person.</summary>
public sealed record Convocations : IState<Convocations>
{
    private Convocations() { }

    /// <param name="Channel">Of the last sending.</param>
    /// <param name="Proof">What shows it; null also for one that was refused at once.</param>
    /// <param name="Bounced">Why it did not arrive; null while nothing says so.</param>
    public sealed record Sending(EffectiveTime On, NoticeChannel Channel, string? Proof, string? Bounced = null);

    /// <summary>The last sending to each.</summary>
    public ImmutableDictionary<PersonId, Sending> To { get; init; } = ImmutableDictionary<PersonId, Sending>.Empty;

    /// <summary>Those of whom there was no address when it was to go out, with when that was found.</summary>
    public ImmutableDictionary<PersonId, EffectiveTime> Unaddressed { get; init; } = ImmutableDictionary<PersonId, EffectiveTime>.Empty;

    /// <summary>Whom it did not reach, in the order of their ids.</summary>
    public IReadOnlyList<PersonId> Missed =>
        [.. To.Where(s => s.Value.Bounced is not null).Select(s => s.Key).Concat(Unaddressed.Keys).Distinct().OrderBy(p => p.Value)];

    public static Convocations Initial { get; } = new();

    public static StreamId Stream(MeetingId meeting) => new($"convocations:{meeting}");

    public Convocations Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        ConvocationSent e => this with { To = To.SetItem(e.Person, new(on, e.Channel, e.Proof)), Unaddressed = Unaddressed.Remove(e.Person) },
        // What went by another channel since is not what came back.
        ConvocationBounced e when To.TryGetValue(e.Person, out var sending) && sending.Channel != e.Channel => this,
        ConvocationBounced e => this with
        {
            To = To.SetItem(e.Person, (To.GetValueOrDefault(e.Person) ?? new(on, e.Channel, null)) with { Bounced = e.Reason }),
            Unaddressed = Unaddressed.Remove(e.Person),
        },
        ConvocationUnaddressed e => this with { Unaddressed = Unaddressed.SetItem(e.Person, on) },
        ConvocationRepeated => this,
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
