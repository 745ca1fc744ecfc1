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
        ["LeaveSharedTool"] = t => new LeaveSharedTool(LaboCites, Time("2021")).Decide(t),
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
        Assert.Empty(Now(When(joined, t => new LeaveSharedTool(LaboCites, Time("2012")).Decide(t)).Then(On("2012", Stream, new SharedToolLeft(LaboCites)))).Centres);
        When(Launched, t => new LeaveSharedTool(LaboCites, Time("2012")).Decide(t)).ThenRefused(new NotATakerOfTheTool("Cosoter"));
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

    [Fact]
    public void A_tool_is_retired() =>
        When(Launched, t => new RetireSharedTool("Replaced.", Time("2020-01-01")).Decide(t)).Then(On("2020-01-01", Stream, new SharedToolRetired("Replaced.")));
}
