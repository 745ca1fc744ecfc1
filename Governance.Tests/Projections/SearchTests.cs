using Governance.Domain.Contributions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;
using Governance.Projections;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Projections;

/// <summary>What is found by its words, on any day, as known now and as known then, and by whom.</summary>
public sealed class SearchTests : ReadModelTest
{
    private static readonly RoadmapId Roadmap = Named<RoadmapId>("2024-2026");
    private static readonly WorkstreamId Welcome = Named<WorkstreamId>("welcome");
    private static readonly WorkingGroupId Health = Named<WorkingGroupId>("health");
    private static readonly MeetingId Assembly = Named<MeetingId>("assembly");
    private static readonly StatutesVersionId First = Named<StatutesVersionId>("first"), Second = Named<StatutesVersionId>("second");
    private static readonly MemberId Centre = Named<MemberId>("centre");

    private static IReadOnlyList<Fact> Network =>
    [
        On("2020-01-01", Member.Stream(Centre), new MemberAdmitted(Centre, new MemberName("Centre de ressources Œuvre-Ville"), false, "Hauts-de-France")),
        On("2020-01-01", Versions, new StatutesDrafted(First, "Statuts de 2020", [new("12", "Quorum", "L’assemblée générale délibère si la moitié des membres est présente.")], [])),
        On("2020-01-02", Versions, new StatutesAdopted(First, Time("2020-02-01"))),
        On("2024-01-01", Versions, new StatutesDrafted(Second, "Statuts de 2024", [new("12", "Quorum", "L’assemblée générale délibère si le tiers des membres est présent.")], [], First)),
        On("2024-01-02", Versions, new StatutesAdopted(Second, Time("2024-02-01"))),
        On("2023-10-14", Governance.Domain.Roadmaps.Roadmap.Stream(Roadmap), new RoadmapOpened(Roadmap, "Feuille de route", 2024, 2026)),
        On("2023-10-14", Workstream.Stream(Welcome), new WorkstreamProposed(Welcome, Roadmap, "Accueil des nouvelles équipes", "Un livret d’accueil et deux journées <b>par an</b> & par région.")),
        On("2024-04-15", Workstream.Stream(Welcome), new ProgressReported("Le livret est relu ; la mise en page a été adoptée.", Assessment.OnTrack, "Imprimer")),
        On("2024-05-01", Meeting.Stream(Assembly), new MeetingPlanned(Assembly, MeetingKind.Ordinary, "Assemblée générale de 2024", Time("2024-06-10"), Remote: true, Named<BodyId>("assembly"), Place: "Lille")),
        On("2024-05-02", Meeting.Stream(Assembly), new AgendaItemAdded(Assembly, Named<AgendaItemId>("dues"), "Règles de cotisation", "Les collèges proposent un barème.")),
        On("2024-05-03", Meeting.Stream(Assembly), new ResolutionProposed(Assembly, Named<ResolutionId>("dues"), Named<AgendaItemId>("dues"), Governance.Domain.Voting.DecisionKind.Ordinary, "Barème", "Le barème des cotisations est adopté.")),
        On("2024-06-10", Meeting.Stream(Assembly), new DebateNoted(Assembly, "Un centre demande que le barème tienne compte de la taille des équipes.", Named<AgendaItemId>("dues"))),
        On("2020-01-01", WorkingGroup.Stream(Health), new WorkingGroupCreated(Health, "Santé mentale", GroupOrigin.New, [], "Les conseils locaux de santé")),
        On("2024-03-01", WorkingGroup.Stream(Health), new WorkingGroupRenamed("Bien-être")),
        On("2024-03-12", WorkingGroup.Stream(Health), new WorkingGroupMet(true, [], "Arras", "Tour de table sur les ateliers santé-ville.")),
        On("2024-03-13", WorkingGroup.Stream(Health), new OutputPlanned("Guide des ateliers")),
        On("2024-09-01", WorkingGroup.Stream(Health), new OutputPublished("Guide des ateliers", "Bibliothèque commune")),
    ];

    private static StreamId Versions => Governance.Domain.Statutes.StatutesVersions.Stream;

    [Fact]
    public async Task Words_are_found_whatever_their_accents_number_or_ending_titles_first_and_what_is_over_last()
    {
        await GivenAsync(Network);
        await WhenFollowedAsync(batch: 5);

        // Without accents, in another number, after an elision, in another gender of the participle.
        foreach (var typed in new[] { "assemblee", "ASSEMBLÉES ", "l'assemblée générale", "assemblee generales " })
            Assert.Contains("Assemblée générale de 2024", await FoundAsync(typed));
        foreach (var typed in new[] { "regle", "règles ", "RÈGLE cotisations", "college bareme" })
            Assert.Contains("Règles de cotisation", await FoundAsync(typed));
        foreach (var typed in new[] { "adopté ", "adoptée", "adoptees ", "adopter " })
            Assert.Equal(["Barème", "progress-report"], (await FoundAsync(typed)).Order(StringComparer.Ordinal));
        foreach (var typed in new[] { "oeuvre", "œuvre", "Œuvre-ville", "ressources -lille" })
            Assert.Equal(["Centre de ressources Œuvre-Ville"], await FoundAsync(typed));
        // The beginning of the last word, and only while it is being typed.
        Assert.Equal(["Accueil des nouvelles équipes"], await FoundAsync("nouvelles équ"));
        Assert.Empty(await FoundAsync("nouvelles équ "));
        Assert.Empty(await FoundAsync("équ nouvelles "));
        // One after the other, and not.
        Assert.Equal(["Feuille de route"], await FoundAsync("\"feuille de route\""));
        Assert.Empty(await FoundAsync("\"route feuille\""));
        Assert.Equal(["Feuille de route"], await FoundAsync("route feuille"));
        Assert.Equal(["minutes"], await FoundAsync("barème -cotisation"));
        // The title comes before what says it in its text.
        Assert.Equal("Barème", (await FoundAsync("barème"))[0]);
        // Of two versions the one in force, on either day.
        Assert.Equal([(Second, true), (First, false)], await ArticlesAsync("2024-12-31"));
        Assert.Equal([(First, true)], await ArticlesAsync("2023-12-31"));
        Assert.Equal(["Quorum", "Quorum"], await FoundAsync("article 12"));
        // What says nothing finds nothing, and is no fault.
        foreach (var typed in new[] { "", "le la ", "-assemblée", "!! & ( :* '", "zzz" })
            Assert.Empty(await FoundAsync(typed));
        // What was found is marked, in the words that are there.
        var asked = await AskedAsync("equipe livrets adoptee");
        Assert.Equal(
            ["Livret", "adopté", "équipes"],
            (await Search.MetAsync(Reads, asked, ["Livret et équipes : adopté par l’équipage", "livraison"], Ct)).Order(StringComparer.Ordinal));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task What_was_renamed_or_taken_back_is_found_as_it_was_on_the_day_and_as_it_was_known()
    {
        await GivenAsync(Network);
        var (mistaken, known) = await RecordAsync(Ours, On("2024-04-20", Workstream.Stream(Welcome), new ProgressReported("Le parrainage commence.", Assessment.OnTrack)));
        var before = known - 1;
        await GivenAsync(On("2024-05-20", Workstream.Stream(Welcome), new FactRetracted(mistaken, "un autre chantier")));
        await WhenFollowedAsync();

        Assert.Equal(["Santé mentale"], await FoundAsync("santé mentale", "2024-02-28"));
        Assert.Empty(await FoundAsync("santé mentale", "2024-03-01"));
        Assert.Equal(["Bien-être"], await FoundAsync("bien être", "2024-03-01"));
        Assert.Equal(["Guide des ateliers", "logbook"], await FoundAsync("atelier", "2024-12-31"));
        Assert.Empty(await FoundAsync("bibliothèque", "2024-08-31"));
        Assert.Equal(["progress-report"], await FoundAsync("parrainage", "2024-12-31", known));
        Assert.Empty(await FoundAsync("parrainage", "2024-12-31", before));
        Assert.Empty(await FoundAsync("parrainage", "2024-12-31"));
        Assert.Empty(await FoundAsync("parrainage", "2024-04-19", known));
        Assert.Empty(await FoundAsync("assemblée", of: Theirs));
        Assert.Empty(await FoundAsync("Santé", "2019-12-31"));
    }

    [Fact]
    public async Task What_was_replaced_is_found_on_the_days_on_which_it_stood_and_as_it_was_known()
    {
        var (paper, tool, minutes) = (Named<ContributionId>("paper"), Named<SharedToolId>("watch"), Minutes.Stream(Assembly));
        var (seen, watched) = (Contribution.Stream(paper), SharedTool.Stream(tool));
        var other = Named<MemberId>("other");
        var drafted = new MinutesDrafted(Assembly, 1, 1, new string('0', 64));
        await GivenAsync(
        [
            .. Network, On("2024-01-02", seen, new SubjectProposed(paper, Named<ContributionCallId>("call"), "Mobilité")), On("2024-01-03", seen, new SubjectDiscussed("Retenu.")),
            On("2024-01-04", seen, new SubjectValidated(new(Named<BallotId>("subject")))), On("2024-02-01", seen, new ObservationCollected(Centre, "Les tramways manquent.")),
            On("2024-02-01", seen, new ObservationCollected(other, "Les pistes cyclables manquent.")),
            On("2024-01-02", watched, new SharedToolLaunched(tool, "Veille")), On("2024-01-03", watched, new SharedToolJoined(Centre)),
            On("2024-02-01", watched, new SourcesEntrusted(Centre, ["Gazette communale"])),
            On("2024-06-11", minutes, drafted), On("2024-06-12", minutes, new MinutesAmended(Assembly, 2, "opening", Rewording.Replaces, "La trésorerie est saine.")),
            On("2024-06-12", minutes, new MinutesAmended(Assembly, 3, "opening", Rewording.Follows, "Applaudissements.")),
        ]);
        var known = await GivenAsync(On("2024-06-13", minutes, new MinutesAmended(Assembly, 4, "closing", Rewording.Replaces, "La séance est levée.")));
        await GivenAsync(
            On("2024-03-01", seen, new ObservationCollected(Centre, "Les autobus manquent.")), On("2024-03-01", watched, new SourcesEntrusted(Centre, ["Courrier picard"])),
            On("2024-06-20", minutes, new MinutesAmended(Assembly, 5, "opening", Rewording.Replaces, "La comptabilité est à jour.")), On("2024-09-01", watched, new SharedToolLeft(Centre)));
        await WhenFollowedAsync(batch: 4);

        foreach (var (before, then, title, day) in new[] { ("tramways", "autobus", "Mobilité", "2024-02-28"), ("gazette", "courrier", "Veille", "2024-02-28"), ("trésorerie", "comptabilité", "minutes", "2024-06-19") })
        {
            Assert.Equal([title], await FoundAsync(before, day));
            Assert.Empty(await FoundAsync(then, day));
            Assert.Empty(await FoundAsync(before, "2024-06-30"));
            Assert.Equal([title], await FoundAsync(then, "2024-06-30"));
            Assert.Equal([title], await FoundAsync(before, "2024-06-30", known));
        }

        // What nothing replaced stands.
        Assert.Equal(["Mobilité"], await FoundAsync("cyclables"));
        Assert.Equal(["minutes"], await FoundAsync("applaudissements levée"));
        // Who leaves a tool watches nothing there.
        Assert.Empty(await FoundAsync("courrier", "2024-09-02"));
        await ThenRebuiltEqualAsync();
    }

    [Fact]
    public async Task A_document_is_found_and_counted_for_whoever_may_read_it_today_alone()
    {
        var (board, us) = (Named<BodyId>("board"), new Reader(Named<PersonId>("member"), true, false, new HashSet<BodyId>()));
        Fact Filed(string name, Audience audience, PersonId? about = null) => On(
            "2024-01-01", Document.Stream(Named<DocumentId>(name)),
            new DocumentFiled(Named<DocumentId>(name), $"Rapport {name}", DocumentKind.Annex, new("application/pdf", 1, new string('0', 64)), audience, Retention.Forever, about));
        await GivenAsync(
            Filed("public", new(AudienceKind.Public)), Filed("association", new(AudienceKind.Association)), Filed("board", new(AudienceKind.Body, board)),
            Filed("secretariat", new(AudienceKind.SecretariatAndAuditors)), Filed("mine", new(AudienceKind.SecretariatAndAuditors), us.Person),
            Filed("opened", new(AudienceKind.SecretariatAndAuditors)),
            On("2024-06-01", Document.Stream(Named<DocumentId>("opened")), new DocumentAudienceChanged(new(AudienceKind.Association))));
        await WhenFollowedAsync();

        async Task<string> AsAsync(Reader reader, string day = "2024-12-31")
        {
            var page = await PageAsync("rapports ", day, reader: reader);
            return $"{page.Counts.GetValueOrDefault(SearchKind.Document)}: {string.Join(' ', page.Entries.Select(e => e.Entry.Title["Rapport ".Length..]).Order(StringComparer.Ordinal))}";
        }

        Assert.Equal("4: association mine opened public", await AsAsync(us));
        Assert.Equal("3: association opened public", await AsAsync(us with { Person = Named<PersonId>("other") }));
        Assert.Equal("4: association board opened public", await AsAsync(us with { Person = null, Bodies = new HashSet<BodyId> { board } }));
        Assert.Equal("1: public", await AsAsync(Reader.Stranger));
        Assert.Equal("6: association board mine opened public secretariat", await AsAsync(us with { KeepsOrAudits = true }));
        // Rights are today's, whatever day is looked at.
        Assert.Equal("4: association mine opened public", await AsAsync(us, "2024-05-01"));
    }

    private Task<Search.Asked> AskedAsync(string typed) => Search.AskedAsync(Reads, SearchWords.Read(typed)!, Ct).AsTask();

    private async Task<Search.Page> PageAsync(string typed, string day, long? knownAt = null, AssociationId? of = null, Reader? reader = null) => await Search.PageAsync(
        await ThenAsync(day, knownAt, of), await AskedAsync(typed), reader ?? Reader.Stranger with { KeepsOrAudits = true }, Enum.GetValues<SearchKind>(), null, [], 0, 100, Ct);

    /// <summary>Titles in the order found; the kind of what has none.</summary>
    private async Task<IReadOnlyList<string>> FoundAsync(string typed, string day = "2024-12-31", long? knownAt = null, AssociationId? of = null)
    {
        var page = await PageAsync(typed, day, knownAt, of);
        Assert.Equal(page.Entries.Count, page.Counts.Values.Sum());
        return [.. page.Entries.Select(e => e.Entry.Title.Length > 0 ? e.Entry.Title : Governance.Api.Kernel.Http.EnumNames.Of(e.Entry.Kind))];
    }

    private async Task<IReadOnlyList<(StatutesVersionId Version, bool Live)>> ArticlesAsync(string day) =>
        [.. (await PageAsync("quorum", day)).Entries.Select(e => (new StatutesVersionId(e.Entry.Thing), e.Entry.Live))];
}
