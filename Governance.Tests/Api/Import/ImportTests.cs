using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.WorkingGroups;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Import;

/// <summary>A history in a file becomes the association's record.</summary>
public sealed class ImportTests(Host host) : IClassFixture<Host>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_entry_is_recorded_with_its_date_its_source_and_that_it_was_transcribed()
    {
        var report = await ImportAsync(File("dates", """
              - command: AdmitMember
                on: 2018-H1
                source: bilan
                member: centre-a
                name: { organisation: "Centre A" }
            """));

        Assert.Empty(report.Faults);
        var stored = Assert.Single(await EventsAsync("dates", Member.Stream(IdOf<MemberId>("dates", "centre-a"))));
        var headers = EventHeaders.Read(stored.Headers.Span);
        Assert.Equal(Precision.HalfYear, headers.Precision);
        Assert.Equal("2017-12-31T23:00:00.000000Z", headers.Effective);
        Assert.Equal("Bilan annuel", headers.Source);
        Assert.True(headers.Transcribed);
        Assert.Equal("system", headers.Actor);
    }

    [Fact]
    public async Task What_is_refused_is_named_by_line_and_reason_and_the_rest_goes_on()
    {
        var report = await ImportAsync(File("refusals", """
              - command: CreateWorkingGroup
                on: "2020"
                group: sante
                name: Santé
              - command: LeaveWorkingGroup
                on: "2021"
                group: sante
                centre: centre-a
              - command: CreateWorkingGroop
                on: "2021"
              - command: CreateWorkingGroup
                on: jamais
                name: Sport
              - command: CreateWorkingGroup
                on: "2021"
                name: Sport
                couleur: vert
              - command: RenameWorkingGroup
                on: "2022"
                group: sante
                name: Santé publique
            """));

        Assert.Equal(3, report.Recorded);
        Assert.Equal([16, 20, 23, 25], report.Faults.Select(f => f.Line));
        Assert.Contains("Santé", report.Faults[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("CreateWorkingGroop", report.Faults[1].Sentence, StringComparison.Ordinal);
        Assert.Contains("jamais", report.Faults[2].Sentence, StringComparison.Ordinal);
        Assert.Contains("couleur", report.Faults[3].Sentence, StringComparison.Ordinal);
        Assert.Equal(2, (await EventsAsync("refusals", WorkingGroup.Stream(IdOf<WorkingGroupId>("refusals", "sante")))).Count);
    }

    [Theory]
    [InlineData("unfounded", "on: \"2009\"", "purpose")]
    [InlineData("undated", "on: jamais", "jamais")]
    public async Task A_refused_founding_ends_the_import_and_nothing_after_it_is_recorded(string association, string on, string named)
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var report = await ImportAsync($"""
            association: {association}
            history:
              - command: FoundAssociation
                {on}
                slug: {association}
                name: Association
                shortName: Association
                seat: Lille
              - command: RegisterPerson
                on: "2010"
                person: secretaire
                name: Quelqu'un
            """);

        Assert.Equal(0, report.Recorded);
        Assert.All(report.Faults, fault => Assert.True(fault.Line < 9, fault.Sentence));
        Assert.Contains(report.Faults, fault => fault.Sentence.Contains(named, StringComparison.Ordinal));
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("sign-in")]
    public async Task No_association_is_founded_under_an_address_of_the_host(string association)
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var report = await ImportAsync(File(association, ""));

        Assert.Equal(0, report.Recorded);
        Assert.Contains("sign-out", Assert.Single(report.Faults).Sentence, StringComparison.Ordinal);
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task The_first_file_of_the_guide_is_imported_from_the_founding_to_a_mandate()
    {
        var guide = await System.IO.File.ReadAllTextAsync(Path.Combine(Architecture.Checkout.Root, "docs", "guides", "import.md"), Stop);
        string From(string beginning) => guide.IndexOf(beginning, StringComparison.Ordinal) is > 0 and var start ? guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)] : "";
        var first = From("association: les-rives");

        var report = await ImportAsync(first);

        Assert.Empty(report.Faults);
        Assert.Equal(4, report.Recorded);

        // Then its vote of the past, with its papers and its result.
        var then = await ImportAsync(first + "\n" + From("  - { command: ConstituteBody, on: \"2019-03-02\", body: conseil"));
        Assert.Empty(then.Faults);
        Assert.Equal((13, 4), (then.Recorded, then.Known));
        var ballot = Ballot.Stream(BallotId.Of(KeyedIdentifiers.Derive("les-rives", nameof(BallotId), "berges")));
        Assert.Contains(
            await host.Log.ReadStreamAsync(KeyedIdentifiers.Association("les-rives").ToString(), ballot.Value, ct: Stop), e => e.Type == EventCatalogue.NameOf(typeof(ResultProclaimed)));
    }

    [Fact]
    public async Task The_guide_names_every_command_that_a_history_may_give_and_no_other()
    {
        var guide = await System.IO.File.ReadAllTextAsync(Path.Combine(Architecture.Checkout.Root, "docs", "guides", "import.md"), Stop);
        var rows = guide[guide.IndexOf("| Area | Commands |", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith('|'));
        var named = rows.SelectMany(row => System.Text.RegularExpressions.Regex.Matches(row, "`([A-Z][A-Za-z]+)`").Select(name => name.Groups[1].Value)).Distinct();

        Assert.Equal(Importables.All.Keys.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_import_that_is_started_again_goes_on_where_it_was_and_records_nothing_twice()
    {
        const string First = """
              - command: CreateWorkingGroup
                on: "2020"
                group: transition
                name: Transition
            """;
        const string Then = First + """

              - command: RenameWorkingGroup
                on: "2021"
                group: transition
                name: Transition écologique
            """;
        Assert.Equal(2, (await ImportAsync(File("again", First))).Recorded);
        var half = await ImportAsync(File("again", Then));
        Assert.Equal((1, 2), (half.Recorded, half.Known));
        var last = await host.Log.LastPositionAsync(Stop);
        var again = await ImportAsync(File("again", Then));
        Assert.Equal((0, 3), (again.Recorded, again.Known));
        Assert.Equal(last, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task A_file_that_is_not_a_history_says_so_and_changes_nothing()
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var report = await ImportAsync("association: [unclosed");
        Assert.Single(report.Faults);
        report = await ImportAsync("""
            association: headings
            histoire: []
            """);
        Assert.Equal([1, 2], report.Faults.Select(f => f.Line));
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Theory]
    [InlineData("itself", 13)]
    [InlineData("many", 4)]
    [InlineData("deep", 12)]
    [InlineData("large", 12)]
    [InlineData("file", 1)]
    public async Task A_file_that_would_take_the_host_down_is_refused_by_line(string kind, int line)
    {
        var before = await host.Log.LastPositionAsync(Stop);
        var text = kind switch
        {
            "itself" => File("itself", "  - command: CreateWorkingGroup\n    name: &a [*a]"),
            "many" => "association: many\nhistory:\n  - a0: [x, x]\n    a1: &b [x, x]\n    a2: [*b, *b, *b, *b]\n",
            "deep" => File("deep", $"  - command: {new string('[', 100_000)}"),
            "large" => File("large", $"  - command: CreateWorkingGroup\n    name: {new string('x', 300_000)}"),
            _ => File("file", "# " + new string('x', 17 * 1024 * 1024)),
        };

        var report = await ImportAsync(text);

        Assert.Equal(line, Assert.Single(report.Faults).Line);
        Assert.Equal(before, await host.Log.LastPositionAsync(Stop));
    }

    [Fact]
    public async Task The_network_that_comes_with_the_product_is_imported_without_a_refusal()
    {
        var report = await ImportAsync(await System.IO.File.ReadAllTextAsync(Path.Combine(Architecture.Checkout.Root, "samples", "rncrpv", "history.yaml"), Stop),
            Path.Combine(Architecture.Checkout.Root, "samples", "rncrpv"));

        Assert.Empty(report.Faults);
        Assert.True(report.Recorded > 300, $"{report.Recorded} entries were recorded.");
        Assert.Equal(0, report.Known);
        // Its vote on priorities ranks the workstreams, by words that are identifiers where they say of what.
        var first = (await EventsAsync("rncrpv", Governance.Domain.Roadmaps.Workstream.Stream(IdOf<WorkstreamId>("rncrpv", "accueil"))))
            .Select(e => EventCatalogue.All.Read(e.Type, e.Data.Span)).OfType<Governance.Domain.Roadmaps.WorkstreamPrioritised>();
        Assert.Equal([3, 1], first.Select(p => p.Rank));
    }

    [Fact]
    public async Task A_document_is_imported_from_a_file_beside_the_history_once_and_none_from_elsewhere()
    {
        var folder = Directory.CreateTempSubdirectory("governance-import-");
        try
        {
            await System.IO.File.WriteAllTextAsync(Path.Combine(folder.FullName, "recu.txt"), "Récépissé", Stop);
            var history = File("with-documents", """
                  - command: CreateWorkingGroup
                    on: "2020"
                    group: transition
                    name: Transition
                  - command: FileDocument
                    on: "2020-03"
                    document: recepisse
                    title: Récépissé
                    kind: receipt
                    audience: { kind: association }
                    thing: { stream: "working-group:transition" }
                    file: recu.txt
                  - command: FileDocument
                    on: "2020-03"
                    document: ailleurs
                    title: Ailleurs
                    kind: annex
                    audience: { kind: public }
                    file: ../ailleurs.txt
                """);
            var report = await ImportAsync(history, folder.FullName);
            Assert.Equal(3, report.Recorded);
            Assert.Contains("../ailleurs.txt", Assert.Single(report.Faults).Sentence, StringComparison.Ordinal);
            Assert.Equal((0, 3), (await ImportAsync(history, folder.FullName)) is var again ? (again.Recorded, again.Known) : default);

            var (association, document) = (KeyedIdentifiers.Association("with-documents"), IdOf<DocumentId>("with-documents", "recepisse"));
            using var content = new MemoryStream();
            Assert.Equal(
                Governance.EventStore.Documents.ContentState.Sound,
                await host.App.Services.GetRequiredService<Governance.EventStore.Documents.DocumentStore>().CopyAsync(
                    association.ToString(), document.Value, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("Récépissé"u8)), content, Stop));
            Assert.Equal("Récépissé"u8.ToArray(), content.ToArray());
            Assert.Single(await EventsAsync("with-documents", new($"folder:working-group:{IdOf<WorkingGroupId>("with-documents", "transition")}")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<ImportReport> ImportAsync(string yaml, string? folder = null)
    {
        using var text = new StringReader(yaml);
        var runner = host.App.Services.GetRequiredService<CommandRunner>();
        var files = folder is null ? null : new FilesBeside(folder, host.App.Services.GetRequiredService<Governance.Api.Documents.DocumentIntake>());
        return await new Importer(runner, TimeProvider.System, Importables.All, host.App.Services.GetRequiredService<ImportsUnderWay>(), files).ImportAsync(HistoryFile.Read(text), ct: Stop);
    }

    private ValueTask<IReadOnlyList<Governance.EventStore.StoredEvent>> EventsAsync(string association, StreamId stream) =>
        host.Log.ReadStreamAsync(KeyedIdentifiers.Association(association).ToString(), stream.Value, ct: Stop);

    private static T IdOf<T>(string association, string words) where T : struct, IIdentifier<T> =>
        T.Of(KeyedIdentifiers.Derive(association, typeof(T).Name, words));

    private static string File(string association, string entries) => $"""
        association: {association}
        sources:
          bilan: Bilan annuel
        history:
          - command: FoundAssociation
            on: "2009"
            slug: {association}
            name: Association
            shortName: Association
            purpose: Éprouver
            seat: Lille
        {entries.ReplaceLineEndings("\n")}
        """;
}
