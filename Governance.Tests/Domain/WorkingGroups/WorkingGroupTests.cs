using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.WorkingGroups;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.WorkingGroups;

public sealed class WorkingGroupTests
{
    private static readonly WorkingGroupId CommunicationId = Named<WorkingGroupId>("Communication");
    private static readonly WorkingGroupId WatchId = Named<WorkingGroupId>("Club de veille");
    private static readonly WorkingGroupId MergedId = Named<WorkingGroupId>("Ressource & Communication");
    private static readonly StreamId Communication = WorkingGroup.Stream(CommunicationId);
    private static readonly StreamId Watch = WorkingGroup.Stream(WatchId);
    private static readonly StreamId Merged = WorkingGroup.Stream(MergedId);
    private static readonly MemberId LaboCites = Named<MemberId>("Labo Cités");
    private static readonly MemberId Oriv = Named<MemberId>("ORIV");

    private static readonly Past Groups = Given(
        On("2017", Member.Stream(LaboCites), new MemberAdmitted(LaboCites, new MemberName("Labo Cités"), false)),
        On("2017", Member.Stream(Oriv), new MemberAdmitted(Oriv, new MemberName("ORIV"), false)),
        On("2018", Communication, new WorkingGroupCreated(CommunicationId, "Communication", GroupOrigin.New, [])),
        On("2019", Watch, new WorkingGroupCreated(WatchId, "Club de veille", GroupOrigin.New, [])));

    private static readonly Past Joined = Groups.And(On("2020-01-01", Communication, new WorkingGroupJoined(LaboCites)));
    private static readonly Past Piloted = Joined.And(On("2020-02-01", Communication, new PilotAppointed(LaboCites, PilotRole.CoPilot)));
    private static readonly Past Closed = Groups.And(On("2020-06-01", Communication, new WorkingGroupClosed("Done.")));

    private static readonly MergeWorkingGroups Merge = new(MergedId, "Ressource & Communication", null, Time("2022-05"));
    private static readonly TransformWorkingGroup Transform = new(MergedId, "Contractualisation", "Les contrats.", Time("2023-01"));

    private static Told Communicate(Past past, Func<Timeline<WorkingGroup>, Decision> command) => past.When(p => command(p.Read<WorkingGroup>(Communication)));

    private static Told Join(Past past, MemberId centre, string when = "2020-01-01") =>
        past.When(p => new JoinWorkingGroup(centre, Time(when)).Decide(p.Read<WorkingGroup>(Communication), p.Read<Member>(Member.Stream(centre))));

    private static Told Pilot(Past past, MemberId centre, PilotRole role, string when) =>
        past.When(p => new AppointPilot(centre, role, Time(when)).Decide(p.Read<WorkingGroup>(Communication), p.Read<Member>(Member.Stream(centre))));

    private static Told When(Past past, MergeWorkingGroups command, StreamId? right = null, StreamId? into = null) =>
        past.When(p => command.Decide(p.Read<WorkingGroup>(Communication), p.Read<WorkingGroup>(right ?? Watch), p.Read<WorkingGroup>(into ?? Merged)));

    private static Told When(Past past, TransformWorkingGroup command, StreamId? into = null) =>
        past.When(p => command.Decide(p.Read<WorkingGroup>(Communication), p.Read<WorkingGroup>(into ?? Merged)));

    private static WorkingGroup.Active Now(Past past) => Assert.IsType<WorkingGroup.Active>(past.State<WorkingGroup>(Communication));

    [Fact]
    public void A_group_is_created() =>
        Communicate(Nothing, g => new CreateWorkingGroup(CommunicationId, "Communication", "Dire.", Time("2018")).Decide(g))
            .Then(On("2018", Communication, new WorkingGroupCreated(CommunicationId, "Communication", GroupOrigin.New, [], "Dire.")));

    [Fact]
    public void A_group_is_created_once() =>
        Communicate(Groups, g => new CreateWorkingGroup(CommunicationId, "Presse", null, Time("2018")).Decide(g)).ThenRefused(new WorkingGroupAlreadyCreated("Presse"));

    [Fact]
    public void Two_groups_go_on_as_a_new_one()
    {
        var after = When(Groups, Merge).Then(
            On("2022-05", Communication, new WorkingGroupMerged(MergedId)),
            On("2022-05", Watch, new WorkingGroupMerged(MergedId)),
            On("2022-05", Merged, new WorkingGroupCreated(MergedId, "Ressource & Communication", GroupOrigin.Merger, [CommunicationId, WatchId])));
        Assert.IsType<WorkingGroup.Active>(after.State<WorkingGroup>(Communication, "2022-04-30"));
        Assert.Equal(MergedId, Assert.IsType<WorkingGroup.Merged>(after.State<WorkingGroup>(Watch)).Into);
    }

    [Fact]
    public void The_centres_of_both_go_on_in_the_new_group_where_that_is_said_and_they_are_members_still()
    {
        var past = Joined.And(
            On("2020-01-01", Watch, new WorkingGroupJoined(LaboCites)), On("2020-01-01", Watch, new WorkingGroupJoined(Oriv)), On("2021-01-01", Member.Stream(Oriv), new MemberResigned()));
        Told Keep(Past from) => from.When(p =>
        {
            var (left, right) = (p.Read<WorkingGroup>(Communication), p.Read<WorkingGroup>(Watch));
            return (Merge with { KeepsCentres = true }).Decide(
                left, right, p.Read<WorkingGroup>(Merged), [.. CentresGoingOn.Of(Merge.On, left, right).Select(c => p.Read<Member>(Member.Stream(c)))]);
        });

        Assert.Equal([LaboCites], Assert.IsType<WorkingGroup.Active>(Keep(past).ThenAccepted().State<WorkingGroup>(Merged)).Centres);
        Assert.Empty(Assert.IsType<WorkingGroup.Active>(When(past, Merge).ThenAccepted().State<WorkingGroup>(Merged)).Centres);
    }

    [Fact]
    public void A_group_that_goes_on_as_another_takes_its_centres_along_where_it_is_said_who_are_members_still()
    {
        var gone = Named<MemberId>("gone");
        var past = Groups.And(
            On("2018", Member.Stream(gone), new MemberAdmitted(gone, new MemberName("Parti"), false)),
            On("2020-01-01", Communication, new WorkingGroupJoined(LaboCites)), On("2020-01-01", Communication, new WorkingGroupJoined(gone)),
            On("2020-01-01", Communication, new PilotAppointed(LaboCites, PilotRole.Pilot)), On("2021-01-01", Member.Stream(gone), new MemberResigned()));
        Told Into(bool keeps) => past.When(p =>
        {
            var old = p.Read<WorkingGroup>(Communication);
            return (Transform with { KeepsCentres = keeps }).Decide(old, p.Read<WorkingGroup>(Merged), [.. CentresGoingOn.Of(Transform.On, old).Select(c => p.Read<Member>(Member.Stream(c)))]);
        });

        var next = Assert.IsType<WorkingGroup.Active>(Into(keeps: true).ThenAccepted().State<WorkingGroup>(Merged));
        Assert.Equal([LaboCites], next.Centres);
        Assert.Empty(next.Pilots);
        Assert.Empty(Assert.IsType<WorkingGroup.Active>(Into(keeps: false).ThenAccepted().State<WorkingGroup>(Merged)).Centres);
    }

    [Fact]
    public void A_group_does_not_merge_with_itself_nor_into_itself()
    {
        When(Groups, Merge, right: Communication).ThenRefused<GroupMergedIntoItself>();
        When(Groups, Merge, into: Watch).ThenRefused<GroupMergedIntoItself>();
        When(Groups, Transform, into: Communication).ThenRefused<GroupMergedIntoItself>();
    }

    [Fact]
    public void Groups_merge_once_they_are_there_and_while_they_are_active()
    {
        When(Groups, Merge with { On = Time("2018-06-01") }).ThenRefused(new BeforeItsBeginning(BegunThing.WorkingGroup, Time("2019"), Time("2018-06-01")));
        When(Closed, Merge).ThenRefused(new WorkingGroupNoLongerActive("Communication"));
        When(Groups, Merge, right: WorkingGroup.Stream(Named<WorkingGroupId>("nowhere"))).ThenRefused<WorkingGroupNotFound>();
        When(Groups.And(On("2020", Merged, new WorkingGroupCreated(MergedId, "Presse", GroupOrigin.New, []))), Merge)
            .ThenRefused(new WorkingGroupAlreadyCreated("Ressource & Communication"));
    }

    [Fact]
    public void Groups_do_not_merge_before_what_they_did_since() =>
        When(Groups.And(On("2022-09-01", Watch, new WorkingGroupRenamed("Veille"))), Merge)
            .ThenRefused(new ImpossibleInHistory("WorkingGroupRenamed", "Merged", Time("2022-09-01").Instant));

    [Fact]
    public void A_group_is_transformed_into_a_new_one() =>
        When(Groups, Transform).Then(
            On("2023-01", Communication, new WorkingGroupSucceeded(MergedId)),
            On("2023-01", Merged, new WorkingGroupCreated(MergedId, "Contractualisation", GroupOrigin.Transformation, [CommunicationId], "Les contrats.")));

    [Fact]
    public void Only_an_active_group_is_transformed_into_one_that_is_new()
    {
        When(Closed, Transform).ThenRefused(new WorkingGroupNoLongerActive("Communication"));
        When(Groups, Transform, into: Watch).ThenRefused(new WorkingGroupAlreadyCreated("Contractualisation"));
    }

    [Fact]
    public void A_group_is_renamed_and_closed()
    {
        var after = Communicate(Groups, g => new RenameWorkingGroup("Presse", Time("2019-01-01")).Decide(g))
            .Then(On("2019-01-01", Communication, new WorkingGroupRenamed("Presse")))
            .When(p => new CloseWorkingGroup("Done.", Time("2020-06-01")).Decide(p.Read<WorkingGroup>(Communication)))
            .Then(On("2020-06-01", Communication, new WorkingGroupClosed("Done.")));
        Assert.Equal("Presse", Assert.IsType<WorkingGroup.Closed>(after.State<WorkingGroup>(Communication)).Name);
    }

    private static readonly Dictionary<string, Func<Timeline<WorkingGroup>, Decision>> Changes = new()
    {
        ["RenameWorkingGroup"] = g => new RenameWorkingGroup("Presse", Time("2021-01-01")).Decide(g),
        ["JoinWorkingGroup"] = g => new JoinWorkingGroup(LaboCites, Time("2021-01-01")).Decide(g, Groups.Read<Member>(Member.Stream(LaboCites))),
        ["LeaveWorkingGroup"] = g => new LeaveWorkingGroup(LaboCites, Time("2021-01-01")).Decide(g),
        ["CountGroupCentres"] = g => new CountGroupCentres(8, Time("2021-01-01")).Decide(g),
        ["AppointPilot"] = g => new AppointPilot(LaboCites, PilotRole.Pilot, Time("2021-01-01")).Decide(g, Groups.Read<Member>(Member.Stream(LaboCites))),
        ["EndPilot"] = g => new EndPilot(LaboCites, Time("2021-01-01")).Decide(g),
        ["PlanMeetings"] = g => new PlanMeetings(2021, 6, 8, null, Time("2021-01-01")).Decide(g),
        ["SetPilotRotation"] = g => new SetPilotRotation(new Fraction(1, 2), Time("2021-01-01")).Decide(g),
        ["RecordGroupMeeting"] = g => new RecordGroupMeeting(false, [], null, null, Time("2021-01-01")).Decide(g),
        ["PlanOutput"] = g => new PlanOutput("Kit", null, null, Time("2021-01-01")).Decide(g),
        ["PublishOutput"] = g => new PublishOutput("Kit", null, Time("2021-01-01")).Decide(g),
    };

    public static TheoryData<string> Commands => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_more_happens_in_a_closed_group(string command) =>
        Communicate(Closed, Changes[command]).ThenRefused(new WorkingGroupNoLongerActive("Communication"));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_happens_in_a_group_that_is_not_there(string command) => Communicate(Nothing, Changes[command]).ThenRefused<WorkingGroupNotFound>();

    [Fact]
    public void A_centre_joins_and_leaves()
    {
        var after = Join(Groups, LaboCites).Then(On("2020-01-01", Communication, new WorkingGroupJoined(LaboCites)))
            .When(p => new LeaveWorkingGroup(LaboCites, Time("2021-01-01")).Decide(p.Read<WorkingGroup>(Communication)))
            .Then(On("2021-01-01", Communication, new WorkingGroupLeft(LaboCites)));
        Assert.Empty(Now(after).Centres);
        Assert.Equal([LaboCites], Assert.IsType<WorkingGroup.Active>(after.State<WorkingGroup>(Communication, "2020-12-31")).Centres);
    }

    [Fact]
    public void Only_a_member_of_the_association_joins_or_pilots()
    {
        Join(Groups, Named<MemberId>("nobody")).ThenRefused<CentreIsNotAMember>();
        Join(Groups.And(On("2019-06-01", Member.Stream(LaboCites), new MemberResigned())), LaboCites).ThenRefused<CentreIsNotAMember>();
    }

    [Fact]
    public void Only_a_centre_of_the_group_leaves_it_and_not_while_it_pilots()
    {
        Communicate(Groups, g => new LeaveWorkingGroup(LaboCites, Time("2021-01-01")).Decide(g)).ThenRefused(new CentreNotInGroup("Communication"));
        Communicate(Piloted, g => new LeaveWorkingGroup(LaboCites, Time("2021-01-01")).Decide(g)).ThenRefused(new CentreStillPilots("Communication"));
    }

    [Fact]
    public void A_co_pilot_becomes_pilot_and_ends()
    {
        var after = Pilot(Piloted, LaboCites, PilotRole.Pilot, "2021-01-01")
            .Then(On("2021-01-01", Communication, new PilotAppointed(LaboCites, PilotRole.Pilot)))
            .When(p => new EndPilot(LaboCites, Time("2022-01-01")).Decide(p.Read<WorkingGroup>(Communication)))
            .Then(On("2022-01-01", Communication, new PilotEnded(LaboCites)));
        Assert.Empty(Now(after).Pilots);
        Assert.Equal([LaboCites], Now(after).Centres);
    }

    [Fact]
    public void Only_a_centre_of_the_group_that_is_still_a_member_leads_it()
    {
        Pilot(Joined, Oriv, PilotRole.Pilot, "2020-02-01").ThenRefused(new CentreNotInGroup("Communication"));
        Pilot(Joined.And(On("2020-06-01", Member.Stream(LaboCites), new MemberResigned())), LaboCites, PilotRole.Pilot, "2020-07-01").ThenRefused<CentreIsNotAMember>();
    }

    [Fact]
    public void Half_of_those_who_lead_are_renewed_each_year_until_nobody_is()
    {
        var half = Communicate(Piloted, g => new SetPilotRotation(new Fraction(1, 2), Time("2023")).Decide(g)).Then(On("2023", Communication, new PilotRotationSet(new Fraction(1, 2))));
        Assert.Equal(new Fraction(1, 2), Now(half).Rotation);
        Communicate(half, g => new SetPilotRotation(Fraction.Zero, Time("2026")).Decide(g)).Then(On("2026", Communication, new PilotRotationSet(Fraction.Zero)));
        Communicate(Piloted, g => new SetPilotRotation(new Fraction(3, 2), Time("2023")).Decide(g)).ThenRefused<RotationShareOutOfBounds>();
        Communicate(Piloted, g => new SetPilotRotation(new Fraction(-1, 2), Time("2023")).Decide(g)).ThenRefused<RotationShareOutOfBounds>();
    }

    [Theory]
    [InlineData("1/2", 2023, "2023 2024", "2025 2026")] // Participation des habitants: the pilot of 2023 makes room in 2025
    [InlineData("1/2", 2023, "2024 2024", "2025 2026")] // both came at once: one goes next year
    [InlineData("1/2", 2023, "2020 2021 2022", "2023 2023 2024")] // half of three is two
    [InlineData("1/2", 2022, "2020 2020 2020 2023", "2023 2024 2024 2025")] // one came in 2023 where two should have
    [InlineData("1/2", 2024, "2017 2017", "2024 2025")] // nothing is due before the rule
    [InlineData("1", 2020, "2020 2020", "2021 2021")]
    [InlineData("1/3", 2020, "2020", "2021")]
    [InlineData("0", 2020, "2020 2021", "")]
    [InlineData("1/2", 2020, "", "")]
    public void Whoever_has_led_longest_makes_room_first(string share, int since, string began, string due)
    {
        Assert.True(Fraction.TryParse(share, out var part));
        var pilots = began.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((year, i) => (new MemberId(new Guid(i + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])), int.Parse(year, System.Globalization.CultureInfo.InvariantCulture)))
            .ToList();
        var turns = PilotRotation.Turns(part, since, pilots);
        Assert.Equal(due, string.Join(' ', turns.Select(t => t.Year)));
        Assert.Equal(turns.Count == 0 ? [] : pilots.OrderBy(p => p.Item2).Select(p => p.Item1), turns.Select(t => t.Centre));
    }

    [Fact]
    public void Two_groups_work_together_on_a_subject_and_stop()
    {
        var crossed = Cross(Groups, "La ville la nuit").Then(On("2024-01-01", Communication, new GroupsCrossed(WatchId, "La ville la nuit")));
        Cross(crossed, "La ville la nuit", from: Watch, with: Communication).ThenNothing();
        Cross(crossed, "La ville le jour", from: Watch, with: Communication).Then(On("2024-01-01", Communication, new GroupsCrossed(WatchId, "La ville le jour")));
        Uncross(crossed, WatchId, CommunicationId).Then(On("2025-01-01", Communication, new CrossingEnded(WatchId)));
        Uncross(crossed, CommunicationId, WatchId).Then(On("2025-01-01", Communication, new CrossingEnded(WatchId)));
    }

    [Fact]
    public void A_group_works_only_with_another_one_that_is_there_too()
    {
        Cross(Groups, "Presse", with: Communication).ThenRefused<GroupCrossedWithItself>();
        Cross(Closed, "Presse").ThenRefused(new WorkingGroupNoLongerActive("Communication"));
        Cross(Closed, "Presse", from: Watch, with: Communication).ThenRefused(new WorkingGroupNoLongerActive("Communication"));
        Cross(Groups, "Presse", with: Merged).ThenRefused<WorkingGroupNotFound>();
        Cross(Groups, " ").ThenRefused<TextOutOfBounds>();
        Uncross(Groups, CommunicationId, WatchId).ThenRefused(new GroupsNotCrossed("Communication"));
        Uncross(Closed, CommunicationId, WatchId).ThenRefused(new WorkingGroupNoLongerActive("Communication"));
    }

    private static Told Cross(Past past, string subject, StreamId? from = null, StreamId? with = null) => past.When(p =>
        new CrossWorkingGroups(subject, Time("2024-01-01")).Decide(p.Read<WorkingGroup>(from ?? Communication), p.Read<WorkingGroup>(with ?? Watch)));

    private static Told Uncross(Past past, WorkingGroupId group, WorkingGroupId with) => past.When(p =>
        new EndCrossing(group, with, Time("2025-01-01")).Decide(p.Read<WorkingGroup>(WorkingGroup.Stream(group)), p.Read<WorkingGroup>(WorkingGroup.Stream(with))));

    [Fact]
    public void Only_a_pilot_ends_as_one() =>
        Communicate(Joined, g => new EndPilot(LaboCites, Time("2021-01-01")).Decide(g)).ThenRefused(new CentreDoesNotPilot("Communication"));

    [Fact]
    public void Centres_are_counted_where_nobody_names_them()
    {
        Assert.Equal(14, Now(Communicate(Groups, g => new CountGroupCentres(14, Time("2024")).Decide(g)).Then(On("2024", Communication, new WorkingGroupCentresCounted(14)))).Counted);
        Communicate(Groups, g => new CountGroupCentres(-1, Time("2024")).Decide(g)).ThenRefused<NumberOutOfBounds>();
    }

    [Fact]
    public void Six_to_eight_meetings_are_planned_in_a_year()
    {
        var planned = Communicate(Groups, g => new PlanMeetings(2024, 6, 8, "Visio.", Time("2024")).Decide(g)).Then(On("2024", Communication, new MeetingsPlanned(2024, 6, 8, "Visio.")));
        Assert.Equal((6, 8), Now(planned).Planned[2024]);
        Communicate(planned, g => new PlanMeetings(2024, 6, 8, "En présence.", Time("2024")).Decide(g)).ThenAccepted();
        Communicate(Groups, g => new PlanMeetings(2024, 8, 6, null, Time("2024")).Decide(g)).ThenRefused(new NumberOutOfBounds("atMost", 8, 366));
    }

    [Fact]
    public void A_meeting_is_recorded_with_the_centres_that_were_there()
    {
        var met = Communicate(Joined, g => new RecordGroupMeeting(true, [LaboCites], "Marseille", "Journal.", Time("2024-03-24")).Decide(g))
            .Then(On("2024-03-24", Communication, new WorkingGroupMet(true, [LaboCites], "Marseille", "Journal.")));
        Communicate(met, g => new RecordGroupMeeting(true, [LaboCites], "Lille", "Journal.", Time("2024-03-24")).Decide(g))
            .ThenRefused(new MeetingAlreadyRecorded(Time("2024-03-24")));
        Communicate(Joined, g => new RecordGroupMeeting(true, [Oriv], null, null, Time("2024-03-24")).Decide(g)).ThenRefused(new CentreNotInGroup("Communication"));
    }

    [Fact]
    public void An_output_is_planned_and_published()
    {
        var published = Communicate(Groups, g => new PlanOutput("Kit", Time("2024-Q2"), "Un kit.", Time("2024-01-01")).Decide(g))
            .Then(On("2024-01-01", Communication, new OutputPlanned("Kit", Time("2024-Q2"), "Un kit.")))
            .When(p => new PublishOutput("Kit", "https://example.org/kit", Time("2024-05-01")).Decide(p.Read<WorkingGroup>(Communication)))
            .Then(On("2024-05-01", Communication, new OutputPublished("Kit", "https://example.org/kit")));
        Communicate(published, g => new PlanOutput("Kit", null, null, Time("2024-06-01")).Decide(g)).ThenRefused(new OutputAlreadyPublished("Kit"));
    }

    [Fact]
    public void A_centre_that_joined_late_in_the_records_takes_its_place()
    {
        var after = Join(Groups.And(On("2021-01-01", Communication, new WorkingGroupCentresCounted(9))), LaboCites, "2019-06-01").ThenAccepted();
        Assert.Equal([LaboCites], Assert.IsType<WorkingGroup.Active>(after.State<WorkingGroup>(Communication, "2020-01-01")).Centres);
        Join(Joined, LaboCites, "2019-01-01").ThenRefused<ImpossibleInHistory>();
    }
}
