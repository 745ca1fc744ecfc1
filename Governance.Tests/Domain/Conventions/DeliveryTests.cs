using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Xunit;
using static Governance.Tests.Domain.Conventions.Cities;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Conventions;

public sealed class DeliveryTests
{
    private static readonly DeliveryId Parents = Named<DeliveryId>("parents");
    private static readonly DeliveryId Again = Named<DeliveryId>("parents again");
    private static readonly IReadOnlyList<DeliveryCentre> ThePair = Pair(LaboCites, Oriv);
    private static readonly DeliveryPlanned ParentsPlanned = new(Id, Parents, WebinarsHeld, DeliveryKind.Webinar, "La place des parents", Time("2024-03-12"), 1, ThePair);
    private static readonly Past Planned = Filed.And(On("2024-02-01", Book, ParentsPlanned));
    private static readonly Past CarriedOut = Planned.And(On("2024-03-12", Book, new DeliveryCarriedOut(Parents, 80, Report)));
    private static readonly Past Cancelled = Planned.And(On("2024-03-01", Book, new DeliveryCancelled(Parents, "No speaker.")));

    private static PlanDelivery Plan(
        string when = "2024-03-12", IReadOnlyList<DeliveryCentre>? centres = null, DeliveryId? delivery = null, IndicatorId? indicator = null, string on = "2024-02-01", int days = 1) =>
        new(Id, delivery ?? Parents, indicator ?? WebinarsHeld, "La place des parents", Time(when), days, null, centres ?? ThePair, Time(on));

    private static CarryOutDelivery CarryOut(DeliveryId? delivery = null, string on = "2024-03-12", DocumentId? evidence = null) => new(delivery ?? Parents, 80, evidence, Time(on));

    private static IReadOnlyList<Timeline<Member>> Members(Past past, IReadOnlyList<DeliveryCentre> centres) =>
        [.. centres.Select(c => c.Centre).Distinct().Select(c => past.Read<Member>(Member.Stream(c)))];

    private static Told When(Past past, PlanDelivery command) =>
        past.When(p => command.Decide(Read(p), p.Read<DeliveryBook>(Book), Members(p, command.Centres), Paris));

    private static Told When(Past past, AssignDeliveryCentres command) => past.When(p => command.Decide(p.Read<DeliveryBook>(Book), Members(p, command.Centres)));

    private static Told When(Past past, MoveDelivery command) => past.When(p => command.Decide(Read(p), p.Read<DeliveryBook>(Book), Paris));

    private static Told When(Past past, CarryOutDelivery command) => past.When(p => command.Decide(
        Read(p), p.Read<DeliveryBook>(Book), command.Evidence is { } document ? p.Read<Document>(Document.Stream(document)) : null, Paris));

    private static Told When(Past past, CancelDelivery command) => past.When(p => command.Decide(p.Read<DeliveryBook>(Book)));

    [Fact]
    public void A_webinar_is_planned_with_its_pair_takes_place_and_counts()
    {
        var planned = When(Filed, Plan()).Then(On("2024-02-01", Book, ParentsPlanned));
        var done = When(planned, CarryOut(evidence: Report)).Then(On("2024-03-12", Book, new DeliveryCarriedOut(Parents, 80, Report)));
        var delivery = Assert.Single(done.State<DeliveryBook>(Book).Deliveries);
        Assert.Equal((Time("2024-03-12"), 80, Report), (delivery.CarriedOut!.Value, delivery.Participants!.Value, delivery.Evidence!.Value));
    }

    [Fact]
    public void What_is_written_down_after_it_took_place_was_planned_by_its_own_day()
    {
        var planned = When(Filed, Plan(on: "2024-06-01")).Then(On("2024-03-12", Book, ParentsPlanned));
        When(planned, CarryOut()).ThenAccepted();
    }

    [Fact]
    public void A_pair_is_two_different_centres()
    {
        When(Filed, Plan(centres: Pair(LaboCites, LaboCites))).ThenRefused<PairOfOneCentre>();
        When(Filed, Plan(centres: [])).ThenRefused(new PairOfTwoCentres(0));
        When(Filed, Plan(centres: [new(LaboCites, DeliveryRole.Pair)])).ThenRefused(new PairOfTwoCentres(1));
        When(Planned, new AssignDeliveryCentres(Parents, Pair(Oriv, Oriv), Time("2024-02-15"))).ThenRefused<PairOfOneCentre>();
        When(Filed, Plan(indicator: MeetingsHeld, centres: [new(LaboCites, DeliveryRole.Organiser), new(LaboCites, DeliveryRole.Speaker)])).ThenAccepted();
    }

    [Fact]
    public void Only_members_of_the_association_deliver() =>
        When(Filed, Plan(centres: Pair(LaboCites, Named<MemberId>("nobody")))).ThenRefused<CentreNotAMember>();

    [Fact]
    public void Deliveries_lie_within_the_days_of_the_convention()
    {
        var outside = new DateOutsideConvention(Day("2026-01-01"), Day("2023-01-01"), Day("2025-12-31"));
        When(Filed, Plan(when: "2026-01-01")).ThenRefused(outside);
        When(Filed, Plan(when: "2025-12-31", days: 2, indicator: MeetingsHeld)).ThenRefused(outside);
        When(Filed, Plan(when: "2025-12")).ThenAccepted();
        When(Filed, Plan(when: "2022-12-31")).ThenRefused<DateOutsideConvention>();
        When(Planned, new MoveDelivery(Parents, Time("2026-01-01"), "Late.", Time("2024-03-01"))).ThenRefused(outside);
        When(Planned, CarryOut(on: "2026-01-01")).ThenRefused(outside);
    }

    [Fact]
    public void A_delivery_counts_once()
    {
        var counted = new DeliveryCountedTwice("La place des parents", Time("2024-03-12"));
        When(CarriedOut, CarryOut(on: "2024-03-13")).ThenRefused(new DeliveryCountedTwice("La place des parents", Time("2024-03-12")));
        var planned = CarriedOut.And(On("2024-04-01", Book, ParentsPlanned with { Delivery = Again, Title = "la place des parents " }));
        When(planned, CarryOut(Again)).ThenRefused(counted);
        When(planned, CarryOut(Again, "2024-03-12T18:30:00+01:00")).ThenRefused(counted);
        When(planned, CarryOut(Again, "2024-04-12", Report)).ThenRefused(counted);
        When(planned, CarryOut(Again, "2024-04-12")).ThenAccepted();
        When(CarriedOut, new MoveDelivery(Parents, Time("2024-05-01"), "Late.", Time("2024-04-01"))).ThenRefused(counted);
        When(CarriedOut, new CancelDelivery(Parents, "No.", Time("2024-04-01"))).ThenRefused(counted);
    }

    [Fact]
    public void The_same_thing_is_planned_once()
    {
        When(Planned, Plan(delivery: Again)).ThenRefused(new DeliveryAlreadyPlanned("La place des parents"));
        When(Planned, Plan(when: "2024-05-02")).ThenRefused(new DeliveryAlreadyPlanned("La place des parents"));
        When(Cancelled, Plan(delivery: Again)).ThenAccepted();
    }

    [Fact]
    public void What_shows_a_delivery_is_kept_here() => When(Planned, CarryOut(evidence: Named<DocumentId>("nowhere"))).ThenRefused<DocumentNotKeptHere>();

    [Fact]
    public void A_delivery_is_moved_given_to_others_and_cancelled()
    {
        var moved = When(Planned, new MoveDelivery(Parents, Time("2024-04-09"), "Speaker ill.", Time("2024-03-01")))
            .Then(On("2024-03-01", Book, new DeliveryMoved(Parents, Time("2024-04-09"), "Speaker ill.")));
        var assigned = When(moved, new AssignDeliveryCentres(Parents, Pair(Oriv, LaboCites), Time("2024-03-02")))
            .Then(On("2024-03-02", Book, new DeliveryCentresAssigned(Parents, Pair(Oriv, LaboCites))));
        When(assigned, new CancelDelivery(Parents, "No speaker.", Time("2024-03-03"))).Then(On("2024-03-03", Book, new DeliveryCancelled(Parents, "No speaker.")));
    }

    [Fact]
    public void Nothing_more_happens_to_what_is_cancelled()
    {
        var cancelled = new DeliveryIsCancelled("La place des parents");
        When(Cancelled, CarryOut()).ThenRefused(new DeliveryIsCancelled("La place des parents"));
        When(Cancelled, new MoveDelivery(Parents, Time("2024-05-01"), "Late.", Time("2024-04-01"))).ThenRefused(cancelled);
        When(Cancelled, new AssignDeliveryCentres(Parents, Pair(Oriv, LaboCites), Time("2024-04-01"))).ThenRefused(cancelled);
    }

    [Fact]
    public void Nothing_happens_to_what_is_not_there()
    {
        When(Filed, CarryOut()).ThenRefused<DeliveryNotFound>();
        When(Filed, new MoveDelivery(Parents, Time("2024-05-01"), "Late.", Time("2024-04-01"))).ThenRefused<DeliveryNotFound>();
        When(Filed, new CancelDelivery(Parents, "No.", Time("2024-04-01"))).ThenRefused<DeliveryNotFound>();
        When(Filed, new AssignDeliveryCentres(Parents, ThePair, Time("2024-04-01"))).ThenRefused<DeliveryNotFound>();
        When(Filed, Plan(indicator: Named<IndicatorId>("none"))).ThenRefused<IndicatorNotFound>();
        When(Agreed, Plan()).ThenRefused(new ConventionNotSigned("Cités éducatives"));
        When(Nothing, Plan()).ThenRefused<ConventionNotFound>();
        When(Planned.And(On("2024-02-20", Agreement, new ConventionEnded())), CarryOut()).ThenRefused(new ConventionHasEnded("Cités éducatives"));
    }
}
