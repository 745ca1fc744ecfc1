using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Xunit;
using static Governance.Tests.Domain.Membership.MemberStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Membership;

public sealed class MembershipTests
{
    private static readonly BodyId Board = Named<BodyId>("board");
    private static readonly StreamId BoardStream = Body.Stream(Board);
    private static readonly MandateId Seat = Named<MandateId>("seat of Labo Cités");
    private static readonly MandateId Elsewhere = Named<MandateId>("seat of ORIV");

    private static readonly Fact[] OnTheBoard =
    [
        On("2020-01-01", BoardStream, new BodyConstituted(Board, "Conseil", BodyKind.Board, [])),
        On("2020-02-01", BoardStream, new MandateAppointed(Seat, Named<PersonId>("Ada"), Office.President, Member: LaboCites)),
        On("2020-02-01", BoardStream, new MandateAppointed(Elsewhere, Named<PersonId>("Grace"), Office.Seat, Member: Oriv)),
    ];

    private static readonly NotifyExclusion Notice = new("Unpaid dues, art. 7.", Time("2022-03-01"), Time("2022-02-01"));
    private static readonly Fact Notified = On("2022-02-01", Labo, new ExclusionNotified("Unpaid dues, art. 7.", Time("2022-03-01")));
    private static readonly Fact Heard = On("2022-03-01", Labo, new ExclusionHeard(true));

    [Fact]
    public void A_member_is_suspended_and_reinstated()
    {
        var after = Given(Admitted())
            .When(new SuspendMember("Dues of 2021 unpaid.", null, Time("2021-06-01")))
            .Then(On("2021-06-01", Labo, new MemberSuspended("Dues of 2021 unpaid.")))
            .When(new ReinstateMember(null, Time("2021-09-01")))
            .Then(On("2021-09-01", Labo, new MemberReinstated()));

        Assert.Equal(MembershipStanding.Active, after.State<Member>(Labo, "2021-05-31").Standing);
        Assert.Equal(MembershipStanding.Suspended, after.State<Member>(Labo, "2021-06-01").Standing);
        Assert.True(after.State<Member>(Labo, "2021-06-01").IsMember);
        Assert.Equal(MembershipStanding.Active, after.State<Member>(Labo, "2021-09-01").Standing);
    }

    [Fact]
    public void Only_a_member_is_suspended_and_only_who_is_suspended_is_reinstated()
    {
        Given(Admitted(), On("2021-01-01", Labo, new MemberResigned())).When(new SuspendMember("Late.", null, Time("2021-06-01")))
            .ThenRefused(new MemberStandsOtherwise(MembershipStanding.Resigned));
        Given(Admitted()).When(new ReinstateMember(null, Time("2021-09-01"))).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Active));
    }

    [Fact]
    public void A_member_that_resigns_is_represented_nowhere_any_more()
    {
        var after = Given([Admitted(), .. OnTheBoard]).When(new ResignMember("Closed down.", Time("2021-06-30")))
            .Then(
                On("2021-06-30", Labo, new MemberResigned("Closed down.")),
                On("2021-06-30", BoardStream, new MandateEnded(Seat, EndReason.MembershipEnded)));

        var board = after.State<Body>(BoardStream);
        Assert.Equal([Seat, Elsewhere], board.Holders(Time("2021-06-29").Instant).Select(h => h.Mandate).OrderBy(m => m != Seat));
        Assert.Equal([Elsewhere], board.Holders(Time("2021-06-30").Instant).Select(h => h.Mandate));
    }

    [Fact]
    public void A_resignation_learnt_of_late_takes_its_place_and_ends_what_began_since() =>
        Given([Admitted(), .. OnTheBoard]).When(new ResignMember(null, Time("2020-01-15")))
            .Then(On("2020-01-15", Labo, new MemberResigned()), On("2020-02-01", BoardStream, new MandateEnded(Seat, EndReason.MembershipEnded)));

    [Fact]
    public void A_mandate_that_ended_by_itself_keeps_its_end() =>
        Given([Admitted(), .. OnTheBoard, On("2021-01-01", BoardStream, new MandateEnded(Seat, EndReason.Resignation))])
            .When(new ResignMember(null, Time("2020-06-01")))
            .Then(On("2020-06-01", Labo, new MemberResigned()));

    [Fact]
    public void A_resignation_dated_before_a_suspension_already_recorded_is_impossible() =>
        Given(Admitted(), On("2021-06-01", Labo, new MemberSuspended("Late."))).When(new ResignMember(null, Time("2021-01-01")))
            .ThenRefused(new ImpossibleInHistory("MemberSuspended", "Resigned", Time("2021-06-01").Instant));

    [Fact]
    public void Who_is_no_member_does_not_resign() =>
        Nothing.When(new ResignMember(null, Time("2021-01-01"))).ThenRefused<MemberNotFound>();

    [Fact]
    public void A_member_is_excluded_after_notice_and_hearing()
    {
        var after = Given([Admitted(), .. OnTheBoard])
            .When(Notice).Then(Notified)
            .When(new HearExclusion(true, "Will pay.", Time("2022-03-01"))).Then(On("2022-03-01", Labo, new ExclusionHeard(true, "Will pay.")))
            .When(new ExcludeMember(null, Time("2022-03-02")))
            .Then(On("2022-03-02", Labo, new MemberExcluded()), On("2022-03-02", BoardStream, new MandateEnded(Seat, EndReason.MembershipEnded)));

        Assert.Equal(MembershipStanding.Excluded, after.State<Member>(Labo).Standing);
        Assert.Equal(MembershipStanding.Active, after.State<Member>(Labo, "2022-03-01").Standing);
    }

    [Fact]
    public void Nobody_is_excluded_without_having_been_told() =>
        Given(Admitted()).When(new ExcludeMember(null, Time("2022-03-02"))).ThenRefused<ExclusionNotNotified>();

    [Fact]
    public void Nobody_is_excluded_without_having_been_heard() =>
        Given(Admitted(), Notified).When(new ExcludeMember(null, Time("2022-03-02"))).ThenRefused(new MemberNotHeard(Time("2022-03-01")));

    [Fact]
    public void A_hearing_needs_a_notice_before() =>
        Given(Admitted()).When(new HearExclusion(true, null, Time("2022-03-01"))).ThenRefused<ExclusionNotNotified>();

    [Fact]
    public void A_hearing_is_not_held_before_the_day_that_the_member_was_told() =>
        Given(Admitted(), Notified).When(new HearExclusion(false, null, Time("2022-02-28"))).ThenRefused(new HearingTooEarly(Time("2022-03-01")));

    [Fact]
    public void A_member_is_heard_once() =>
        Given(Admitted(), Notified, Heard).When(new HearExclusion(true, null, Time("2022-03-05"))).ThenRefused(new MemberAlreadyHeard(Time("2022-03-01")));

    [Fact]
    public void A_notice_leaves_the_days_that_the_statutes_give()
    {
        Given(Admitted()).When(Notice with { On = Time("2022-02-15") }).ThenRefused(new ExclusionNoticeTooShort(15, null));
        Given(Admitted()).When(Notice with { On = Time("2022-02-14") }).ThenAccepted();
        Given(Admitted()).When(Notice, new ExclusionRules(30, "art. 9")).ThenRefused(new ExclusionNoticeTooShort(30, "art. 9"));
    }

    [Fact]
    public void A_change_of_clock_does_not_shorten_the_notice() =>
        Given(Admitted()).When(Notice with { HearingOn = Time("2022-04-05"), On = Time("2022-03-21") }).ThenAccepted();

    [Fact]
    public void One_procedure_of_exclusion_at_a_time() =>
        Given(Admitted(), Notified).When(Notice with { HearingOn = Time("2022-04-01") }).ThenRefused(new ExclusionAlreadyUnderWay(Time("2022-03-01")));

    [Fact]
    public void A_procedure_that_is_given_up_must_begin_anew()
    {
        var dropped = Given(Admitted(), Notified, Heard).When(new DropExclusion("Paid.", null, Time("2022-03-02")))
            .Then(On("2022-03-02", Labo, new ExclusionDropped("Paid.")));
        dropped.When(new ExcludeMember(null, Time("2022-03-03"))).ThenRefused<ExclusionNotNotified>();
        Given(Admitted()).When(new DropExclusion("Paid.", null, Time("2022-03-02"))).ThenRefused<ExclusionNotNotified>();
        Nothing.When(new DropExclusion("Paid.", null, Time("2022-03-02"))).ThenRefused<MemberNotFound>();
    }

    [Fact]
    public void The_right_to_be_heard_holds_for_who_is_suspended_too()
    {
        var suspended = Given(Admitted(), On("2021-01-01", Labo, new MemberSuspended("Late.")));
        suspended.When(new ExcludeMember(null, Time("2022-03-02"))).ThenRefused<ExclusionNotNotified>();
        suspended.And(Notified, Heard).When(new ExcludeMember(null, Time("2022-03-02"))).ThenAccepted();
    }

    [Fact]
    public void Who_is_no_member_is_not_excluded()
    {
        var gone = Given(Admitted(), On("2021-01-01", Labo, new MemberResigned()));
        gone.When(Notice).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Resigned));
        gone.When(new HearExclusion(true, null, Time("2022-03-01"))).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Resigned));
        gone.When(new ExcludeMember(null, Time("2022-03-02"))).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Resigned));
    }

    [Fact]
    public void A_former_member_comes_back_without_its_mandates()
    {
        var back = Given([Admitted(), .. OnTheBoard]).When(new ResignMember(null, Time("2021-06-30"))).ThenAccepted()
            .When(new ReadmitMember(null, Time("2022-01-01")))
            .Then(On("2022-01-01", Labo, new MemberReadmitted()));

        Assert.Equal(MembershipStanding.Active, back.State<Member>(Labo).Standing);
        Assert.Equal([Elsewhere], back.State<Body>(BoardStream).Holders(Time("2022-01-02").Instant).Select(h => h.Mandate));
    }

    [Fact]
    public void Only_a_former_member_comes_back() =>
        Given(Admitted()).When(new ReadmitMember(null, Time("2022-01-01"))).ThenRefused(new MemberStandsOtherwise(MembershipStanding.Active));

    [Fact]
    public void A_retracted_resignation_never_was()
    {
        var past = Given(Admitted(), On("2021-01-01", Labo, new MemberResigned()))
            .When(p => new RetractFact(Event(2), "Another centre.", Time("2021-02-01")).Decide(p.Read<Member>(Labo)))
            .ThenAccepted();
        Assert.Equal(MembershipStanding.Active, past.State<Member>(Labo, "2021-01-15").Standing);
    }

    [Fact]
    public void An_admission_that_a_suspension_rests_on_is_not_retracted() =>
        Given(Admitted(), On("2021-01-01", Labo, new MemberSuspended("Late.")))
            .When(p => new RetractFact(Event(1), "Another centre.", Time("2021-02-01")).Decide(p.Read<Member>(Labo)))
            .ThenRefused<ImpossibleInHistory>();

    [Fact]
    public void A_history_that_could_never_be_written_is_an_error() =>
        Assert.Throws<ImpossibleHistoryException>(() => Given(On("2021-01-01", Labo, new MemberReinstated())).State<Member>(Labo));
}
