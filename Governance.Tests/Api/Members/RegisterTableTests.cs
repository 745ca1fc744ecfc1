using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Registers;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Members;

/// <summary>Registers as tables, out and in.</summary>
public sealed partial class RegisterTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly (string Register, string Table)[] Network =
    [
        ("people", """
            Nom;Adresse électronique;Langue;Libellé;Inscrit le
            Ada Exemple;ada@exemple.fr;anglais;non;2015
            "Grace ""la"" Exemple; suite";;;;14 octobre 2017
            =Président de Labo;;français;oui;01/02/2016
            """),
        ("members", """
            nom,territoire,admis le,démission le,motif de la démission,remarque
            Labo Cités,"Rhône, Loire",2015,,,"Sur deux
            lignes"
            @ORIV,,2016-H1,,,
            Centre 13,,2016,30/06/2018,Fusion,
            Centre 13,,2020-01-01,,,
            """),
        ("mandates", """
            instance;nature de l'instance;poids du collège;personne;membre représenté;fonction;début;fin du premier terme;renouvellements;fini le;raison de la fin
            Cercle;collège;1/3;Ada Exemple;labo cites;;2017-01-01;2020-01-01;2019-06 > 2023-01-01 | 2022-06-01 >;;
            Conseil;conseil d'administration;;=Président de Labo;;présidence;2018;;;2020-03-01;démission
            Conseil;conseil d'administration;;Ada Exemple;;présidence;2020-03-01;;;;
            """),
        ("working-groups", """
            groupe;mission;créé le;vient de;nombre de centres;centre;participe depuis le;rôle;rôle depuis le
            Évaluation;Évaluer;2019;;;;;;
            Contractualisation;;janvier 2023;Évaluation;14;;;;
            Contractualisation;;;;;Labo Cités;2023-02-01;pilote;2023-03-01
            Contractualisation;;;;;@ORIV;2023-02-01;;
            """),
    ];

    [Fact]
    public async Task A_network_comes_in_by_tables_goes_elsewhere_by_them_and_is_the_same_there_and_nothing_comes_in_twice()
    {
        await host.FoundAsync("ici");
        await host.FoundAsync("ailleurs");
        foreach (var (register, table) in Network)
        {
            var (first, _) = await ImportAsync("ici", register, table);
            Assert.Equal((0, 0, 0), (first.Faults.Count, first.Changed, first.Unchanged));
            // Without identifiers, lines are known by what they name.
            var (again, result) = await ImportAsync("ici", register, table);
            Assert.Equal((0, 0, 0, first.New), (again.Faults.Count, again.New, again.Changed, again.Unchanged));
            Assert.IsType<CommandResult.Unchanged>(result);
        }

        var exported = new List<string>();
        foreach (var register in Network.Select(n => n.Register))
        {
            var here = await ExportAsync("ici", register);
            exported.Add(here);
            var (there, _) = await ImportAsync("ailleurs", register, here);
            Assert.Empty(there.Faults);
            Assert.Equal(here, await ExportAsync("ailleurs", register));
            Assert.True((await ImportAsync("ici", register, here)).Summary.ChangesNothing);
        }

        Assert.Contains("\"'=Président de Labo\"", exported[0], StringComparison.Ordinal);
        Assert.Contains("\"2016-H1\"", exported[1], StringComparison.Ordinal);
        Assert.Contains("\"Sur deux\nlignes\"", exported[1], StringComparison.Ordinal);
        Assert.Contains("\"2019-06 > 2023-01-01 | 2022-06-01 >\"", exported[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_an_error_records_nothing_of_it_and_says_each_error_with_its_line_and_column()
    {
        using var client = host.As(Role.Secretariat);
        var before = await host.Log.LastPositionAsync(Stop);
        using var answer = await SendAsync(client, "members", "nom;admis le;territoire\nCentre juste;2025;\nCentre faux;hier;\n;2025;Nord\nCentre juste;2025;");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);

        Assert.Equal((HttpStatusCode.Conflict, "register.unfit"), (answer.StatusCode, problem.GetProperty("code").GetString()));
        var faults = problem.GetProperty("faults").EnumerateArray().Select(f => (f.GetProperty("line").GetInt32(), f.GetProperty("column").GetString(), f.GetProperty("value").GetString())).ToList();
        Assert.Equal([(3, "admis le", "hier"), (4, "nom", ""), (5, "identifiant", "")], faults);
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task Each_line_is_recorded_on_its_day_with_the_document_that_it_comes_from()
    {
        await host.FoundAsync("sources");
        var (_, result) = await ImportAsync("sources", "members", "id;nom;admis le;source\nlabo;Labo;2017-10;Procès-verbal de 2017\noriv;ORIV;2018;\n", source: "Registre papier");

        Assert.Equal(2 * 2, Assert.IsType<CommandResult.Done>(result).Events.Count);
        var headers = new List<EventHeaders>();
        foreach (var word in new[] { "labo", "oriv" })
            headers.Add(EventHeaders.Read(Assert.Single(await host.Log.ReadStreamAsync(
                AssociationDirectory.IdOf("sources").ToString(), Member.Stream(MemberId.Of(Governance.Api.Import.KeyedIdentifiers.Derive("sources", nameof(MemberId), word))).Value, ct: Stop)).Headers.Span));
        Assert.Equal([("Procès-verbal de 2017", true, Precision.Month), ("Registre papier", true, Precision.Year)], headers.Select(h => (h.Source, h.Transcribed, h.Precision)));
    }

    [Fact]
    public async Task A_register_goes_out_as_of_any_day_and_as_it_was_known_and_who_was_erased_has_no_name()
    {
        using var client = host.As(Role.Secretariat);
        var name = $"Quelqu'un {Guid.NewGuid():N}";
        using (var answer = await SendAsync(client, "people", $"nom;inscrit le\n{name};2019-01-01\n"))
            Assert.Equal("recorded", (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("outcome").GetString());
        var known = await host.Log.LastPositionAsync(Stop);
        var line = Assert.Single(await TableAsync(client, "people"), row => row.Contains(name));

        Assert.DoesNotContain(name, (await TableAsync(client, "people", "?asOf=2018-12-31")).SelectMany(row => row));
        Assert.DoesNotContain(name, (await TableAsync(client, "people", $"?recordedAsOf={known - 1}")).SelectMany(row => row));
        Assert.Contains(name, (await TableAsync(client, "people", $"?asOf=2019-01-01&recordedAsOf={known}")).SelectMany(row => row));

        await PostAsync(client, $"/api/{Host.Slug}/people/{line[0]}/erasure", new { reason = "Demande" });
        var erased = Assert.Single(await TableAsync(client, "people"), row => row[0] == line[0]);
        Assert.Equal(("", "2019-01-01"), (erased[1], erased[5]));
        Assert.NotEqual("", erased[6]);
        using var again = await SendAsync(client, "people", $"identifiant;nom\n{line[0]};{name}\n");
        Assert.Equal((2, "nom"), (await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("faults").EnumerateArray()
            .Select(f => (f.GetProperty("line").GetInt32(), f.GetProperty("column").GetString()!)).Single());
    }

    [Fact]
    public async Task A_preview_records_nothing_and_a_table_that_is_none_is_refused()
    {
        using var client = host.As(Role.Secretariat);
        var before = await host.Log.LastPositionAsync(Stop);
        using (var preview = await SendAsync(client, "members", "nom;admis le\nCentre à venir;2025\n", "?dryRun=true"))
        {
            var said = await preview.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.Equal(("preview", 1), (said.GetProperty("outcome").GetString(), said.GetProperty("new").GetInt32()));
        }

        using (var json = await client.PostAsJsonAsync($"/api/{Host.Slug}/registers/members", new { }, Stop))
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        using (var large = await SendAsync(client, "members", new string('x', (RegisterTable.MostKibibytes * 1024) + 1)))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using (var unknown = await SendAsync(client, "members", "nom;couleur\nCentre;vert\n"))
            Assert.Contains("couleur", await unknown.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using (var nowhere = await client.GetAsync($"/api/{Host.Slug}/registers/attendance.csv?meeting={Guid.CreateVersion7():D}", Stop))
            Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        using (var ofNone = await client.GetAsync($"/api/{Host.Slug}/registers/attendance.csv", Stop))
            Assert.Equal(HttpStatusCode.BadRequest, ofNone.StatusCode);
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task What_was_looked_at_is_confirmed_on_the_page_and_who_presses_twice_records_it_once()
    {
        using var visitor = await Visitor.AsAsync(host, Role.Secretariat);
        const string Page = $"/{Host.Slug}/registers/members";
        var name = $"Centre {Guid.NewGuid():N}";
        var table = $"nom;admis le\n{name};2025\n";
        using var seen = await visitor.SendAsync(Page, Page, ("table", table));
        var preview = await seen.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        var digest = preview[(preview.IndexOf("name=\"seen\" value=\"", StringComparison.Ordinal) + 19)..].Split('"')[0];
        var before = await host.Log.LastPositionAsync(Stop);
        // Another table of which as many lines would be recorded, and the same one from another document.
        foreach (var (other, source) in new[] { (table.Replace("2025", "2024", StringComparison.Ordinal), ""), (table, "Registre papier") })
        {
            using var refused = await visitor.SendAsync(Page, Page, ("table", other), ("source", source), ("seen", digest));
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("a changé depuis", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
        for (var i = 0; i < 2; i++)
        {
            using var recorded = await visitor.SendAsync(Page, Page, ("table", table), ("seen", digest));
            Assert.Equal(HttpStatusCode.Redirect, recorded.StatusCode);
            Assert.StartsWith($"/{Host.Slug}/registers?", recorded.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(before + 2, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task What_was_looked_at_is_refused_once_something_else_stands_at_its_place_in_the_register()
    {
        using var client = host.As(Role.Secretariat);
        var (word, name) = ($"mot-{Guid.NewGuid():N}", $"Centre {Guid.NewGuid():N}");
        using (var made = await SendAsync(client, "members", $"id;nom;admis le\n{word};{name};2020\n"))
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var table = $"id;démission le\n{word};2024-06-01\n";
        using var preview = await SendAsync(client, "members", table, "?dryRun=true");
        var digest = (await preview.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("digest").GetString();
        var member = MemberId.Of(Governance.Api.Import.KeyedIdentifiers.Derive(Host.Slug, nameof(MemberId), word));
        await PostAsync(client, $"/api/{Host.Slug}/members/{member}/name", new { name = new { organisation = name + " bis" } });

        using var refused = await SendAsync(client, "members", table, $"?seen={digest}");
        Assert.Equal((HttpStatusCode.Conflict, "register.not-as-seen"), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString()));
        using var again = await SendAsync(client, "members", table, "?dryRun=true");
        using var recorded = await SendAsync(client, "members", table, $"?seen={(await again.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("digest").GetString()}");
        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
    }

    // Statutes in force since 2020 that have the board admit and exclude, in an association that is recorded from this moment on.
    private async Task<StatutesVersionId> WithAuthorityAsync(string slug)
    {
        await host.FoundAsync(slug);
        var version = StatutesVersionId.Of(Guid.CreateVersion7());
        await host.RecordAsync(
            slug, StatutesVersions.Stream,
            new StatutesDrafted(version, "Statuts", [], [new("art. 6", new(Decision: DecisionKind.Admission), new AuthorityRule([BodyKind.Board]))]),
            new StatutesAdopted(version, EffectiveTime.On(new(2020, 1, 1), Paris)));
        return version;
    }

    private static string Today => TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, Paris).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_document_spares_lines_of_before_their_decision_and_no_line_of_since_the_association_is_recorded_here()
    {
        var version = await WithAuthorityAsync("documents");
        var (first, refused) = await ImportAsync(
            "documents", "members", $"id;nom;admis le;source\navant;Avant;2021;Registre\nsans;Sans;2022;\naujourd'hui;Aujourd'hui;{Today};Registre\nancien;Ancien;2019;\n");

        Assert.Equal([(3, "décision de l’admission"), (4, "décision de l’admission")], first.Faults.Select(f => (f.Line, f.Column)));
        Assert.All(first.Faults, f => Assert.Contains("Les statuts disent quelle instance", f.Sentence, StringComparison.Ordinal));
        Assert.IsType<CommandResult.Refused>(refused);
        Assert.Equal(2, (await ImportAsync("documents", "members", $"id;nom;admis le\nsans;Sans;2022\nb;B;{Today}\n", source: "Registre")).Summary.Faults.Single().Line - 1);

        var (_, recorded) = await ImportAsync("documents", "members", "id;nom;admis le;source\navant;Avant;2021;Registre\nancien;Ancien;2019;\n");
        Assert.IsType<CommandResult.Done>(recorded);
        Assert.Equal([version, null], [(await HeadersAsync("documents", "avant")).StatutesVersion, (await HeadersAsync("documents", "ancien")).StatutesVersion]);
    }

    [Fact]
    public async Task A_line_names_the_decision_that_carries_it_which_needs_a_document_where_it_was_taken_elsewhere_since_then()
    {
        await WithAuthorityAsync("decisions");
        var (elsewhere, body) = (BallotId.Of(Guid.CreateVersion7()), BodyId.Of(Guid.CreateVersion7()));
        await host.RecordAsync("decisions", Body.Stream(body), new BodyConstituted(body, "Conseil", BodyKind.Board, []));
        // As of the end of the day: the outcome is one of since the recording began.
        await host.RecordOnAsync(
            "decisions", DateOnly.Parse(Today, System.Globalization.CultureInfo.InvariantCulture), Ballot.Stream(elsewhere),
            new OutcomeTranscribed(elsewhere, DecisionKind.Admission, "Admission du centre", Verdict.Adopted, body));
        var table = $"id;nom;admis le;décision de l'admission\ncentre;Centre;{Today};{{0}}\n";
        string Naming(string decision) => string.Format(System.Globalization.CultureInfo.InvariantCulture, table, decision);

        Assert.Contains("aucune décision n’est connue", Assert.Single((await ImportAsync("decisions", "members", Naming("rien"))).Summary.Faults).Sentence, StringComparison.Ordinal);
        Assert.Contains("aucun document ne le montre", Assert.Single((await ImportAsync("decisions", "members", Naming("Admission du centre"))).Summary.Faults).Sentence, StringComparison.Ordinal);

        await host.DocumentAsync("decisions", elsewhere);
        Assert.IsType<CommandResult.Done>((await ImportAsync("decisions", "members", Naming("Admission du centre"))).Result);

        var exported = await ExportAsync("decisions", "members");
        Assert.Contains(elsewhere.ToString(), exported, StringComparison.Ordinal);
        Assert.True((await ImportAsync("decisions", "members", exported)).Summary.ChangesNothing);
    }

    [Fact]
    public async Task A_table_that_is_refused_leaves_no_key_of_anybody_behind_and_one_that_is_recorded_a_key_for_each()
    {
        await host.FoundAsync("clefs");
        async Task<long> KeysAsync()
        {
            await using var command = host.App.Services.GetRequiredService<Governance.Api.Kernel.Hosting.Database>().Source.CreateCommand("select count(*) from governance.person_key where tenant_id = $1");
            command.Parameters.Add(new() { Value = AssociationDirectory.IdOf("clefs").ToString() });
            return (long)(await command.ExecuteScalarAsync(Stop))!;
        }

        // The second line is refused by the rules alone, when all can be read.
        var (summary, _) = await ImportAsync("clefs", "people", "nom;inscrit le\nAda Exemple;2019\nGrace Exemple;2150\n");
        Assert.Equal(3, Assert.Single(summary.Faults).Line);
        Assert.Equal(0, await KeysAsync());
        var (_, result) = await ImportAsync("clefs", "people", "nom;adresse électronique;inscrit le\nAda Exemple;ada@exemple.fr;2019\nGrace Exemple;;2020\n");
        Assert.IsType<CommandResult.Done>(result);
        Assert.Equal(2, await KeysAsync());
        Assert.Contains("ada@exemple.fr", await ExportAsync("clefs", "people"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_erased_is_found_in_a_table_of_members_when_it_is_looked_at()
    {
        using var client = host.As(Role.Secretariat);
        var word = $"mot-{Guid.NewGuid():N}";
        using (var made = await SendAsync(client, "people", $"id;nom\n{word};Personne {word}\n"))
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var person = PersonId.Of(Governance.Api.Import.KeyedIdentifiers.Derive(Host.Slug, nameof(PersonId), word));
        await PostAsync(client, $"/api/{Host.Slug}/people/{person}/erasure", new { reason = "Demande" });

        using var preview = await SendAsync(client, "members", $"nom;identifiant de la personne;admis le\nPersonne {word};{person};2020\n", "?dryRun=true");
        Assert.Equal((HttpStatusCode.Conflict, "identifiant de la personne"), (preview.StatusCode, Assert.Single((await preview.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("faults").EnumerateArray())
            .GetProperty("column").GetString()));
    }

    [Fact]
    public async Task Whose_names_a_table_opens_or_an_answer_to_one_tells_of_is_recorded_and_nobody_else()
    {
        using var client = host.As(Role.Secretariat);
        string shown = $"Vue {Guid.NewGuid():N}", hidden = $"Cachée {Guid.NewGuid():N}", centre = $"Centre {Guid.NewGuid():N}";
        using (var made = await SendAsync(client, "people", $"nom;inscrit le\n{shown};2019\n{hidden};2019\n"))
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        var rows = await TableAsync(client, "people");
        var (seen, unseen) = (IdOf(rows, shown), IdOf(rows, hidden));
        var record = host.App.Services.GetRequiredService<ReadRecord>();
        async Task<(int, int)> ReadsAsync() => ((await record.OfAsync(host.Association, seen, Stop)).Count(r => r.Page == "registers"), (await record.OfAsync(host.Association, unseen, Stop)).Count(r => r.Page == "registers"));
        var (ofSeen, ofUnseen) = await ReadsAsync();

        // An individual who is a member leads no group; one whose mandate is in the table is shown in it.
        using (var member = await SendAsync(client, "members", $"nom;identifiant de la personne;admis le\n{hidden};{unseen};2020\n{centre};;2020\n"))
            Assert.Equal(HttpStatusCode.OK, member.StatusCode);
        Assert.Equal((ofSeen, ++ofUnseen), await ReadsAsync());
        using (var mandates = await SendAsync(client, "mandates", $"instance;nature de l'instance;personne;début\nInstance {centre};bureau;{shown};2021\n"))
            Assert.Equal(HttpStatusCode.OK, mandates.StatusCode);
        Assert.Equal((++ofSeen, ofUnseen), await ReadsAsync());
        Assert.Contains(shown, (await TableAsync(client, "mandates")).SelectMany(row => row));
        Assert.Equal((++ofSeen, ofUnseen), await ReadsAsync());
        await TableAsync(client, "working-groups");
        Assert.Equal((ofSeen, ofUnseen), await ReadsAsync());

        // What is at fault tells the name that the register has.
        using (var fault = await SendAsync(client, "mandates", $"instance;personne;identifiant de la personne;début\nInstance {centre};Autre;{seen};2021\n", "?dryRun=true"))
            Assert.Contains(shown, await fault.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal((++ofSeen, ofUnseen), await ReadsAsync());

        static PersonId IdOf(IReadOnlyList<IReadOnlyList<string>> rows, string name) => PersonId.Of(Guid.Parse(rows.Single(row => row.Contains(name))[0]));
    }

    [Fact]
    public async Task A_table_of_a_past_day_has_the_names_of_that_day()
    {
        using var client = host.As(Role.Secretariat);
        string person = $"p-{Guid.NewGuid():N}", member = $"m-{Guid.NewGuid():N}", group = $"Groupe {member}", body = $"Instance {member}";
        foreach (var (register, table) in new[]
        {
            ("people", $"id;nom;inscrit le\n{person};Nom d'avant {person};2019\n"),
            ("members", $"id;nom;admis le\n{member};Centre d'avant {member};2019\n"),
            ("mandates", $"instance;nature de l'instance;identifiant de la personne;identifiant du membre;début\n{body};bureau;{person};{member};2020\n"),
            ("working-groups", $"groupe;créé le;identifiant du centre;participe depuis le\n{group};2020;;\n{group};;{member};2020-02-01\n"),
        })
        {
            using var answer = await SendAsync(client, register, table);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }

        Guid Id(string kind, string word) => Governance.Api.Import.KeyedIdentifiers.Derive(Host.Slug, kind, word);
        await PostAsync(client, $"/api/{Host.Slug}/people/{Id(nameof(PersonId), person):D}/name", new { name = $"Nom d'après {person}", effective = "2023-01-01" });
        await PostAsync(client, $"/api/{Host.Slug}/members/{Id(nameof(MemberId), member):D}/name", new { name = new { organisation = $"Centre d'après {member}" }, effective = "2023-01-01" });

        foreach (var (register, name) in new[] { ("people", $"Nom d'{{0}} {person}"), ("members", $"Centre d'{{0}} {member}"), ("mandates", $"Nom d'{{0}} {person}"), ("mandates", $"Centre d'{{0}} {member}"), ("working-groups", $"Centre d'{{0}} {member}") })
        {
            foreach (var (query, word, other) in new[] { ("?asOf=2022-12-31", "avant", "après"), ("", "après", "avant") })
            {
                var cells = (await TableAsync(client, register, query)).SelectMany(row => row).ToHashSet();
                Assert.Contains(name.Replace("{0}", word, StringComparison.Ordinal), cells);
                Assert.DoesNotContain(name.Replace("{0}", other, StringComparison.Ordinal), cells);
            }
        }
    }

    [Fact]
    public async Task The_name_of_a_document_is_bounded_numbers_are_read_as_french_spreadsheets_write_them_and_so_is_what_parts_cells()
    {
        using var client = host.As(Role.Secretariat);
        using (var answer = await SendAsync(client, "members", "nom;admis le\nCentre;2020\n", "?source=" + new string('x', 201)))
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        await host.FoundAsync("tableur");
        await ImportAsync("tableur", "people", "nom;inscrit le\nAda Exemple;2015\n");
        Assert.Empty((await ImportAsync("tableur", "mandates", "instance;nature de l'instance;poids du collège;sièges de l'instance;personne;début\nCercle;collège;0,25;1 200;Ada Exemple;2020\n")).Summary.Faults);
        var body = (await host.App.Services.GetRequiredService<RegisterExports>().TextAsync(
            RegisterTable.All.Single(r => r.Key == "mandates"), AssociationDirectory.IdOf("tableur"), new("tableur", Paris, null, null, _ => { }), null, Stop))!;
        Assert.Contains("\"1200\"", body, StringComparison.Ordinal);
        Assert.Contains("\"1/4\"", body, StringComparison.Ordinal);
        Assert.StartsWith("\"identifiant\";\"nom\"", (await client.GetStringAsync($"/api/{Host.Slug}/registers/members.csv", Stop)).TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    private async Task<EventHeaders> HeadersAsync(string slug, string word) => EventHeaders.Read((await host.Log.ReadStreamAsync(
        AssociationDirectory.IdOf(slug).ToString(), Member.Stream(MemberId.Of(Governance.Api.Import.KeyedIdentifiers.Derive(slug, nameof(MemberId), word))).Value, ct: Stop))[0].Headers.Span);

    private async Task<(ImportSummary Summary, CommandResult? Result)> ImportAsync(string slug, string register, string table, string? source = null)
    {
        var context = CommandContext.OfSystem(AssociationDirectory.IdOf(slug), CommandEntrance.NewKey(), TimeProvider.System) with { Zone = Paris };
        return await host.App.Services.GetRequiredService<RegisterImports>().RunAsync(
            RegisterTable.All.Single(r => r.Key == register), table, null, slug, RegisterEndpoints.With(context, source), preview: false, Stop);
    }

    private async Task<string> ExportAsync(string slug, string register) => (await host.App.Services.GetRequiredService<RegisterExports>().TextAsync(
        RegisterTable.All.Single(r => r.Key == register), AssociationDirectory.IdOf(slug), new(slug, Paris, null, null, _ => { }), null, Stop))!;

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string register, string table, string query = "")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(table));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await client.PostAsync($"/api/{Host.Slug}/registers/{register}{query}", content, Stop);
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> TableAsync(HttpClient client, string register, string query = "") =>
        [.. Csv.Read(await client.GetStringAsync($"/api/{Host.Slug}/registers/{register}.csv{query}", Stop), out _).Select(row => row.Cells)];
}
