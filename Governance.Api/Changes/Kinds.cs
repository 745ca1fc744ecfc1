using Governance.Projections.Runtime;

namespace Governance.Api.Changes;

/// <summary>A kind of thing that is compared.</summary>
/// <param name="Name">In the API, and of its heading in ChangesText.resx: <c>Kind.NAME</c>.</param>
/// <param name="Stream">What begins the names of its streams.</param>
/// <param name="Page">Its page below the association's, with <c>{0}</c> for its id; null for what is shown on the page of what it belongs to.</param>
/// <param name="Events">Stored names of the events that change it.</param>
public sealed record Kind(string Name, string Stream, string? Page, IReadOnlySet<string> Events);

/// <summary>Every kind of thing that is compared, in the order in which it is told.</summary>
public static class Kinds
{
    public static Kind Association { get; } = Of("association", "association", "", new Projections.Associations());

    /// <summary>The version in force: its articles and rules are told one by one.</summary>
    public static Kind InForce { get; } = Of("in-force", "statutes", "statutes/{0}", new Projections.StatutesVersions());

    public static Kind Member { get; } = Of("member", "member", "members/{0}", new Projections.Members());

    public static Kind Body { get; } = Of("body", "body", "colleges/{0}", new Projections.Bodies());

    public static Kind Mandate { get; } = Of("mandate", "body", null, new Projections.Mandates());

    public static Kind Ballot { get; } = Of("ballot", "ballot", "ballots/{0}", new Projections.Ballots());

    public static Kind Roadmap { get; } = Of("roadmap", "roadmap", "roadmap/{0}", new Projections.Roadmaps());

    public static Kind Workstream { get; } = Of("workstream", "workstream", "workstreams/{0}", new Projections.Workstreams());

    public static Kind Milestone { get; } = Of("milestone", "workstream", null, new Projections.Milestones());

    public static Kind Group { get; } = Of("working-group", "working-group", "working-groups/{0}", new Projections.WorkingGroups(), new Projections.GroupMeetings());

    public static Kind Tool { get; } = Of("shared-tool", "shared-tool", "shared-tools", new Projections.SharedTools());

    public static Kind Convention { get; } = Of("convention", "convention", "conventions/{0}", new Projections.Conventions());

    public static Kind Delivery { get; } = Of("delivery", "deliveries", null, new Projections.Deliveries());

    public static Kind Contribution { get; } = Of("contribution", "contribution", "contributions/{0}", new Projections.Contributions());

    public static Kind Statutes { get; } = Of("statutes", "statutes", "statutes/{0}", new Projections.StatutesVersions());

    public static Kind Person { get; } = Of("person", "person", "people/{0}", new Projections.People());

    public static IReadOnlyList<Kind> All { get; } =
        [Association, InForce, Member, Body, Mandate, Ballot, Roadmap, Workstream, Milestone, Group, Tool, Convention, Delivery, Contribution, Statutes, Person];

    private static Kind Of(string name, string stream, string? page, params IReadOnlyList<ReadModel> models) =>
        new(name, stream, page, models.SelectMany(model => model.EventNames).ToHashSet(StringComparer.Ordinal));
}
