using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Conventions;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Governance.Tests.Api.Changes;

/// <summary>What changed between two dates: what became effective, and what became known.</summary>
public sealed class ChangesTests(Host host) : IClassFixture<Host>
{
    private const string Api = $"/api/{Host.Slug}/changes";

    [Fact]
    public async Task Given_a_member_who_joined_and_was_renamed_When_two_dates_are_compared_Then_each_side_says_what_it_was_and_which_event_made_it()
    {
        var (member, stream) = NewMember();
        await RecordAsync(new(2021, 3, 1), stream, new MemberAdmitted(member, new MemberName("Centre d'avant"), false, "Nord"));
        var renamed = await RecordAsync(new(2022, 5, 4), stream, new MemberRenamed(new MemberName("Centre d'après")));

        var joined = Assert.Single(await ThingsAsync($"from=2021-01-01&to=2021-12-31&of={member}"));
        Assert.Equal(("member", "added", "Centre d'avant"), (Text(joined, "kind"), Text(joined, "change"), Text(joined, "name")));
        Assert.Equal((null, "Nord"), Sides(joined, "territory"));

        var changed = Assert.Single(await ThingsAsync($"from=2021-12-31&to=2022-12-31&of={member}"));
        Assert.Equal("changed", Text(changed, "change"));
        Assert.Equal(("Centre d'avant", "Centre d'après"), Sides(changed, "name"));
        Assert.Single(changed.GetProperty("aspects").EnumerateArray());
        Assert.Equal([renamed.ToString()], changed.GetProperty("events").EnumerateArray().Select(e => e.GetString()));
        Assert.Empty(await ThingsAsync($"from=2022-12-31&to=2023-12-31&of={member}"));
    }

    [Fact]
    public async Task Given_a_meeting_moved_a_gathering_with_guests_and_a_tool_kept_in_turn_When_two_dates_are_compared_Then_all_are_told()
    {
        var (meeting, gathering, tool) = (MeetingId.Of(Guid.CreateVersion7()), GatheringId.Of(Guid.CreateVersion7()), SharedToolId.Of(Guid.CreateVersion7()));
        var (centre, stream) = NewMember();
        await RecordAsync(new(2021, 1, 1), stream, new MemberAdmitted(centre, new MemberName("Centre de veille"), false));
        EffectiveTime On(int year, int month, int day) => EffectiveTime.On(new(year, month, day), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        await RecordAsync(new(2021, 2, 1), Meeting.Stream(meeting), new MeetingPlanned(meeting, MeetingKind.Ordinary, "Conseil de printemps", On(2022, 4, 1), Remote: false, Place: "Lille"));
        await RecordAsync(new(2022, 2, 1), Meeting.Stream(meeting), new MeetingMoved(meeting, On(2022, 5, 2), Remote: false, "Lyon"));
        await RecordAsync(new(2021, 2, 1), Gathering.Stream(gathering), new GatheringPlanned(gathering, 41, "Quarante-et-unième", "Lille", On(2022, 10, 10), 2, 80));
        await RecordAsync(new(2022, 2, 1), Gathering.Stream(gathering), new GuestsInvited([GuestKind.StateServices]));
        await RecordAsync(
            new(2022, 3, 1), Gathering.Stream(gathering), new GuestsRegistered(RegistrationId.Of(Guid.CreateVersion7()), GuestKind.StateServices, 3, false, Organisation: "Préfecture"));
        await RecordAsync(new(2021, 2, 1), SharedTool.Stream(tool), new SharedToolLaunched(tool, "Veille"));
        await RecordAsync(new(2021, 3, 1), SharedTool.Stream(tool), new SharedToolJoined(centre));
        await RecordAsync(new(2022, 3, 1), SharedTool.Stream(tool), new RotaSet([centre], new(2022, 3, 7)));

        var moved = Assert.Single(await ThingsAsync($"from=2021-12-31&to=2022-12-31&of={meeting}"));
        Assert.Equal(("meeting", "Conseil de printemps"), (Text(moved, "kind"), Text(moved, "name")));
        Assert.Equal(("Lille", "Lyon"), Sides(moved, "place"));

        var filled = Assert.Single(await ThingsAsync($"from=2021-12-31&to=2022-12-31&of={gathering}"));
        Assert.Equal((null, "3"), Sides(filled, "registered"));
        Assert.DoesNotContain("Préfecture", filled.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Events(filled).Count());

        // A delivery has its page with its convention.
        var (convention, delivery) = (ConventionId.Of(Guid.CreateVersion7()), DeliveryId.Of(Guid.CreateVersion7()));
        await RecordAsync(new(2021, 2, 1), Convention.Stream(convention), new ConventionDrafted(convention, "Convention", "ANCT", new(2021, 1, 1), new(2023, 12, 31), 0));
        await RecordAsync(
            new(2022, 2, 1), DeliveryBook.Stream(convention),
            new DeliveryPlanned(convention, delivery, IndicatorId.Of(Guid.CreateVersion7()), DeliveryKind.Training, "Module", On(2022, 6, 1), 2, [new(centre, DeliveryRole.Theme)]));
        var planned = Assert.Single(await ThingsAsync($"from=2021-12-31&to=2022-12-31&of={delivery}"));
        Assert.Equal(("delivery", "added", $"/{Host.Slug}/conventions/{convention}/programme"), (Text(planned, "kind"), Text(planned, "change"), Text(planned, "page")));

        var kept = Assert.Single(await ThingsAsync($"from=2021-12-31&to=2022-12-31&of={tool}"));
        Assert.Contains("Centre de veille", Sides(kept, "turns").Item2, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_late_entry_and_a_retraction_When_two_days_of_knowledge_are_compared_Then_they_tell_what_was_learnt_of_the_same_day()
    {
        var (member, stream) = NewMember();
        await RecordAsync(new(2021, 3, 1), stream, new MemberAdmitted(member, new MemberName("Centre tardif"), false));
        var first = await host.Log.LastPositionAsync(Stop);
        var suspended = await RecordAsync(new(2021, 9, 1), stream, new MemberSuspended("Cotisation"));
        var second = await host.Log.LastPositionAsync(Stop);
        var retraction = await RecordAsync(new(2023, 1, 1), stream, new FactRetracted(suspended, "Erreur de saisie"));

        var learnt = Assert.Single(await ThingsAsync($"from=2022-01-01&to=2022-01-01&knownFrom={first}&knownTo={second}&of={member}"));
        Assert.Equal(("actif", "suspendu"), Sides(learnt, "standing"));
        Assert.Equal([suspended.ToString()], Events(learnt));

        var corrected = Assert.Single(await ThingsAsync($"from=2022-01-01&to=2022-01-01&knownFrom={second}&of={member}"));
        Assert.Equal(("suspendu", "actif"), Sides(corrected, "standing"));
        Assert.Equal([retraction.ToString()], Events(corrected));

        // Known before the late entry and after its retraction alike: nothing of it is left to tell, on any pair of days.
        Assert.Empty(await ThingsAsync($"from=2022-01-01&to=2022-01-01&knownFrom={first}&of={member}"));
        Assert.Empty(await ThingsAsync($"from=2021-06-01&to=2022-06-01&of={member}"));
        var thought = Assert.Single(await ThingsAsync($"from=2021-06-01&to=2022-06-01&knownFrom={second}&knownTo={second}&of={member}"));
        Assert.Equal(("actif", "suspendu"), Sides(thought, "standing"));
    }

    [Fact]
    public async Task Given_a_backdated_mandate_When_its_person_and_its_body_are_compared_Then_both_tell_of_it_and_the_end_of_its_term_is_foreseen()
    {
        var (body, mandate, person) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()), host.Person(Role.Member));
        await RecordAsync(new(2021, 1, 1), Body.Stream(body), new BodyConstituted(body, "Bureau des dates", BodyKind.Bureau, []));
        var known = await host.Log.LastPositionAsync(Stop);
        var appointed = await RecordAsync(
            new(2021, 2, 1), Body.Stream(body),
            new MandateAppointed(mandate, person, Office.Treasurer, TermEnds: new EffectiveTime(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day)));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        foreach (var thing in new[] { person.Value, body.Value, mandate.Value })
        {
            var learnt = Assert.Single(await ThingsAsync($"from=2022-01-01&knownFrom={known}&of={thing}"), t => t.GetProperty("id").GetGuid() == mandate.Value);
            Assert.Equal(("mandate", "added"), (Text(learnt, "kind"), Text(learnt, "change")));
            Assert.Equal([appointed.ToString()], Events(learnt));
        }

        var ended = Assert.Single(await ThingsAsync($"from=2022-12-31&to=2023-12-31&of={mandate}"));
        Assert.Equal("removed", Text(ended, "change"));
        Assert.Empty(Events(ended));
        var figures = (await ReadAsync("from=2020-12-31&to=2021-12-31")).GetProperty("figures").EnumerateArray().ToList();
        var seats = Assert.Single(figures, f => Text(f, "label")!.Contains("Bureau des dates", StringComparison.Ordinal));
        Assert.Equal((0, 1), (seats.GetProperty("before").GetInt64(), seats.GetProperty("after").GetInt64()));
    }

    [Fact]
    public async Task Given_new_statutes_in_force_and_a_workstream_that_moved_When_the_association_is_compared_Then_articles_rules_stage_and_lead_are_told()
    {
        var (first, second) = (StatutesVersionId.Of(Guid.CreateVersion7()), StatutesVersionId.Of(Guid.CreateVersion7()));
        await RecordAsync(
            new(2030, 1, 1), StatutesVersions.Stream,
            new StatutesDrafted(first, "Statuts de 2030", [new("1", "Nom", "A"), new("2", "Siège", "À Lille.")], [new Rule("2", new RuleScope(), new VoteChangeRule(Allowed: true))]));
        await RecordAsync(new(2030, 1, 1), StatutesVersions.Stream, new StatutesAdopted(first, Day(2030, 1, 1)));
        await RecordAsync(
            new(2031, 1, 1), StatutesVersions.Stream,
            new StatutesDrafted(second, "Statuts de 2031", [new("1", "Nom", "A"), new("2", "Siège social", "À Lille, puis à Arras.")], [new Rule("2", new RuleScope(), new VoteChangeRule(Allowed: false))], first));
        await RecordAsync(new(2031, 1, 1), StatutesVersions.Stream, new StatutesAdopted(second, Day(2031, 2, 1)));
        var (roadmap, workstream) = (RoadmapId.Of(Guid.CreateVersion7()), WorkstreamId.Of(Guid.CreateVersion7()));
        await RecordAsync(new(2030, 1, 1), Roadmap.Stream(roadmap), new RoadmapOpened(roadmap, "Feuille 2030", 2030, 2032));
        await RecordAsync(new(2030, 1, 1), Workstream.Stream(workstream), new WorkstreamProposed(workstream, roadmap, "Accueil", null));
        await RecordAsync(new(2031, 3, 1), Workstream.Stream(workstream), new WorkstreamPrioritised(3));

        var things = await ThingsAsync("from=2030-12-31&to=2031-12-31");
        var inForce = Assert.Single(things, t => Text(t, "kind") == "in-force");
        Assert.Equal(("Statuts de 2030", "Statuts de 2031"), Sides(inForce, "version"));
        Assert.Equal(("Siège\nÀ Lille.", "Siège social\nÀ Lille, puis à Arras."), Sides(inForce, "article"));
        Assert.NotEqual(Sides(inForce, "rule").Before, Sides(inForce, "rule").After);
        Assert.Contains("/compare/", Text(inForce, "page"), StringComparison.Ordinal);
        Assert.NotEmpty(Events(inForce));
        using var visitor = await Visitor.AsAsync(host, Role.Member);
        var page = await PageAsync(visitor, "from=2030-12-31&to=2031-12-31");
        Assert.Contains("<p>Siège<ins> social</ins></p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>À Lille<ins>, puis à Arras</ins>.</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>À Lille.</p>", page, StringComparison.Ordinal);
        var moved = Assert.Single(await ThingsAsync($"from=2030-12-31&to=2031-12-31&of={roadmap}"));
        Assert.Equal(("workstream", null, "3"), (Text(moved, "kind"), Sides(moved, "rank").Before, Sides(moved, "rank").After));
    }

    [Fact]
    public async Task Given_a_seat_that_moved_When_the_association_is_compared_Then_the_event_is_told_although_it_does_not_name_the_association()
    {
        var moved = await RecordAsync(new(2041, 1, 1), Governance.Domain.Associations.Association.Stream, new Governance.Domain.Associations.SeatMoved("Arras"));

        var association = Assert.Single(await ThingsAsync("from=2040-12-31&to=2041-12-31"), t => Text(t, "kind") == "association");
        Assert.Equal(("Lille", "Arras"), Sides(association, "seat"));
        Assert.Equal([moved.ToString()], Events(association));
    }

    [Fact]
    public async Task Given_votes_in_a_ballot_When_anybody_compares_any_two_moments_Then_what_was_voted_is_nowhere()
    {
        var (ballot, elector) = (BallotId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await host.RecordAsync(Host.Slug, Ballot.Stream(ballot), new BallotDrafted(ballot, BodyId.Of(Guid.CreateVersion7()), DecisionKind.Ordinary, "Question ouverte", "Faut-il ?", "Il faut"));
        await host.RecordAsync(Host.Slug, Vote.Stream(ballot, elector), new VoteCast(ballot, elector, host.Person(Role.BoardMember), Choice.Against));
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        using var client = host.As(Role.Auditor);
        foreach (var moments in new[] { "from=2019-01-01", "from=2019-01-01&to=2199-12-31", "from=2021-01-01&knownFrom=0", "from=2019-01-01&asOf=2199-12-31" })
        {
            foreach (var address in new[] { $"{Api}?{moments}&of={ballot}", $"{Api}.csv?{moments}&of={ballot}", $"{Api}?{moments}&of={elector}", $"{Api}?{moments}" })
            {
                var text = await client.GetStringAsync(address, Stop);
                Assert.DoesNotContain("against", text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("contre", text, StringComparison.OrdinalIgnoreCase);
            }

            Assert.Contains("Question ouverte", await client.GetStringAsync($"{Api}?{moments}&of={ballot}", Stop), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Given_a_person_erased_When_days_before_the_erasure_are_compared_Then_no_side_has_the_name()
    {
        using var secretariat = host.As(Role.Secretariat);
        using var registered = await secretariat.PostAsJsonAsync($"/api/{Host.Slug}/people", new { name = "Madame Quidam", effective = "2021-06-01" }, Stop);
        var person = (await registered.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("ids").GetProperty("person").GetGuid();
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        var known = await host.Log.LastPositionAsync(Stop);
        var before = Assert.Single(await ThingsAsync($"from=2021-01-01&to=2021-12-31&of={person}"));
        Assert.Equal("Madame Quidam", Text(before, "name"));

        using var erased = await secretariat.PostAsJsonAsync($"/api/{Host.Slug}/people/{person}/erasure", new { reason = "À sa demande" }, Stop);
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        await host.App.Services.GetServices<IHostedService>().OfType<Governance.Api.People.Erasures>().Single().RoundAsync(Stop);

        using var auditor = host.As(Role.Auditor);
        foreach (var moments in new[] { "from=2021-01-01&to=2021-12-31", $"from=2021-01-01&to=2021-12-31&knownFrom={known}&knownTo={known}", $"from=2021-12-31&to=2021-12-31&knownFrom={known}", "from=2021-01-01" })
            Assert.DoesNotContain("Quidam", await auditor.GetStringAsync($"{Api}?{moments}", Stop), StringComparison.Ordinal);
        var now = Assert.Single(await ThingsAsync($"from=2021-12-31&of={person}"));
        Assert.Equal((null, "oui"), Sides(now, "erased"));
    }

    [Fact]
    public async Task Given_an_association_next_door_When_its_things_are_asked_of_ours_Then_nothing_is_told_of_them()
    {
        var (member, stream) = NewMember();
        await host.FoundAsync("voisine");
        await host.ShownAsync(await host.RecordAsync("voisine", stream, new MemberAdmitted(member, new MemberName("Centre voisin"), false)));

        Assert.Empty(await ThingsAsync($"from=2019-01-01&of={member}"));
        using var client = host.As(Role.Auditor);
        Assert.DoesNotContain("Centre voisin", await client.GetStringAsync($"{Api}?from=2019-01-01", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/voisine/changes", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("from=2024-01-01&to=2023-01-01", "from", "Le premier jour vient après le second : échangez-les.")]
    [InlineData("knownFrom=5&knownTo=3", "knownFrom", "Le premier jour de connaissance vient après le second : échangez-les.")]
    [InlineData("from=hier", "from", "« hier » n’est pas un jour entre 1800 et 2200, comme 2023-10-14.")]
    [InlineData("to=31/02/2023", "to", "« 31/02/2023 » n’est pas un jour entre 1800 et 2200, comme 2023-10-14.")]
    [InlineData("knownTo=demain", "knownTo", "« demain » n’est ni un jour, comme 2023-10-14, ni une position du journal.")]
    [InlineData("of=moi", "of", null)]
    public async Task Given_moments_that_do_not_fit_together_When_they_are_compared_Then_the_answer_names_the_field_and_says_why(string query, string field, string? sentence)
    {
        using var client = host.As(Role.Member);
        foreach (var address in new[] { Api, $"{Api}.csv" })
        {
            using var answer = await client.GetAsync($"{address}?{query}", Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var said = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").GetProperty(field)[0].GetString()!;
            if (sentence is not null)
                Assert.Equal(sentence, Plain(said));
        }

        using var visitor = await Visitor.AsAsync(host, Role.Member);
        using var page = await visitor.Client.GetAsync($"/{Host.Slug}/changes?{query}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
    }

    [Fact]
    public async Task Given_the_same_moment_twice_or_days_before_the_association_When_they_are_compared_Then_the_page_says_that_there_is_nothing_and_why()
    {
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));
        using var visitor = await Visitor.AsAsync(host, Role.Member);
        Assert.Contains("Les deux moments sont les mêmes", await PageAsync(visitor, "from=2024-01-01&to=2024-01-01"), StringComparison.Ordinal);
        Assert.Contains("L’association n’existe encore à aucun de ces deux moments", await PageAsync(visitor, "from=1990-01-01&to=1995-01-01"), StringComparison.Ordinal);
        Assert.Contains("L’association n’existait pas encore au premier de ces jours", await PageAsync(visitor, "from=1990-01-01&to=2024-01-01"), StringComparison.Ordinal);
        Assert.Contains("rien de l’association n’était encore enregistré ici", await PageAsync(visitor, "from=2024-01-01&knownFrom=2010-01-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_page_of_a_thing_on_another_day_When_its_time_control_is_used_Then_it_compares_that_thing_from_that_day()
    {
        var (member, stream) = NewMember();
        await RecordAsync(new(2021, 3, 1), stream, new MemberAdmitted(member, new MemberName("Centre à comparer"), false));
        using var visitor = await Visitor.AsAsync(host, Role.Member);

        var page = WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/members/{member}?asOf=2021-06-01"));
        Assert.Contains($"href=\"/{Host.Slug}/changes?of={member}&from=2021-06-01\">Comparer deux dates</a>", page, StringComparison.Ordinal);
        var known = WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/members?asOf=2021-06-01&recordedAsOf=2022-01-01"));
        Assert.Contains($"href=\"/{Host.Slug}/changes?from=2021-06-01&to=2021-06-01&knownFrom=2022-01-01\">Comparer deux dates</a>", known, StringComparison.Ordinal);
        Assert.Contains("Centre à comparer", await PageAsync(visitor, $"of={member}&from=2021-01-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_name_that_a_spreadsheet_would_run_When_a_comparison_is_exported_Then_it_is_text_in_a_marked_file()
    {
        var (member, stream) = NewMember();
        await RecordAsync(new(2021, 3, 1), stream, new MemberAdmitted(member, new MemberName("=HYPERLINK(\"x\")"), false));
        using var client = host.As(Role.Member);
        using var answer = await client.GetAsync($"{Api}.csv?from=2021-01-01&to=2021-12-31&of={member}", Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var table = System.Text.Encoding.UTF8.GetString(bytes);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", table, StringComparison.Ordinal);
        Assert.DoesNotContain("\"=HYPERLINK", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_several_dates_that_are_none_When_the_page_is_asked_for_Then_each_is_named_once_with_what_was_given_and_nothing_is_said_to_be_kept()
    {
        using var visitor = await Visitor.AsAsync(host, Role.Member);
        using var answer = await visitor.Client.GetAsync($"/{Host.Slug}/changes?from=hier&to=avant-hier&knownTo=demain", Stop);
        var page = Plain(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)));
        var summary = page[page.IndexOf("error-summary", StringComparison.Ordinal)..page.IndexOf("</section>", StringComparison.Ordinal)];
        Assert.Equal(3, summary.Split("<li>").Skip(1).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("« Premier jour » : « hier »", summary, StringComparison.Ordinal);
        Assert.Contains("« Second jour » : « avant-hier »", summary, StringComparison.Ordinal);
        Assert.Contains("« Second jour, tel que su le » : « demain »", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("est gardé", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("class=\"field-error\"").Length - 1);
    }

    [Fact]
    public async Task Given_many_differences_When_the_whole_association_is_compared_Then_kinds_are_counted_with_links_and_long_sections_are_folded()
    {
        for (var i = 0; i < 16; i++)
        {
            var (member, stream) = NewMember();
            await RecordAsync(new(2050, 3, 1), stream, new MemberAdmitted(member, new MemberName($"Centre nombreux {i}"), false));
        }

        var (body, mandate) = (BodyId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
        await RecordAsync(new(2050, 3, 1), Body.Stream(body), new BodyConstituted(body, "Bureau replié", BodyKind.Bureau, []));
        await RecordAsync(new(2050, 3, 2), Body.Stream(body), new MandateAppointed(mandate, host.Person(Role.Member), Office.Seat));
        using var visitor = await Visitor.AsAsync(host, Role.Member);

        var page = await PageAsync(visitor, "from=2050-01-01&to=2050-12-31");

        Assert.Contains("<a href=\"#changes-member\">Membres</a> <span class=\"hint\">16 ajouts</span>", page, StringComparison.Ordinal);
        Assert.Matches("""<details class="fold"><summary><h2>Membres</h2>""", Flat(page));
        Assert.Matches("""<details class="fold" open><summary><h2>Mandats</h2>""", Flat(page));
        // What a link leads to is inside of what it opens.
        Assert.Matches("""16 ajouts</span></summary><div id="changes-member">""", Flat(page));
        Assert.Matches("""<details class="fold" open><summary><h2>Membres</h2>""", Flat(await PageAsync(visitor, $"from=2050-01-01&to=2050-12-31&of={NewestMember(page)}")));
    }

    private static string NewestMember(string page) => System.Text.RegularExpressions.Regex.Match(page, $"/{Host.Slug}/members/([0-9a-f-]{{36}})").Groups[1].Value;

    private static string Flat(string page) => System.Text.RegularExpressions.Regex.Replace(page, @">\s+<", "><");

    [Fact]
    public async Task Given_a_thing_that_more_events_changed_than_are_listed_When_it_is_compared_Then_all_are_counted_and_the_history_has_them()
    {
        var (member, stream) = NewMember();
        await RecordAsync(new(2061, 1, 1), stream, new MemberAdmitted(member, new MemberName("Centre aux cent noms"), false));
        await host.RecordOnAsync(Host.Slug, new DateOnly(2061, 2, 1), stream, [.. Enumerable.Range(0, 120).Select(i => new MemberRenamed(new MemberName($"Nom {i}")))]);
        await host.ShownAsync(await host.Log.LastPositionAsync(Stop));

        var changed = Assert.Single(await ThingsAsync($"from=2061-01-15&to=2061-12-31&of={member}"));

        Assert.Equal((100, 120), (Events(changed).Count(), changed.GetProperty("eventCount").GetInt64()));
        using var visitor = await Visitor.AsAsync(host, Role.Member);
        Assert.Contains("120 faits</a>", await PageAsync(visitor, $"from=2061-01-15&to=2061-12-31&of={member}"), StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (MemberId Member, StreamId Stream) NewMember() => MemberId.Of(Guid.CreateVersion7()) is var member ? (member, Member.Stream(member)) : default;

    private static EffectiveTime Day(int year, int month, int day) => new(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero), Precision.Day);

    private async Task<EventId> RecordAsync(DateOnly day, StreamId stream, IEvent @event)
    {
        var position = await host.RecordOnAsync(Host.Slug, day, stream, @event);
        // A body is registered right after it.
        if (@event is BodyConstituted)
            position--;
        await host.ShownAsync(position);
        return EventId.Of((await host.Log.ReadPageAsync(position - 1, limit: 1, ct: Stop))[0].Id);
    }

    private async Task<JsonElement> ReadAsync(string query)
    {
        using var client = host.As(Role.Member);
        return await client.GetFromJsonAsync<JsonElement>($"{Api}?{query}", Stop);
    }

    private async Task<IReadOnlyList<JsonElement>> ThingsAsync(string query) => [.. (await ReadAsync(query)).GetProperty("things").EnumerateArray()];

    private static async Task<string> PageAsync(Visitor visitor, string query) =>
        Plain(WebUtility.HtmlDecode(await visitor.ReadAsync($"/{Host.Slug}/changes?{query}")));

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? Plain(text.GetString()!) : null;

    private static (string? Before, string? After) Sides(JsonElement thing, string what) =>
        thing.GetProperty("aspects").EnumerateArray().First(a => a.GetProperty("what").GetString() == what) is var aspect ? (Text(aspect, "before"), Text(aspect, "after")) : default;

    private static IEnumerable<string?> Events(JsonElement thing) => thing.GetProperty("events").EnumerateArray().Select(e => e.GetString());

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
