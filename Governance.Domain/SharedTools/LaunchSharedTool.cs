using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

public sealed record LaunchSharedTool(SharedToolId Tool, string Name, string? Purpose, string? KeptBy, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        if ((Texts.Name("name", Name) ?? Texts.OptionalText("purpose", Purpose) ?? Texts.OptionalText("keptBy", KeptBy)) is { } wrong)
            return wrong;
        return tool.Latest switch
        {
            SharedTool.Unlaunched => tool.Accept(On, new SharedToolLaunched(Tool, Name, Purpose, KeptBy)),
            SharedTool.InUse known when known.Name == Name && known.Purpose == Purpose && known.KeptBy == KeptBy => Decision.NoChange,
            _ => new SharedToolAlreadyLaunched(Name),
        };
    }
}
