using Governance.Api.Associations;
using Governance.Api.Ballots;
using Governance.Api.Chronicles;
using Governance.Api.Colleges;
using Governance.Api.Contributions;
using Governance.Api.Conventions;
using Governance.Api.Documents;
using Governance.Api.DuesCampaigns;
using Governance.Api.Elections;
using Governance.Api.Gatherings;
using Governance.Api.History;
using Governance.Api.Mandates;
using Governance.Api.Meetings;
using Governance.Api.Members;
using Governance.Api.Minutes;
using Governance.Api.People;
using Governance.Api.Roadmaps;
using Governance.Api.SharedTools;
using Governance.Api.Statutes;
using Governance.Api.WorkingGroups;

namespace Governance.Api.Import;

/// <summary>Every use case that a history may name: an area adds its line here.</summary>
public static class Importables
{
    public static IReadOnlyDictionary<string, Importable> All { get; } = new[]
    {
        AssociationUseCases.Importable,
        BallotUseCases.Importable,
        ChronicleUseCases.Importable,
        CollegeUseCases.Importable,
        ContributionUseCases.Importable,
        ConventionUseCases.Importable,
        DeliveryUseCases.Importable,
        DocumentUseCases.Importable,
        DuesCampaignUseCases.Importable,
        ElectionUseCases.Importable,
        HistoryUseCases.Importable,
        MandateUseCases.Importable,
        MeetingUseCases.Importable,
        MinutesUseCases.Importable,
        MemberUseCases.Importable,
        PeopleUseCases.Importable,
        RoadmapUseCases.Importable,
        SharedToolUseCases.Importable,
        StatutesUseCases.Importable,
        WorkingGroupUseCases.Importable,
        GatheringUseCases.Importable,
    }.SelectMany(area => area).ToDictionary(importable => importable.Name, StringComparer.Ordinal);
}
