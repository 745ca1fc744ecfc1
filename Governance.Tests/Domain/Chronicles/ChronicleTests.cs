using Governance.Domain.Chronicles;
using Governance.Domain.Kernel;
using Xunit;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Chronicles;

public sealed class ChronicleTests
{
    private static readonly RecordChronicleEntry Gathering = new("8e regroupement", ChronicleTheme.Gathering, "À Lille.", Time("2024-10"));

    private static Told When(Past past, RecordChronicleEntry command) => past.When(p => command.Decide(p.Read<Chronicle>(Chronicle.Stream)));

    [Fact]
    public void A_fact_of_the_life_of_the_network_is_told() =>
        When(Nothing, Gathering).Then(On("2024-10", Chronicle.Stream, new ChronicleEntryRecorded("8e regroupement", ChronicleTheme.Gathering, "À Lille.")));

    [Fact]
    public void A_title_is_told_once() =>
        When(When(Nothing, Gathering).ThenAccepted(), Gathering with { Text = "À Paris." }).ThenRefused(new ChronicleEntryAlreadyTold("8e regroupement"));

    [Fact]
    public void A_fact_taken_back_can_be_told_again()
    {
        var taken = When(Nothing, Gathering).ThenAccepted()
            .When(p => new RetractFact(Event(1), "Wrong town.", Time("2024-11")).Decide(p.Read<Chronicle>(Chronicle.Stream))).ThenAccepted();
        When(taken, Gathering with { Text = "À Paris." }).ThenAccepted();
    }

    [Fact]
    public void A_fact_has_a_title() => When(Nothing, Gathering with { Title = "" }).ThenRefused<TextOutOfBounds>();
}
