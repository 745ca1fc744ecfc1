using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>By joint decision a centre watches these sources for all, and no others any more.</summary>
/// <param name="Sources">None takes back all that the centre had.</param>
public sealed record EntrustSources(MemberId Centre, IReadOnlyList<string> Sources, DecisionReference? Decision, EffectiveTime On)
{
    /// <summary>Sources of one centre at most.</summary>
    public const int Most = 200;

    public Decision Decide(Timeline<SharedTool> tool)
    {
        if ((Texts.Number("sources", Sources.Count, 0, Most) ?? Sources.Select(s => Texts.Name("sources", s)).FirstOrDefault(wrong => wrong is not null)) is { } wrong)
            return wrong;
        var named = Sources.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return tool.At(On) switch
        {
            SharedTool.InUse known when !known.Centres.Contains(Centre) => new NotATakerOfTheTool(known.Name),
            SharedTool.InUse known when (known.Sources.GetValueOrDefault(Centre) ?? []).SequenceEqual(named) => Kernel.Decision.NoChange,
            SharedTool.InUse => Entrust(tool, named),
            _ => tool.NotInUse(On),
        };
    }

    // What is entrusted late has to fit what others were entrusted with later already, while it is not taken back itself.
    private Decision Entrust(Timeline<SharedTool> tool, IReadOnlyList<string> named)
    {
        var decision = tool.Accept(On, new SourcesEntrusted(Centre, named, Decision));
        if (decision is not Kernel.Decision.Accepted { Facts: var facts })
            return decision;
        foreach (var known in tool.After(facts).From(On).OfType<SharedTool.InUse>().Where(known => known.Sources.GetValueOrDefault(Centre)?.SequenceEqual(named) == true))
        {
            if (named.FirstOrDefault(s => known.Sources.Any(o => o.Key != Centre && o.Value.Contains(s, StringComparer.OrdinalIgnoreCase))) is { } taken)
                return new SourceWatchedAlready(taken);
        }

        return decision;
    }
}
