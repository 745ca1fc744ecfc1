using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Registers;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.EventStore;
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
        Assert.Equal([(3, "admis le", "hier")], faults);
        using var mended = await SendAsync(client, "members", "nom;admis le;territoire\nCentre juste;2025;\n;2025;Nord\nCentre juste;2025;");
        Assert.Equal([(3, "nom"), (4, "identifiant")], (await mended.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("faults").EnumerateArray()
            .Select(f => (f.GetProperty("line").GetInt32(), f.GetProperty("column").GetString()!)));
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
        var line = Assert.Single((await TableAsync(client, "people")).Where(row => row.Contains(name)));

        Assert.DoesNotContain(name, (await TableAsync(client, "people", "?asOf=2018-12-31")).SelectMany(row => row));
        Assert.DoesNotContain(name, (await TableAsync(client, "people", $"?recordedAsOf={known - 1}")).SelectMany(row => row));
        Assert.Contains(name, (await TableAsync(client, "people", $"?asOf=2019-01-01&recordedAsOf={known}")).SelectMany(row => row));

        await PostAsync(client, $"/api/{Host.Slug}/people/{line[0]}/erasure", new { reason = "Demande" });
        var erased = Assert.Single((await TableAsync(client, "people")).Where(row => row[0] == line[0]));
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
        Assert.Equal("1-0-0-0-2", digest);

        using var other = await visitor.SendAsync(Page, Page, ("table", table), ("seen", "2-0-0-0-4"));
        Assert.Contains("a changé depuis", await other.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var before = await host.Log.LastPositionAsync(Stop);
        for (var i = 0; i < 2; i++)
        {
            using var recorded = await visitor.SendAsync(Page, Page, ("table", table), ("seen", digest));
            Assert.Equal(HttpStatusCode.Redirect, recorded.StatusCode);
            Assert.StartsWith($"/{Host.Slug}/registers?", recorded.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(before + 2, await host.Log.LastPositionAsync(Stop));
    }

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
