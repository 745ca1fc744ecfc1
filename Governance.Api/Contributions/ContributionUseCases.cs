using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Contributions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Api.Contributions;

public sealed record CallForContributionsRequest(string Funder, int Year, string? Text = null, ContributionCallId? Call = null);

public sealed record ProposeSubjectRequest(ContributionCallId Call, string Subject, string? Question = null, ContributionId? Contribution = null);

public sealed record DiscussSubjectRequest(ContributionId Contribution, string Summary);

/// <param name="Decision">The ballot that retained it.</param>
public sealed record ValidateSubjectRequest(ContributionId Contribution, DecisionReference Decision);

public sealed record SetContributionAsideRequest(ContributionId Contribution, string Reason, DecisionReference? Decision = null);

public sealed record CollectObservationRequest(ContributionId Contribution, MemberId Centre, string Observation);

public sealed record AnalyseObservationsRequest(ContributionId Contribution, string Findings);

public sealed record DebateTeachingsRequest(ContributionId Contribution, string Teachings);

public sealed record PresentContributionRequest(ContributionId Contribution, string To);

public sealed record PublishContributionRequest(ContributionId Contribution, string? Reference = null, DocumentId? Document = null);

/// <summary>What can be asked of contributions to a funder.</summary>
public static class ContributionUseCases
{
    public static UseCase<CallForContributionsRequest> Call { get; } = new(
        nameof(CallForContributions),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var id = r.Call ?? deciding.NewId<ContributionCallId>("call");
            return new CallForContributions(id, r.Funder, r.Year, r.Text, deciding.On).Decide(await deciding.ReadAsync<ContributionCall>(ContributionCall.Stream(id), ct));
        })
    { Dating = Dating.Happened };

    public static UseCase<ProposeSubjectRequest> Propose { get; } = new(
        nameof(ProposeSubject),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var id = r.Contribution ?? deciding.NewId<ContributionId>("contribution");
            var (contribution, call) = await deciding.ReadAsync<Contribution, ContributionCall>(Contribution.Stream(id), ContributionCall.Stream(r.Call), ct);
            return new ProposeSubject(id, r.Call, r.Subject, r.Question, deciding.On).Decide(contribution, call);
        })
    { Dating = Dating.Happened };

    public static UseCase<DiscussSubjectRequest> Discuss { get; } = Of<DiscussSubjectRequest>(
        nameof(DiscussSubject), r => r.Contribution, (r, c, on) => new DiscussSubject(r.Summary, on).Decide(c));

    public static UseCase<ValidateSubjectRequest> Validate { get; } = Of<ValidateSubjectRequest>(
        nameof(ValidateSubject), r => r.Contribution, (r, c, on) => new ValidateSubject(r.Decision, on).Decide(c));

    public static UseCase<SetContributionAsideRequest> SetAside { get; } = Of<SetContributionAsideRequest>(
        nameof(SetContributionAside), r => r.Contribution, (r, c, on) => new SetContributionAside(r.Reason, r.Decision, on).Decide(c));

    public static UseCase<CollectObservationRequest> Collect { get; } = new(
        nameof(CollectObservation),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var (contribution, centre) = await deciding.ReadAsync<Contribution, Member>(Contribution.Stream(r.Contribution), Member.Stream(r.Centre), ct);
            return new CollectObservation(r.Centre, r.Observation, deciding.On).Decide(contribution, centre);
        })
    { Dating = Dating.Happened };

    public static UseCase<AnalyseObservationsRequest> Analyse { get; } = Of<AnalyseObservationsRequest>(
        nameof(AnalyseObservations), r => r.Contribution, (r, c, on) => new AnalyseObservations(r.Findings, on).Decide(c));

    public static UseCase<DebateTeachingsRequest> Debate { get; } = Of<DebateTeachingsRequest>(
        nameof(DebateTeachings), r => r.Contribution, (r, c, on) => new DebateTeachings(r.Teachings, on).Decide(c));

    public static UseCase<PresentContributionRequest> Present { get; } = Of<PresentContributionRequest>(
        nameof(PresentContribution), r => r.Contribution, (r, c, on) => new PresentContribution(r.To, on).Decide(c));

    public static UseCase<PublishContributionRequest> Publish { get; } = new(
        nameof(PublishContribution),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var contribution = await deciding.ReadAsync<Contribution>(Contribution.Stream(r.Contribution), ct);
            var document = r.Document is { } named ? await deciding.ReadAsync<Document>(Document.Stream(named), ct) : null;
            return new PublishContribution(r.Reference, r.Document, deciding.On).Decide(contribution, document);
        })
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Call), Import.Importable.Of(Propose), Import.Importable.Of(Discuss), Import.Importable.Of(Validate), Import.Importable.Of(SetAside),
        Import.Importable.Of(Collect), Import.Importable.Of(Analyse), Import.Importable.Of(Debate), Import.Importable.Of(Present), Import.Importable.Of(Publish),
    ];

    // A step is recorded once it was taken, and reads the contribution alone.
    private static UseCase<T> Of<T>(string name, Func<T, ContributionId> contribution, Func<T, Timeline<Contribution>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepConventions, (T r) => Contribution.Stream(contribution(r)), decide) with { Dating = Dating.Happened };
}
