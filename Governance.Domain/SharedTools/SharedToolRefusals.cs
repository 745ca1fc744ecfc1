using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

public sealed record SharedToolNotFound : Refusal
{
    public override string Code => "shared-tool.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

public sealed record SharedToolAlreadyLaunched(string Name) : Refusal
{
    public override string Code => "shared-tool.already-launched";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>The tool was merged into a group or retired before.</summary>
public sealed record SharedToolNoLongerInUse(string Name) : Refusal
{
    public override string Code => "shared-tool.not-in-use";
    public override IReadOnlyList<object> Arguments => [Name];
}

public sealed record NotATakerOfTheTool(string Name) : Refusal
{
    public override string Code => "shared-tool.not-joined";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>Tools are kept by members of the association.</summary>
public sealed record TakerIsNotAMember : Refusal
{
    public override string Code => "shared-tool.not-a-member";
}

public sealed record TwiceOnTheRota : Refusal
{
    public override string Code => "shared-tool.twice-on-rota";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>A centre that keeps the tool in turn goes off the rota first, so that no week is left without anyone noticing.</summary>
public sealed record StillOnTheRota(string Name) : Refusal
{
    public override string Code => "shared-tool.still-on-rota";
    public override IReadOnlyList<object> Arguments => [Name];
}

public sealed record SwapWithItself : Refusal
{
    public override string Code => "shared-tool.swap-with-itself";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <param name="Week">Its Monday.</param>
public sealed record NotOnDutyThen(DateOnly Week) : Refusal
{
    public override string Code => "shared-tool.not-on-duty";
    public override IReadOnlyList<object> Arguments => [Week];
}

public sealed record NoSwapProposed : Refusal
{
    public override string Code => "shared-tool.no-swap-proposed";
}

/// <summary>A week can be offered for one or another: the answer says for which.</summary>
public sealed record SeveralSwapsProposed : Refusal
{
    public override string Code => "shared-tool.several-swaps-proposed";
}

/// <summary>Two centres do not watch the same source.</summary>
public sealed record SourceWatchedAlready(string Source) : Refusal
{
    public override string Code => "shared-tool.source-watched";
    public override IReadOnlyList<object> Arguments => [Source];
}

internal static class SharedToolChecks
{
    /// <summary>Why a tool cannot be acted upon at an instant; only for one that is not in use then.</summary>
    public static Refusal NotInUse(this Timeline<SharedTool> tool, EffectiveTime on) => (tool.Latest, tool.At(on)) switch
    {
        (SharedTool.Unlaunched, _) => new SharedToolNotFound(),
        (_, SharedTool.Unlaunched) => BeforeItsBeginning.Of(BegunThing.SharedTool, tool, on),
        (_, SharedTool.Merged gone) => new SharedToolNoLongerInUse(gone.Name),
        (_, SharedTool.Retired gone) => new SharedToolNoLongerInUse(gone.Name),
        _ => throw new InvalidOperationException("The tool is in use."),
    };
}
