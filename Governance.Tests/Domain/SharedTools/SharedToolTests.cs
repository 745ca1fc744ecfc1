using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.SharedTools;
using Governance.Domain.WorkingGroups;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.SharedTools;

public sealed class SharedToolTests
{
    private static readonly SharedToolId Id = Named<SharedToolId>("Cosoter");
    private static readonly StreamId Stream = SharedTool.Stream(Id);
    private static readonly MemberId LaboCites = Named<MemberId>("Labo Cités");
    private static readonly MemberId Oriv = Named<MemberId>("ORIV");
    private static readonly WorkingGroupId Group = Named<WorkingGroupId>("Ressource & Communication");
    private static readonly Past Launched = Given(
        On("2009", Member.Stream(LaboCites), new MemberAdmitted(LaboCites, new MemberName("Labo Cités"), false)),
        On("2009", Stream, new SharedToolLaunched(Id, "Cosoter")));

    private static readonly Past Retired = Launched.And(On("2020-01-01", Stream, new SharedToolRetired("Replaced.")));

    private static readonly Dictionary<string, Func<Timeline<SharedTool>, Decision>> Changes = new()
    {
        ["ReworkSharedTool"] = t => new ReworkSharedTool("New base.", Time("2021")).Decide(t),
        ["ReleaseSharedTool"] = t => new ReleaseSharedTool("2", null, Time("2021")).Decide(t),
        ["JoinSharedTool"] = t => new JoinSharedTool(LaboCites, Time("2021")).Decide(t, Launched.Read<Member>(Member.Stream(LaboCites))),
        ["LeaveSharedTool"] = t => new LeaveSharedTool(LaboCites, Time("2021")).Decide(t, Paris),
        ["SetRota"] = t => new SetRota([], new DateOnly(2021, 1, 4), Time("2021")).Decide(t),
        ["ProposeDutySwap"] = t => new ProposeDutySwap(LaboCites, new DateOnly(2021, 1, 4), Oriv, new DateOnly(2021, 1, 11), Time("2021")).Decide(t),
        ["AnswerDutySwap"] = t => new AnswerDutySwap(LaboCites, new DateOnly(2021, 1, 4), null, DutyAnswer.Agreed, Time("2021")).Decide(t),
        ["EntrustSources"] = t => new EntrustSources(LaboCites, ["Le Monde"], null, Time("2021")).Decide(t),
        ["CountSharedToolCentres"] = t => new CountSharedToolCentres(11, 19, Time("2021")).Decide(t),
        ["MergeSharedTool"] = t => new MergeSharedTool(Group, Time("2021")).Decide(t, Launched.Read<WorkingGroup>(WorkingGroup.Stream(Group))),
    };

    public static TheoryData<string> Commands => [.. Changes.Keys];

    private static Told When(Past past, Func<Timeline<SharedTool>, Decision> command) => past.When(p => command(p.Read<SharedTool>(Stream)));

    private static SharedTool.InUse Now(Past past) => Assert.IsType<SharedTool.InUse>(past.State<SharedTool>(Stream));

    [Fact]
    public void A_tool_is_launched_reworked_and_released()
    {
        var reworked = When(Nothing, t => new LaunchSharedTool(Id, "Cosoter", "Base documentaire.", null, Time("2009")).Decide(t))
            .Then(On("2009", Stream, new SharedToolLaunched(Id, "Cosoter", "Base documentaire.")))
            .When(p => new ReworkSharedTool("New base.", Time("2017")).Decide(p.Read<SharedTool>(Stream)))
            .Then(On("2017", Stream, new SharedToolReworked("New base.")));
        Assert.True(Now(reworked).BeingReworked);
        var released = reworked.When(p => new ReleaseSharedTool("Nouvelle base", null, Time("2018-H1")).Decide(p.Read<SharedTool>(Stream)))
            .Then(On("2018-H1", Stream, new SharedToolReleased("Nouvelle base")));
        Assert.False(Now(released).BeingReworked);
    }

    [Fact]
    public void A_tool_is_launched_once() =>
        When(Launched, t => new LaunchSharedTool(Id, "Portail", null, null, Time("2017-10")).Decide(t)).ThenRefused(new SharedToolAlreadyLaunched("Portail"));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_more_happens_to_a_retired_tool(string command) => When(Retired, Changes[command]).ThenRefused(new SharedToolNoLongerInUse("Cosoter"));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_happens_to_a_tool_that_is_not_there(string command) => When(Nothing, Changes[command]).ThenRefused<SharedToolNotFound>();

    [Fact]
    public void Nothing_happens_to_a_tool_before_its_launch() =>
        When(Launched, t => new ReworkSharedTool("New base.", Time("2008")).Decide(t)).ThenRefused(new BeforeItsBeginning(BegunThing.SharedTool, Time("2009"), Time("2008")));

    [Fact]
    public void A_centre_takes_part_and_leaves()
    {
        var joined = Launched.When(p => new JoinSharedTool(LaboCites, Time("2010")).Decide(p.Read<SharedTool>(Stream), p.Read<Member>(Member.Stream(LaboCites))))
            .Then(On("2010", Stream, new SharedToolJoined(LaboCites)));
        Assert.Equal([LaboCites], Now(joined).Centres);
        Assert.Empty(Now(When(joined, t => new LeaveSharedTool(LaboCites, Time("2012")).Decide(t, Paris)).Then(On("2012", Stream, new SharedToolLeft(LaboCites)))).Centres);
        When(Launched, t => new LeaveSharedTool(LaboCites, Time("2012")).Decide(t, Paris)).ThenRefused(new NotATakerOfTheTool("Cosoter"));
    }

    [Fact]
    public void Only_a_member_of_the_association_takes_part()
    {
        var nobody = Named<MemberId>("nobody");
        Launched.When(p => new JoinSharedTool(nobody, Time("2010")).Decide(p.Read<SharedTool>(Stream), p.Read<Member>(Member.Stream(nobody)))).ThenRefused<TakerIsNotAMember>();
    }

    [Fact]
    public void Eleven_centres_of_nineteen_are_counted()
    {
        var counted = When(Launched, t => new CountSharedToolCentres(11, 19, Time("2017")).Decide(t)).Then(On("2017", Stream, new SharedToolCentresCounted(11, 19)));
        Assert.Equal((11, 19), (Now(counted).Counted, Now(counted).Network));
        When(counted, t => new CountSharedToolCentres(11, 20, Time("2018")).Decide(t)).ThenAccepted();
        When(Launched, t => new CountSharedToolCentres(11, 10, Time("2017")).Decide(t)).ThenRefused(new NumberOutOfBounds("network", 11, 100_000));
    }

    [Fact]
    public void A_group_carries_on_what_a_tool_was_for()
    {
        var stream = WorkingGroup.Stream(Group);
        var past = Launched.And(On("2022-05", stream, new WorkingGroupCreated(Group, "Ressource & Communication", GroupOrigin.New, [])));
        past.When(p => new MergeSharedTool(Group, Time("2022-05")).Decide(p.Read<SharedTool>(Stream), p.Read<WorkingGroup>(stream)))
            .Then(On("2022-05", Stream, new SharedToolMerged(Group)));
        past.When(p => new MergeSharedTool(Group, Time("2021")).Decide(p.Read<SharedTool>(Stream), p.Read<WorkingGroup>(stream)))
            .ThenRefused(new BeforeItsBeginning(BegunThing.WorkingGroup, Time("2022-05"), Time("2021")));
        Launched.When(p => new MergeSharedTool(Group, Time("2021")).Decide(p.Read<SharedTool>(Stream), p.Read<WorkingGroup>(stream))).ThenRefused<WorkingGroupNotFound>();
    }

    private static readonly MemberId Irev = Named<MemberId>("IREV");

    // Labo Cités, ORIV and IREV keep it in turn from Monday 4 March 2024.
    private static readonly Past InTurn = Launched.And(
        On("2010", Stream, new SharedToolJoined(LaboCites)), On("2010", Stream, new SharedToolJoined(Oriv)), On("2010", Stream, new SharedToolJoined(Irev)),
        On("2024-03-01", Stream, new RotaSet([LaboCites, Oriv, Irev], new DateOnly(2024, 3, 4))));

    private static DateOnly Week(int week) => new DateOnly(2024, 3, 4).AddDays(7 * (week - 1));

    private static Told Swap(Past past, MemberId by, int week, MemberId with, int their) => When(past, t =>
        new ProposeDutySwap(by, Week(week).AddDays(2), with, Week(their), Time("2024-03-02")).Decide(t));

    private static Told Answer(Past past, MemberId with, int week, DutyAnswer answer, int? their = null) => When(past, t =>
        new AnswerDutySwap(with, Week(week), their is { } other ? Week(other) : null, answer, Time("2024-03-03")).Decide(t));

    private static string Duty(Past past, int weeks) => string.Join(' ', Enumerable.Range(1, weeks).Select(w => Now(past).Rota.OnDuty(Week(w)) switch
    {
        { } centre when centre == LaboCites => "L",
        { } centre when centre == Oriv => "O",
        { } centre when centre == Irev => "I",
        _ => "-",
    }));

    [Fact]
    public void Centres_keep_a_tool_in_turn_a_week_each()
    {
        Assert.Equal("L O I L O", Duty(InTurn, 5));
        Assert.Null(Now(InTurn).Rota.OnDuty(Week(0)));
        var set = When(InTurn, t => new SetRota([Irev, Oriv], Week(3).AddDays(6), Time("2024-03-02")).Decide(t)).Then(On("2024-03-02", Stream, new RotaSet([Irev, Oriv], Week(3))));
        Assert.Equal("L O I O I", Duty(set, 5));
        Assert.Equal("L O - -", Duty(When(set, t => new SetRota([], Week(3), Time("2024-03-02")).Decide(t)).ThenAccepted(), 4));
        When(InTurn, t => new SetRota([Named<MemberId>("nobody")], Week(3), Time("2024-03-02")).Decide(t)).ThenRefused(new NotATakerOfTheTool("Cosoter"));
        When(InTurn, t => new SetRota([Oriv, Irev, Oriv], Week(3), Time("2024-03-02")).Decide(t)).ThenRefused<TwiceOnTheRota>();
    }

    [Fact]
    public void A_centre_goes_off_the_rota_before_it_leaves_so_that_no_week_is_without_anyone()
    {
        When(InTurn, t => new LeaveSharedTool(Oriv, Time("2024-03-05")).Decide(t, Paris)).ThenRefused(new StillOnTheRota("Cosoter"));
        When(InTurn.And(On("2024-03-04", Stream, new RotaSet([LaboCites, Irev], Week(2)))), t => new LeaveSharedTool(Oriv, Time("2024-03-05")).Decide(t, Paris)).ThenAccepted();
    }

    [Fact]
    public void A_centre_whose_turns_end_is_on_the_rota_until_they_do_and_one_that_took_a_week_until_it_is_over()
    {
        // From the fifth week on it is Labo Cités and IREV; before, ORIV has the second week alone.
        var ending = InTurn.And(On("2024-03-02", Stream, new RotaSet([LaboCites, Irev], Week(5))));
        When(ending, t => new LeaveSharedTool(Oriv, Time("2024-03-05")).Decide(t, Paris)).ThenRefused(new StillOnTheRota("Cosoter"));
        When(ending, t => new LeaveSharedTool(Oriv, Time("2024-03-18")).Decide(t, Paris)).ThenAccepted();

        var swapped = ending.And(
            On("2024-03-02", Stream, new DutySwapProposed(Irev, Week(3), Oriv, Week(2))), On("2024-03-02", Stream, new DutySwapAnswered(Irev, Week(3), Oriv, Week(2), DutyAnswer.Agreed)));
        When(swapped, t => new LeaveSharedTool(Oriv, Time("2024-03-18")).Decide(t, Paris)).ThenRefused(new StillOnTheRota("Cosoter"));

        // Left late: turns that were set since name the centre.
        var set = InTurn.And(On("2024-03-02", Stream, new RotaSet([LaboCites, Irev], Week(1))), On("2024-04-01", Stream, new RotaSet([Oriv], Week(5))));
        When(set, t => new LeaveSharedTool(Oriv, Time("2024-03-05")).Decide(t, Paris)).ThenRefused(new StillOnTheRota("Cosoter"));
    }

    [Fact]
    public void Of_two_swaps_proposed_of_one_week_the_answer_says_which()
    {
        var two = Swap(Swap(InTurn, LaboCites, 1, Irev, 3).ThenAccepted(), LaboCites, 1, Irev, 6).ThenAccepted();

        Answer(two, Irev, 1, DutyAnswer.Agreed).ThenRefused<SeveralSwapsProposed>();
        Assert.Equal("I O I L O L", Duty(Answer(two, Irev, 1, DutyAnswer.Agreed, their: 6).ThenAccepted(), 6));
        Answer(two, Irev, 1, DutyAnswer.Agreed, their: 5).ThenRefused<NoSwapProposed>();
        Assert.Equal("I O L L O I", Duty(Answer(Answer(two, Irev, 1, DutyAnswer.Declined, their: 6).ThenAccepted(), Irev, 1, DutyAnswer.Agreed).ThenAccepted(), 6));
    }

    [Fact]
    public void Two_centres_swap_weeks_once_both_agree()
    {
        var proposed = Swap(InTurn, LaboCites, 1, Irev, 3).Then(On("2024-03-02", Stream, new DutySwapProposed(LaboCites, Week(1), Irev, Week(3))));
        Assert.Equal("L O I", Duty(proposed, 3));
        var agreed = Answer(proposed, Irev, 1, DutyAnswer.Agreed).Then(On("2024-03-03", Stream, new DutySwapAnswered(LaboCites, Week(1), Irev, Week(3), DutyAnswer.Agreed)));
        Assert.Equal("I O L L", Duty(agreed, 4));
        Assert.Equal("L O I", Duty(Answer(proposed, Irev, 1, DutyAnswer.Declined).ThenAccepted(), 3));
        Answer(proposed, Oriv, 1, DutyAnswer.Agreed).ThenRefused<NoSwapProposed>();
        Swap(InTurn, LaboCites, 1, LaboCites, 4).ThenRefused<SwapWithItself>();
        Swap(InTurn, LaboCites, 2, Irev, 3).ThenRefused(new NotOnDutyThen(Week(2)));
        Swap(InTurn, LaboCites, 1, Irev, 2).ThenRefused(new NotOnDutyThen(Week(2)));
    }

    [Fact]
    public void What_is_proposed_of_a_week_falls_once_the_week_is_another_s()
    {
        var two = Swap(Swap(InTurn, LaboCites, 1, Irev, 3).ThenAccepted(), LaboCites, 1, Oriv, 2).ThenAccepted();
        var agreed = Answer(two, Oriv, 1, DutyAnswer.Agreed).ThenAccepted();
        Answer(agreed, Irev, 1, DutyAnswer.Agreed).ThenRefused<NoSwapProposed>();
        Assert.Equal("O L I L", Duty(agreed, 4));
        Assert.Equal("O L I O", Duty(agreed.And(On("2024-03-10", Stream, new RotaSet([Irev, Oriv], Week(3)))), 4));
    }

    [Fact]
    public void Sources_are_shared_out_and_none_is_watched_twice()
    {
        var shared = When(InTurn, t => new EntrustSources(LaboCites, ["Le Monde", "Localtis", "le monde"], null, Time("2024-03-02")).Decide(t))
            .Then(On("2024-03-02", Stream, new SourcesEntrusted(LaboCites, ["Le Monde", "Localtis"])));
        When(shared, t => new EntrustSources(Oriv, ["localtis"], null, Time("2024-03-02")).Decide(t)).ThenRefused(new SourceWatchedAlready("localtis"));
        var back = When(shared, t => new EntrustSources(LaboCites, [], null, Time("2024-03-03")).Decide(t)).Then(On("2024-03-03", Stream, new SourcesEntrusted(LaboCites, [])));
        When(back, t => new EntrustSources(Oriv, ["Localtis"], null, Time("2024-03-03")).Decide(t)).ThenAccepted();
        When(InTurn, t => new EntrustSources(Named<MemberId>("nobody"), ["Localtis"], null, Time("2024-03-02")).Decide(t)).ThenRefused(new NotATakerOfTheTool("Cosoter"));
    }

    [Fact]
    public void Sources_entrusted_late_are_not_watched_twice_since()
    {
        var since = InTurn.And(On("2024-05-01", Stream, new SourcesEntrusted(Oriv, ["Localtis"])));
        When(since, t => new EntrustSources(LaboCites, ["localtis"], null, Time("2024-03-02")).Decide(t)).ThenRefused(new SourceWatchedAlready("localtis"));

        // Taken back before the other had it, it was never watched twice.
        var back = since.And(On("2024-04-01", Stream, new SourcesEntrusted(LaboCites, [])));
        When(back, t => new EntrustSources(LaboCites, ["localtis"], null, Time("2024-03-02")).Decide(t)).ThenAccepted();
    }

    [Fact]
    public void A_tool_is_retired() =>
        When(Launched, t => new RetireSharedTool("Replaced.", Time("2020-01-01")).Decide(t)).Then(On("2020-01-01", Stream, new SharedToolRetired("Replaced.")));
}
