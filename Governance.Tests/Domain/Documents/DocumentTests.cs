using System.Text;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Documents;

public sealed class DocumentTests
{
    private static readonly DocumentId Minutes = Named<DocumentId>("minutes"), Other = Named<DocumentId>("other");
    private static readonly PersonId Camille = Named<PersonId>("Camille");
    private static readonly BodyId Bureau = Named<BodyId>("bureau");
    private static readonly Thing Assembly = new(new StreamId($"meeting:{Named<EventId>("assembly")}"));
    private static readonly DocumentContent First = new("application/pdf", 12, new string('a', 64)), Second = new("application/pdf", 13, new string('b', 64));
    private static readonly Audience Ours = new(AudienceKind.Association);

    private static readonly Past People = Given(On("2020", Person.Stream(Camille), new PersonRegistered(Camille, SealedFor(Camille, "Camille"), LabelOnly: false)));
    private static readonly Past Kept = People.And(
        On("2024-01-01", Document.Stream(Minutes), new DocumentFiled(Minutes, "Minutes", DocumentKind.Minutes, First, Ours, Retention.Forever)));

    private static readonly Past Attached = Kept.And(On("2024-01-01", Folder.StreamOf(Assembly), new DocumentAttached(Minutes, Assembly)));
    private static readonly Past Destroyed = Kept.And(On("2024-02-01", Document.Stream(Minutes), new DocumentDestroyed(DestructionReason.FiledByMistake)));
    private static readonly DateOnly Today = new(2024, 3, 1);

    private static OpenFolder Open(Past past, bool exists = true) =>
        new(Assembly, exists, past.Read<Folder>(Folder.StreamOf(Assembly)),
            [.. past.State<Folder>(Folder.StreamOf(Assembly)).Documents.Select(d => past.Read<Document>(Document.Stream(d)))]);

    private static FileDocument Filing(
        DocumentId id, DocumentContent? content = null, Audience? audience = null, Retention? retention = null, PersonId? about = null, string title = "Minutes") =>
        new(id, title, DocumentKind.Minutes, content ?? First, audience ?? Ours, retention ?? Retention.Forever, about, Time("2024-03-01"));

    private static Told WhenFiled(Past past, FileDocument command, bool attached = true, bool exists = true) => past.When(p => command.Decide(
        p.Read<Document>(Document.Stream(command.Document)), Today, attached ? Open(p, exists) : null,
        command.About is { } about ? p.Read<Person>(Person.Stream(about)) : null));

    private static Told When(Past past, Func<Timeline<Document>, Decision> command) => past.When(p => command(p.Read<Document>(Document.Stream(Minutes))));

    private static Told WhenDestroyed(Past past, DestructionReason because, string on = "2024-03-01") => past.When(p => new DestroyDocument(because, Time(on))
        .Decide(p.Read<Document>(Document.Stream(Minutes)), DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), p.Read<Person>(Person.Stream(Camille))));

    [Fact]
    public void A_document_is_filed_and_attached_at_once() =>
        WhenFiled(People, Filing(Minutes)).Then(
            On("2024-03-01", Document.Stream(Minutes), new DocumentFiled(Minutes, "Minutes", DocumentKind.Minutes, First, Ours, Retention.Forever)),
            On("2024-03-01", Folder.StreamOf(Assembly), new DocumentAttached(Minutes, Assembly)));

    [Fact]
    public void The_same_file_for_the_same_thing_is_there_already() => WhenFiled(Attached, Filing(Other)).ThenNothing();

    [Fact]
    public void The_same_file_for_another_thing_is_another_document() =>
        WhenFiled(Attached, Filing(Other), attached: false).Then(
            On("2024-03-01", Document.Stream(Other), new DocumentFiled(Other, "Minutes", DocumentKind.Minutes, First, Ours, Retention.Forever)));

    [Fact]
    public void What_was_the_file_before_a_newer_version_may_be_filed_again() =>
        WhenFiled(Attached.And(On("2024-02-01", Document.Stream(Minutes), new DocumentReplaced(2, Second))), Filing(Other)).ThenAccepted();

    [Fact]
    public void Another_file_is_not_filed_in_the_place_of_one() => WhenFiled(Kept, Filing(Minutes, Second), attached: false).ThenRefused<DocumentAlreadyFiled>();

    [Fact]
    public void A_document_has_a_title() => WhenFiled(People, Filing(Minutes, title: " ")).ThenRefused(new TextOutOfBounds("title", 1, Texts.NameLength));

    [Fact]
    public void A_document_is_attached_to_something_that_exists()
    {
        WhenFiled(People, Filing(Minutes), exists: false).ThenRefused<ThingNotFound>();
        Assert.False(new Thing(new StreamId("ballot: drop")).IsWellFormed());
        Assert.False(new Thing(new StreamId("")).IsWellFormed());
        Assert.True(Assembly.IsWellFormed());
    }

    [Fact]
    public void A_thing_has_two_hundred_documents_at_most()
    {
        var full = People.And([.. Enumerable.Range(0, Folder.Most).Select(n =>
            On("2024-01-01", Folder.StreamOf(Assembly), new DocumentAttached(Named<DocumentId>($"{n}"), Assembly)))]);
        WhenFiled(full, Filing(Minutes)).ThenRefused(new FolderFull(Folder.Most));
    }

    [Fact]
    public void Nothing_is_filed_without_content_or_in_a_form_that_is_not_kept()
    {
        WhenFiled(People, Filing(Minutes, First with { Size = 0 })).ThenRefused<DocumentEmpty>();
        WhenFiled(People, Filing(Minutes, First with { MediaType = "text/html" })).ThenRefused(new DocumentFormatNotTaken(DocumentFormat.Listed));
    }

    [Fact]
    public void Who_may_read_names_a_body_where_it_is_that_of_a_body()
    {
        WhenFiled(People, Filing(Minutes, audience: new(AudienceKind.Body))).ThenRefused<AudienceUnclear>();
        WhenFiled(People, Filing(Minutes, audience: new(AudienceKind.Public, Bureau))).ThenRefused<AudienceUnclear>();
        WhenFiled(People, Filing(Minutes, audience: new(AudienceKind.Body, Bureau))).ThenAccepted();
    }

    [Fact]
    public void Years_of_keeping_are_counted_once_and_written_as_a_day() =>
        Assert.Equal(
            new DateOnly(2034, 3, 1),
            Assert.IsType<Document.Kept>(WhenFiled(People, Filing(Minutes, retention: new(RetentionKind.YearsAfter, Years: 10))).ThenAccepted().State<Document>(Document.Stream(Minutes))).Retention.Until);

    [Fact]
    public void How_long_it_is_kept_is_said_in_one_way()
    {
        WhenFiled(People, Filing(Minutes, retention: new(RetentionKind.Until))).ThenRefused<RetentionUnclear>();
        WhenFiled(People, Filing(Minutes, retention: new(RetentionKind.Forever, Years: 3))).ThenRefused<RetentionUnclear>();
        WhenFiled(People, Filing(Minutes, retention: new(RetentionKind.YearsAfter))).ThenRefused<RetentionUnclear>();
        WhenFiled(People, Filing(Minutes, retention: new(RetentionKind.YearsAfter, Years: 0))).ThenRefused(new NumberOutOfBounds("retention.years", 1, Retention.MostYears));
    }

    [Fact]
    public void A_document_about_one_person_is_about_somebody_who_is_there()
    {
        WhenFiled(People, Filing(Minutes, about: Camille)).ThenAccepted();
        WhenFiled(Nothing, Filing(Minutes, about: Camille)).ThenRefused<PersonNotFound>();
        WhenFiled(People.And(On("2024-01-01", Person.Stream(Camille), new PersonErased("Asked"))), Filing(Minutes, about: Camille)).ThenRefused<DocumentOfSomebodyErased>();
    }

    [Fact]
    public void A_newer_version_takes_the_place_and_the_one_before_stays()
    {
        var past = When(Kept, d => new ReplaceDocument(Second, Time("2024-03-01")).Decide(d))
            .Then(On("2024-03-01", Document.Stream(Minutes), new DocumentReplaced(2, Second)));
        Assert.Equal([First, Second], Assert.IsType<Document.Kept>(past.State<Document>(Document.Stream(Minutes))).Versions);
        When(Nothing, d => new ReplaceDocument(Second, Time("2024-03-01")).Decide(d)).ThenRefused<DocumentNotFound>();
        When(Kept, d => new ReplaceDocument(Second, Time("2023-03-01")).Decide(d)).ThenRefused<BeforeItsBeginning>();
    }

    [Fact]
    public void Who_may_read_is_changed() =>
        When(Kept, d => new ChangeDocumentAudience(new(AudienceKind.Public), Time("2024-03-01")).Decide(d))
            .Then(On("2024-03-01", Document.Stream(Minutes), new DocumentAudienceChanged(new(AudienceKind.Public))));

    [Fact]
    public void A_signature_says_who_when_how_and_in_which_quality()
    {
        Kept.When(p => new RecordDocumentSignature(Camille, SignatureLevel.Simple, "President of the session", null, Time("2024-03-01"))
                .Decide(p.Read<Document>(Document.Stream(Minutes)), p.Read<Person>(Person.Stream(Camille))))
            .Then(On("2024-03-01", Document.Stream(Minutes), new DocumentSigned(1, Camille, SignatureLevel.Simple, "President of the session")));
        Kept.When(p => new RecordDocumentSignature(Camille, SignatureLevel.Qualified, "President", 2, Time("2024-03-01"))
                .Decide(p.Read<Document>(Document.Stream(Minutes)), p.Read<Person>(Person.Stream(Camille))))
            .ThenRefused(new NumberOutOfBounds("version", 1, 1));
    }

    [Fact]
    public void After_its_content_is_destroyed_nothing_more_is_recorded()
    {
        Assert.Equal(new DocumentContentDestroyed("Minutes"), When(Destroyed, d => new ReplaceDocument(Second, Time("2024-03-01")).Decide(d)).ThenRefused<DocumentContentDestroyed>());
        When(Destroyed, d => new DestroyDocument(DestructionReason.RetentionOver, Time("2024-03-01")).Decide(d, Today, null)).ThenNothing();
    }

    [Fact]
    public void A_content_is_not_destroyed_before_its_time()
    {
        var until = People.And(On("2024-01-01", Document.Stream(Minutes), new DocumentFiled(
            Minutes, "Minutes", DocumentKind.Minutes, First, Ours, new(RetentionKind.Until, new DateOnly(2024, 6, 1)))));
        WhenDestroyed(until, DestructionReason.RetentionOver, "2024-05-31").ThenRefused(new DocumentStillKept(new DateOnly(2024, 6, 1)));
        WhenDestroyed(until, DestructionReason.RetentionOver, "2024-06-01").Then(
            On("2024-06-01", Document.Stream(Minutes), new DocumentDestroyed(DestructionReason.RetentionOver)));
        WhenDestroyed(Kept, DestructionReason.RetentionOver).ThenRefused<DocumentKeptForEver>();
        WhenDestroyed(Kept, DestructionReason.PersonErased).ThenRefused<NobodyWasErased>();
    }

    [Fact]
    public void What_is_kept_for_a_proceeding_is_not_destroyed() =>
        WhenDestroyed(Kept.And(On("2024-01-01", Person.Stream(Camille), new LegalHoldPlaced(Time("2025-01-01"), "Proceeding"))), DestructionReason.FiledByMistake)
            .ThenRefused<PersonUnderLegalHold>();

    [Fact]
    public void A_document_is_attached_and_detached()
    {
        var past = Kept.When(p => new AttachDocument(Minutes, Time("2024-03-01")).Decide(p.Read<Document>(Document.Stream(Minutes)), Open(p)))
            .Then(On("2024-03-01", Folder.StreamOf(Assembly), new DocumentAttached(Minutes, Assembly)));
        past.When(p => new DetachDocument(Minutes, Time("2024-03-02")).Decide(p.Read<Folder>(Folder.StreamOf(Assembly))))
            .Then(On("2024-03-02", Folder.StreamOf(Assembly), new DocumentDetached(Minutes)));
        Kept.When(p => new DetachDocument(Minutes, Time("2024-03-02")).Decide(p.Read<Folder>(Folder.StreamOf(Assembly)))).ThenRefused<DocumentNotAttached>();
    }

    [Fact]
    public void Each_circle_reads_what_is_open_to_it_and_the_person_concerned_reads_always()
    {
        var member = new Reader(Camille, true, false, new HashSet<BodyId> { Bureau });
        var auditor = new Reader(null, true, true, new HashSet<BodyId>());
        Assert.Equal(
            "SecretariatAndAuditors: auditor; Body: member auditor; Association: member auditor; Public: member auditor stranger",
            string.Join("; ", Enum.GetValues<AudienceKind>().Select(kind =>
            {
                var audience = new Audience(kind, kind == AudienceKind.Body ? Bureau : null);
                return $"{kind}:" + string.Concat(new[] { ("member", member), ("auditor", auditor), ("stranger", Reader.Stranger) }.Where(r => audience.Admits(r.Item2)).Select(r => " " + r.Item1));
            })));
        var reserved = Kept.And(On("2024-02-01", Document.Stream(Minutes), new DocumentAudienceChanged(new(AudienceKind.SecretariatAndAuditors)))).State<Document>(Document.Stream(Minutes));
        Assert.Equal(new DocumentNotForYou(), DocumentReading.Refuses(reserved, member));
        Assert.Equal(new DocumentContentDestroyed("Minutes"), DocumentReading.Refuses(Destroyed.State<Document>(Document.Stream(Minutes)), auditor));
        Assert.Null(DocumentReading.Refuses(reserved, auditor));
        Assert.True(DocumentReading.Admits(new(AudienceKind.SecretariatAndAuditors), Camille, member));
    }

    private static readonly Dictionary<string, byte[]> Contents = new()
    {
        ["pdf"] = "%PDF-1.7 text"u8.ToArray(),
        ["png"] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0],
        ["jpg"] = [0xff, 0xd8, 0xff, 0xe0, 0],
        ["txt"] = Encoding.UTF8.GetBytes("Ordre du jour : à 9 h\r\n"),
        ["csv"] = "nom;voix\n"u8.ToArray(),
        ["odt"] = Zip("mimetypeapplication/vnd.oasis.opendocument.text"),
        ["ods"] = Zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        ["docx"] = Zip("[Content_Types].xml ... word/document.xml"),
        ["xlsx"] = Zip("[Content_Types].xml ... xl/workbook.xml"),
    };

    // A zip's first header is 30 bytes long; names are not compressed.
    private static byte[] Zip(string names) => [0x50, 0x4b, 0x03, 0x04, .. new byte[26], .. Encoding.ASCII.GetBytes(names), 0];

    public static TheoryData<string> Extensions => [.. Contents.Keys];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_content_is_known_by_its_bytes_however_it_is_cut_and_nothing_else_passes_for_it(string extension)
    {
        var format = DocumentFormat.Declared($"Annexe.{extension.ToUpperInvariant()}", "application/octet-stream")!;
        foreach (var (other, bytes) in Contents)
        {
            foreach (var part in new[] { 1, 7, bytes.Length })
            {
                var look = new ContentLook();
                foreach (var cut in bytes.Chunk(part))
                    look.See(cut);
                var refusal = ContentRules.Refuses(look, format, 1_000);
                var passes = other == extension || (extension is "txt" or "csv" && other is "txt" or "csv");
                Assert.True(refusal is null == passes, $"{other} in parts of {part} as {extension}: {refusal}");
                if (!passes)
                    Assert.Equal(new ContentNotAsDeclared(format.Extension), refusal);
            }
        }
    }

    [Fact]
    public void A_content_has_bytes_and_no_more_than_the_installation_keeps()
    {
        var look = new ContentLook();
        Assert.Equal(new DocumentEmpty(), ContentRules.Refuses(look, DocumentFormat.Text, 10_240));
        look.See(new byte[10_241]);
        Assert.Equal(new DocumentTooLarge(10), ContentRules.Refuses(look, DocumentFormat.Text, 10_240));
        Assert.Null(DocumentFormat.Declared("virus.exe", "application/x-msdownload"));
        Assert.Equal(DocumentFormat.Pdf, DocumentFormat.Declared(null, "application/pdf"));
    }
}
