using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Statutes;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Associations;

public sealed class DeclarationTests
{
    private static readonly StreamId Stream = Association.Stream;
    private static readonly BodyId BoardId = Named<BodyId>("board");
    private static readonly StreamId Board = Body.Stream(BoardId);
    private static readonly StatutesVersionId Statutes = Named<StatutesVersionId>("2023");

    // Positions: 1 foundation, 2 move, 3 transformation, 4 board, 5 president.
    private static readonly Past Changed = Given(
        On("2010-01-01", Stream, new AssociationFounded(Named<AssociationId>("n"), "rncrpv", "QdV", "QdV", "Réunir.", "Lyon", "Europe/Paris")),
        On("2023-11-30", Stream, new SeatMoved("Paris")),
        On("2023-10-14", Stream, new AssociationTransformed("RNCRPV", "RNCRPV", "Animer.", Statutes)),
        On("2010-01-01", Board, new BodyConstituted(BoardId, "Conseil", BodyKind.Board, [])),
        On("2023-10-14", Board, new MandateAppointed(Named<MandateId>("m"), Named<PersonId>("Ada"), Office.President)));

    private static readonly FileDeclaration File = new(Event(2), "A-123", Time("2023-12-15"));

    private static IReadOnlyList<DeclarationDuty> Duties(Past past) =>
        [.. DeclarationDuties.Of(past.Read<Association>(Stream), Paris), .. DeclarationDuties.Of(past.Read<Body>(Board), Paris)];

    private static Told When(Past past, FileDeclaration command) => past.When(p => command.Decide(p.Read<Association>(Stream), Duties(p), Paris));

    private static Told When(Past past, RecordDeclarationReceipt command) => past.When(p => command.Decide(p.Read<Association>(Stream)));

    private static DeclarationStanding Standing(Past past, string day) =>
        Duties(past).Single(d => d.Event == Event(2)).StandingOn(LocalTime.DayOf(Time(day).Instant, Paris), past.State<Association>(Stream, day));

    [Fact]
    public void Changes_of_seat_title_purpose_statutes_and_officers_are_to_be_declared() =>
        Assert.Equal(
            [
                (Event(3), "Title Purpose Statutes", new DateOnly(2024, 1, 14)),
                (Event(2), "Seat", new DateOnly(2024, 2, 29)),
                (Event(5), "Officers", new DateOnly(2024, 1, 14)),
            ],
            Duties(Changed).Select(d => (d.Event, string.Join(' ', d.Matters), d.DueOn)));

    [Fact]
    public void The_title_and_the_purpose_alone_are_to_be_declared()
    {
        Assert.Equal([DeclarationMatter.Title], DeclarationDuties.Matters(new AssociationRenamed("New", "N")));
        Assert.Equal([DeclarationMatter.Purpose], DeclarationDuties.Matters(new PurposeChanged("New.")));
        Assert.Empty(DeclarationDuties.Matters(new AssociationDissolved("Over.")));
    }

    [Fact]
    public void An_officer_who_leaves_is_to_be_declared_and_a_renewal_is_not()
    {
        var after = Changed.And(
            On("2024-03-01", Board, new MandateRenewed(Named<MandateId>("m"), Time("2026-01-01"))),
            On("2024-06-01", Board, new MandateEnded(Named<MandateId>("m"), EndReason.Resignation)));
        Assert.Equal([Event(5), Event(7)], DeclarationDuties.Of(after.Read<Body>(Board), Paris).Select(d => d.Event));
    }

    [Fact]
    public void Those_of_a_dissolved_board_are_still_to_be_declared() =>
        Assert.Equal([Event(5)], DeclarationDuties.Of(Changed.And(On("2024-01-01", Board, new BodyDissolved("Over."))).Read<Body>(Board), Paris).Select(d => d.Event));

    [Theory]
    [InlineData(BodyKind.GeneralAssembly)]
    [InlineData(BodyKind.Secretariat)]
    [InlineData(BodyKind.Auditors)]
    public void Who_does_not_administer_the_association_is_not_declared(BodyKind kind)
    {
        var past = Given(
            On("2010-01-01", Board, new BodyConstituted(BoardId, "Autre", kind, [])),
            On("2011-01-01", Board, new MandateAppointed(Named<MandateId>("m"), Named<PersonId>("Ada"), Office.Seat)));
        Assert.Empty(DeclarationDuties.Of(past.Read<Body>(Board), Paris));
    }

    [Fact]
    public void Statutes_are_to_be_declared_once_when_a_transformation_adopts_them()
    {
        var alone = Named<StatutesVersionId>("2025");
        var past = Changed.And(
            On("2023-10-01", StatutesVersions.Stream, new StatutesDrafted(Statutes, "Statuts 2023", [], [])),
            On("2023-10-14", StatutesVersions.Stream, new StatutesAdopted(Statutes, Time("2023-10-14"))),
            On("2025-01-01", StatutesVersions.Stream, new StatutesDrafted(alone, "Statuts 2025", [], [])),
            On("2025-02-01", StatutesVersions.Stream, new StatutesAdopted(alone, Time("2025-03-01"))));

        var duty = Assert.Single(DeclarationDuties.Of(past.Read<StatutesVersions>(StatutesVersions.Stream), past.Read<Association>(Stream), Paris));
        Assert.Equal((Event(9), new DateOnly(2025, 5, 1)), (duty.Event, duty.DueOn));
        Assert.Equal([DeclarationMatter.Statutes], duty.Matters);
    }

    [Fact]
    public void The_first_statutes_change_nothing()
    {
        var past = Given(
            On("2010-01-01", StatutesVersions.Stream, new StatutesDrafted(Statutes, "Statuts", [], [])),
            On("2010-01-02", StatutesVersions.Stream, new StatutesAdopted(Statutes, Time("2010-01-02"))));
        Assert.Empty(DeclarationDuties.Of(past.Read<StatutesVersions>(StatutesVersions.Stream), past.Read<Association>(Stream), Paris));
    }

    [Fact]
    public void A_change_that_was_taken_back_is_not_to_be_declared()
    {
        var after = Changed.When(p => new RetractFact(Event(2), "Never moved.", Time("2023-12-01")).Decide(p.Read<Association>(Stream))).ThenAccepted();
        Assert.DoesNotContain(Event(2), Duties(after).Select(d => d.Event));
        When(after, File).ThenRefused<DeclarationNotDue>();
    }

    [Fact]
    public void A_declaration_is_filed_and_acknowledged()
    {
        var filed = When(Changed, File).Then(On("2023-12-15", Stream, new DeclarationFiled(Event(2), "A-123")));
        var acknowledged = When(filed, new RecordDeclarationReceipt(Event(2), "W691000000", Time("2024-01-10")))
            .Then(On("2024-01-10", Stream, new DeclarationReceiptRecorded(Event(2), "W691000000")));

        Assert.Equal(DeclarationStanding.Awaited, Standing(acknowledged, "2023-12-14"));
        Assert.Equal(DeclarationStanding.Filed, Standing(acknowledged, "2023-12-15"));
        Assert.Equal(DeclarationStanding.Acknowledged, Standing(acknowledged, "2024-01-10"));
    }

    [Fact]
    public void The_three_months_are_over_the_day_after_their_last()
    {
        Assert.Equal(DeclarationStanding.Awaited, Standing(Changed, "2024-02-29"));
        Assert.Equal(DeclarationStanding.Overdue, Standing(Changed, "2024-03-01"));
    }

    [Fact]
    public void Only_what_is_due_is_declared() => When(Changed, File with { Due = Event(1) }).ThenRefused<DeclarationNotDue>();

    [Fact]
    public void A_change_is_not_declared_before_it_happens() =>
        When(Changed, File with { On = Time("2023-11-29") }).ThenRefused(new DeclarationBeforeItsChange(Time("2023-11-30")));

    [Fact]
    public void A_change_is_declared_once() =>
        When(When(Changed, File).ThenAccepted(), File with { Reference = "B-456" }).ThenRefused(new DeclarationAlreadyFiled("A-123", Time("2023-12-15")));

    [Fact]
    public void A_receipt_needs_a_declaration_and_comes_once()
    {
        When(Changed, new RecordDeclarationReceipt(Event(2), "W1", Time("2024-01-10"))).ThenRefused<DeclarationNotFiled>();
        var filed = When(Changed, File).ThenAccepted();
        When(filed, new RecordDeclarationReceipt(Event(2), "W1", Time("2023-12-14"))).ThenRefused<ImpossibleInHistory>();
        When(When(filed, new RecordDeclarationReceipt(Event(2), "W1", Time("2024-01-10"))).ThenAccepted(), new RecordDeclarationReceipt(Event(2), "W2", Time("2024-01-10")))
            .ThenRefused(new ReceiptAlreadyRecorded("W1"));
    }

    [Fact]
    public void Nothing_is_declared_of_an_association_that_is_not_there()
    {
        When(Nothing, File).ThenRefused<AssociationNotFound>();
        When(Nothing, new RecordDeclarationReceipt(Event(2), "W1", Time("2024-01-10"))).ThenRefused<AssociationNotFound>();
    }

    [Fact]
    public void What_changed_before_a_dissolution_is_still_declared() =>
        When(Changed.And(On("2023-12-01", Stream, new AssociationDissolved("Over."))), File).ThenAccepted();

    [Fact]
    public void One_declaration_covers_the_changes_of_one_day_and_one_receipt_all_of_them()
    {
        // Event 3 (the transformation) and event 5 (the president) are both of 14 October.
        var filed = When(Changed, new FileDeclaration(Event(3), "A-9", Time("2023-12-15"), [Event(5)])).Then(
            On("2023-12-15", Stream, new DeclarationFiled(Event(3), "A-9")),
            On("2023-12-15", Stream, new DeclarationFiled(Event(5), "A-9")));
        When(filed, new RecordDeclarationReceipt(Event(3), "W9", Time("2024-01-10"), [Event(5)])).Then(
            On("2024-01-10", Stream, new DeclarationReceiptRecorded(Event(3), "W9")),
            On("2024-01-10", Stream, new DeclarationReceiptRecorded(Event(5), "W9")));
    }

    [Fact]
    public void Changes_of_two_days_have_a_clock_and_a_declaration_each() =>
        When(Changed, new FileDeclaration(Event(3), "A-9", Time("2023-12-15"), [Event(2)])).ThenRefused(new ChangesOfSeveralDays(Time("2023-11-30")));

    [Fact]
    public void A_change_declared_before_is_not_declared_again_with_another() =>
        When(When(Changed, new FileDeclaration(Event(5), "A-1", Time("2023-12-01"))).ThenAccepted(), new FileDeclaration(Event(3), "A-9", Time("2023-12-15"), [Event(5)]))
            .ThenRefused<DeclarationAlreadyFiled>();
}
