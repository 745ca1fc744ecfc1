using Governance.Domain.Voting;
using Governance.Projections.Runtime;

namespace Governance.Api.Mandates;

/// <summary>Mandates whose end is near enough to see to it: how near is what the statutes say of each kind of body.</summary>
public static class EndingSoon
{
    /// <summary>Soonest first; those held over after their term too.</summary>
    public static async ValueTask<IReadOnlyList<Projections.Mandates.Mandate>> AtAsync(
        ReadView view, RulesInForce rules, IReadOnlyList<Projections.Bodies.Body> bodies, CancellationToken ct)
    {
        var until = bodies.ToDictionary(b => b.Id, b => view.AsOf.Instant.AddMonths(rules.MandateTerms(b.Kind).NoticeMonths));
        return until.Count == 0
            ? []
            : [.. (await Projections.Mandates.EndingBeforeAsync(view, until.Values.Max(), ct)).Where(m => End(m) < until.GetValueOrDefault(m.Body))];
    }

    private static DateTimeOffset End(Projections.Mandates.Mandate mandate) =>
        (mandate.Ends, mandate.TermEnds) is ({ } early, { } term) && early < term ? early.Instant : (mandate.TermEnds ?? mandate.Ends)!.Value.Instant;
}
