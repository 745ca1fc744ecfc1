using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>Says how many centres take part, where a document gives the number and not the names.</summary>
public sealed record CountSharedToolCentres(int Centres, int? Network, EffectiveTime On)
{
    public const int Most = 100_000;

    public Decision Decide(Timeline<SharedTool> tool)
    {
        if ((Texts.Number("centres", Centres, 0, Most) ?? Texts.Number("network", Network, Centres, Most)) is { } wrong)
            return wrong;
        return tool.At(On) switch
        {
            SharedTool.InUse known when known.Counted == Centres && known.Network == Network => Decision.NoChange,
            SharedTool.InUse => tool.Accept(On, new SharedToolCentresCounted(Centres, Network)),
            _ => tool.NotInUse(On),
        };
    }
}
