using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Chronicles;
using Governance.Domain.Colleges;
using Governance.Domain.Contributions;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Elections;
using Governance.Domain.Gatherings;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Kernel;

public sealed partial class EventCatalogue
{
    /// <summary>Every event of every area.</summary>
    public static EventCatalogue All { get; } = new(
    [
        typeof(FactRetracted),
        .. AssociationEvents.Types,
        .. MemberEvents.Types,
        .. DuesCampaignEvents.Types,
        .. DuesCampaignEvents.OfReminders,
        .. DuesCampaignEvents.OfRegister,
        .. PersonEvents.Types,
        .. MandateEvents.Types,
        .. CollegeEvents.Types,
        .. ElectionEvents.Types,
        .. ElectionEvents.OfRegister,
        .. StatutesEvents.Types,
        .. BallotEvents.Types,
        .. PaperEntryEvents.Types,
        .. SigningEvents.Types,
        .. ProxyEvents.Types,
        .. MeetingEvents.Types,
        .. MinutesEvents.Types,
        .. RoadmapEvents.Types,
        .. WorkingGroupEvents.Types,
        .. GatheringEvents.Types,
        .. GatheringEvents.OfRegister,
        .. SharedToolEvents.Types,
        .. ChronicleEvents.Types,
        .. DocumentEvents.Types,
        .. DocumentEvents.OfFolders,
        .. ConventionEvents.Types,
        .. ConventionEvents.OfDeliveries,
        .. ContributionEvents.Types,
        .. ContributionEvents.OfCalls,
    ]);
}
