using Governance.Domain.Associations;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;

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

/// <summary>All that is recorded rests on the founding of the association.</summary>
public sealed record FoundingIsNotRetracted : Refusal
{
    public override string Code => "correction.founding";
}

/// <summary>The person's key is destroyed: taking the erasure back would bring nothing back.</summary>
public sealed record ErasureIsNotRetracted : Refusal
{
    public override string Code => "correction.erasure";
}

/// <summary>A name is taken and freed with a fact of the member: that one is taken back, and the name goes with it.</summary>
public sealed record NameGoesWithItsMember : Refusal
{
    public override string Code => "correction.member-name";
}

/// <summary>The register names every body there ever was, so that none is missed; what constitutes the body is taken back on the body itself.</summary>
public sealed record RegisterKeepsItsBodies : Refusal
{
    public override string Code => "correction.body-register";
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
            AssociationFounded => new FoundingIsNotRetracted(),
            PersonErased => new ErasureIsNotRetracted(),
            MemberNameReserved or MemberNameReleased => new NameGoesWithItsMember(),
            BodyRegistered => new RegisterKeepsItsBodies(),
            IAct act => new ActIsNotRetracted(act.GetType().Name),
            _ => timeline.Accept(On, new FactRetracted(Event, Reason)),
        };
    }
}
