using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Mandates;

public sealed class BodyTests
{
    private static readonly ConstituteBody Constitute = new(AssemblyId, "Assemblée générale", BodyKind.GeneralAssembly, null, [CollegeId], null, Time("2023-10-14"));

    private static Told When(Past past, ConstituteBody command) =>
        past.When(p => command.Decide(
            p.Read<Body>(Body.Stream(command.Body)), p.Read<RegisterOfBodies>(RegisterOfBodies.Stream), p.ReadAll<Body>("body")));

    private static Told When(Past past, StreamId body, RecomposeBody command) =>
        past.When(p => command.Decide(p.Read<Body>(body), p.ReadAll<Body>("body")));

    [Fact]
    public void A_general_assembly_is_composed_of_colleges()
    {
        var after = When(Network, Constitute)
            .Then(
                On("2023-10-14", Assembly, new BodyConstituted(AssemblyId, "Assemblée générale", BodyKind.GeneralAssembly, [CollegeId])),
                On("2023-10-14", RegisterOfBodies.Stream, new BodyRegistered(AssemblyId)));
        Assert.Equal([AssemblyId], after.State<RegisterOfBodies>(RegisterOfBodies.Stream).Bodies);
        Assert.Equal([CollegeId], Assert.IsType<Body.Constituted>(after.State<Body>(Assembly)).Colleges);
    }

    [Fact]
    public void What_composes_a_general_assembly_is_a_college_each_once()
    {
        When(Network, Constitute with { Colleges = [BoardId] }).ThenRefused<CollegeNotFound>();
        When(Network, Constitute with { On = Time("2019-01-01") }).ThenRefused<CollegeNotFound>();
        When(Network, Constitute with { Colleges = [CollegeId, CollegeId] }).ThenRefused<CompositionUnfit>();
        When(Network, Constitute with { Kind = BodyKind.Bureau }).ThenRefused<CompositionUnfit>();
    }

    [Fact]
    public void A_college_is_constituted_as_one() =>
        When(Network, Constitute with { Kind = BodyKind.College, Colleges = [] }).ThenRefused<CollegeIsConstitutedAsOne>();

    [Fact]
    public void A_body_is_constituted_once()
    {
        When(Network, new(BoardId, "Bureau", BodyKind.Bureau, null, [], null, Time("2021-01-01"))).ThenRefused(new BodyAlreadyConstituted("Conseil"));
        When(Network.And(On("2021-01-01", Board, new BodyDissolved("Over."))), new(BoardId, "Bureau", BodyKind.Bureau, null, [], null, Time("2021-01-01")))
            .ThenRefused(new BodyIsDissolved("Conseil"));
    }

    [Fact]
    public void Seats_and_names_keep_their_bounds()
    {
        When(Network, Constitute with { Seats = 0 }).ThenRefused(new NumberOutOfBounds("seats", 1, 1_000_000));
        When(Network, Constitute with { Name = "" }).ThenRefused(new TextOutOfBounds("name", 1, 200));
    }

    [Fact]
    public void A_general_assembly_is_recomposed()
    {
        var assembly = Network.And(On("2022-01-01", Assembly, new BodyConstituted(AssemblyId, "Assemblée", BodyKind.GeneralAssembly, [])));
        When(assembly, Assembly, new([CollegeId], null, Time("2023-10-14"))).Then(On("2023-10-14", Assembly, new BodyRecomposed([CollegeId])));
        When(assembly, Assembly, new([BoardId], null, Time("2023-10-14"))).ThenRefused<CollegeNotFound>();
        When(assembly, Assembly, new([CollegeId, CollegeId], null, Time("2023-10-14"))).ThenRefused<CompositionUnfit>();
    }

    [Fact]
    public void Only_a_general_assembly_is_recomposed()
    {
        When(Network, Board, new([CollegeId], null, Time("2023-10-14"))).ThenRefused<CompositionUnfit>();
        When(Network, Assembly, new([CollegeId], null, Time("2023-10-14"))).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_body_takes_another_name()
    {
        var after = Network.When(p => new RenameBody("Conseil d'administration", Time("2021-01-01")).Decide(p.Read<Body>(Board)))
            .Then(On("2021-01-01", Board, new BodyRenamed("Conseil d'administration")));
        Assert.Equal("Conseil", Assert.IsType<Body.Constituted>(after.State<Body>(Board, "2020-12-31")).Name);
        Assert.Equal("Conseil d'administration", Assert.IsType<Body.Constituted>(after.State<Body>(Board)).Name);
    }

    [Fact]
    public void A_body_that_is_not_there_is_neither_renamed_nor_dissolved()
    {
        Network.When(p => new RenameBody("Assemblée", Time("2021-01-01")).Decide(p.Read<Body>(Assembly))).ThenRefused<BodyNotFound>();
        Network.When(p => new RenameBody("Conseil", Time("2019-01-01")).Decide(p.Read<Body>(Board))).ThenRefused(new BeforeItsBeginning(BegunThing.Body, Time("2020-01-01"), Time("2019-01-01")));
        Network.When(p => new DissolveBody("Over.", null, Time("2021-01-01")).Decide(p.Read<Body>(Assembly))).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_body_is_not_dissolved_before_what_it_did_since() =>
        Network.And(On("2021-01-01", Board, new MandateAppointed(First, Ada, Office.Seat)))
            .When(p => new DissolveBody("Over.", null, Time("2020-06-01")).Decide(p.Read<Body>(Board)))
            .ThenRefused(new ImpossibleInHistory("MandateAppointed", "Dissolved", Time("2021-01-01").Instant));
}
