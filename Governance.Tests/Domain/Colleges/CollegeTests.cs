using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Tests.Domain.Mandates;
using Xunit;
using static Governance.Tests.Domain.Mandates.MandateStory;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Colleges;

public sealed class CollegeTests
{
    private static readonly BodyId TeamsId = Named<BodyId>("college of teams");
    private static readonly StreamId Teams = Body.Stream(TeamsId);
    private static readonly ConstituteCollege Constitute = new(TeamsId, "Cercle des équipes", 19, new Fraction(1, 2), null, Time("2023-10-14"));

    private static Told When(Past past, ConstituteCollege command) => past.When(p => command.Decide(
        p.Read<Body>(Body.Stream(command.College)), p.Read<RegisterOfBodies>(RegisterOfBodies.Stream)));

    private static Told When(Past past, StreamId college, ReviewCollege command) => past.When(p => command.Decide(p.Read<Body>(college)));

    private static Told When(Past past, StreamId college, RefineCollege command) => past.When(p => command.Decide(p.Read<Body>(college)));

    private static Body.Constituted Now(Past past, StreamId college) => Assert.IsType<Body.Constituted>(past.State<Body>(college));

    [Fact]
    public void A_college_is_constituted_with_seats_and_weight()
    {
        var after = When(Nothing, Constitute)
            .Then(
                On("2023-10-14", Teams, new CollegeConstituted(TeamsId, "Cercle des équipes", new Fraction(1, 2), 19)),
                On("2023-10-14", RegisterOfBodies.Stream, new BodyRegistered(TeamsId)));
        Assert.Equal((BodyKind.College, 19, new Fraction(1, 2)), (Now(after, Teams).Kind, Now(after, Teams).Seats, Now(after, Teams).Weight));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_weight_is_above_zero_and_bounded(int weight) => When(Nothing, Constitute with { Weight = weight }).ThenRefused<WeightUnfit>();

    [Fact]
    public void A_college_is_constituted_once()
    {
        When(Network, Constitute with { College = CollegeId }).ThenRefused(new BodyAlreadyConstituted("Cercle des directeurs"));
        When(Network.And(On("2021-01-01", College, new BodyDissolved("Over."))), Constitute with { College = CollegeId }).ThenRefused<BodyIsDissolved>();
    }

    [Fact]
    public void A_college_is_composed_from_its_mandates()
    {
        var after = When(Network, Constitute).ThenAccepted().When(Teams, Appoint(First, Ada, "2024-01-01", member: LaboCites)).ThenAccepted();
        Assert.Equal([(First, (BodyId?)TeamsId)], after.State<Body>(Teams).Holders(Time("2024-02-01").Instant).Select(h => (h.Mandate, h.College)));
    }

    [Fact]
    public void A_review_can_ask_for_a_refinement_which_settles_it()
    {
        var reviewed = When(Network, College, new ReviewCollege("Quorum hard to reach.", true, Time("2024-10")))
            .Then(On("2024-10", College, new CollegeReviewed("Quorum hard to reach.", true)));
        Assert.True(Now(reviewed, College).RefinementWanted);
        Assert.Equal(1, Now(reviewed, College).Reviews);

        var refined = When(reviewed, College, new RefineCollege(19, 2, "Weighs double.", null, Time("2024-12-01")))
            .Then(On("2024-12-01", College, new CollegeRefined(2, "Weighs double.", 19)));
        Assert.False(Now(refined, College).RefinementWanted);
        Assert.Equal((19, (Fraction)2), (Now(refined, College).Seats, Now(refined, College).Weight));
    }

    [Fact]
    public void Only_a_college_is_reviewed_and_refined()
    {
        When(Network, Board, new ReviewCollege("Fine.", false, Time("2024-10"))).ThenRefused(new NotACollege("Conseil"));
        When(Network, Board, new RefineCollege(19, 2, "Why not.", null, Time("2024-10"))).ThenRefused(new NotACollege("Conseil"));
        When(Network, Teams, new ReviewCollege("Fine.", false, Time("2024-10"))).ThenRefused<BodyNotFound>();
        When(Network, Teams, new RefineCollege(19, 2, "Why not.", null, Time("2024-10"))).ThenRefused<BodyNotFound>();
    }

    [Fact]
    public void A_refinement_keeps_a_seat_for_every_holder()
    {
        var two = Network.And(
            On("2021-01-01", College, new MandateAppointed(First, Ada, Office.Seat, Member: LaboCites)),
            On("2021-01-01", College, new MandateAppointed(Second, Grace, Office.Seat, Member: Oriv)));
        When(two, College, new RefineCollege(1, 1, "Smaller.", null, Time("2021-06-01"))).ThenRefused(new FewerSeatsThanHolders(1, 2));
        When(two, College, new RefineCollege(1, 1, "Smaller.", null, Time("2020-06-01"))).ThenRefused<ImpossibleInHistory>();
        When(two, College, new RefineCollege(2, 1, "Just so.", null, Time("2021-06-01"))).ThenAccepted();
    }

    [Fact]
    public void A_refinement_keeps_its_bounds()
    {
        When(Network, College, new RefineCollege(0, 1, "None.", null, Time("2021-06-01"))).ThenRefused<NumberOutOfBounds>();
        When(Network, College, new RefineCollege(1, 0, "None.", null, Time("2021-06-01"))).ThenRefused<WeightUnfit>();
        When(Network, College, new RefineCollege(1, 1, "", null, Time("2021-06-01"))).ThenRefused<TextOutOfBounds>();
        When(Network, College, new ReviewCollege("", false, Time("2021-06-01"))).ThenRefused<TextOutOfBounds>();
    }
}
