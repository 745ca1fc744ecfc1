namespace Governance.Domain.Kernel;

public sealed record FactNotFound : Refusal
{
    public override string Code => "correction.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>An act (a ballot opened, a result proclaimed) is annulled by a later decision, never taken back.</summary>
public sealed record ActIsNotRetracted(string Event) : Refusal
{
    public override string Code => "correction.act";
    public override IReadOnlyList<object> Arguments => [Event];
}

/// <summary>A retraction stands: what was taken back by mistake is recorded anew.</summary>
public sealed record RetractionIsNotRetracted : Refusal
{
    public override string Code => "correction.retraction";
}

/// <summary>Takes back a fact of a stream that was entered by mistake.</summary>
/// <param name="Event">The fact, of the stream given.</param>
public sealed record RetractFact(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide<TState>(Timeline<TState> timeline) where TState : class, IState<TState>
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (timeline.Recorded.Any(e => e.Event is FactRetracted retracted && retracted.Retracted == Event))
            return Decision.NoChange;
        return timeline.Recorded.FirstOrDefault(e => e.Id == Event)?.Event switch
        {
            null => new FactNotFound(),
            FactRetracted => new RetractionIsNotRetracted(),
            IAct act => new ActIsNotRetracted(act.GetType().Name),
            _ => timeline.Accept(On, new FactRetracted(Event, Reason)),
        };
    }
}
