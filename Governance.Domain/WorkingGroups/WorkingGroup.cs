using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>A working group, from its creation to its closing or to the group that it goes on in.</summary>
public abstract record WorkingGroup : IState<WorkingGroup>
{
    private WorkingGroup() { }

    public sealed record Unknown : WorkingGroup;

    /// <param name="Since">When it was created.</param>
    /// <param name="Counted">How many centres take part, where only the number is known.</param>
    /// <param name="Planned">Meetings meant to be held, by year: from so many to so many.</param>
    /// <param name="Outputs">Titles of the outputs planned, and whether each is published.</param>
    /// <param name="Crossings">Groups that it works with, and what on, where it is this group that says so.</param>
    /// <param name="Rotation">The share of those who lead that is renewed each year.</param>
    public sealed record Active(
        WorkingGroupId Id,
        string Name,
        string? Mission,
        EffectiveTime Since,
        ImmutableHashSet<MemberId> Centres,
        ImmutableDictionary<MemberId, PilotRole> Pilots,
        ImmutableDictionary<int, (int AtLeast, int AtMost)> Planned,
        ImmutableDictionary<string, bool> Outputs,
        int? Counted,
        ImmutableDictionary<WorkingGroupId, string> Crossings,
        Fraction Rotation) : WorkingGroup;

    /// <summary>It goes on as another group, which closes it.</summary>
    public sealed record Succeeded(WorkingGroupId Id, string Name, WorkingGroupId By) : WorkingGroup;

    public sealed record Merged(WorkingGroupId Id, string Name, WorkingGroupId Into) : WorkingGroup;

    public sealed record Closed(WorkingGroupId Id, string Name) : WorkingGroup;

    public static WorkingGroup Initial { get; } = new Unknown();

    public static StreamId Stream(WorkingGroupId id) => new($"working-group:{id}");

    public WorkingGroup Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unknown, WorkingGroupCreated e) => new Active(
            e.Group, e.Name, e.Mission, on, [], ImmutableDictionary<MemberId, PilotRole>.Empty, ImmutableDictionary<int, (int, int)>.Empty,
            ImmutableDictionary<string, bool>.Empty, null, ImmutableDictionary<WorkingGroupId, string>.Empty, Fraction.Zero),
        (Active group, WorkingGroupRenamed e) => group with { Name = e.Name },
        (Active group, WorkingGroupTransformed e) => group with { Name = e.Name, Mission = e.Mission },
        (Active group, WorkingGroupSucceeded e) => new Succeeded(group.Id, group.Name, e.By),
        (Active group, WorkingGroupMerged e) => new Merged(group.Id, group.Name, e.Into),
        (Active group, WorkingGroupClosed) => new Closed(group.Id, group.Name),
        (Active group, WorkingGroupJoined e) when !group.Centres.Contains(e.Centre) => group with { Centres = group.Centres.Add(e.Centre) },
        (Active group, WorkingGroupLeft e) when group.Centres.Contains(e.Centre) && !group.Pilots.ContainsKey(e.Centre)
            => group with { Centres = group.Centres.Remove(e.Centre) },
        (Active group, WorkingGroupCentresCounted e) => group with { Counted = e.Centres },
        (Active group, PilotAppointed e) when group.Centres.Contains(e.Centre) => group with { Pilots = group.Pilots.SetItem(e.Centre, e.Role) },
        (Active group, PilotEnded e) when group.Pilots.ContainsKey(e.Centre) => group with { Pilots = group.Pilots.Remove(e.Centre) },
        (Active group, PilotRotationSet e) => group with { Rotation = e.Share },
        (Active group, GroupsCrossed e) when e.With != group.Id => group with { Crossings = group.Crossings.SetItem(e.With, e.Topic) },
        (Active group, CrossingEnded e) when group.Crossings.ContainsKey(e.With) => group with { Crossings = group.Crossings.Remove(e.With) },
        (Active group, MeetingsPlanned e) => group with { Planned = group.Planned.SetItem(e.Year, (e.AtLeast, e.AtMost)) },
        (Active group, WorkingGroupMet) => group,
        (Active group, OutputPlanned e) => group with { Outputs = group.Outputs.SetItem(e.Title, false) },
        (Active group, OutputPublished e) => group with { Outputs = group.Outputs.SetItem(e.Title, true) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
