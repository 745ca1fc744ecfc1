using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Roadmaps;

/// <summary>A roadmap with its workstreams and their milestones.</summary>
public sealed record RoadmapAnswer(Projections.Roadmaps.Roadmap Roadmap, IReadOnlyList<WorkstreamAnswer> Workstreams);

/// <summary>A workstream with what belongs to it.</summary>
/// <param name="Milestones">In the order in which they are due.</param>
/// <param name="WaitsFor">What it waits for, met or not.</param>
/// <param name="WaitedForBy">Which workstreams wait for it.</param>
/// <param name="Budget">By calendar year.</param>
/// <param name="Money">What is planned, committed and paid in all its years.</param>
public sealed record WorkstreamAnswer(
    Workstreams.Workstream Workstream, IReadOnlyList<Milestones.Milestone> Milestones, IReadOnlyList<Domain.Roadmaps.Dependency> WaitsFor,
    IReadOnlyList<WorkstreamId> WaitedForBy, IReadOnlyList<Budgets.Year> Budget, IReadOnlyList<Expenses.Entry> Expenses, Domain.Roadmaps.Spending Money);

public static class RoadmapEndpoints
{
    /// <summary>Reads and commands of roadmaps and workstreams, under <c>/api/{slug}</c>.</summary>
    public static void MapRoadmaps(this IEndpointRouteBuilder api)
    {
        MapReads(api);

        api.MapCommand("/roadmaps", RoadmapUseCases.Open, created: "roadmaps/{roadmap}");
        api.MapCommand("/roadmaps/{roadmap}/order", RoadmapUseCases.AdoptOrder);
        api.MapCommand("/workstreams", RoadmapUseCases.Propose, created: "workstreams/{workstream}");
        api.MapCommand("/workstreams/{workstream}/rank", RoadmapUseCases.Prioritise);
        api.MapCommand("/workstreams/{workstream}/adoption", RoadmapUseCases.Adopt);
        api.MapCommand("/workstreams/{workstream}/schedule", RoadmapUseCases.Schedule);
        api.MapCommand("/workstreams/{workstream}/lead", RoadmapUseCases.AssignLead);
        api.MapCommand("/workstreams/{workstream}/milestones", RoadmapUseCases.PlanMilestone);
        api.MapCommand("/workstreams/{workstream}/milestones/{milestone}/due", RoadmapUseCases.MoveMilestone);
        api.MapCommand("/workstreams/{workstream}/milestones/{milestone}/reaching", RoadmapUseCases.ReachMilestone);
        api.MapCommand("/workstreams/{workstream}/start", RoadmapUseCases.Start);
        api.MapCommand("/workstreams/{workstream}/reports", RoadmapUseCases.Report);
        api.MapCommand("/workstreams/{workstream}/pause", RoadmapUseCases.Pause);
        api.MapCommand("/workstreams/{workstream}/resumption", RoadmapUseCases.Resume);
        api.MapCommand("/workstreams/{workstream}/completion", RoadmapUseCases.Complete);
        api.MapCommand("/workstreams/{workstream}/abandonment", RoadmapUseCases.Abandon);
        api.MapCommand("/workstreams/{workstream}/groups", RoadmapUseCases.AssignGroups);
        api.MapCommand("/workstreams/{workstream}/budget", RoadmapUseCases.PlanBudget);
        api.MapCommand("/workstreams/{workstream}/expenses", RoadmapUseCases.CommitExpense);
        api.MapCommand("/workstreams/{workstream}/expenses/{expense}/payment", RoadmapUseCases.PayExpense);
        api.MapCommand("/workstreams/{workstream}/expenses/{expense}/cancellation", RoadmapUseCases.CancelExpense);
        api.MapCommand("/workstreams/{workstream}/dependencies", RoadmapUseCases.RecordDependency);
        api.MapCommand("/workstreams/{workstream}/dependencies/{prerequisite}/release", RoadmapUseCases.ReleaseDependency);
    }

    private static void MapReads(IEndpointRouteBuilder api)
    {
        api.MapRead("/roadmaps", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Projections.Roadmaps.ListAsync(await scope.ViewAsync(reads, ct), ct)))
            .Read<IReadOnlyList<Projections.Roadmaps.Roadmap>>("ListRoadmaps");

        api.MapRead("/roadmaps/{roadmap:guid}", async (Guid roadmap, RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                if (await Projections.Roadmaps.FindAsync(view, new RoadmapId(roadmap), ct) is not { } found)
                    return ReadAnswers.Of<RoadmapAnswer>(null);
                var work = await RoadmapWork.AtAsync(view, scope.Association.Zone, ct);
                return ReadAnswers.Of(new RoadmapAnswer(found, [.. work.Of(found.Id).Select(w => Answer(work, w))]));
            })
            .Read<RoadmapAnswer>("GetRoadmap");

        api.MapRead("/workstreams", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await Workstreams.ListAsync(await scope.ViewAsync(reads, ct), ct)))
            .Read<IReadOnlyList<Workstreams.Workstream>>("ListWorkstreams");

        api.MapRead("/workstreams/slipping", async (RequestScope scope, ReadDatabase reads, CancellationToken ct) =>
                ReadAnswers.Of(await WhatSlips.ListAsync(await scope.ViewAsync(reads, ct), scope.Association.Zone, ct)))
            .Read<IReadOnlyList<WhatSlips.Slipping>>("ListSlippingWorkstreams");

        api.MapRead("/workstreams/{workstream:guid}", async (Guid workstream, RequestScope scope, ReadDatabase reads, EventLog log, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                var id = new WorkstreamId(workstream);
                if (await Workstreams.FindAsync(view, id, ct) is not { } found)
                    return ReadAnswers.Of<WorkstreamAnswer>(null);
                var stream = Domain.Roadmaps.Workstream.Stream(id).Value;
                var events = await log.ReadStreamAsync(scope.Association.Id.ToString(), stream, view.AsOf.Position, ct);
                return ReadAnswers.Of(Answer(await RoadmapWork.AtAsync(view, scope.Association.Zone, ct), found), scope.IsPast ? null : events.Count);
            })
            .Read<WorkstreamAnswer>("GetWorkstream");
    }

    private static WorkstreamAnswer Answer(RoadmapWork work, Workstreams.Workstream workstream) => new(
        workstream, [.. work.Milestones[workstream.Id]], [.. work.WaitsFor(workstream.Id)], [.. work.WaitedForBy(workstream.Id).Select(d => d.Workstream)],
        work.Budget(workstream.Id), [.. work.Expenses[workstream.Id]], work.Money(workstream.Id));

    private static void Read<T>(this RouteHandlerBuilder builder, string name) =>
        builder.RequirePermission(Permission.ReadRegister).WithName(name).Produces<T>().ProducesProblems(400, 401, 403, 404, 503);
}
