using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Kernel;

public sealed class RetractFactTests
{
    private static readonly PersonId Ada = Named<PersonId>("Ada");
    private static readonly StreamId Stream = Person.Stream(Ada);
    private static readonly Past Registered = Given(
        On("2024-01-01", Stream, new PersonRegistered(Ada, SealedFor(Ada, "Ada"), false)),
        On("2024-02-01", Stream, new PersonNameChanged(SealedFor(Ada, "Grace"))));

    private static Told Retract(Past past, EventId @event, string reason = "Entered for somebody else.") =>
        past.When(p => new RetractFact(@event, reason, Time("2024-05-01")).Decide(p.Read<Person>(Stream)));

    [Fact]
    public void A_fact_entered_by_mistake_is_left_out_of_every_state()
    {
        var after = Retract(Registered, Event(2)).Then(On("2024-05-01", Stream, new FactRetracted(Event(2), "Entered for somebody else.")));

        Assert.Equal(SealedFor(Ada, "Ada"), Assert.IsType<Person.Registered>(after.State<Person>(Stream)).Name);
        Assert.Equal(SealedFor(Ada, "Ada"), Assert.IsType<Person.Registered>(after.State<Person>(Stream, "2024-02-02")).Name);
    }

    [Fact]
    public void A_fact_that_later_ones_rest_on_stays() =>
        Retract(Registered, Event(1)).ThenRefused(new ImpossibleInHistory("PersonNameChanged", "Unregistered", Time("2024-02-01").Instant));

    [Fact]
    public void A_fact_that_is_not_there_cannot_be_taken_back() => Retract(Registered, Event(9)).ThenRefused<FactNotFound>();

    [Fact]
    public void A_retraction_stands()
    {
        var retracted = Retract(Registered, Event(2)).ThenAccepted();
        Retract(retracted, Event(3)).ThenRefused<RetractionIsNotRetracted>();
    }

    [Fact]
    public void An_act_is_annulled_not_taken_back() =>
        Given(On("2024-01-01", Done.Stream, new Proclaimed()))
            .When(p => new RetractFact(Event(1), "Miscounted.", Time("2024-05-01")).Decide(p.Read<Done>(Done.Stream)))
            .ThenRefused(new ActIsNotRetracted(nameof(Proclaimed)));

    [Fact]
    public void The_founding_that_all_rests_on_stays() =>
        Given(On("2024-01-01", Association.Stream, new AssociationFounded(Named<AssociationId>("a"), "a", "A", "A", "Purpose", "Lille", "Europe/Paris")))
            .When(p => new RetractFact(Event(1), "Mistaken.", Time("2024-05-01")).Decide(p.Read<Association>(Association.Stream)))
            .ThenRefused<FoundingIsNotRetracted>();

    [Fact]
    public void The_register_keeps_every_body_that_it_names() =>
        Given(On("2024-01-01", RegisterOfBodies.Stream, new BodyRegistered(Named<BodyId>("board"))))
            .When(p => new RetractFact(Event(1), "Mistaken.", Time("2024-05-01")).Decide(p.Read<RegisterOfBodies>(RegisterOfBodies.Stream)))
            .ThenRefused<RegisterKeepsItsBodies>();

    [Fact]
    public void An_erasure_cannot_be_taken_back_since_the_key_is_gone() =>
        Retract(Registered.And(On("2024-03-01", Stream, new PersonErased("At her own wish."))), Event(3)).ThenRefused<ErasureIsNotRetracted>();

    [Fact]
    public void An_irregularity_that_was_found_is_settled_not_taken_back()
    {
        var ballot = Named<BallotId>("b");
        Given(On("2024-01-01", Ballot.Stream(ballot), new IrregularityRaised(ballot, Event(8), Event(9))))
            .When(p => new RetractFact(Event(1), "Unwelcome.", Time("2024-05-01")).Decide(p.Read<Ballot>(Ballot.Stream(ballot))))
            .ThenRefused(new ActIsNotRetracted(nameof(IrregularityRaised)));
    }

    [Fact]
    public void A_retraction_says_why() => Retract(Registered, Event(2), "").ThenRefused<TextOutOfBounds>();

    private sealed record Proclaimed : IAct;

    private sealed record Done(bool Is) : IState<Done>
    {
        public static Done Initial { get; } = new(false);

        public static StreamId Stream { get; } = new("done");

        public Done Evolve(IEvent @event, EffectiveTime on) => new(@event is Proclaimed);
    }
}
