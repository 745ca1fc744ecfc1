using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Xunit;
using static Governance.Tests.Domain.Membership.MemberStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Membership;

/// <summary>What a fact of a member did to the register of names goes with it when it is taken back.</summary>
public sealed class RetractMemberFactTests
{
    private static readonly StreamId LaboName = MemberNameReservation.Stream("Labo Cités");
    private static readonly StreamId NewName = MemberNameReservation.Stream("Nouveau Labo");

    private static Told Retract(Past past, long position) => past.When(p =>
    {
        var member = p.Read<Member>(Labo);
        var names = RetractMemberFact.Names(member).Select(name => p.Read<MemberNameReservation>(MemberNameReservation.Stream(name))).ToList();
        return new RetractMemberFact(Event(position), "entered by mistake", Time("2024-05-01")).Decide(member, names);
    });

    private static Fact Retracted(StreamId stream, long position) => On("2024-05-01", stream, new FactRetracted(Event(position), "entered by mistake"));

    private static Past Renamed => Given(Admitted(), Reserved("Labo Cités", LaboCites)).And(
        On("2021-01-01", Labo, new MemberRenamed(Called("Nouveau Labo"))),
        On("2021-01-01", LaboName, new MemberNameReleased(LaboCites)),
        Reserved("Nouveau Labo", LaboCites, "2021-01-01"));

    [Fact]
    public void An_admission_taken_back_frees_the_name_for_another()
    {
        var after = Retract(Given(Admitted(), Reserved("Labo Cités", LaboCites)), 1).Then(Retracted(Labo, 1), Retracted(LaboName, 2));

        Assert.IsType<Member.Unknown>(after.State<Member>(Labo));
        after.When(new AdmitMember(Oriv, Called("Labo Cités"), null, false, null, null, Time("2024-06-01"))).ThenAccepted();
    }

    [Fact]
    public void A_change_of_name_taken_back_gives_the_former_name_back_and_frees_the_new_one()
    {
        var after = Retract(Renamed, 3).Then(Retracted(Labo, 3), Retracted(LaboName, 4), Retracted(NewName, 5));

        Assert.Equal("Labo Cités", after.State<Member>(Labo).Register?.Name.Organisation);
        Assert.Equal(new MemberNameReservation.Taken(LaboCites), after.State<MemberNameReservation>(LaboName));
        Assert.IsType<MemberNameReservation.Free>(after.State<MemberNameReservation>(NewName));
    }

    [Fact]
    public void A_change_of_name_stays_when_somebody_else_has_taken_the_former_name_since() =>
        Retract(Renamed.And(On("2022-01-01", LaboName, new MemberNameReserved(Oriv))), 3).ThenRefused<ImpossibleInHistory>();

    [Fact]
    public void An_application_taken_back_leaves_the_name_to_the_member_who_was_admitted_under_it()
    {
        var past = Given(On("2019-01-01", Labo, new MembershipRequested(LaboCites, Called("Labo Cités"))), Reserved("Labo Cités", LaboCites, "2019-01-01"), Admitted());

        var after = Retract(past, 1).Then(Retracted(Labo, 1));
        Assert.Equal(new MemberNameReservation.Taken(LaboCites), after.State<MemberNameReservation>(LaboName));
    }

    [Fact]
    public void What_another_command_did_to_a_name_is_left_alone()
    {
        var past = Renamed.And(On("2022-01-01", Labo, new MemberSuspended("late dues")));

        Retract(past, 6).Then(Retracted(Labo, 6));
    }

    [Fact]
    public void A_name_is_not_taken_back_without_the_fact_that_took_it() =>
        Given(Admitted(), Reserved("Labo Cités", LaboCites))
            .When(p => new RetractFact(Event(2), "entered by mistake", Time("2024-05-01")).Decide(p.Read<MemberNameReservation>(LaboName)))
            .ThenRefused<NameGoesWithItsMember>();
}
