using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Gatherings;

public sealed class GatheringTests
{
    private static readonly GatheringId Id = Named<GatheringId>("Lille");
    private static readonly StreamId Lille = Gathering.Stream(Id);
    private static readonly PersonId Alice = Named<PersonId>("Alice");
    private static readonly PersonId Basile = Named<PersonId>("Basile");
    private static readonly PersonId Cleo = Named<PersonId>("Cléo");
    private static readonly WorkingGroupId Health = Named<WorkingGroupId>("Santé");
    private static readonly RoadmapId RoadmapOf = Named<RoadmapId>("2024-2026");
    private static readonly FollowUpId Rules = Named<FollowUpId>("Règles des collèges");
    private static readonly StatutesVersionId Present = Named<StatutesVersionId>("2023");
    private static readonly StatutesVersionId Next = Named<StatutesVersionId>("2025");
    private static readonly WorkstreamId Welcome = Named<WorkstreamId>("Accueil");
    private static readonly GatheringPlanned Plan = new(Id, 8, "8e regroupement", "Lille", Time("2024-10-10"), 2, 2);

    private static readonly Past Planned = Given(
        [
            .. new[] { Alice, Basile, Cleo }.Select(p => On("2020", Person.Stream(p), new PersonRegistered(p, SealedFor(p, "x"), false))),
            On("2020", WorkingGroup.Stream(Health), new WorkingGroupCreated(Health, "Santé", GroupOrigin.New, [])),
            On("2024-01-01", Lille, Plan),
            On("2024-02-01", Lille, new GuestsInvited([GuestKind.MemberTeams, GuestKind.StateServices])),
        ]);

    private static readonly Past Full = Planned.And(Registered("a", Alice, false), Registered("b", Basile, false));

    private static readonly Past Cancelled = Planned.And(On("2024-03-01", Lille, new GatheringCancelled("Grève.")));

    private static Fact Registered(string name, PersonId person, bool waiting) =>
        On("2024-03-01", Lille, new GuestsRegistered(Named<RegistrationId>(name), GuestKind.MemberTeams, 1, waiting, person));

    private static Fact Guests(string name, string organisation, int places, bool waiting) =>
        On("2024-03-01", Lille, new GuestsRegistered(Named<RegistrationId>(name), GuestKind.StateServices, places, waiting, Organisation: organisation));

    private static Told When(Past past, Func<Timeline<Gathering>, Decision> command) => past.When(p => command(p.Read<Gathering>(Lille)));

    private static Told Register(Past past, string name, PersonId person, GuestKind kind = GuestKind.MemberTeams, int places = 1) => past.When(p =>
        new RegisterGuests(Named<RegistrationId>(name), kind, places, person, null, Time("2024-03-01")).Decide(p.Read<Gathering>(Lille), p.Read<Person>(Person.Stream(person))));

    private static Told Register(Past past, string name, string organisation, int places) => When(past, g =>
        new RegisterGuests(Named<RegistrationId>(name), GuestKind.StateServices, places, null, organisation, Time("2024-03-01")).Decide(g, null));

    private static Told Cancel(Past past, string name) => When(past, g => new CancelRegistration(Named<RegistrationId>(name), Time("2024-04-01")).Decide(g));

    private static Told Session(Past past, string title, string starts, string ends, string? room = "Grande salle", TimeZoneInfo? zone = null) => When(past, g =>
        new PlanSession(Named<SessionId>(title), title, Time(starts), Time(ends), room, Time("2024-05-01")).Decide(g, zone ?? Paris));

    private static Told Start(Past past, FollowUpId followUp, RoadmapId? roadmap = null) => past.When(p => new StartFollowUp(followUp, Next, Welcome, roadmap, Time("2024-11-01")).Decide(
        p.Read<Gathering>(Lille), p.Read<StatutesVersions>(StatutesVersions.Stream), p.Read<Workstream>(Workstream.Stream(Welcome)),
        roadmap is { } id ? p.Read<Roadmap>(Roadmap.Stream(id)) : null));

    private static Gathering.Planned Now(Past past) => Assert.IsType<Gathering.Planned>(past.State<Gathering>(Lille));

    [Fact]
    public void A_gathering_is_planned_once()
    {
        var planned = PlanIt(Nothing, Id, 8, "8e regroupement", days: 2).Then(
            On("2024-01-01", Lille, Plan), On("2024-01-01", RegisterOfGatherings.Stream, new GatheringListed(Id)));
        PlanIt(planned, Id, 9, "9e regroupement", days: 2).ThenRefused(new GatheringAlreadyPlanned("9e regroupement"));
        PlanIt(Nothing, Id, 8, "8e regroupement", days: 0).ThenRefused(new NumberOutOfBounds("days", 1, 31));
    }

    [Fact]
    public void An_edition_is_planned_once_and_again_when_it_was_called_off()
    {
        PlanIt(Planned, Another, 8, "Huitième", days: 2).ThenRefused(new EditionPlannedAlready(8, "8e regroupement"));
        PlanIt(Planned, Another, 9, "Neuvième", days: 2).ThenAccepted();
        var again = PlanIt(Cancelled, Another, 8, "Huitième", days: 2).ThenAccepted();

        // What called it off is not taken back while the other stands for it.
        var off = again.Read<Gathering>(Lille).Recorded.Single(e => e.Event is GatheringCancelled);
        again.When(p => new RetractGatheringFact(off.Id, "Erreur.", Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), Others(p, Id))).ThenRefused(new EditionPlannedAlready(8, "Huitième"));
        Cancelled.When(p => new RetractGatheringFact(off.Id, "Erreur.", Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), Others(p, Id))).ThenAccepted();

        // One that was planned by mistake leaves its edition to others.
        var free = Given(On("2024-01-01", Lille, Plan)).When(p => new RetractGatheringFact(Event(1), "Erreur.", Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), [])).ThenAccepted();
        PlanIt(free, Another, 8, "Huitième", days: 2).ThenAccepted();
    }

    private static readonly GatheringId Another = Named<GatheringId>("Lyon");

    private static IReadOnlyList<Timeline<Gathering>> Others(Past past, GatheringId than) =>
        [.. past.ReadAll<Gathering>("gathering").Where(g => g.Stream != Gathering.Stream(than))];

    private static Told PlanIt(Past past, GatheringId id, int edition, string title, int days) => past.When(p =>
        new PlanGathering(id, edition, title, "Lille", Time("2024-10-10"), days, 2, Time("2024-01-01")).Decide(
            p.Read<Gathering>(Gathering.Stream(id)), p.Read<RegisterOfGatherings>(RegisterOfGatherings.Stream), Others(p, id)));

    [Fact]
    public void Its_sessions_move_with_it_at_their_hours_across_a_change_of_clocks_too()
    {
        var programme = Session(Planned, "Accueil", "2024-10-10T09:00:00+02:00", "2024-10-10T10:00:00+02:00").ThenAccepted();
        programme = Session(programme, "Bilans", "2024-10-11T14:00:00+02:00", "2024-10-11T15:00:00+02:00").ThenAccepted();
        var moved = When(programme, g => new MoveGathering("Roubaix", Time("2024-10-31"), 1, Time("2024-06-01")).Decide(g, Paris)).ThenAccepted();

        var sessions = Now(moved).Sessions.Values.OrderBy(s => s.Starts.Instant).ToList();
        Assert.Equal([Time("2024-10-31T09:00:00+01:00"), Time("2024-11-01T14:00:00+01:00")], sessions.Select(s => s.Starts));
        Assert.Equal([Time("2024-10-31T10:00:00+01:00"), Time("2024-11-01T15:00:00+01:00")], sessions.Select(s => s.Ends));
        // One day only is left: the second session stays on the programme, beyond it.
        Assert.Equal([true, false], sessions.Select(s => Gathering.IsOnItsDays(Time("2024-10-31"), 1, s.Starts, s.Ends, Paris)));

        // Elsewhere on the same days, or when only the month is known, nothing of the programme changes.
        When(programme, g => new MoveGathering("Roubaix", Time("2024-10-10"), 2, Time("2024-06-01")).Decide(g, Paris)).Then(On("2024-06-01", Lille, new GatheringMoved("Roubaix", Time("2024-10-10"), 2)));
        When(programme, g => new MoveGathering("Roubaix", Time("2024-11"), 2, Time("2024-06-01")).Decide(g, Paris)).Then(On("2024-06-01", Lille, new GatheringMoved("Roubaix", Time("2024-11"), 2)));
    }

    [Fact]
    public void A_session_planned_late_fits_what_was_planned_for_later_already()
    {
        var later = When(Planned, g => new PlanSession(Named<SessionId>("Accueil"), "Accueil", Time("2024-10-10T09:00:00+02:00"), Time("2024-10-10T10:00:00+02:00"), "Grande salle", Time("2024-06-01"))
            .Decide(g, Paris)).ThenAccepted();
        Session(later, "Bilans", "2024-10-10T09:30:00+02:00", "2024-10-10T11:00:00+02:00").ThenRefused(new RoomTaken("Accueil"));
        var moved = Planned.And(On("2024-06-01", Lille, new GatheringMoved("Lille", Time("2024-10-17"), 2)));
        Session(moved, "Bilans", "2024-10-10T09:30:00+02:00", "2024-10-10T11:00:00+02:00").ThenRefused<SessionOutsideItsDays>();
    }

    [Fact]
    public void The_waiting_list_is_in_the_order_of_recording_whatever_days_registrations_are_dated()
    {
        // Cléo waits since she was registered today; the prefecture is entered after her, dated before.
        var waiting = Full.And(On("2024-03-20", Lille, new GuestsRegistered(Named<RegistrationId>("c"), GuestKind.MemberTeams, 1, true, Cleo)));
        waiting = When(waiting, g => new RegisterGuests(Named<RegistrationId>("p"), GuestKind.StateServices, 1, null, "Préfecture", Time("2024-03-02")).Decide(g, null)).ThenAccepted();

        Cancel(waiting, "a").Then(
            On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("a"))), On("2024-04-01", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
    }

    [Fact]
    public void Who_registered_after_the_day_of_a_cancellation_moves_up_from_their_own_day()
    {
        var waiting = Full.And(On("2024-04-20", Lille, new GuestsRegistered(Named<RegistrationId>("c"), GuestKind.MemberTeams, 1, true, Cleo)));

        Cancel(waiting, "a").Then(
            On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("a"))), On("2024-04-20", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
    }

    [Fact]
    public void Who_needs_places_that_came_later_moves_up_when_they_are_all_there()
    {
        // Two places; the prefecture waits for two. A third place comes in May, and Alice's came free in April.
        var waiting = Full.And(Guests("p", "Préfecture", 2, true), On("2024-05-01", Lille, new GatheringCapacityChanged(3)));

        Cancel(waiting, "a").Then(
            On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("a"))), On("2024-05-01", Lille, new GuestsMovedUp(Named<RegistrationId>("p"))));
    }

    [Fact]
    public void Who_waits_moves_up_when_a_registration_entered_by_mistake_is_taken_back()
    {
        var waiting = Full.And(Registered("c", Cleo, true));
        var wrong = waiting.Read<Gathering>(Lille).Recorded.Single(e => e.Event is GuestsRegistered { Person: var person } && person == Alice);

        waiting.When(p => new RetractGatheringFact(wrong.Id, "Erreur.", Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), [])).Then(
            On("2024-05-01", Lille, new FactRetracted(wrong.Id, "Erreur.")), On("2024-05-01", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
    }

    [Fact]
    public void It_is_moved_and_called_off()
    {
        var moved = When(Planned, g => new MoveGathering("Roubaix", Time("2024-10-17"), 2, Time("2024-02-01")).Decide(g, Paris)).Then(On("2024-02-01", Lille, new GatheringMoved("Roubaix", Time("2024-10-17"), 2)));
        Assert.Equal("Roubaix", Now(moved).Plan.Place);
        When(moved, g => new CancelGathering("Grève.", Time("2024-03-01")).Decide(g)).Then(On("2024-03-01", Lille, new GatheringCancelled("Grève.")));
    }

    private static readonly Dictionary<string, Func<Past, Decision>> Changes = new()
    {
        ["move"] = p => new MoveGathering("Lyon", Time("2024-10"), 2, Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), Paris),
        ["capacity"] = p => new ChangeGatheringCapacity(5, Time("2024-05-01")).Decide(p.Read<Gathering>(Lille)),
        ["invite"] = p => new InviteGuests([GuestKind.GoverningBodies], Time("2024-05-01")).Decide(p.Read<Gathering>(Lille)),
        ["session"] = p => new PlanSession(Named<SessionId>("s"), "Accueil", Time("2024-10-10T09:00:00+02:00"), Time("2024-10-10T10:00:00+02:00"), null, Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), Paris),
        ["withdraw"] = p => new WithdrawSession(Named<SessionId>("s"), Time("2024-05-01")).Decide(p.Read<Gathering>(Lille)),
        ["register"] = p => new RegisterGuests(Named<RegistrationId>("o"), GuestKind.StateServices, 1, null, "DREETS", Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), null),
        ["cancel"] = p => new CancelRegistration(Named<RegistrationId>("o"), Time("2024-05-01")).Decide(p.Read<Gathering>(Lille)),
        ["attend"] = p => new RecordGatheringAttendance(Named<RegistrationId>("o"), 1, Time("2024-05-01")).Decide(p.Read<Gathering>(Lille)),
        ["review"] = p => new ReviewWorkingGroup(Health, "Bien.", Time("2024-05-01")).Decide(p.Read<Gathering>(Lille), Planned.Read<WorkingGroup>(WorkingGroup.Stream(Health))),
        ["agree"] = p => new AgreeFollowUp(Rules, "Règles", FollowUpKind.Amendment, Time("2024-05-01")).Decide(p.Read<Gathering>(Lille)),
        ["start"] = p => new StartFollowUp(Rules, Next, Welcome, null, Time("2024-05-01")).Decide(
            p.Read<Gathering>(Lille), p.Read<StatutesVersions>(StatutesVersions.Stream), p.Read<Workstream>(Workstream.Stream(Welcome)), null),
    };

    public static TheoryData<string> Commands => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_more_happens_once_it_is_called_off_nor_before_it_is_planned(string command)
    {
        Cancelled.When(Changes[command]).ThenRefused(new GatheringWasCancelled("8e regroupement"));
        Nothing.When(Changes[command]).ThenRefused<GatheringNotFound>();
        Given(On("2024-06-01", Lille, Plan)).When(Changes[command]).ThenRefused(new BeforeItsBeginning(BegunThing.Gathering, Time("2024-06-01"), Time("2024-05-01")));
    }

    [Fact]
    public void Sessions_are_on_its_days_and_one_at_a_time_in_a_room()
    {
        var one = Session(Planned, "Accueil", "2024-10-10T09:00:00+02:00", "2024-10-10T10:00:00+02:00").ThenAccepted();
        Session(one, "Bilans", "2024-10-10T09:59:00+02:00", "2024-10-10T11:00:00+02:00").ThenRefused(new RoomTaken("Accueil"));
        Session(one, "Bilans", "2024-10-10T10:00:00+02:00", "2024-10-10T11:00:00+02:00").ThenAccepted();
        Session(one, "Bilans", "2024-10-10T09:30:00+02:00", "2024-10-10T11:00:00+02:00", "Salle 2").ThenAccepted();
        Session(one, "Accueil", "2024-10-10T09:30:00+02:00", "2024-10-10T11:00:00+02:00").ThenAccepted();
        foreach (var (starts, ends) in new[]
        {
            ("2024-10-10T10:00:00+02:00", "2024-10-10T10:00:00+02:00"), ("2024-10-09T23:00:00+02:00", "2024-10-10T10:00:00+02:00"),
            ("2024-10-11T23:00:00+02:00", "2024-10-12T00:30:00+02:00"), ("2024-10-10", "2024-10-11"),
        })
            Session(Planned, "Accueil", starts, ends).ThenRefused<SessionOutsideItsDays>();
        When(one, g => new WithdrawSession(Named<SessionId>("Accueil"), Time("2024-06-01")).Decide(g)).Then(On("2024-06-01", Lille, new SessionWithdrawn(Named<SessionId>("Accueil"))));
        When(one, g => new WithdrawSession(Named<SessionId>("Bilans"), Time("2024-06-01")).Decide(g)).ThenRefused<SessionNotFound>();
    }

    [Fact]
    public void Of_a_gathering_whose_month_alone_is_known_any_day_of_the_month_will_do()
    {
        var october = Given(On("2024-01-01", Lille, Plan with { Starts = Time("2024-10") }));
        Session(october, "Accueil", "2024-10-31T09:00:00+01:00", "2024-10-31T10:00:00+01:00").ThenAccepted();
        Session(october, "Accueil", "2024-11-02T09:00:00+01:00", "2024-11-02T10:00:00+01:00").ThenRefused<SessionOutsideItsDays>();
    }

    [Fact]
    public void Whoever_is_invited_registers_once_and_waits_when_there_is_no_place()
    {
        Register(Planned, "a", Alice).Then(Registered("a", Alice, false));
        Register(Full, "c", Cleo).Then(Registered("c", Cleo, true));
        Register(Planned, "a", Alice, GuestKind.GoverningBodies).ThenRefused(new GuestsNotInvited(GuestKind.GoverningBodies));
        Register(Full.And(On("2024-02-15", Lille, new GuestsInvited([GuestKind.MemberTeams, GuestKind.GoverningBodies]))), "x", Alice, GuestKind.GoverningBodies).ThenRefused<AlreadyRegistered>();
        Register(Planned, "n", Named<PersonId>("nobody")).ThenRefused<PersonNotFound>();
        Register(Planned, "a", Alice, places: 2).ThenRefused<RegistrationOfWhom>();
        When(Planned, g => new RegisterGuests(Named<RegistrationId>("a"), GuestKind.StateServices, 1, null, null, Time("2024-03-01")).Decide(g, null)).ThenRefused<RegistrationOfWhom>();
    }

    [Fact]
    public void More_guests_than_there_are_places_at_all_would_block_the_list_and_are_refused() =>
        Register(Planned, "s", "DREETS", 3).ThenRefused(new NumberOutOfBounds("places", 1, 2));

    [Fact]
    public void Guests_of_organisations_are_counted_and_nobody_overtakes_who_waits()
    {
        var one = Register(Planned, "s", "DREETS", 1).Then(Guests("s", "DREETS", 1, false));
        var waiting = Register(one, "p", "Préfecture", 2).Then(Guests("p", "Préfecture", 2, true));
        Register(waiting, "a", Alice).Then(Registered("a", Alice, true));
        Register(one, "t", "dreets", 2).ThenRefused<AlreadyRegistered>();
    }

    [Fact]
    public void When_somebody_cancels_who_waits_moves_up_in_order()
    {
        var waiting = Full.And(Registered("c", Cleo, true), Guests("p", "Préfecture", 1, true));
        var after = Cancel(waiting, "a").Then(
            On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("a"))), On("2024-04-01", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
        Assert.Equal(2, Now(after).Taken);
        Cancel(after, "p").Then(On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("p"))));
        Cancel(after, "x").ThenRefused<RegistrationNotFound>();
    }

    [Fact]
    public void Who_waits_first_and_needs_more_places_is_waited_for()
    {
        var waiting = Full.And(Guests("p", "Préfecture", 2, true), Registered("c", Cleo, true));
        var one = Cancel(waiting, "a").Then(On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("a"))));
        Cancel(one, "b").Then(
            On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("b"))), On("2024-04-01", Lille, new GuestsMovedUp(Named<RegistrationId>("p"))));
        Cancel(one, "p").Then(
            On("2024-04-01", Lille, new RegistrationCancelled(Named<RegistrationId>("p"))), On("2024-04-01", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
    }

    [Fact]
    public void More_places_are_for_who_waits_and_places_given_out_are_not_taken_back()
    {
        var waiting = Full.And(Registered("c", Cleo, true));
        When(waiting, g => new ChangeGatheringCapacity(3, Time("2024-04-01")).Decide(g)).Then(
            On("2024-04-01", Lille, new GatheringCapacityChanged(3)), On("2024-04-01", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
        When(waiting, g => new ChangeGatheringCapacity(null, Time("2024-04-01")).Decide(g)).Then(
            On("2024-04-01", Lille, new GatheringCapacityChanged()), On("2024-04-01", Lille, new GuestsMovedUp(Named<RegistrationId>("c"))));
        When(waiting, g => new ChangeGatheringCapacity(1, Time("2024-04-01")).Decide(g)).ThenRefused(new PlacesGivenOut(2));
    }

    [Fact]
    public void Who_came_is_counted_up_to_the_places_registered()
    {
        When(Full, g => new RecordGatheringAttendance(Named<RegistrationId>("a"), 1, Time("2024-10-10")).Decide(g)).Then(On("2024-10-10", Lille, new GuestsAttended(Named<RegistrationId>("a"), 1)));
        When(Full, g => new RecordGatheringAttendance(Named<RegistrationId>("a"), 2, Time("2024-10-10")).Decide(g)).ThenRefused(new NumberOutOfBounds("present", 0, 1));
        When(Full, g => new RecordGatheringAttendance(Named<RegistrationId>("z"), 1, Time("2024-10-10")).Decide(g)).ThenRefused<RegistrationNotFound>();
        When(Full, g => new RecordGatheringAttendance(Named<RegistrationId>("a"), 1, Time("2024-10-09")).Decide(g)).ThenRefused(new GatheringNotBegun(Time("2024-10-10")));
        When(Full.And(Registered("c", Cleo, true)), g => new RecordGatheringAttendance(Named<RegistrationId>("c"), 1, Time("2024-10-10")).Decide(g)).ThenRefused<StillWaiting>();
    }

    [Fact]
    public void A_cancellation_is_not_taken_back_once_its_place_is_somebody_else_s()
    {
        var cancelled = Cancel(Full, "a").ThenAccepted();
        var wrong = cancelled.Read<Gathering>(Lille).Recorded[^1];
        When(cancelled, g => new RetractGatheringFact(wrong.Id, "Erreur.", Time("2024-05-01")).Decide(g, [])).ThenAccepted();

        var moved = Cancel(Full.And(Registered("c", Cleo, true)), "a").ThenAccepted();
        var gone = moved.Read<Gathering>(Lille).Recorded.Single(e => e.Event is RegistrationCancelled);
        When(moved, g => new RetractGatheringFact(gone.Id, "Erreur.", Time("2024-05-01")).Decide(g, [])).ThenRefused<ImpossibleInHistory>();
    }

    [Fact]
    public void Each_group_is_reviewed()
    {
        Planned.When(p => new ReviewWorkingGroup(Health, "Huit centres.", Time("2024-10-11")).Decide(p.Read<Gathering>(Lille), p.Read<WorkingGroup>(WorkingGroup.Stream(Health))))
            .Then(On("2024-10-11", Lille, new GroupReviewed(Health, "Huit centres.")));
        Planned.When(p => new ReviewWorkingGroup(Health, "Huit centres.", Time("2024-10-11")).Decide(p.Read<Gathering>(Lille), p.Read<WorkingGroup>(WorkingGroup.Stream(Named<WorkingGroupId>("none")))))
            .ThenRefused<WorkingGroupNotFound>();
    }

    [Fact]
    public void What_was_agreed_starts_an_amendment_from_the_statutes_in_force()
    {
        var article = new Article("1", "Nom", "Le réseau.");
        var agreed = When(Planned, g => new AgreeFollowUp(Rules, "Affiner les collèges", FollowUpKind.Amendment, Time("2024-10-11")).Decide(g))
            .Then(On("2024-10-11", Lille, new FollowUpAgreed(Rules, "Affiner les collèges", FollowUpKind.Amendment)));
        Start(agreed, Rules).ThenRefused(new NothingToStartFrom(FollowUpKind.Amendment));
        var started = Start(
            agreed.And(
                On("2023-09-01", StatutesVersions.Stream, new StatutesDrafted(Present, "Statuts", [article], [], null)),
                On("2023-10-14", StatutesVersions.Stream, new StatutesAdopted(Present, Time("2023-10-14")))),
            Rules).Then(
                On("2024-11-01", StatutesVersions.Stream, new StatutesDrafted(Next, "Affiner les collèges", [article], [], Present)),
                On("2024-11-01", Lille, new FollowUpStarted(Rules, Version: Next)));
        started.When(p => new StartFollowUp(Rules, Named<StatutesVersionId>("other"), Welcome, null, Time("2024-12-01")).Decide(
            p.Read<Gathering>(Lille), p.Read<StatutesVersions>(StatutesVersions.Stream), p.Read<Workstream>(Workstream.Stream(Welcome)), null))
            .ThenRefused(new FollowUpAlreadyStarted("Affiner les collèges"));
        Start(agreed, Named<FollowUpId>("none")).ThenRefused<FollowUpNotFound>();
    }

    [Fact]
    public void What_was_agreed_becomes_a_workstream_of_the_roadmap()
    {
        var agreed = Planned.And(
            On("2024-10-11", Lille, new FollowUpAgreed(Rules, "Accueil", FollowUpKind.Workstream)),
            On("2024-01-01", Roadmap.Stream(RoadmapOf), new RoadmapOpened(RoadmapOf, "Feuille de route", 2024, 2026)));
        Start(agreed, Rules).ThenRefused(new NothingToStartFrom(FollowUpKind.Workstream));
        Start(agreed, Rules, RoadmapOf).Then(
            On("2024-11-01", Workstream.Stream(Welcome), new WorkstreamProposed(Welcome, RoadmapOf, "Accueil")),
            On("2024-11-01", Lille, new FollowUpStarted(Rules, Workstream: Welcome)));
    }
}
