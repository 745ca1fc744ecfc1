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
