using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Api.Statutes;

/// <param name="BasedOn">The version that gives what is not given here; null for the first.</param>
/// <param name="Articles">Null to take over those of the version that it is based on.</param>
/// <param name="Rules">Null to take over those of the version that it is based on.</param>
public sealed record DraftStatutesRequest(
    string Title, StatutesVersionId? BasedOn = null, IReadOnlyList<Article>? Articles = null, IReadOnlyList<Rule>? Rules = null, StatutesVersionId? Version = null);

public sealed record AmendArticleRequest(StatutesVersionId Version, string Number, string Heading, string Text);

public sealed record RepealArticleRequest(StatutesVersionId Version, string Number);

public sealed record SetRuleRequest(StatutesVersionId Version, Rule Rule);

/// <param name="Scope">As the rule to take out has it; null for the rule that is for all decisions.</param>
public sealed record RemoveRuleRequest(StatutesVersionId Version, RuleKind Rule, RuleScope? Scope = null);

/// <param name="InForceFrom">Null for in force as soon as adopted.</param>
public sealed record AdoptStatutesRequest(StatutesVersionId Version, EffectiveTime? InForceFrom = null, DecisionReference? Decision = null);

/// <summary>What can be asked of the statutes.</summary>
public static class StatutesUseCases
{
    public static UseCase<DraftStatutesRequest> Draft { get; } = new(
        nameof(DraftStatutes),
        Permission.KeepStatutes,
        async (request, deciding, ct) =>
        {
            var version = request.Version ?? deciding.NewId<StatutesVersionId>("version");
            var statutes = await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct);
            return new DraftStatutes(version, request.Title, request.BasedOn, request.Articles, request.Rules, deciding.On).Decide(statutes);
        });

    public static UseCase<AmendArticleRequest> Amend { get; } = Of<AmendArticleRequest>(
        nameof(AmendArticle),
        (r, statutes, on) => new AmendArticle(r.Version, new Article(r.Number, r.Heading, r.Text), on).Decide(statutes));

    public static UseCase<RepealArticleRequest> Repeal { get; } = Of<RepealArticleRequest>(
        nameof(RepealArticle), (r, statutes, on) => new RepealArticle(r.Version, r.Number, on).Decide(statutes));

    public static UseCase<SetRuleRequest> Set { get; } = Of<SetRuleRequest>(
        nameof(SetRule), (r, statutes, on) => new SetRule(r.Version, r.Rule, on).Decide(statutes));

    public static UseCase<RemoveRuleRequest> Remove { get; } = Of<RemoveRuleRequest>(
        nameof(RemoveRule), (r, statutes, on) => new RemoveRule(r.Version, r.Rule, r.Scope ?? default, on).Decide(statutes));

    public static UseCase<AdoptStatutesRequest> Adopt { get; } = new(
        nameof(AdoptStatutes),
        Permission.KeepStatutes,
        async (request, deciding, ct) =>
        {
            var statutes = await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct);
            var decision = request.Decision is { Ballot: var ballot } ? await deciding.ReadAsync<Ballot>(Ballot.Stream(ballot), ct) : null;
            // Whoever adopts a version decides under the one before it.
            deciding.StatutesVersion = statutes.At(deciding.On).InForceAt(deciding.On.Instant)?.Id;
            return new AdoptStatutes(request.Version, request.InForceFrom ?? deciding.On, request.Decision, deciding.On, deciding.IsTranscribed)
                .Decide(statutes, decision, await deciding.RecordingAsync(ct));
        })
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Draft), Import.Importable.Of(Amend), Import.Importable.Of(Repeal), Import.Importable.Of(Set), Import.Importable.Of(Remove),
        Import.Importable.Of(Adopt),
    ];

    // Changes of a draft read the statutes alone.
    private static UseCase<T> Of<T>(string name, Func<T, Timeline<StatutesVersions>, EffectiveTime, Decision> decide) where T : class => new(
        name,
        Permission.KeepStatutes,
        async (request, deciding, ct) => decide(request, await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct), deciding.On));
}
