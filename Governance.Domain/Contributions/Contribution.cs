using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <summary>Where a contribution stands, in the order of its life.</summary>
public enum ContributionStage
{
    Proposed,
    Discussed,
    Validated,

    /// <summary>At least one centre's observation is there.</summary>
    Observed,
    Analysed,
    Debated,
    Presented,
    Published,
    SetAside,
}

/// <summary>A funder's call for the collective papers of a year.</summary>
public abstract record ContributionCall : IState<ContributionCall>
{
    private ContributionCall() { }

    public sealed record Unmade : ContributionCall;

    public sealed record Made(ContributionCallId Id, string Funder, int Year, string? Text) : ContributionCall;

    public static ContributionCall Initial { get; } = new Unmade();

    public static StreamId Stream(ContributionCallId id) => new($"contribution-call:{id}");

    public ContributionCall Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unmade, ContributionsCalled e) => new Made(e.Call, e.Funder, e.Year, e.Text),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}

/// <summary>A collective paper, from its subject to its publication.</summary>
public abstract record Contribution : IState<Contribution>
{
    private Contribution() { }

    public sealed record Unproposed : Contribution;

    /// <param name="Observations">By centre: what it saw.</param>
    public sealed record Known(
        ContributionId Id, ContributionCallId Call, string Subject, ContributionStage Stage, DecisionReference? Decision,
        ImmutableDictionary<MemberId, string> Observations) : Contribution;

    public static Contribution Initial { get; } = new Unproposed();

    public static StreamId Stream(ContributionId id) => new($"contribution:{id}");

    public Contribution Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unproposed, SubjectProposed e) => new Known(
            e.Contribution, e.Call, e.Subject, ContributionStage.Proposed, null, ImmutableDictionary<MemberId, string>.Empty),
        (Known { Stage: ContributionStage.Proposed or ContributionStage.Discussed } c, SubjectDiscussed) => c with { Stage = ContributionStage.Discussed },
        (Known { Stage: ContributionStage.Discussed } c, SubjectValidated e) => c with { Stage = ContributionStage.Validated, Decision = e.Decision },
        (Known { Stage: ContributionStage.Validated or ContributionStage.Observed } c, ObservationCollected e)
            => c with { Stage = ContributionStage.Observed, Observations = c.Observations.SetItem(e.Centre, e.Observation) },
        (Known { Stage: ContributionStage.Observed } c, ObservationsAnalysed) => c with { Stage = ContributionStage.Analysed },
        (Known { Stage: ContributionStage.Analysed or ContributionStage.Debated } c, TeachingsDebated) => c with { Stage = ContributionStage.Debated },
        (Known { Stage: ContributionStage.Debated } c, ContributionPresented) => c with { Stage = ContributionStage.Presented },
        (Known { Stage: ContributionStage.Presented } c, ContributionPublished) => c with { Stage = ContributionStage.Published },
        (Known { Stage: not (ContributionStage.Published or ContributionStage.SetAside) } c, ContributionSetAside) => c with { Stage = ContributionStage.SetAside },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
