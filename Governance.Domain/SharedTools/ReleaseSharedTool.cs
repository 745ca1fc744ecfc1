using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>Puts a version of the tool online.</summary>
/// <param name="Release">What that version is called.</param>
public sealed record ReleaseSharedTool(string Release, string? Remark, EffectiveTime On)
{
    public Decision Decide(Timeline<SharedTool> tool)
    {
        if ((Texts.Name("release", Release) ?? Texts.OptionalText("remark", Remark)) is { } wrong)
            return wrong;
        if (tool.Effective.Any(e => e.Event is SharedToolReleased before && before.Release == Release))
            return Decision.NoChange;
        return tool.At(On) is SharedTool.InUse ? tool.Accept(On, new SharedToolReleased(Release, Remark)) : tool.NotInUse(On);
    }
}
