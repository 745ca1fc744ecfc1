using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>Has a workstream wait for another one, of whatever roadmap of the association, in the place of what was said of the two before.</summary>
/// <param name="Milestone">A milestone of the prerequisite that is enough; null when all of it is needed.</param>
/// <param name="Reason">What is needed from it; null when not said.</param>
public sealed record RecordDependency(WorkstreamId Workstream, WorkstreamId Prerequisite, MilestoneId? Milestone, string? Reason, EffectiveTime On)
{
    /// <summary>
    /// What the prerequisite waits for already, along to the workstream itself, at the time of the command or at any later one that is known: a cycle if
    /// this were recorded. Empty when there is none.
    /// </summary>
    public static IReadOnlyList<WorkstreamId> Cycle(WorkstreamId workstream, WorkstreamId prerequisite, Timeline<Dependencies> dependencies, EffectiveTime on) =>
        dependencies.Effective.Select(e => e.On).Where(later => later > on).Prepend(on)
            .Select(then => dependencies.At(then).Path(prerequisite, workstream))
            .FirstOrDefault(path => path.Count > 0) ?? [];

    /// <param name="cycle">The workstreams of <see cref="Cycle"/>, in its order.</param>
    public Decision Decide(
        Timeline<Dependencies> dependencies, Timeline<Workstream> workstream, Timeline<Workstream> prerequisite, IReadOnlyList<Timeline<Workstream>> cycle)
    {
        if (Texts.OptionalText("reason", Reason) is { } wrong)
            return wrong;
        if (Workstream == Prerequisite)
            return new DependencyOnItself();
        if (dependencies.At(On).Find(Workstream, Prerequisite) is { } known && known.Milestone == Milestone && known.Reason == Reason)
            return Decision.NoChange;
        if (workstream.At(On) is not Roadmaps.Workstream.Live waiting)
            return workstream.Stands(On);
        switch (prerequisite.At(On))
        {
            case Roadmaps.Workstream.Live needed when Milestone is { } milestone && needed.Plan.Find(milestone) is null:
                return new MilestoneNotFound();
            case Roadmaps.Workstream.Live:
                break;
            case Roadmaps.Workstream.Known over:
                return new PrerequisiteOver(over.Plan.Title, over.Stage()!.Value);
            default:
                return prerequisite.Stands(On);
        }

        return cycle.Count > 0
            ? new DependencyCycle(string.Join(" → ", cycle.Select(Title).Prepend(waiting.Plan.Title)))
            : dependencies.Accept(On, new DependencyRecorded(Workstream, Prerequisite, Milestone, Reason));
    }

    // What was taken back since goes by the title that it was proposed with.
    private static string Title(Timeline<Workstream> workstream) =>
        workstream.Latest is Roadmaps.Workstream.Known { Plan.Title: var title } ? title : workstream.Recorded.Select(e => e.Event).OfType<WorkstreamProposed>().Last().Title;
}
