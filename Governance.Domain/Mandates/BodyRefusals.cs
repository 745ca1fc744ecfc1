using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

public sealed record BodyNotFound : Refusal
{
    public override string Code => "body.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record BodyAlreadyConstituted(string Name) : Refusal
{
    public override string Code => "body.already-constituted";
    public override IReadOnlyList<object> Arguments => [Name];
}

public sealed record BodyIsDissolved(string Name) : Refusal
{
    public override string Code => "body.dissolved";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>A college is constituted as one, with its weight.</summary>
public sealed record CollegeIsConstitutedAsOne : Refusal
{
    public override string Code => "body.college";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Only a general assembly is composed of colleges, each once.</summary>
public sealed record CompositionUnfit : Refusal
{
    public override string Code => "body.composition";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>What is named as a college is none at that time.</summary>
public sealed record CollegeNotFound : Refusal
{
    public override string Code => "body.college-not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

internal static class BodyChecks
{
    public const int MaximumSeats = 1_000_000;

    /// <summary>Why a body cannot be acted upon at an instant; only for one that is not constituted then.</summary>
    public static Refusal Missing(this Timeline<Body> body, EffectiveTime on) => (body.Latest, body.At(on)) switch
    {
        (Body.Unconstituted, _) => new BodyNotFound(),
        (_, Body.Dissolved gone) => new BodyIsDissolved(gone.Was.Name),
        _ => BeforeItsBeginning.Of(BegunThing.Body, body, on),
    };

    /// <summary>Why a mandate is not in the body at an instant: unknown, or not begun yet.</summary>
    public static Refusal MandateMissing(this Timeline<Body> body, MandateId mandate, EffectiveTime on) => body.Latest switch
    {
        Body.Constituted b when b.Find(mandate) is not null => new MandateNotHeld(on),
        Body.Dissolved d when d.Was.Find(mandate) is not null => new MandateNotHeld(on),
        _ => new MandateNotFound(),
    };

    /// <summary>Whether the colleges named are each a college at an instant, and each once.</summary>
    public static Refusal? Composition(IReadOnlyList<BodyId> named, IReadOnlyList<Timeline<Body>> colleges, EffectiveTime on)
    {
        if (named.Distinct().Count() != named.Count)
            return new CompositionUnfit();
        return named.All(id => IsCollege(id, colleges, on)) ? null : new CollegeNotFound();
    }

    public static bool IsCollege(BodyId id, IReadOnlyList<Timeline<Body>> bodies, EffectiveTime on) =>
        bodies.Any(b => b.Stream == Body.Stream(id) && b.At(on) is Body.Constituted { Kind: BodyKind.College });
}
