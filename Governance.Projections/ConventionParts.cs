using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>What the parts of conventions are called: objectives, indicators, tranches, amendments.</summary>
public sealed class ConventionParts : TimelineModel<ConventionParts.Called>
{
    private const string Stored = "convention_parts_1";

    public sealed record Called(Guid Key, ConventionId Convention, string Title);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["convention"];

    public override IReadOnlyList<Type> Events => [typeof(ObjectiveAdded), typeof(IndicatorAdded), typeof(TrancheAgreed), typeof(AmendmentDrafted)];

    public override Columns<Called> Columns { get; } = new Columns<Called>().Uuid("convention", p => p.Convention.Value).Text("title", p => p.Title);

    public override Guid Part(IEvent @event) => @event switch
    {
        ObjectiveAdded e => e.Objective.Value,
        IndicatorAdded e => e.Indicator.Value,
        TrancheAgreed e => e.Tranche.Value,
        AmendmentDrafted e => e.Amendment.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Called>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(Part(history[0].Event), history, default(Called), (_, e) => new Called(Part(e.Event), new ConventionId(e.Stream.Thing()), Title(e.Event)), p => p);

    private static string Title(IEvent @event) => @event switch
    {
        ObjectiveAdded e => e.Domain,
        IndicatorAdded e => e.Name,
        TrancheAgreed e => e.Title,
        AmendmentDrafted e => e.Title,
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };
}
