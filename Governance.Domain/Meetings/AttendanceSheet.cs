using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>A person in a meeting, or who was.</summary>
/// <param name="Since">Since when in this way.</param>
/// <param name="Remote">From elsewhere.</param>
/// <param name="Left">When the person left last; null while there.</param>
/// <param name="LastLeft">When the person left last, back since or not; null for never.</param>
public sealed record Attending(PersonId Person, EffectiveTime Since, bool Remote, EffectiveTime? Left = null, EffectiveTime? LastLeft = null)
{
    public bool IsThere => Left is null;
}

/// <summary>Who is in a meeting: one stream, so that everything judged on who is there is judged on all of it.</summary>
public sealed record AttendanceSheet : IState<AttendanceSheet>
{
    private AttendanceSheet() { }

    /// <summary>Everybody who ever came.</summary>
    public ImmutableDictionary<PersonId, Attending> All { get; init; } = ImmutableDictionary<PersonId, Attending>.Empty;

    /// <summary>How many are there.</summary>
    public int Count { get; init; }

    public static AttendanceSheet Initial { get; } = new();

    public static StreamId Stream(MeetingId meeting) => new($"attendance:{meeting}");

    /// <summary>The person while in the meeting; null otherwise.</summary>
    public Attending? There(PersonId person) => All.TryGetValue(person, out var known) && known.IsThere ? known : null;

    /// <summary>Whether the person was there and has left.</summary>
    public bool HasLeft(PersonId person) => All.TryGetValue(person, out var known) && !known.IsThere;

    public AttendanceSheet Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        PersonArrived e when There(e.Person) is null => this with
        {
            All = All.SetItem(e.Person, new(e.Person, on, e.Remote, LastLeft: All.GetValueOrDefault(e.Person)?.LastLeft)),
            Count = Count + 1,
        },
        PersonArrived e when There(e.Person) is { } there && there.Remote != e.Remote => this with
        {
            All = All.SetItem(e.Person, there with { Since = on, Remote = e.Remote }),
        },
        PersonLeft e when There(e.Person) is { } there => this with
        {
            All = All.SetItem(e.Person, there with { Left = on, LastLeft = on }),
            Count = Count - 1,
        },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
