using FsCheck;
using FsCheck.Fluent;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Registers;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Registers;

/// <summary>Registers as lines of files: what they say, and what an import of them records.</summary>
public sealed class RegisterTests
{
    private static readonly EffectiveTime Today = Time("2026-11-27");
    private static readonly DateTimeOffset Now = Today.Instant, Ever = DateTimeOffset.MaxValue;
    private static readonly MemberId LaboId = Named<MemberId>("Labo Cités"), OrivId = Named<MemberId>("ORIV");
    private static readonly StreamId Labo = Member.Stream(LaboId);
    private static readonly MemberName LaboName = new("Labo Cités");

    private static readonly Past ManyYears = Given(
        On("2015", Labo, new MembershipRequested(LaboId, LaboName, "Rhône")),
        On("2015-03", Labo, new MemberAdmitted(LaboId, LaboName, false, "Rhône", "Des « guillemets »")),
        On("2016-01-01", Labo, new MemberSuspended("Cotisation")),
        On("2016-06-01", Labo, new MemberReinstated()),
        On("2018-H1", Labo, new MemberResigned("Fusion")),
        On("2020-01-01", Labo, new MemberReadmitted()),
        On("2021-01-01", Labo, new ExclusionNotified("art. 9", Time("2021-02-01"))),
        On("2021-02-01", Labo, new ExclusionHeard(true, "Rien à dire")),
        On("2021-03-01", Labo, new MemberExcluded()));

    [Fact]
    public void A_member_who_came_back_has_a_line_for_each_membership_with_what_happened_in_it()
    {
        var lines = MemberLine.Of(ManyYears.Read<Member>(Labo), Ever);

        Assert.Equal(
        [
            new MemberLine(
                LaboId, LaboName, "Rhône", false, "Des « guillemets »", Time("2015"), Admitted: Time("2015-03"), Suspended: Time("2016-01-01"), SuspensionReason: "Cotisation",
                Reinstated: Time("2016-06-01"), Resigned: Time("2018-H1"), ResignationReason: "Fusion"),
            new MemberLine(
                LaboId, LaboName, "Rhône", false, "Des « guillemets »", Admitted: Time("2020-01-01"), Notified: Time("2021-01-01"), Grounds: "art. 9", Hearing: Time("2021-02-01"),
                Heard: Time("2021-02-01"), Attended: true, Statement: "Rien à dire", Excluded: Time("2021-03-01")),
        ], lines);
        Assert.Equal(Time("2015-03"), Assert.Single(MemberLine.Of(ManyYears.Read<Member>(Labo), Time("2016-03-01").Instant)).Admitted);
        Assert.Empty(MemberLine.Of(ManyYears.Read<Member>(Labo), Time("2014").Instant));
    }

    [Fact]
    public void Lines_imported_elsewhere_make_the_same_lines_and_imported_again_change_nothing()
    {
        var lines = MemberLine.Of(ManyYears.Read<Member>(Labo), Ever);
        var plan = Members(Nothing, [.. lines]);
        var elsewhere = Nothing.And(Accepted(plan));

        Assert.All(plan.Lines, line => Assert.Equal(LineOutcome.New, line.Outcome));
        Assert.Equal(lines, MemberLine.Of(elsewhere.Read<Member>(Labo), Ever));
        foreach (var past in new[] { ManyYears.And(Reserved("Labo Cités", LaboId, "2015")), elsewhere })
        {
            var again = Members(past, [.. lines]);
            Assert.Empty(Accepted(again));
            Assert.All(again.Lines, line => Assert.Equal(LineOutcome.Unchanged, line.Outcome));
        }
    }

    [Fact]
    public void What_decided_each_act_goes_with_its_line_and_another_decision_is_at_fault()
    {
        BallotId admitting = Named<BallotId>("admitting"), excluding = Named<BallotId>("excluding"), renewing = Named<BallotId>("renewing");
        var past = Given(
            On("2015", Labo, new MembershipRequested(LaboId, LaboName)), On("2016", Labo, new MemberAdmitted(LaboId, LaboName, false, Decision: new(admitting))),
            On("2017-01-01", Labo, new MemberSuspended("Cotisation", new(excluding))), On("2017-06-01", Labo, new MemberReinstated(new(admitting))),
            On("2021-01-01", Labo, new ExclusionNotified("art. 9", Time("2021-02-01"))), On("2021-02-01", Labo, new ExclusionHeard(true)), On("2021-03-01", Labo, new MemberExcluded(new(excluding))));
        var line = Assert.Single(MemberLine.Of(past.Read<Member>(Labo), Ever));

        Assert.Equal((admitting, excluding, admitting, excluding), (line.AdmissionDecision, line.SuspensionDecision, line.ReinstatementDecision, line.ExclusionDecision));
        Assert.Equal(line, Assert.Single(MemberLine.Of(Nothing.And(Accepted(Members(Nothing, line))).Read<Member>(Labo), Ever)));
        var known = past.And(Reserved("Labo Cités", LaboId, "2015"));
        Assert.Empty(Accepted(Members(known, line)));
        Assert.Equal(
            ["suspension_decision", "reinstatement_decision", "exclusion_decision", "admission_decision"],
            Members(known, line with { AdmissionDecision = excluding, SuspensionDecision = admitting, ReinstatementDecision = excluding, ExclusionDecision = admitting }).Faults.Select(f => f.Column));

        var seats = WithMandates().And(
            On("2021-12-01", Body.Stream(Circle), new MandateRenewed(Named<MandateId>("3"), Time("2026-01-01"), new(renewing))));
        var seat = Lines(seats).Single(l => l.Office == Office.Seat);
        Assert.Equal(renewing, seat.Renewals![^1].Decision);
        var empty = Registered("Ada", "Grace").And(On("2015", Labo, new MemberAdmitted(LaboId, LaboName, false)));
        Assert.Equal(Told(seat), Told(Lines(empty.And(Accepted(Mandates(empty, seat)))).Single()));
        Assert.Equal((2, "renewals"), Assert.Single(Mandates(seats, seat with { Renewals = [seat.Renewals![^1] with { Decision = admitting }] }).Faults.Select(f => (f.Line, f.Column))));
    }

    [Fact]
    public void Each_end_comes_in_by_a_line_of_what_is_in_the_register_already()
    {
        var member = Given(Reserved("Labo Cités", LaboId), On("2020-01-01", Labo, new MemberAdmitted(LaboId, LaboName, false)));
        Assert.Equal(new MemberResigned("Fusion"), Assert.Single(Accepted(Members(member, new MemberLine(LaboId, Admitted: Time("2020-01-01"), Resigned: Time("2024-01-01"), ResignationReason: "Fusion")))).Event);

        MandateId held = Named<MandateId>("held");
        var mandates = Registered("Ada").And(
            On("2016-01-01", Body.Stream(Board), new BodyConstituted(Board, "Conseil", BodyKind.Board, [])),
            On("2017-01-01", Body.Stream(Board), new MandateAppointed(held, Named<PersonId>("Ada"), Office.Seat)));
        Assert.Equal<IEvent>(
            [new MandateEnded(held, EndReason.Resignation), new BodyDissolved("Transformation")],
            Accepted(Mandates(mandates, new MandateLine(held, Board, Person: Named<PersonId>("Ada"), Ended: Time("2023-01-01"), Reason: EndReason.Resignation, BodyDissolved: Time("2024-01-01"), DissolutionReason: "Transformation")))
                .Select(f => f.Event));

        var health = WorkingGroup.Stream(Health);
        var groups = WithMembers().And(
            On("2019", health, new WorkingGroupCreated(Health, "Santé", GroupOrigin.New, [])), On("2020-01-01", health, new WorkingGroupJoined(LaboId)),
            On("2020-02-01", health, new PilotAppointed(LaboId, PilotRole.Pilot)));
        Assert.Equal<IEvent>(
            [new PilotEnded(LaboId), new WorkingGroupLeft(LaboId), new WorkingGroupClosed("Fini")],
            Accepted(Groups(
                groups, new GroupLine(Health, Closed: Time("2025-01-01"), ClosingReason: "Fini"),
                new GroupLine(Health, Centre: LaboId, Joined: Time("2020-01-01"), Left: Time("2024-01-01"), Role: PilotRole.Pilot, RoleSince: Time("2020-02-01"), RoleUntil: Time("2023-01-01"))))
                .Select(f => f.Event));
    }

    // A history of one member, each event some days after the one before.
    private static readonly Gen<IReadOnlyList<MemberLine>> Histories =
        from steps in Gen.Choose(1, 12)
        from days in Gen.Choose(1, 400).ListOf(12)
        from choices in Gen.Choose(0, 2).ListOf(12)
        select Tell(steps, [.. days], [.. choices]);

    private static IReadOnlyList<MemberLine> Tell(int steps, IReadOnlyList<int> days, IReadOnlyList<int> choices)
    {
        var (past, day) = (Nothing, new DateOnly(1990, 1, 1));
        for (var i = 0; i < steps; i++)
        {
            day = day.AddDays(days[i]);
            IEvent next = (past.State<Member>(Labo), choices[i]) switch
            {
                (Member.Unknown or Member.Refused, 0) => new MembershipRequested(LaboId, LaboName),
                (Member.Unknown or Member.Refused, _) => new MemberAdmitted(LaboId, LaboName, false),
                (Member.Applicant, 0) => new MembershipRefused("Hors territoire"),
                (Member.Applicant, _) => new MemberAdmitted(LaboId, LaboName, false),
                (Member.Active, 0) => new MemberSuspended("Cotisation"),
                (Member.Suspended, 0) => new MemberReinstated(),
                (Member.Active or Member.Suspended, _) => new MemberResigned(),
                _ => new MemberReadmitted(),
            };
            past = past.And(new Fact(Labo, next, EffectiveTime.On(day, Paris)));
        }

        return MemberLine.Of(past.Read<Member>(Labo), Ever);
    }

    [Fact]
    public void Whatever_the_history_its_lines_make_the_same_lines_elsewhere_and_nothing_twice() =>
        Prop.ForAll(Histories.ToArbitrary(), lines =>
        {
            var plan = Members(Nothing, [.. lines]);
            var elsewhere = Nothing.And(plan.Facts);
            return plan.Faults.Count == 0 && MemberLine.Of(elsewhere.Read<Member>(Labo), Ever).SequenceEqual(lines) && Members(elsewhere, [.. lines]).Facts.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void What_is_not_there_yet_is_added_and_an_empty_cell_says_nothing()
    {
        var past = Given(Reserved("Labo Cités", LaboId), On("2020-01-01", Labo, new MemberAdmitted(LaboId, LaboName, false, "Rhône")));
        var plan = Members(past, new MemberLine(LaboId, new("Labo Villes"), Admitted: Time("2020-01-01"), Suspended: Time("2024-02"), SuspensionReason: "Cotisation"));

        Assert.Equal(LineOutcome.Changed, Assert.Single(plan.Lines).Outcome);
        Assert.Equal(["MemberSuspended", "MemberRenamed", "MemberNameReleased", "MemberNameReserved"], Accepted(plan).Select(f => f.Event.GetType().Name));
        Assert.Equal([Time("2024-02"), Today, Today, Today], plan.Facts.Select(f => f.On));
        Assert.Empty(Accepted(Members(past, new MemberLine(LaboId))));
    }

    [Fact]
    public void Each_fault_of_a_file_of_members_is_told_with_its_line_and_column()
    {
        var past = Given(
            Reserved("ORIV", OrivId), On("2019", Member.Stream(OrivId), new MemberAdmitted(OrivId, new("ORIV"), false, "Alsace")));
        MemberId other = Named<MemberId>("other"), third = Named<MemberId>("third");
        var plan = Members(
            past,
            new MemberLine(OrivId, new("ORIV"), "Lorraine", Admitted: Time("2019")),
            new MemberLine(LaboId, LaboName),
            new MemberLine(other, new("oriv"), Admitted: Time("2020")),
            new MemberLine(third, new("Tiers"), Applied: Time("2027-01-01")),
            new MemberLine(Named<MemberId>("fourth"), new("Quatre"), Admitted: Time("2020")),
            new MemberLine(Named<MemberId>("fourth"), new("Quatre"), Admitted: Time("2020")),
            new MemberLine(Named<MemberId>("fifth"), new("Cinq"), Admitted: Time("2020"), Resigned: Time("2021")),
            new MemberLine(Named<MemberId>("fifth"), new("Cinq bis"), Admitted: Time("2022")),
            new MemberLine(Named<MemberId>("sixth"), Admitted: Time("2022")),
            new MemberLine(Named<MemberId>("eighth"), new("Huit"), Admitted: Time("2022"), Resigned: Time("2021")),
            new MemberLine(Named<MemberId>("seventh"), new("Sept"), Admitted: Time("2022"), Notified: Time("2023")));

        Assert.Equal(
            [(2, "territory"), (3, "admitted_on"), (4, "admitted_on"), (5, "applied_on"), (7, "id"), (9, "name"), (10, "name"), (11, "resigned_on"), (12, "hearing_on")],
            plan.Faults.Select(f => (f.Line, f.Column)));
        Assert.Equal(new RecordedOtherwise("Alsace"), plan.Faults[0].Refusal);
        Assert.Equal(new CellNeeded(), plan.Faults[1].Refusal);
        Assert.IsType<MemberNameTaken>(plan.Faults[2].Refusal);
        Assert.IsType<NotYetHappened>(plan.Faults[3].Refusal);
        Assert.Equal(new LineRepeated(6), plan.Faults[4].Refusal);
        Assert.Equal(new LinesDisagree(8), plan.Faults[5].Refusal);
    }

    [Fact]
    public void People_come_in_once_and_a_file_erases_nobody_and_brings_nobody_back()
    {
        PersonId ada = Named<PersonId>("Ada"), gone = Named<PersonId>("gone");
        var line = new PersonLine(ada, SealedFor(ada, "Ada"), SealedFor(ada, "ada@exemple.fr"), SpokenLanguage.English, true, Time("2017-10"));
        var elsewhere = Nothing.And(Accepted(People(Nothing, line)));
        var past = elsewhere.And(
            On("2020-01-01", Person.Stream(gone), new PersonRegistered(gone, SealedFor(gone, "?"), false)), On("2024-01-01", Person.Stream(gone), new PersonErased("Demande")));

        Assert.Equal(line, PersonLine.Of(past.Read<Person>(Person.Stream(ada)), Ever));
        Assert.Empty(Accepted(People(past, line)));
        var changed = People(past, line with { Email = SealedFor(ada, "a@exemple.fr"), Language = null });
        Assert.Equal(["PersonEmailChanged"], Accepted(changed).Select(f => f.Event.GetType().Name));

        var erased = PersonLine.Of(past.Read<Person>(Person.Stream(gone)), Ever)!;
        Assert.Equal(new PersonLine(gone, Registered: Time("2020-01-01"), Erased: Time("2024-01-01")), erased);
        Assert.Equal(LineOutcome.Unchanged, Assert.Single(People(past, erased).Lines).Outcome);
        Assert.Equal(LineOutcome.LeftOut, Assert.Single(People(Nothing, erased).Lines).Outcome);
        Assert.Equal(new ErasureNotByFile(), Assert.Single(People(past, new PersonLine(ada, Erased: Time("2025-01-01"))).Faults).Refusal);
        Assert.IsType<PersonIsErased>(Assert.Single(People(past, new PersonLine(gone, SealedFor(gone, "Nom"))).Faults).Refusal);
        Assert.Equal([(2, "name"), (4, "id")], People(past, new PersonLine(Named<PersonId>("new")), line, line).Faults.Select(f => (f.Line, f.Column)));
    }

    private static readonly BodyId Board = Named<BodyId>("board"), Circle = Named<BodyId>("circle");

    private static Past WithMandates()
    {
        PersonId ada = Named<PersonId>("Ada"), grace = Named<PersonId>("Grace");
        MandateId first = Named<MandateId>("1"), second = Named<MandateId>("2"), third = Named<MandateId>("3"), fourth = Named<MandateId>("4");
        return Registered("Ada", "Grace").And(
            On("2015", Labo, new MemberAdmitted(LaboId, LaboName, false)),
            On("2016-01-01", Body.Stream(Circle), new CollegeConstituted(Circle, "Cercle", new Fraction(1, 3), 20)),
            On("2016-01-01", Body.Stream(Board), new BodyConstituted(Board, "Conseil", BodyKind.Board, [])),
            On("2017-01-01", Body.Stream(Circle), new MandateAppointed(third, ada, Office.Seat, Member: LaboId, TermEnds: Time("2019-01-01"))),
            On("2018-06-01", Body.Stream(Circle), new MandateRenewed(third, Time("2022-01-01"))),
            On("2021-06-01", Body.Stream(Circle), new MandateRenewed(third)),
            On("2017-10", Body.Stream(Board), new MandateAppointed(first, ada, Office.President, CoOpted: true, College: Circle)),
            On("2018-01-01", Body.Stream(Board), new MandateRatified(first)),
            On("2020-01-01", Body.Stream(Board), new MandateEnded(first, EndReason.Replaced)),
            On("2020-01-01", Body.Stream(Board), new MandateAppointed(second, grace, Office.President)),
            On("2022-01-01", Body.Stream(Circle), new MandateAppointed(Named<MandateId>("5"), grace, Office.Secretary, Holdover: true, TermEnds: Time("2023-01-01"))),
            On("2024-06-01", Body.Stream(Circle), new MandateEnded(Named<MandateId>("5"), EndReason.Replaced)),
            On("2023-01-01", Body.Stream(Board), new MandateAppointed(fourth, ada, Office.Treasurer, Interim: true)),
            On("2023-01-01", Body.Stream(Board), new MandateEnded(fourth, EndReason.Resignation)),
            On("2024-01-01", Body.Stream(Board), new BodyDissolved("Transformation")));
    }

    [Fact]
    public void Mandates_with_their_ends_renewals_and_bodies_go_to_an_association_that_has_none_of_them()
    {
        var past = WithMandates();
        var lines = Lines(past);
        var empty = Registered("Ada", "Grace").And(On("2015", Labo, new MemberAdmitted(LaboId, LaboName, false)));
        var elsewhere = empty.And(Accepted(Mandates(empty, [.. lines])));

        Assert.Equal(5, lines.Count);
        Assert.Equal([new(Time("2018-06-01"), Time("2022-01-01")), new RenewalLine(Time("2021-06-01"), null)], lines.Single(l => l.Office == Office.Seat).Renewals);
        Assert.Equal(lines.Select(Told), Lines(elsewhere).Select(Told));
        Assert.Empty(Accepted(Mandates(past, [.. lines])));
        Assert.Empty(Accepted(Mandates(elsewhere, [.. lines])));
    }

    [Fact]
    public void Each_fault_of_a_file_of_mandates_is_told_with_its_line_and_column()
    {
        var past = WithMandates();
        var seat = Lines(past).Single(l => l.Office == Office.Seat);
        var other = Named<BodyId>("other");
        var plan = Mandates(
            past,
            seat with { TermEnds = Time("2020-01-01"), BodyName = "Cercle des directeurs" },
            new MandateLine(Named<MandateId>("a"), other, "Bureau", Person: Named<PersonId>("Ada"), Start: Time("2020")),
            new MandateLine(Named<MandateId>("b"), other, "Bureau élargi", Person: Named<PersonId>("Ada"), Start: Time("2021")),
            new MandateLine(Named<MandateId>("c"), Circle, Start: Time("2020")),
            new MandateLine(Named<MandateId>("d"), Circle, Person: Named<PersonId>("Grace"), Ended: Time("2021")),
            new MandateLine(Named<MandateId>("f"), Circle, Person: Named<PersonId>("Grace"), Start: Time("2021"), Ended: Time("2020"), Reason: EndReason.Resignation),
            new MandateLine(Named<MandateId>("e"), Circle, Person: Named<PersonId>("Grace"), Member: LaboId, Start: Time("2020")));

        Assert.Equal(
            [(2, "body"), (2, "term_ends"), (3, "body_kind"), (4, "body"), (5, "person"), (6, "start"), (6, "end_reason"), (7, "ended_on"), (8, "start")],
            plan.Faults.Select(f => (f.Line, f.Column)));
        Assert.IsType<MemberAlreadyRepresented>(plan.Faults[^1].Refusal);
    }

    [Fact]
    public void Who_stays_beyond_a_term_does_so_by_the_statutes_that_are_in_force_here_or_by_the_register_where_none_are()
    {
        var version = Named<StatutesVersionId>("statutes");
        var line = new MandateLine(Named<MandateId>("a"), Circle, Person: Named<PersonId>("Grace"), Start: Time("2020-01-01"), TermEnds: Time("2021-01-01"), Holdover: true);
        var past = WithMandates();
        Assert.True(Assert.IsType<MandateAppointed>(Assert.Single(Accepted(Mandates(past, line))).Event).Holdover);

        var ruled = past.And(
            On("2019-01-01", StatutesVersions.Stream, new StatutesDrafted(version, "Statuts", [], [])), On("2019-01-01", StatutesVersions.Stream, new StatutesAdopted(version, Time("2019-01-01"))));
        Assert.Equal(new HoldoverByStatutes(null), Assert.Single(Mandates(ruled, line).Faults).Refusal);
        Assert.Empty(Mandates(ruled, line with { Holdover = null }).Faults);
    }

    private static readonly WorkingGroupId Health = Named<WorkingGroupId>("health"), Press = Named<WorkingGroupId>("press"), Watch = Named<WorkingGroupId>("watch"), Both = Named<WorkingGroupId>("both"), After = Named<WorkingGroupId>("after");

    private static Past WithGroups()
    {
        var health = WorkingGroup.Stream(Health);
        return WithMembers().And(
            On("2019", health, new WorkingGroupCreated(Health, "Santé", GroupOrigin.New, [], "Deux\nlignes")),
            On("2020-01-01", health, new WorkingGroupJoined(LaboId)),
            On("2020-02-01", health, new PilotAppointed(LaboId, PilotRole.CoPilot)),
            On("2021-02-01", health, new PilotAppointed(LaboId, PilotRole.Pilot)),
            On("2022-02-01", health, new PilotEnded(LaboId)),
            On("2023-01-01", health, new WorkingGroupLeft(LaboId)),
            On("2024-01-01", health, new WorkingGroupJoined(LaboId)),
            On("2024-01-01", health, new WorkingGroupJoined(OrivId)),
            On("2024", health, new WorkingGroupCentresCounted(8)),
            On("2025-01-01", health, new WorkingGroupClosed("Fini")),
            On("2011", WorkingGroup.Stream(Press), new WorkingGroupCreated(Press, "Communication", GroupOrigin.New, [])),
            On("2011", WorkingGroup.Stream(Watch), new WorkingGroupCreated(Watch, "Club de veille", GroupOrigin.New, [])),
            On("2022-05", WorkingGroup.Stream(Press), new WorkingGroupMerged(Both)),
            On("2022-05", WorkingGroup.Stream(Watch), new WorkingGroupMerged(Both)),
            On("2022-05", WorkingGroup.Stream(Both), new WorkingGroupCreated(Both, "Ressource & Communication", GroupOrigin.Merger, [Press, Watch])),
            On("2023-01", WorkingGroup.Stream(Both), new WorkingGroupSucceeded(After)),
            On("2023-01", WorkingGroup.Stream(After), new WorkingGroupCreated(After, "Contractualisation", GroupOrigin.Transformation, [Both])));
    }

    [Fact]
    public void Working_groups_with_their_origins_centres_and_pilots_go_elsewhere_as_they_are()
    {
        var past = WithGroups();
        var lines = Groups(past);
        var elsewhere = WithMembers().And(Accepted(Groups(WithMembers(), [.. lines])));

        Assert.Equal([PilotRole.CoPilot, PilotRole.Pilot, null, null], lines.Where(l => l.Centre is not null).Select(l => l.Role));
        Assert.Equal(lines.Select(Told).Order(), Groups(elsewhere).Select(Told).Order());
        Assert.Empty(Accepted(Groups(past, [.. lines])));
        Assert.Empty(Accepted(Groups(elsewhere, [.. lines])));
    }

    [Fact]
    public void Each_fault_of_a_file_of_groups_is_told_with_its_line_and_column()
    {
        var plan = Groups(
            WithGroups(),
            new GroupLine(Press, "Communication", From: [Watch]),
            new GroupLine(Named<WorkingGroupId>("new")),
            new GroupLine(Named<WorkingGroupId>("newer"), "Nouveau"),
            new GroupLine(Named<WorkingGroupId>("three"), "Trois", Created: Time("2020"), From: [Press, Watch, Health]),
            new GroupLine(Watch, Centre: LaboId, Joined: Time("2023-01-01")),
            new GroupLine(Health, Centre: OrivId, Joined: Time("2024-01-01"), Role: PilotRole.Pilot, RoleSince: Time("2024-06-01")),
            new GroupLine(Health, Centre: OrivId, Joined: Time("2024-01-01")));

        Assert.Equal([(2, "from"), (3, "group"), (4, "created_on"), (5, "created_on"), (6, "centre"), (8, "centre")], plan.Faults.Select(f => (f.Line, f.Column)));
        Assert.Equal(new TooManyOrigins(), plan.Faults[3].Refusal);
    }

    [Fact]
    public void Who_came_and_left_and_went_on_from_elsewhere_goes_to_another_sheet_as_it_is()
    {
        var meeting = Named<MeetingId>("assembly");
        PersonId ada = Named<PersonId>("Ada"), grace = Named<PersonId>("Grace");
        var held = Registered("Ada", "Grace").And(
            On("2024-09-01", Meeting.Stream(meeting), new MeetingPlanned(meeting, MeetingKind.Ordinary, "Conseil", Time("2024-10-12T14:00:00+02:00"), true, Named<BodyId>("board"))));
        var sheet = AttendanceSheet.Stream(meeting);
        var past = held.And(
            On("2024-10-12T14:05:00+02:00", sheet, new PersonArrived(meeting, ada, false)),
            On("2024-10-12T14:10:00+02:00", sheet, new PersonArrived(meeting, grace, true)),
            On("2024-10-12T15:00:00+02:00", sheet, new PersonArrived(meeting, ada, true)),
            On("2024-10-12T15:30:00+02:00", sheet, new PersonLeft(meeting, ada)),
            On("2024-10-12T16:00:00+02:00", sheet, new PersonArrived(meeting, ada, true)));
        var lines = AttendanceLine.Of(past.Read<AttendanceSheet>(sheet), Ever);
        var elsewhere = held.And(Accepted(Attendance(held, meeting, [.. lines])));

        Assert.Equal(4, lines.Count);
        Assert.Equal(lines, AttendanceLine.Of(elsewhere.Read<AttendanceSheet>(sheet), Ever));
        Assert.Empty(Accepted(Attendance(past, meeting, [.. lines])));
        Assert.Empty(Accepted(Attendance(elsewhere, meeting, [.. lines])));
        Assert.Equal(
            [(2, "arrived"), (4, "person"), (5, "remote"), (6, "arrived")],
            Attendance(
                past, meeting, new AttendanceLine(grace), new(grace, Time("2024-10-12T14:10:00+02:00"), true), new(grace, Time("2024-10-12T14:10:00+02:00"), true),
                new(ada, Time("2024-10-12T14:05:00+02:00"), true), new(Named<PersonId>("nobody"), Time("2024-10-12T14:10:00+02:00"))).Faults.Select(f => (f.Line, f.Column)));
    }

    private static Fact Reserved(string name, MemberId by, string when = "2020-01-01") => On(when, MemberNameReservation.Stream(name), new MemberNameReserved(by));

    private static Past Registered(params string[] names) => Given([.. names.Select(n => On("2010", Person.Stream(Named<PersonId>(n)), new PersonRegistered(Named<PersonId>(n), SealedFor(Named<PersonId>(n), n), false)))]);

    private static Past WithMembers() => Given(
        On("2010", Labo, new MemberAdmitted(LaboId, LaboName, false)), On("2010", Member.Stream(OrivId), new MemberAdmitted(OrivId, new("ORIV"), false)));

    private static IReadOnlyList<Fact> Accepted(RegisterPlan plan)
    {
        Assert.Empty(plan.Faults);
        return plan.Facts;
    }

    // Headings are on line 1.
    private static IReadOnlyList<Numbered<T>> Numbered<T>(IReadOnlyList<T> lines) => [.. lines.Select((line, i) => new Numbered<T>(i + 2, line))];

    // Lists in records are told apart by what is in them.
    private static string Told<T>(T line) => System.Text.Json.JsonSerializer.Serialize(line, EventCatalogue.Json);

    private static RegisterPlan Members(Past past, params IReadOnlyList<MemberLine> lines) => new ImportMembers(Numbered(lines), Today).Plan(
        new([
            .. lines.Select(l => past.Read<Member>(Member.Stream(l.Id))),
            .. lines.Select(l => l.Name?.Organisation).Append("Labo Cités").OfType<string>().Select(n => past.Read<MemberNameReservation>(MemberNameReservation.Stream(n))),
        ]),
        Paris, Now);

    private static RegisterPlan People(Past past, params IReadOnlyList<PersonLine> lines) =>
        new ImportPeople(Numbered(lines), Today).Plan(new(lines.Select(l => past.Read<Person>(Person.Stream(l.Id)))), Paris, Now);

    private static IReadOnlyList<MandateLine> Lines(Past past) => [.. past.ReadAll<Body>("body").SelectMany(b => MandateLine.Of(b, Ever)).OrderBy(l => l.Id.Value)];

    private static RegisterPlan Mandates(Past past, params IReadOnlyList<MandateLine> lines) => new ImportMandates(Numbered(lines)).Plan(
        new([
            .. past.ReadAll<Body>("body"), .. lines.Select(l => past.Read<Body>(Body.Stream(l.Body))), past.Read<RegisterOfBodies>(RegisterOfBodies.Stream),
            past.Read<StatutesVersions>(StatutesVersions.Stream), .. lines.Select(l => l.Person).OfType<PersonId>().Select(p => past.Read<Person>(Person.Stream(p))),
            .. lines.Select(l => l.Member).OfType<MemberId>().Select(m => past.Read<Member>(Member.Stream(m))),
        ]),
        Paris, Now);

    private static IReadOnlyList<GroupLine> Groups(Past past) => [.. past.ReadAll<WorkingGroup>("working-group").SelectMany(g => GroupLine.Of(g, Ever))];

    private static RegisterPlan Groups(Past past, params IReadOnlyList<GroupLine> lines) => new ImportWorkingGroups(Numbered(lines), Today).Plan(
        new([
            .. lines.Select(l => past.Read<WorkingGroup>(WorkingGroup.Stream(l.Id))), .. past.ReadAll<WorkingGroup>("working-group"),
            past.Read<Member>(Labo), past.Read<Member>(Member.Stream(OrivId)),
        ]),
        Paris, Now);

    private static RegisterPlan Attendance(Past past, MeetingId meeting, params IReadOnlyList<AttendanceLine> lines) => new ImportAttendance(meeting, Numbered(lines)).Plan(
        new([
            past.Read<Meeting>(Meeting.Stream(meeting)), past.Read<AttendanceSheet>(AttendanceSheet.Stream(meeting)), past.Read<MeetingProxies>(MeetingProxies.Stream(meeting)),
            past.Read<Minutes>(Minutes.Stream(meeting)),
            .. lines.Select(l => past.Read<Person>(Person.Stream(l.Person))),
        ]),
        null, Paris, Now);
}
