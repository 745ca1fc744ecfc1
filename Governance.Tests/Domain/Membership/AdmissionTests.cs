using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Xunit;
using static Governance.Tests.Domain.Membership.MemberStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Membership;

public sealed class AdmissionTests
{
    private static readonly PersonId Ada = Named<PersonId>("Ada");
    private static readonly Fact Requested = On("2020-01-01", Labo, new MembershipRequested(LaboCites, Called("Labo Cités"), "Auvergne"));

    private static AdmitMember Admit(string? name = "Labo Cités", string when = "2020-03-01") =>
        new(LaboCites, name is null ? null : Called(name), null, false, null, null, Time(when));

    [Fact]
    public void An_organisation_applies_and_takes_its_name() =>
        Nothing.When(new ApplyForMembership(LaboCites, Called("Labo Cités"), "Auvergne", Time("2020-01-01")))
            .Then(Requested, Reserved("Labo Cités", LaboCites));

    [Fact]
    public void An_applicant_is_admitted_under_the_name_of_the_application() =>
        Given(Requested, Reserved("Labo Cités", LaboCites)).When(Admit(name: null))
            .Then(On("2020-03-01", Labo, new MemberAdmitted(LaboCites, Called("Labo Cités"), false, "Auvergne")));

    [Fact]
    public void An_applicant_is_not_admitted_under_another_name() =>
        Given(Requested, Reserved("Labo Cités", LaboCites)).When(Admit(name: "Labo")).ThenRefused<AdmittedUnderAnotherName>();

    [Fact]
    public void An_organisation_is_admitted_without_having_applied() =>
        Nothing.When(Admit())
            .Then(On("2020-03-01", Labo, new MemberAdmitted(LaboCites, Called("Labo Cités"), false)), Reserved("Labo Cités", LaboCites, "2020-03-01"));

    [Fact]
    public void An_individual_is_admitted_under_a_sealed_name_that_nobody_else_needs_to_leave_free() =>
        Nothing.When(new AdmitMember(LaboCites, new MemberName(Individual: SealedFor(Ada, "Ada")), null, false, null, null, Time("2020-03-01")))
            .Then(On("2020-03-01", Labo, new MemberAdmitted(LaboCites, new MemberName(Individual: SealedFor(Ada, "Ada")), false)));

    [Fact]
    public void Who_never_applied_is_not_admitted_without_a_name() => Nothing.When(Admit(name: null)).ThenRefused<MemberNotFound>();

    [Theory]
    [InlineData("LABO CITES")]
    [InlineData("labo-cités")]
    public void Two_members_do_not_have_the_same_name_however_it_is_written(string name) =>
        Given(Reserved("Labo Cités", Oriv)).When(Admit(name)).ThenRefused(new MemberNameTaken(name));

    [Fact]
    public void A_name_that_somebody_takes_later_is_not_taken_before_them() =>
        Given(Reserved("Labo Cités", Oriv, "2022-01-01")).When(Admit()).ThenRefused<MemberNameTaken>();

    [Fact]
    public void An_ampersand_reads_as_et() =>
        Assert.Equal(MemberNameReservation.Stream("Villes et Territoires"), MemberNameReservation.Stream("Villes & Territoires"));

    [Theory]
    [InlineData("...")]
    [InlineData("—")]
    public void A_name_without_a_letter_is_none(string name) => Nothing.When(Admit(name)).ThenRefused<MemberNameUnfit>();

    [Fact]
    public void A_name_is_that_of_an_organisation_or_of_an_individual()
    {
        Nothing.When(new ApplyForMembership(LaboCites, new MemberName(), null, Time("2020-01-01"))).ThenRefused<MemberNameUnfit>();
        Nothing.When(new ApplyForMembership(LaboCites, new MemberName("Ada", SealedFor(Ada, "Ada")), null, Time("2020-01-01")))
            .ThenRefused<MemberNameUnfit>();
    }

    [Fact]
    public void A_placeholder_says_what_it_stands_for()
    {
        var command = new AdmitMember(LaboCites, Called("Centre 13"), null, true, null, null, Time("2017"));
        Nothing.When(command).ThenRefused<PlaceholderWithoutRemark>();
        var after = Nothing.When(command with { Remark = "The documents count 19 centres and name 12." }).ThenAccepted();
        Assert.True(after.State<Member>(Labo).Register!.Placeholder);
    }

    [Fact]
    public void A_member_is_not_admitted_twice() =>
        Given(Admitted()).When(Admit(when: "2021-01-01")).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Active));

    [Fact]
    public void An_admission_dated_before_another_one_is_refused() =>
        Given(Admitted(), Reserved("Labo Cités", LaboCites)).When(Admit(when: "2019-01-01"))
            .ThenRefused<ImpossibleInHistory>();

    [Fact]
    public void A_refused_applicant_leaves_the_name_free_and_can_apply_again()
    {
        var refused = Given(Requested, Reserved("Labo Cités", LaboCites))
            .When(new RefuseApplication("Outside of the territory.", null, Time("2020-02-01")))
            .Then(
                On("2020-02-01", Labo, new MembershipRefused("Outside of the territory.")),
                On("2020-02-01", MemberNameReservation.Stream("Labo Cités"), new MemberNameReleased(LaboCites)));

        Assert.Equal(MembershipStanding.Refused, refused.State<Member>(Labo).Standing);
        var again = refused.When(new ApplyForMembership(LaboCites, Called("Labo Cités"), null, Time("2021-01-01"))).ThenAccepted();
        Assert.Equal(MembershipStanding.Applicant, again.State<Member>(Labo).Standing);
    }

    [Fact]
    public void Only_an_applicant_is_refused()
    {
        Given(Admitted()).When(new RefuseApplication("No.", null, Time("2021-01-01"))).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Active));
        Nothing.When(new RefuseApplication("No.", null, Time("2021-01-01"))).ThenRefused<MemberNotFound>();
        Given(Requested).When(new RefuseApplication("No.", null, Time("2019-01-01"))).ThenRefused(new BeforeItsBeginning(BegunThing.Member, Time("2020-01-01"), Time("2019-01-01")));
    }

    [Fact]
    public void A_member_does_not_apply() =>
        Given(Admitted()).When(new ApplyForMembership(LaboCites, Called("Labo Cités"), null, Time("2021-01-01")))
            .ThenRefused(new MemberStandsOtherwise(MembershipStanding.Active));

    [Fact]
    public void A_member_takes_another_name_and_leaves_the_first()
    {
        var renamed = Given(Admitted(), Reserved("Labo Cités", LaboCites)).When(new RenameMember(Called("Labo des cités"), Time("2021-01-01")))
            .Then(
                On("2021-01-01", Labo, new MemberRenamed(Called("Labo des cités"))),
                On("2021-01-01", MemberNameReservation.Stream("Labo Cités"), new MemberNameReleased(LaboCites)),
                Reserved("Labo des cités", LaboCites, "2021-01-01"));

        Assert.Equal("Labo Cités", renamed.State<Member>(Labo, "2020-12-31").Register!.Name.Organisation);
        Assert.Equal("Labo des cités", renamed.State<Member>(Labo, "2021-01-01").Register!.Name.Organisation);
    }

    [Fact]
    public void A_change_of_case_keeps_the_reservation() =>
        Given(Admitted(), Reserved("Labo Cités", LaboCites)).When(new RenameMember(Called("LABO CITÉS"), Time("2021-01-01")))
            .Then(On("2021-01-01", Labo, new MemberRenamed(Called("LABO CITÉS"))));

    [Fact]
    public void A_member_does_not_take_the_name_of_another() =>
        Given(Admitted(), Reserved("Labo Cités", LaboCites), Reserved("ORIV", Oriv)).When(new RenameMember(Called("Oriv"), Time("2021-01-01")))
            .ThenRefused(new MemberNameTaken("Oriv"));

    [Fact]
    public void An_organisation_does_not_become_a_person() =>
        Given(Admitted()).When(new RenameMember(new MemberName(Individual: SealedFor(Ada, "Ada")), Time("2021-01-01"))).ThenRefused<MemberKindChanged>();

    [Fact]
    public void Nobody_unknown_or_refused_is_renamed()
    {
        Nothing.When(new RenameMember(Called("Labo"), Time("2021-01-01")), former: null).ThenRefused<MemberNotFound>();
        Given(Requested, On("2020-02-01", Labo, new MembershipRefused("No.")))
            .When(new RenameMember(Called("Labo"), Time("2021-01-01")))
            .ThenRefused(new MemberStandsOtherwise(MembershipStanding.Refused));
    }

    [Fact]
    public void An_individual_name_is_sealed_with_the_key_of_that_person() =>
        Nothing.When(new AdmitMember(LaboCites, new MemberName(Individual: new Sealed(Ada, "")), null, false, null, null, Time("2020-03-01")))
            .ThenRefused<TextOutOfBounds>();
}
