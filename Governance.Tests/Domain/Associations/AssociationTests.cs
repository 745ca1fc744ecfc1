using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Associations;

public sealed class AssociationTests
{
    private static readonly AssociationId Id = Named<AssociationId>("network");
    private static readonly StreamId Stream = Association.Stream;
    private static readonly StatutesVersionId Statutes = Named<StatutesVersionId>("2023");

    private static readonly FoundAssociation Found =
        new(Id, "rncrpv", "Question de Ville", "QdV", "Réunir les centres.", "Lyon", "Europe/Paris", Time("2010-01-01"), null, Transcribed: true);

    private static readonly Past Founded = Given(
        On("2010-01-01", Stream, new AssociationFounded(Id, "rncrpv", "Question de Ville", "QdV", "Réunir les centres.", "Lyon", "Europe/Paris")));

    private static readonly Past Dissolved = Founded.And(On("2020-01-01", Stream, new AssociationDissolved("Accomplished.")));

    private static readonly TransformAssociation Transform =
        new("Réseau national des centres de ressources", "RNCRPV", "Animer le réseau.", Statutes, null, Time("2023-10-14"));

    private static Timeline<Association> Read(Past past) => past.Read<Association>(Stream);

    private static Association.Active Now(Past past, string when) => Assert.IsType<Association.Active>(past.State<Association>(Stream, when));

    [Fact]
    public void An_association_is_founded() =>
        Nothing.When(p => Found.Decide(Read(p)))
            .Then(On("2010-01-01", Stream, new AssociationFounded(Id, "rncrpv", "Question de Ville", "QdV", "Réunir les centres.", "Lyon", "Europe/Paris")));

    [Fact]
    public void An_association_is_founded_with_whoever_keeps_its_records()
    {
        var first = new FirstSecretariat(Named<PersonId>("camille"), SealedFor(Named<PersonId>("camille"), "Camille"), Named<BodyId>("secretariat"), "Secrétariat", Named<MandateId>("first"));
        var (person, body) = (Person.Stream(first.Person), Body.Stream(first.Body));
        Nothing.When(p => (Found with { Secretariat = first, Transcribed = false }).Decide(
                Read(p), p.Read<Person>(person), p.Read<Body>(body), p.Read<RegisterOfBodies>(RegisterOfBodies.Stream)))
            .Then(
                On("2010-01-01", Stream, new AssociationFounded(Id, "rncrpv", "Question de Ville", "QdV", "Réunir les centres.", "Lyon", "Europe/Paris")),
                On("2010-01-01", person, new PersonRegistered(first.Person, first.Name, LabelOnly: false)),
                On("2010-01-01", body, new BodyConstituted(first.Body, "Secrétariat", BodyKind.Secretariat, [])),
                On("2010-01-01", body, new MandateAppointed(first.Mandate, first.Person, Office.Seat)),
                On("2010-01-01", RegisterOfBodies.Stream, new BodyRegistered(first.Body)));
    }

    [Fact]
    public void An_association_that_nobody_could_keep_is_not_founded() =>
        Nothing.When(p => (Found with { Transcribed = false }).Decide(Read(p))).ThenRefused<FirstSecretariatMissing>();

    [Fact]
    public void An_association_is_founded_once() =>
        Founded.When(p => (Found with { Name = "Another" }).Decide(Read(p))).ThenRefused<AssociationAlreadyFounded>();

    [Theory]
    [InlineData("R")]
    [InlineData("RNCRPV")]
    [InlineData("1901")]
    [InlineData("two--hyphens")]
    [InlineData("ends-")]
    [InlineData("accentué")]
    [InlineData("")]
    public void An_address_is_short_and_plain(string slug) =>
        Nothing.When(p => (Found with { Slug = slug }).Decide(Read(p))).ThenRefused(new SlugUnfit(slug));

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("Romance Standard Time")]
    public void A_time_zone_is_one_that_is_known_by_its_IANA_name(string zone) =>
        Nothing.When(p => (Found with { TimeZone = zone }).Decide(Read(p))).ThenRefused(new TimeZoneUnknown(zone));

    [Fact]
    public void What_an_association_is_called_and_for_is_said() =>
        Assert.All(
            new (FoundAssociation Command, string Field)[]
            {
                (Found with { Name = "" }, "name"),
                (Found with { ShortName = "" }, "shortName"),
                (Found with { Purpose = "" }, "purpose"),
                (Found with { Seat = "" }, "seat"),
            },
            wrong => Assert.Equal(wrong.Field, Nothing.When(p => wrong.Command.Decide(Read(p))).ThenRefused<TextOutOfBounds>().Field));

    [Fact]
    public void Name_purpose_and_seat_change_from_their_day_on()
    {
        var after = Founded
            .When(p => new RenameAssociation("Questions de ville", "QV", null, Time("2012-01-01")).Decide(Read(p)))
            .Then(On("2012-01-01", Stream, new AssociationRenamed("Questions de ville", "QV")))
            .When(p => new ChangePurpose("Relier les centres.", null, Time("2013-01-01")).Decide(Read(p)))
            .Then(On("2013-01-01", Stream, new PurposeChanged("Relier les centres.")))
            .When(p => new MoveSeat("Paris", null, Time("2014-01-01")).Decide(Read(p)))
            .Then(On("2014-01-01", Stream, new SeatMoved("Paris")));

        Assert.Equal("Question de Ville", Now(after, "2011-12-31").Name);
        Assert.Equal(("Questions de ville", "QV"), (Now(after, "2012-01-01").Name, Now(after, "2012-01-01").ShortName));
        Assert.Equal(("Relier les centres.", "Lyon"), (Now(after, "2013-06-01").Purpose, Now(after, "2013-06-01").Seat));
        Assert.Equal("Paris", Now(after, "2014-01-01").Seat);
    }

    [Fact]
    public void A_rename_learnt_of_late_does_not_undo_a_later_one()
    {
        var after = Founded.And(On("2015-01-01", Stream, new AssociationRenamed("Last", "L")))
            .When(p => new RenameAssociation("Between", "B", null, Time("2012-01-01")).Decide(Read(p))).ThenAccepted();
        Assert.Equal("Between", Now(after, "2013-01-01").Name);
        Assert.Equal("Last", Now(after, "2016-01-01").Name);
    }

    [Fact]
    public void An_association_is_transformed_and_stays_the_same()
    {
        var after = Founded.When(p => Transform.Decide(Read(p)))
            .Then(On("2023-10-14", Stream, new AssociationTransformed(Transform.Name, "RNCRPV", "Animer le réseau.", Statutes)));
        Assert.Equal((Id, "rncrpv", "RNCRPV", Statutes), (Now(after, "2023-10-14").Id, Now(after, "2023-10-14").Slug, Now(after, "2023-10-14").ShortName, Now(after, "2023-10-14").Statutes));
        Assert.Null(Now(after, "2023-10-13").Statutes);
    }

    [Fact]
    public void An_association_is_dissolved() =>
        Founded.When(p => new DissolveAssociation("Accomplished.", null, Time("2020-01-01")).Decide(Read(p)))
            .Then(On("2020-01-01", Stream, new AssociationDissolved("Accomplished.")));

    private static readonly Dictionary<string, Func<Timeline<Association>, Decision>> Changes = new()
    {
        ["RenameAssociation"] = association => new RenameAssociation("New", "N", null, Time("2021-01-01")).Decide(association),
        ["ChangePurpose"] = association => new ChangePurpose("New.", null, Time("2021-01-01")).Decide(association),
        ["MoveSeat"] = association => new MoveSeat("Paris", null, Time("2021-01-01")).Decide(association),
        ["TransformAssociation"] = association => (Transform with { On = Time("2021-01-01") }).Decide(association),
    };

    public static TheoryData<string> Commands => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_dissolved_association_does_not_change(string command) =>
        Dissolved.When(p => Changes[command](Read(p))).ThenRefused<AssociationIsDissolved>();

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_association_that_is_not_there_does_not_change(string command) =>
        Nothing.When(p => Changes[command](Read(p))).ThenRefused<AssociationNotFound>();

    [Fact]
    public void Nothing_changes_before_the_foundation() =>
        Founded.When(p => new MoveSeat("Paris", null, Time("2009")).Decide(Read(p))).ThenRefused(new BeforeItsBeginning(BegunThing.Association, Time("2010-01-01"), Time("2009")));
}
