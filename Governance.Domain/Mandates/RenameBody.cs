using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

public sealed record RenameBody(string Name, EffectiveTime On)
{
    public Decision Decide(Timeline<Body> body)
    {
        if (Texts.Name("name", Name) is { } wrong)
            return wrong;
        return body.At(On) switch
        {
            Body.Constituted b when b.Name == Name => Decision.NoChange,
            Body.Constituted => body.Accept(On, new BodyRenamed(Name)),
            _ => body.Missing(On),
        };
    }
}
