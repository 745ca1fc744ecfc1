using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Following;

namespace Governance.Projections.Runtime;

/// <summary>Every read model there is.</summary>
public static class ReadModels
{
    public static IReadOnlyList<ReadModel> All { get; } =
    [
        new Associations(), new Declarations(), new People(), new Members(), new Dues(), new DuesCampaigns(), new DuesReminders(), new Bodies(), new Mandates(), new Elections(), new StatutesVersions(), new Ballots(), new Electors(),
        new ElectorsLeftOut(), new Proxies(), new Votes(), new PapersKeyedOnce(), new Irregularities(), new Meetings(), new MeetingParts(), new Attendances(), new Roadmaps(), new Workstreams(), new Milestones(), new WorkstreamFundings(), new WorkingGroups(), new GroupMeetings(), new Gatherings(), new GatheringRegistrations(), new SharedTools(),
        new ChronicleEntries(), new Conventions(), new ConventionParts(), new Deliveries(), new Contributions(), new ContributionCalls(), new Documents(), new Attachments(), new SearchEntries(), new AuditHistory(),
    ];

    public static IReadOnlyList<Follower> Followers(EventLog log, EventCatalogue catalogue) => [.. All.Select(model => new ReadModelFollower(model, log, catalogue))];
}
