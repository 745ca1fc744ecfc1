using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

public sealed record ContributionCallNotFound : Refusal
{
    public override string Code => "contribution.call-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record ContributionsAlreadyCalled(string Funder) : Refusal
{
    public override string Code => "contribution.already-called";
    public override IReadOnlyList<object> Arguments => [Funder];
}

public sealed record ContributionNotFound : Refusal
{
    public override string Code => "contribution.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record SubjectAlreadyProposed(string Subject) : Refusal
{
    public override string Code => "contribution.already-proposed";
    public override IReadOnlyList<object> Arguments => [Subject];
}

/// <summary>What is asked does not go with where the contribution stands: its life has an order.</summary>
public sealed record ContributionStandsOtherwise(ContributionStage Stage) : Refusal
{
    public override string Code => "contribution.stage";
    public override IReadOnlyList<object> Arguments => [Stage];
}

/// <summary>Observations come from members of the association.</summary>
public sealed record ObserverNotAMember : Refusal
{
    public override string Code => "contribution.observer-not-a-member";
}

/// <summary>The paper named is not kept here.</summary>
public sealed record PaperNotKept : Refusal
{
    public override string Code => "contribution.paper-not-kept";
}

internal static class ContributionChecks
{
    /// <summary>A step of the life of a contribution, allowed from some stages; the same again changes nothing.</summary>
    public static Decision Step(this Timeline<Contribution> contribution, EffectiveTime on, IEvent @event, params ContributionStage[] from)
    {
        foreach (var recorded in contribution.Effective)
        {
            if (recorded.On == on && @event.Equals(recorded.Event))
                return Decision.NoChange;
        }

        return contribution.At(on) switch
        {
            Contribution.Known c when Array.IndexOf(from, c.Stage) >= 0 => contribution.Accept(on, @event),
            Contribution.Known c => new ContributionStandsOtherwise(c.Stage),
            _ when contribution.Latest is Contribution.Known => BeforeItsBeginning.Of(BegunThing.Contribution, contribution, on),
            _ => new ContributionNotFound(),
        };
    }
}
