namespace Governance.Projections;

/// <summary>Kinds of things that are found, in the order in which they are offered.</summary>
public enum SearchKind
{
    /// <summary>By name, which no table has in clear: opened by the host.</summary>
    Person,
    Member,
    Body,

    /// <summary>By office, joined when read as its holder is.</summary>
    Mandate,
    Meeting,
    AgendaItem,
    Resolution,
    Minutes,
    Ballot,
    Election,
    Statutes,
    Article,
    Roadmap,
    Workstream,
    Milestone,
    ProgressReport,
    WorkingGroup,
    Logbook,
    Output,
    Convention,
    ConventionPart,
    Delivery,
    ContributionCall,
    Contribution,
    Gathering,
    Session,
    Review,
    FollowUp,
    SharedTool,
    DuesCampaign,
    Document,
    Association,
    Declaration,
    Chronicle,
}
