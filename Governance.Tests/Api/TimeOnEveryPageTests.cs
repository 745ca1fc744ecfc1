using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Contributions;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Elections;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>
/// Every page and every read takes the two dates. A world is recorded since 2020 in which every name bears a mark: before that day, and as known before
/// anything was recorded, the mark is nowhere.
/// </summary>
public sealed partial class TimeOnEveryPageTests(Host host) : IClassFixture<Host>
{
    private const string Mark = "Repère";

    private static readonly string[] AsKnownBefore = ["recordedAsOf=0", "recordedAsOf=2019-06-01", "asOf=2024-06-01&recordedAsOf=2019-06-01"];

    // Each with its reason. Outside an association there is nothing to be dated; the rest says the same on every date.
    private static readonly IReadOnlyDictionary<string, string> Undated = new Dictionary<string, string>
    {
        ["api/{slug}/log/"] = "the transparency log has its own past: tree sizes and checkpoints",
        ["{slug}/meetings/{meeting}/console/live"] = "a stream of what happens now, which does not end",
        ["{slug}/meetings/{meeting}/screen/live"] = "a stream of what happens now, which does not end",
        ["{slug}/meetings/{meeting}/seat/live"] = "a stream of what happens now, which does not end",
        ["api/{slug}/evidence.zip"] = "a bundle of all events up to a checkpoint, with its own period",
    };

    // Each tells on any day what is known of later ones too, by its nature; as known on another day it does not.
    private static readonly IReadOnlyDictionary<string, string> TellingAhead = new Dictionary<string, string>
    {
        ["{slug}/people/{person}"] = "the mandates to come of a person",
        ["api/{slug}/people/{person:guid}"] = "the mandates to come of a person",
        ["{slug}/people/{person}/erase"] = "the mandates to come of a person, which keep them from being erased",
        ["{slug}/people/{person}/erase/confirm"] = "the mandates to come of a person, which keep them from being erased",
        ["{slug}/my-data"] = "all that is held on a person",
        ["{slug}/people/{person}/data"] = "all that is held on a person",
        ["api/{slug}/people/me/data"] = "all that is held on a person",
        ["api/{slug}/people/{person:guid}/data"] = "all that is held on a person",
        ["{slug}/events/{event}"] = "the permanent address of an event, which says itself when it took effect",
        ["api/{slug}/events/{id:guid}"] = "the permanent address of an event, which says itself when it took effect",
    };

    // Each with its reason: nothing of the world can stand there. Wherever else nothing is found, an address was left out of the search.
    private static readonly IReadOnlyDictionary<string, string> Absent = new Dictionary<string, string>
    {
        ["{slug}/convocations/{secret}"] = "a secret that nobody was given",
        ["{slug}/voting/{secret}"] = "a secret that nobody was given",
        ["{slug}/calendar/{secret}.ics"] = "a secret that nobody was given",
        ["{slug}/ballots/{ballot}/tally.json"] = "a decision that was transcribed has no papers",
        ["{slug}/ballots/{ballot}/papers"] = "a decision that was transcribed has no papers",
        ["{slug}/ballots/{ballot}/turnout"] = "a decision that was transcribed has no turnout",
        ["api/{slug}/ballots/{ballot:guid}/turnout"] = "a decision that was transcribed has no turnout",
        ["{slug}/statutes/{version}/rules"] = "statutes that were adopted are changed no more",
        ["{slug}/statutes/{version}/rules/removal"] = "statutes that were adopted are changed no more",
        ["{slug}/statutes/{version}/articles"] = "statutes that were adopted are changed no more",
        ["{slug}/statutes/{version}/articles/{number}/repeal"] = "statutes that were adopted are changed no more",
        ["{slug}/statutes/{version}/adoption"] = "statutes that were adopted are adopted once",
        ["{slug}/meetings/{meeting}/minutes/amendment"] = "nobody drafted the minutes",
        ["{slug}/meetings/{meeting}/minutes/erratum"] = "nobody drafted the minutes",
        ["{slug}/meetings/{meeting}/minutes/signature"] = "nobody drafted the minutes",
        ["{slug}/meetings/{meeting}/minutes/compare/{from:int}/{to:int}"] = "nobody drafted the minutes",
    };

    [Fact]
    public async Task Every_address_of_an_association_reads_both_dates_and_refuses_what_is_no_date()
    {
        var faults = new List<string>();
        foreach (var endpoint in OfAnAssociation())
        {
            foreach (var key in new[] { "asOf", "recordedAsOf" })
            {
                using var client = Client(endpoint);
                using var answer = await client.GetAsync($"{Address(endpoint, Ids)}?{key}=hier", Stop);
                if (answer.StatusCode != HttpStatusCode.BadRequest)
                    faults.Add($"{endpoint.RoutePattern.RawText} answers {key}=hier with {(int)answer.StatusCode}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task On_a_day_before_anything_and_as_known_before_anything_no_page_and_no_read_tells_of_what_came_later()
    {
        await RecordWorldAsync();
        var (faults, marked) = (new List<string>(), 0);
        foreach (var endpoint in OfAnAssociation().Where(e => !Undated.Keys.Any(e.RoutePattern.RawText!.TrimStart('/').StartsWith)))
        {
            using var client = Client(endpoint);
            var address = Address(endpoint, Ids);
            using var now = await client.GetAsync(address, Stop);
            marked += (await MarkedAsync(now)) ? 1 : 0;
            if ((now.StatusCode == HttpStatusCode.NotFound) != Absent.ContainsKey(endpoint.RoutePattern.RawText!.TrimStart('/')))
                faults.Add($"{endpoint.RoutePattern.RawText} now: {(int)now.StatusCode}");
            foreach (var dates in TellingAhead.ContainsKey(endpoint.RoutePattern.RawText!.TrimStart('/')) ? AsKnownBefore : ["asOf=2019-06-01", .. AsKnownBefore])
            {
                using var then = await client.GetAsync($"{address}?{dates}", Stop);
                // Pages take days; positions of the log are for programs.
                var taken = then.StatusCode != HttpStatusCode.BadRequest || now.StatusCode == HttpStatusCode.BadRequest || dates == "recordedAsOf=0";
                if (!taken || (int)then.StatusCode >= 500 || await MarkedAsync(then))
                    faults.Add($"{endpoint.RoutePattern.RawText} at {dates}: {(int)then.StatusCode}");
            }
        }

        Assert.True(marked > 40, $"only {marked} addresses show anything of the world: the search itself is broken");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_page_has_the_time_control_with_its_slider_and_its_links_keep_the_two_dates()
    {
        await RecordWorldAsync();
        var (faults, seen) = (new List<string>(), 0);
        foreach (var endpoint in OfAnAssociation().Where(e => !e.RoutePattern.RawText!.Contains("api/", StringComparison.Ordinal)))
        {
            using var client = Client(endpoint);
            using var answer = await client.GetAsync($"{Address(endpoint, Ids)}?asOf=2024-06-01&recordedAsOf=2199-01-01", Stop);
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
            // A fragment that a page asks for again and again has no frame.
            if (!page.Contains("<html", StringComparison.Ordinal))
                continue;
            seen++;
            if (!page.Contains("id=\"time-slider\"", StringComparison.Ordinal) || !page.Contains($"href=\"/{Host.Slug}/changes?", StringComparison.Ordinal))
                faults.Add($"{endpoint.RoutePattern.RawText}: no time control");
            faults.AddRange(Link().Matches(page).Select(link => link.Groups[1].Value)
                .Where(href => href.Split('?', '#')[0] != $"/{Host.Slug}/changes" && !href.StartsWith($"/{Host.Slug}/evidence", StringComparison.Ordinal) && !IsTodays(href, endpoint))
                .Where(href => !href.Contains("asOf=2024-06-01", StringComparison.Ordinal))
                .Select(href => $"{endpoint.RoutePattern.RawText}: {href}"));
        }

        Assert.True(seen > 25, $"only {seen} pages were read: the world has become too small");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    // The way back to today is the page's own address without its dates; a comparison carries its own two.
    private static bool IsTodays(string href, RouteEndpoint endpoint) =>
        href == Address(endpoint, Ids) || endpoint.RoutePattern.RawText!.EndsWith("/changes", StringComparison.Ordinal);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Guid> Ids = new[]
    {
        "member", "body", "college", "mandate", "election", "ballot", "meeting", "roadmap", "workstream", "milestone", "group", "tool", "version", "other", "centre", "person", "due", "event", "id", "document", "convention", "delivery", "amendment", "contribution", "call", "gathering", "session", "registration", "followUp", "with", "campaign", "item", "resolution",
    }.ToDictionary(name => name, _ => Guid.CreateVersion7());

    private HttpClient Client(RouteEndpoint endpoint)
    {
        var permission = Governance.Api.Kernel.Http.RequestScopes.PermissionOf(endpoint);
        var client = host.As(permission == Permission.Audit ? Role.Auditor : Role.Secretariat);
        client.DefaultRequestHeaders.Accept.Clear();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) ? "application/json" : "text/html"));
        return client;
    }

    private static async Task<bool> MarkedAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)).Contains(Mark, StringComparison.Ordinal);

    private async Task RecordWorldAsync()
    {
        if (await host.Log.ReadStreamAsync(host.Association.ToString(), Member.Stream(MemberId.Of(Ids["member"])).Value, ct: Stop) is { Count: > 0 })
            return;
        var (member, body, college, group) = (MemberId.Of(Ids["member"]), BodyId.Of(Ids["body"]), BodyId.Of(Ids["college"]), WorkingGroupId.Of(Ids["group"]));
        var (roadmap, workstream, tool) = (RoadmapId.Of(Ids["roadmap"]), WorkstreamId.Of(Ids["workstream"]), SharedToolId.Of(Ids["tool"]));
        var (version, other, ballot) = (StatutesVersionId.Of(Ids["version"]), StatutesVersionId.Of(Ids["other"]), BallotId.Of(Ids["ballot"]));
        Ids["centre"] = Ids["member"];
        Ids["person"] = host.Person(Role.Member).Value;
        var day = new EffectiveTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day);
        await RecordAsync(Member.Stream(member), new MemberAdmitted(member, new MemberName($"{Mark} membre"), false));
        await RecordAsync(Body.Stream(body), new BodyConstituted(body, $"{Mark} bureau", BodyKind.Bureau, []), new MandateAppointed(MandateId.Of(Ids["mandate"]), host.Person(Role.Member), Office.Seat));
        await RecordAsync(Body.Stream(college), new Governance.Domain.Colleges.CollegeConstituted(college, $"{Mark} collège", Fraction.One));
        await RecordAsync(WorkingGroup.Stream(group), new WorkingGroupCreated(group, $"{Mark} groupe", GroupOrigin.New, []), new WorkingGroupJoined(member));
        await RecordAsync(Roadmap.Stream(roadmap), new RoadmapOpened(roadmap, $"{Mark} feuille de route", 2020, 2030));
        await RecordAsync(
            Workstream.Stream(workstream), new WorkstreamProposed(workstream, roadmap, $"{Mark} chantier"),
            new MilestonePlanned(MilestoneId.Of(Ids["milestone"]), $"{Mark} jalon", day));
        await RecordAsync(SharedTool.Stream(tool), new SharedToolLaunched(tool, $"{Mark} outil", null, null));
        await RecordAsync(StatutesVersions.Stream, new StatutesDrafted(version, $"{Mark} statuts", [new Article("1", $"{Mark} nom", "Texte")], []), new StatutesAdopted(version, day));
        await RecordAsync(StatutesVersions.Stream, new StatutesDrafted(other, $"{Mark} projet", [], [], version));
        await RecordAsync(Ballot.Stream(ballot), new OutcomeTranscribed(ballot, DecisionKind.RoadmapItem, $"{Mark} décision", Verdict.Adopted, Workstream: workstream));
        var gathering = GatheringId.Of(Ids["gathering"]);
        await RecordAsync(
            Gathering.Stream(gathering), new GatheringPlanned(gathering, 1, $"{Mark} regroupement", "Lille", day, 2),
            new SessionPlanned(SessionId.Of(Ids["session"]), $"{Mark} séance", EffectiveTime.At(day.Instant), EffectiveTime.At(day.Instant.AddHours(1))),
            new GuestsRegistered(RegistrationId.Of(Ids["registration"]), GuestKind.StateServices, 1, Waiting: false, Organisation: $"{Mark} service"),
            new FollowUpAgreed(FollowUpId.Of(Ids["followUp"]), $"{Mark} suite", FollowUpKind.Workstream));
        await RecordAsync(WorkingGroup.Stream(WorkingGroupId.Of(Ids["with"])), new WorkingGroupCreated(WorkingGroupId.Of(Ids["with"]), $"{Mark} autre groupe", GroupOrigin.New, []));
        var election = ElectionId.Of(Ids["election"]);
        await RecordAsync(Election.Stream(election), new ElectionCalled(election, $"{Mark} élection", body, body, Office.Seat, day, [new()]));
        var document = DocumentId.Of(Ids["document"]);
        await RecordAsync(Document.Stream(document), new DocumentFiled(
            document, $"{Mark} document", DocumentKind.Minutes, new("application/pdf", 10, new string('a', 64)), new(AudienceKind.Association), Retention.Forever));
        await RecordAsync(Folder.StreamOf(new(Ballot.Stream(ballot))), new DocumentAttached(document, new(Ballot.Stream(ballot))));
        var (convention, objective, indicator) = (ConventionId.Of(Ids["convention"]), ObjectiveId.Of(Guid.CreateVersion7()), IndicatorId.Of(Guid.CreateVersion7()));
        await RecordAsync(
            Convention.Stream(convention), new ConventionDrafted(convention, $"{Mark} convention", "ANCT", new DateOnly(2020, 1, 1), new DateOnly(2030, 12, 31), 0),
            new ObjectiveAdded(objective, $"{Mark} domaine", "Texte"), new IndicatorAdded(indicator, objective, $"{Mark} indicateur", DeliveryKind.Webinar), new ConventionSigned(),
            new AmendmentDrafted(AmendmentId.Of(Ids["amendment"]), $"{Mark} avenant"));
        await RecordAsync(DeliveryBook.Stream(convention), new DeliveryPlanned(
            convention, DeliveryId.Of(Ids["delivery"]), indicator, DeliveryKind.Webinar, $"{Mark} webinaire", day, 1, [new DeliveryCentre(member, DeliveryRole.Pair)]));
        var call = ContributionCallId.Of(Ids["call"]);
        await RecordAsync(ContributionCall.Stream(call), new ContributionsCalled(call, $"{Mark} ministère", 2024));
        await RecordAsync(Contribution.Stream(ContributionId.Of(Ids["contribution"])), new SubjectProposed(ContributionId.Of(Ids["contribution"]), call, $"{Mark} sujet"));
        var (meeting, item, resolution) = (MeetingId.Of(Ids["meeting"]), AgendaItemId.Of(Ids["item"]), ResolutionId.Of(Ids["resolution"]));
        await RecordAsync(
            Meeting.Stream(meeting), new MeetingPlanned(meeting, MeetingKind.Ordinary, $"{Mark} réunion", EffectiveTime.At(day.Instant.AddHours(10)), Remote: true, body),
            new AgendaItemAdded(meeting, item, $"{Mark} point"), new MeetingConvened(meeting, Convener.President, NoticeChannel.Email, EffectiveTime.At(day.Instant.AddHours(10)), 1),
            new ResolutionProposed(meeting, resolution, item, DecisionKind.Ordinary, $"{Mark} texte", $"{Mark} texte."));
        await RecordAsync(AttendanceSheet.Stream(meeting), new PersonArrived(meeting, host.Person(Role.Member)));
        var campaign = DuesCampaignId.Of(Ids["campaign"]);
        await RecordAsync(DuesCampaign.Stream(campaign), new DuesCampaignOpened(campaign, $"{Mark} cotisation", day, day, day, DuesMeasure.None, LateAdmission.NotCalled, 30));
        await RecordAsync(Association.Stream, new SeatMoved($"{Mark} siège"));
        var moved = (await host.Log.ReadStreamAsync(host.Association.ToString(), Association.Stream.Value, ct: Stop))[^1].Id;
        (Ids["due"], Ids["event"], Ids["id"]) = (moved, moved, moved);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
    }

    private Task RecordAsync(StreamId stream, params IReadOnlyList<IEvent> events) => host.RecordAsync(Host.Slug, stream, events);

    private IEnumerable<RouteEndpoint> OfAnAssociation()
    {
        var endpoints = ((IEndpointRouteBuilder)host.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Any(p => p.Name == "slug") && (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET"))
            .ToList();
        Assert.True(endpoints.Count > 80, $"only {endpoints.Count} addresses were found");
        return endpoints;
    }

    private static string Address(RouteEndpoint endpoint, Dictionary<string, Guid> ids) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { Name: "slug" } => Host.Slug,
            RoutePatternParameterPart { Name: "number" } => "1",
            RoutePatternParameterPart { Name: "year" } => "2024",
            RoutePatternParameterPart { Name: "tile" } => "0/000",
            RoutePatternParameterPart { Name: "register" } => "members",
            RoutePatternParameterPart parameter => ids.TryGetValue(parameter.Name, out var id) ? id.ToString("D") : "x",
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException(),
        }))));

    [GeneratedRegex($"<a [^>]*href=\"(/{Host.Slug}(?:[/?][^\"]*)?)\"")]
    private static partial Regex Link();
}
