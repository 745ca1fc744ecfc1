using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Mandates;

public sealed class AppointmentTests
{
    [Fact]
    public void A_person_holds_a_mandate_from_its_first_day_until_its_term_is_over()
    {
        var after = Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.President, until: "2024-01-01"))
            .Then(On("2021-01-01", Board, new MandateAppointed(First, Ada, Office.President, TermEnds: Time("2024-01-01"))));

        Assert.Empty(after.HeldOn(Board, "2020-12-31"));
        Assert.Equal([First], after.HeldOn(Board, "2021-01-01"));
        Assert.Equal([First], after.HeldOn(Board, "2023-12-31"));
        Assert.Empty(after.HeldOn(Board, "2024-01-01"));
    }

    [Fact]
    public void A_holder_is_told_with_college_office_and_member()
    {
        var after = Network.When(College, Appoint(First, Ada, "2021-01-01", member: LaboCites, coOpted: true, interim: true)).ThenAccepted();
        Assert.Equal(
            new Holder(First, Ada, LaboCites, CollegeId, Office.Seat, Time("2021-01-01"), null, false, true, true),
            Assert.Single(after.State<Body>(College).Holders(Time("2021-06-01").Instant)));
    }

    [Theory]
    [InlineData(Office.President)]
    [InlineData(Office.Treasurer)]
    [InlineData(Office.Secretary)]
    public void A_body_has_one_holder_of_an_office(Office office) =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01", office)).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-02-01", office)).ThenRefused(new OfficeHeld(office));

    [Fact]
    public void A_body_has_as_many_co_presidents_as_it_likes() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.CoPresident)).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-01-01", Office.CoPresident)).ThenAccepted();

    [Fact]
    public void A_president_learnt_of_late_does_not_overlap_the_next_one() =>
        Network.When(Board, Appoint(First, Ada, "2021-06-01", Office.President)).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-01-01", Office.President))
            .ThenRefused(new ImpossibleInHistory("MandateAppointed", "Constituted", Time("2021-06-01").Instant));

    [Fact]
    public void A_president_learnt_of_late_takes_the_place_before_the_next_one()
    {
        var after = Network.When(Board, Appoint(First, Ada, "2021-06-01", Office.President)).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-01-01", Office.President, until: "2021-06-01")).ThenAccepted();

        Assert.Equal([Second], after.HeldOn(Board, "2021-05-31"));
        Assert.Equal([First], after.HeldOn(Board, "2021-06-01"));
    }

    [Fact]
    public void A_president_whose_term_is_over_leaves_the_office_vacant() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.President, until: "2022-01-01")).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2022-01-01", Office.President)).ThenAccepted();

    [Fact]
    public void Where_the_statutes_say_so_a_president_stays_until_replaced()
    {
        var terms = new MandateTerms(Holdover: true);
        var held = Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.President, until: "2022-01-01"), terms).ThenAccepted();
        Assert.True(Assert.Single(held.State<Body>(Board).Holders(Time("2022-03-01").Instant)).InHoldover);

        var replaced = held.When(Board, Appoint(Second, Grace, "2022-04-01", Office.President, until: "2023-01-01"), terms)
            .Then(
                On("2022-04-01", Board, new MandateEnded(First, EndReason.Replaced)),
                On("2022-04-01", Board, new MandateAppointed(Second, Grace, Office.President, Holdover: true, TermEnds: Time("2023-01-01"))));
        Assert.Equal([First], replaced.HeldOn(Board, "2022-03-31"));
        Assert.Equal([Second], replaced.HeldOn(Board, "2022-04-01"));
    }

    [Fact]
    public void A_president_in_holdover_can_be_elected_again() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.President, until: "2022-01-01"), new MandateTerms(Holdover: true)).ThenAccepted()
            .When(Board, Appoint(Second, Ada, "2022-04-01", Office.President), new MandateTerms(Holdover: true)).ThenAccepted();

    [Fact]
    public void A_member_has_one_seat_in_a_college() =>
        Network.When(College, Appoint(First, Ada, "2021-01-01", member: LaboCites)).ThenAccepted()
            .When(College, Appoint(Second, Grace, "2021-02-01", member: LaboCites)).ThenRefused<MemberAlreadyRepresented>();

    [Fact]
    public void A_member_whose_representative_is_in_holdover_sends_another() =>
        Network.When(College, Appoint(First, Ada, "2021-01-01", member: LaboCites, until: "2022-01-01"), new MandateTerms(Holdover: true)).ThenAccepted()
            .When(College, Appoint(Second, Grace, "2022-02-01", member: LaboCites))
            .Then(
                On("2022-02-01", College, new MandateEnded(First, EndReason.Replaced)),
                On("2022-02-01", College, new MandateAppointed(Second, Grace, Office.Seat, Member: LaboCites)));

    [Fact]
    public void A_member_may_have_several_seats_on_a_board() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01", member: LaboCites)).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-02-01", member: LaboCites)).ThenAccepted();

    [Fact]
    public void A_person_has_one_mandate_in_a_body_unless_the_statutes_say_otherwise()
    {
        var held = Network.When(College, Appoint(First, Ada, "2021-01-01", member: LaboCites)).ThenAccepted();
        held.When(College, Appoint(Second, Ada, "2021-02-01", member: Oriv)).ThenRefused<PersonAlreadyHolds>();
        held.When(College, Appoint(Second, Ada, "2021-02-01", member: Oriv), new MandateTerms(SeveralMandatesAPerson: true)).ThenAccepted();
        held.When(Board, Appoint(Second, Ada, "2021-02-01")).ThenAccepted();
    }

    [Fact]
    public void Seats_are_limited_by_the_statutes()
    {
        var terms = new MandateTerms(Seats: 1, Article: "art. 10");
        Network.When(Board, Appoint(First, Ada, "2021-01-01"), terms).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2021-02-01"), terms).ThenRefused(new SeatsFull(1, "art. 10"));
    }

    [Fact]
    public void Seats_are_limited_by_the_body_itself()
    {
        var bureau = Named<BodyId>("bureau");
        var stream = Body.Stream(bureau);
        var full = Network.And(On("2020-01-01", stream, new BodyConstituted(bureau, "Bureau", BodyKind.Bureau, [], 1)))
            .When(stream, Appoint(First, Ada, "2021-01-01"), new MandateTerms(Seats: 9)).ThenAccepted();
        full.When(stream, Appoint(Second, Grace, "2021-02-01"), new MandateTerms(Seats: 9)).ThenRefused(new SeatsFull(1, null));
        full.When(stream, Appoint(Second, Grace, "2020-02-01"), new MandateTerms(Seats: 9)).ThenRefused<ImpossibleInHistory>();
    }

    [Fact]
    public void Whose_term_ended_first_makes_room_on_a_full_body()
    {
        var terms = new MandateTerms(Holdover: true, Seats: 2);
        Network.When(Board, Appoint(First, Ada, "2020-01-01", until: "2022-01-01"), terms).ThenAccepted()
            .When(Board, Appoint(Second, Grace, "2020-01-01", until: "2021-01-01"), terms).ThenAccepted()
            .When(Board, Appoint(Third, Mary, "2023-01-01"), terms)
            .Then(
                On("2023-01-01", Board, new MandateEnded(Second, EndReason.Replaced)),
                On("2023-01-01", Board, new MandateAppointed(Third, Mary, Office.Seat, Holdover: true)));
    }

    [Fact]
    public void Offices_that_exclude_each_other_are_not_held_together_in_any_body()
    {
        var terms = new MandateTerms(Incompatible: [new(Office.President, Office.Treasurer)], Article: "art. 12");
        var treasurer = Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.Treasurer), terms).ThenAccepted();
        treasurer.When(College, Appoint(Second, Ada, "2021-02-01", Office.President), terms)
            .ThenRefused(new OfficesIncompatible(Office.President, Office.Treasurer, "art. 12"));
        treasurer.When(College, Appoint(Second, Ada, "2021-02-01", Office.Secretary), terms).ThenAccepted();
    }

    [Fact]
    public void A_term_is_as_long_as_the_statutes_allow()
    {
        var terms = new MandateTerms(MaximumMonths: 36, Article: "art. 11");
        Network.When(Board, Appoint(First, Ada, "2021-07-01", until: "2024-07-02"), terms).ThenRefused(new TermTooLong(36, "art. 11"));
        Network.When(Board, Appoint(First, Ada, "2021-07-01"), terms).ThenRefused(new TermTooLong(36, "art. 11"));
        Network.When(Board, Appoint(First, Ada, "2021-07-01", until: "2024-07-01"), terms).ThenAccepted();
    }

    [Fact]
    public void A_change_of_clock_does_not_lengthen_a_term() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-15", until: "2021-07-15"), new MandateTerms(MaximumMonths: 6)).ThenAccepted();

    [Fact]
    public void A_term_ends_after_it_begins() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01", until: "2021-01-01")).ThenRefused(new TermEndsBeforeItBegins(Time("2021-01-01")));

    [Fact]
    public void Terms_in_a_row_are_limited_and_a_gap_begins_anew()
    {
        var terms = new MandateTerms(MaximumConsecutiveTerms: 2, Article: "art. 11");
        var two = Network.When(Board, Appoint(First, Ada, "2020-01-01", until: "2021-01-01"), terms).ThenAccepted()
            .When(Board, Appoint(Second, Ada, "2021-01-01", until: "2022-01-01"), terms).ThenAccepted();
        two.When(Board, Appoint(Third, Ada, "2022-01-01"), terms).ThenRefused(new TooManyConsecutiveTerms(2, "art. 11"));
        two.When(Board, Appoint(Third, Ada, "2022-01-02"), terms).ThenAccepted();
        two.When(Board, Appoint(Third, Ada, "2022-01-01", Office.Secretary), terms).ThenAccepted();
        two.When(Board, Appoint(Third, Ada, "2022-01-01", interim: true), terms).ThenAccepted();
    }

    [Fact]
    public void An_interim_is_not_counted_as_a_term() =>
        Network.When(Board, Appoint(First, Ada, "2020-01-01", until: "2021-01-01", interim: true)).ThenAccepted()
            .When(Board, Appoint(Second, Ada, "2021-01-01"), new MandateTerms(MaximumConsecutiveTerms: 1)).ThenAccepted();

    [Fact]
    public void Where_only_members_sit_nobody_sits_for_themselves() =>
        Network.When(College, Appoint(First, Ada, "2021-01-01"), new MandateTerms(RepresentativesOnly: true, Article: "art. 8"))
            .ThenRefused(new MemberMustBeRepresented("art. 8"));

    [Fact]
    public void Only_a_member_with_its_rights_is_represented()
    {
        var suspended = Network.And(On("2021-01-01", Member.Stream(LaboCites), new MemberSuspended("Late.")));
        suspended.When(College, Appoint(First, Ada, "2021-02-01", member: LaboCites)).ThenRefused(new MemberCannotBeRepresented(MembershipStanding.Suspended));
        suspended.When(College, Appoint(First, Ada, "2020-12-31", member: LaboCites)).ThenAccepted();
        Network.When(College, Appoint(First, Ada, "2021-02-01", member: Named<MemberId>("nobody"))).ThenRefused<MemberNotFound>();
    }

    [Fact]
    public void Only_a_person_who_is_known_is_appointed()
    {
        Network.When(Board, Appoint(First, Named<PersonId>("nobody"), "2021-01-01")).ThenRefused<PersonNotFound>();
        Network.And(On("2020-06-01", Person.Stream(Ada), new PersonErased("Asked."))).When(Board, Appoint(First, Ada, "2021-01-01"))
            .ThenRefused<PersonIsErased>();
    }

    [Fact]
    public void A_college_that_delegates_exists()
    {
        Network.When(Board, Appoint(First, Ada, "2021-01-01", college: CollegeId)).ThenAccepted();
        Network.When(Board, Appoint(First, Ada, "2021-01-01", college: Named<BodyId>("nowhere"))).ThenRefused<CollegeNotFound>();
    }

    [Fact]
    public void A_mandate_is_given_once() =>
        Network.When(Board, Appoint(First, Ada, "2021-01-01")).ThenAccepted()
            .When(Board, Appoint(First, Grace, "2021-01-01")).ThenRefused<MandateAlreadyGiven>();

    [Fact]
    public void A_body_that_is_not_there_gives_no_mandate()
    {
        Network.When(Body.Stream(Named<BodyId>("nowhere")), Appoint(First, Ada, "2021-01-01")).ThenRefused<BodyNotFound>();
        Network.When(Board, Appoint(First, Ada, "2019-01-01")).ThenRefused(new BeforeItsBeginning(BegunThing.Body, Time("2020-01-01"), Time("2019-01-01")));
        Network.And(On("2020-12-31", Board, new BodyDissolved("Over."))).When(Board, Appoint(First, Ada, "2021-01-01"))
            .ThenRefused(new BodyIsDissolved("Conseil"));
    }

    [Fact]
    public void An_appointment_entered_by_mistake_frees_the_office()
    {
        var appointed = Network.When(Board, Appoint(First, Ada, "2021-01-01", Office.President)).ThenAccepted();
        var mistake = appointed.Read<Body>(Board).Recorded[^1].Id;
        var retracted = appointed.When(p => new RetractFact(mistake, "Misread.", Time("2021-03-01")).Decide(p.Read<Body>(Board)))
            .ThenAccepted();
        Assert.Empty(retracted.HeldOn(Board, "2021-02-01"));
        retracted.When(Board, Appoint(Second, Grace, "2021-01-01", Office.President)).ThenAccepted();
    }
}
