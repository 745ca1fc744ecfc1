using Governance.Api.Access;
using Governance.Api.Associations;
using Governance.Api.Ballots;
using Governance.Api.Calendars;
using Governance.Api.Changes;
using Governance.Api.Chronicles;
using Governance.Api.Colleges;
using Governance.Api.Contributions;
using Governance.Api.Conventions;
using Governance.Api.Dashboard;
using Governance.Api.Documents;
using Governance.Api.DuesCampaigns;
using Governance.Api.Elections;
using Governance.Api.Gatherings;
using Governance.Api.History;
using Governance.Api.Kernel.Http;
using Governance.Api.Mail;
using Governance.Api.Mandates;
using Governance.Api.Meetings;
using Governance.Api.Meetings.Live;
using Governance.Api.Members;
using Governance.Api.Minutes;
using Governance.Api.People;
using Governance.Api.Proofs;
using Governance.Api.Proofs.Bundles;
using Governance.Api.Registers;
using Governance.Api.Roadmaps;
using Governance.Api.Search;
using Governance.Api.SharedTools;
using Governance.Api.Statutes;
using Governance.Api.WorkingGroups;

namespace Governance.Api.Kernel.Hosting;

/// <summary>Every address of the host beside its pages: an area adds its line here.</summary>
public static class Addresses
{
    public static void Map(WebApplication app)
    {
        Health.Map(app);
        app.MapOpenApi("/openapi/v1.json").RequirePermission(Permission.Public);

        AccessEndpoints.Map(app);
        app.MapFounding("/api/associations", AssociationUseCases.Found, request => (request.Slug, request.TimeZone));

        // Forms of pages.
        app.MapFoundingForms();
        app.MapRoadmapForms();
        app.MapMeetingForms();
        app.MapMailPages();
        app.MapMinutesForms();
        app.MapBallotForms();
        app.MapVotingLinkPages();
        app.MapMemberForms();
        app.MapDuesForms();
        app.MapPeopleForms();
        app.MapMandateForms();
        app.MapElectionForms();
        app.MapHistoryForms();
        app.MapCollegeForms();
        app.MapStatutesForms();
        app.MapAssociationForms();
        app.MapWorkingGroupForms();
        app.MapCalendars();
        app.MapGatheringForms();
        app.MapSharedToolForms();
        app.MapContributionForms();
        app.MapConventionForms();
        app.MapDocumentForms();
        app.MapMeetingConsole();
        app.MapMinutesPdfPages();
        app.MapRegisterForms();

        // Reads and commands of one association.
        var api = app.MapGroup("/api/{slug}");
        api.MapAssociationRead();
        api.MapAssociation();
        api.MapDashboard();
        api.MapHistory();
        api.MapChanges();
        api.MapLog();
        api.MapCosignatures();
        api.MapBundle();
        api.MapMembers();
        api.MapMemberReads();
        api.MapDues();
        api.MapPeople();
        api.MapPeopleReads();
        api.MapMandates();
        api.MapElections();
        api.MapMeetings();
        api.MapMeetingReads();
        api.MapMail();
        api.MapMinutes();
        api.MapMinutesPdf();
        api.MapColleges();
        api.MapCollegeReads();
        api.MapBallots();
        api.MapChronicle();
        api.MapContributions();
        api.MapConventions();
        api.MapDocuments();
        api.MapRoadmaps();
        api.MapGatherings();
        api.MapGatheringReads();
        api.MapSearch();
        api.MapSharedTools();
        api.MapSharedToolReads();
        api.MapStatutes();
        api.MapWorkingGroups();
        api.MapWorkingGroupReads();
        api.MapRegisters();
    }
}
