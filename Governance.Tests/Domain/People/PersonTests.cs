using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.People;

public sealed class PersonTests
{
    private static readonly PersonId Ada = Named<PersonId>("Ada");
    private static readonly PersonId Other = Named<PersonId>("Other");
    private static readonly StreamId Stream = Person.Stream(Ada);
    private static readonly Sealed Name = SealedFor(Ada, "Ada");

    private static Fact Registered(string when = "2024-01-01") => On(when, Stream, new PersonRegistered(Ada, Name, false));

    private static Told Register(Past past, RegisterPerson command) => past.When(p => command.Decide(p.Read<Person>(Stream)));

    [Fact]
    public void A_person_is_registered_under_a_sealed_name() =>
        Register(Nothing, new(Ada, Name, SealedFor(Ada, "ada@example.org"), false, Time("2024-01-01")))
            .Then(On("2024-01-01", Stream, new PersonRegistered(Ada, Name, false, SealedFor(Ada, "ada@example.org"))));

    [Fact]
    public void An_identifier_names_one_person_only() =>
        Register(Given(Registered()), new(Ada, SealedFor(Ada, "Grace"), null, false, Time("2024-01-01"))).ThenRefused<PersonAlreadyRegistered>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_text_sealed_for_somebody_else_is_refused(bool name) =>
        Register(Nothing, name
            ? new(Ada, SealedFor(Other, "x"), null, false, Time("2024-01-01"))
            : new(Ada, Name, SealedFor(Other, "x"), false, Time("2024-01-01")))
            .ThenRefused(new SealedForAnother(name ? "name" : "email"));

    [Fact]
    public void An_empty_sealed_text_is_refused() =>
        Register(Nothing, new(Ada, new Sealed(Ada, ""), null, false, Time("2024-01-01"))).ThenRefused<TextOutOfBounds>();

    [Fact]
    public void A_name_changes() =>
        Given(Registered())
            .When(p => new ChangePersonName(SealedFor(Ada, "Grace"), Time("2024-02-01")).Decide(p.Read<Person>(Stream)))
            .Then(On("2024-02-01", Stream, new PersonNameChanged(SealedFor(Ada, "Grace"))));

    [Fact]
    public void A_name_sealed_for_somebody_else_is_not_taken() =>
        Given(Registered())
            .When(p => new ChangePersonName(SealedFor(Other, "Grace"), Time("2024-02-01")).Decide(p.Read<Person>(Stream)))
            .ThenRefused(new SealedForAnother("name"));

    [Fact]
    public void Nobody_unknown_changes_name() =>
        Nothing.When(p => new ChangePersonName(Name, Time("2024-02-01")).Decide(p.Read<Person>(Stream))).ThenRefused<PersonNotFound>();

    [Fact]
    public void Nobody_changes_name_before_being_registered() =>
        Given(Registered("2024-01-01"))
            .When(p => new ChangePersonName(Name, Time("2023-12-31")).Decide(p.Read<Person>(Stream)))
            .ThenRefused(new BeforeItsBeginning(BegunThing.Person, Time("2024-01-01"), Time("2023-12-31")));

    [Fact]
    public void An_address_is_given_and_taken_away()
    {
        var after = Given(Registered())
            .When(p => new ChangePersonEmail(SealedFor(Ada, "a@example.org"), Time("2024-02-01")).Decide(p.Read<Person>(Stream)))
            .Then(On("2024-02-01", Stream, new PersonEmailChanged(SealedFor(Ada, "a@example.org"))))
            .When(p => new ChangePersonEmail(null, Time("2024-03-01")).Decide(p.Read<Person>(Stream)))
            .Then(On("2024-03-01", Stream, new PersonEmailChanged()));

        Assert.Null(Assert.IsType<Person.Registered>(after.State<Person>(Stream)).Email);
    }

    private static Past Held => Given(Registered(), On("2024-02-01", Stream, new LegalHoldPlaced(Time("2025-01-01"), "Dispute.")));

    private static Told Lift(Past past, string reason, string on) => past.When(p => new LiftLegalHold(reason, Time(on)).Decide(p.Read<Person>(Stream)));

    [Fact]
    public void A_legal_hold_that_is_lifted_early_lets_the_person_be_erased() =>
        Lift(Held, "Settled.", "2024-03-01")
            .Then(On("2024-03-01", Stream, new LegalHoldLifted("Settled.")))
            .When(p => new ErasePerson("Asked for it.", Time("2024-03-02")).Decide(p.Read<Person>(Stream), []))
            .Then(On("2024-03-02", Stream, new PersonErased("Asked for it.")));

    [Fact]
    public void There_is_nothing_to_lift_where_no_hold_stands()
    {
        Lift(Given(Registered()), "Settled.", "2024-03-01").ThenNothing();
        Lift(Held, "Settled.", "2025-02-01").ThenNothing();
        Lift(Nothing, "Settled.", "2024-03-01").ThenRefused<PersonNotFound>();
        Lift(Held, " ", "2024-03-01").ThenRefused<TextOutOfBounds>();
    }

    private static Told EraseAgain(Past past) => past.When(p => new ErasePersonAgain("Backup.", Time("2024-06-01")).Decide(p.Read<Person>(Stream)));

    [Fact]
    public void An_erasure_that_a_backup_lost_is_recorded_again_whatever_holds_or_comes_later_in_it()
    {
        EraseAgain(Given(Registered())).Then(On("2024-06-01", Stream, new PersonErased("Backup.")));
        EraseAgain(Held).Then(On("2024-06-01", Stream, new LegalHoldLifted("Backup.")), On("2024-06-01", Stream, new PersonErased("Backup.")));
        EraseAgain(Given(Registered(), On("2024-09-01", Stream, new PersonNameChanged(SealedFor(Ada, "Grace"))))).Then(On("2024-09-01", Stream, new PersonErased("Backup.")));
        EraseAgain(Given(Registered(), On("2024-05-01", Stream, new PersonErased("Asked for it.")))).ThenNothing();
        EraseAgain(Nothing).ThenRefused<PersonNotFound>();
        Given(Registered()).When(p => new ErasePersonAgain(" ", Time("2024-06-01")).Decide(p.Read<Person>(Stream))).ThenRefused<TextOutOfBounds>();
    }

    [Fact]
    public void An_erased_person_is_recorded_no_more()
    {
        var erased = Given(Registered())
            .When(p => new ErasePerson("Asked for it.", Time("2024-06-01")).Decide(p.Read<Person>(Stream), []))
            .Then(On("2024-06-01", Stream, new PersonErased("Asked for it.")));

        erased.When(p => new ChangePersonName(Name, Time("2024-07-01")).Decide(p.Read<Person>(Stream))).ThenRefused<PersonIsErased>();
        erased.When(p => new ChangePersonEmail(null, Time("2024-07-01")).Decide(p.Read<Person>(Stream))).ThenRefused<PersonIsErased>();
        Register(erased, new(Ada, Name, null, false, Time("2024-01-01"))).ThenRefused<PersonIsErased>();
    }

    [Fact]
    public void A_legal_hold_keeps_a_person_from_being_erased_until_its_day()
    {
        var held = Given(Registered())
            .When(p => new PlaceLegalHold(Time("2025-01-01"), "Dispute.", Time("2024-02-01")).Decide(p.Read<Person>(Stream)))
            .Then(On("2024-02-01", Stream, new LegalHoldPlaced(Time("2025-01-01"), "Dispute.")));

        held.When(p => new ErasePerson("Asked.", Time("2024-12-31")).Decide(p.Read<Person>(Stream), []))
            .ThenRefused(new PersonUnderLegalHold(Time("2025-01-01")));
        held.When(p => new ErasePerson("Asked.", Time("2025-01-01")).Decide(p.Read<Person>(Stream), []))
            .Then(On("2025-01-01", Stream, new PersonErased("Asked.")));
    }

    private static readonly StreamId Board = Body.Stream(Named<BodyId>("board"));
    private static readonly MandateId Seat = Named<MandateId>("seat");

    private static Past Seated(string on = "2024-02-01", string? termEnds = null, bool holdover = false, PersonId? person = null) => Given(
        Registered(),
        On("2024-01-01", Board, new BodyConstituted(Named<BodyId>("board"), "Conseil", BodyKind.Board, [])),
        On(on, Board, new MandateAppointed(Seat, person ?? Ada, Office.Seat, TermEnds: termEnds is null ? null : Time(termEnds), Holdover: holdover)));

    private static Told Erase(Past past, string on = "2024-06-01") =>
        past.When(p => new ErasePerson("Asked.", Time(on)).Decide(p.Read<Person>(Stream), p.ReadAll<Body>("body")));

    [Fact]
    public void Whoever_holds_a_mandate_or_is_to_begin_one_is_not_erased_and_is_told_where()
    {
        Erase(Seated()).ThenRefused<PersonHoldsMandates>();
        Erase(Seated(on: "2024-09-01")).ThenRefused<PersonHoldsMandates>();
        Erase(Seated(termEnds: "2024-05-01", holdover: true)).ThenRefused<PersonHoldsMandates>();
        Erase(Seated().And(On("2024-07-01", Board, new MandateEnded(Seat, EndReason.Resignation)))).ThenRefused<PersonHoldsMandates>();
        Assert.Equal("Conseil", Assert.Single(new PersonHoldsMandates(["Conseil"]).Arguments));
    }

    [Fact]
    public void A_mandate_that_is_over_or_somebody_elses_or_of_a_body_that_is_gone_does_not_keep_a_person()
    {
        var erased = On("2024-06-01", Stream, new PersonErased("Asked."));
        Erase(Seated(termEnds: "2024-05-01")).Then(erased);
        Erase(Seated(person: Other)).Then(erased);
        Erase(Seated().And(On("2024-05-31", Board, new MandateEnded(Seat, EndReason.Resignation)))).Then(erased);
        Erase(Seated().And(On("2024-05-31", Board, new BodyDissolved("Merged.")))).Then(erased);
    }

    [Fact]
    public void One_who_was_erased_before_in_spite_of_a_mandate_stays_erased() =>
        Erase(Seated().And(On("2024-05-01", Stream, new PersonErased("Asked.")))).ThenNothing();

    [Fact]
    public void An_erasure_dated_before_the_hold_does_not_slip_under_it() =>
        Given(Registered(), On("2024-02-01", Stream, new LegalHoldPlaced(Time("2025-01-01"), "Dispute.")))
            .When(p => new ErasePerson("Asked.", Time("2024-01-15")).Decide(p.Read<Person>(Stream), []))
            .ThenRefused<PersonUnderLegalHold>();

    [Fact]
    public void A_shorter_hold_does_not_shorten_a_longer_one() =>
        Given(Registered(), On("2024-02-01", Stream, new LegalHoldPlaced(Time("2025-01-01"), "Dispute.")))
            .When(p => new PlaceLegalHold(Time("2024-06-01"), "Audit.", Time("2024-03-01")).Decide(p.Read<Person>(Stream)))
            .ThenNothing();

    [Fact]
    public void A_hold_that_is_over_as_it_begins_is_refused() =>
        Given(Registered())
            .When(p => new PlaceLegalHold(Time("2024-02-01"), "Dispute.", Time("2024-02-01")).Decide(p.Read<Person>(Stream)))
            .ThenRefused(new LegalHoldInThePast(Time("2024-02-01")));

    [Fact]
    public void A_hold_and_an_erasure_say_why()
    {
        Given(Registered()).When(p => new PlaceLegalHold(Time("2025-01-01"), " ", Time("2024-02-01")).Decide(p.Read<Person>(Stream)))
            .ThenRefused(new TextOutOfBounds("reason", 1, Texts.TextLength));
        Given(Registered()).When(p => new ErasePerson("", Time("2024-02-01")).Decide(p.Read<Person>(Stream), []))
            .ThenRefused(new TextOutOfBounds("reason", 1, Texts.TextLength));
    }

    [Fact]
    public void A_person_is_written_to_in_the_language_chosen_for_them()
    {
        Told Choose(Past past, string on = "2024-02-01") => past.When(p => new ChoosePersonLanguage(SpokenLanguage.English, Time(on)).Decide(p.Read<Person>(Stream)));

        var after = Choose(Given(Registered())).Then(On("2024-02-01", Stream, new PersonLanguageChosen(SpokenLanguage.English)));
        Assert.Equal(((SpokenLanguage?)null, (SpokenLanguage?)SpokenLanguage.English), (((Person.Registered)after.State<Person>(Stream, "2024-01-31")).Language, ((Person.Registered)after.State<Person>(Stream)).Language));
        Choose(Nothing).ThenRefused<PersonNotFound>();
    }
}
