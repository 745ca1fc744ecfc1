using System.Collections.Frozen;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;

namespace Governance.Api.DuesCampaigns;

/// <summary>Reads from the streams whether members are up to date with their dues, at a request's two moments.</summary>
public sealed class DuesReader(
    EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, Mandated mandated, ReadDatabase reads, TimeProvider time)
{
    /// <summary>The rule on who may vote in an ordinary general assembly: how many days of grace there are, and what follows.</summary>
    public async ValueTask<Applied<EligibilityRule>> RuleAsync(RequestScope scope, CancellationToken ct) =>
        RuleIn(await Deciding(scope).ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct), scope);

    /// <returns>Null when there is no such member at that moment.</returns>
    public async ValueTask<DuesStanding?> StandingAsync(RequestScope scope, MemberId id, CancellationToken ct)
    {
        var (member, statutes) = await Deciding(scope).ReadAsync<Member, StatutesVersions>(Member.Stream(id), StatutesVersions.Stream, ct);
        var known = Known(member, scope);
        return known.At(scope.Instant) is Member.Unknown ? null : DuesStanding.Of(known, RuleIn(statutes, scope), scope.Instant, scope.Association.Zone);
    }

    /// <summary>Whose accounts whoever asks reads whole, with today's mandates: whatever day is looked at, rights are those of now.</summary>
    public async ValueTask<OpenAccounts> OpenToAsync(RequestScope scope, CancellationToken ct)
    {
        if (scope.Actor.May(Permission.KeepMembers) || scope.Actor.May(Permission.Audit))
            return new(true, FrozenSet<MemberId>.Empty);
        if (scope.Actor.Person is not { } person)
            return new(false, FrozenSet<MemberId>.Empty);
        var mandates = await mandated.MandatesOfAsync(scope.Association.Id, person, ct);
        if (mandates.Any(m => m is { Body: BodyKind.Board or BodyKind.Bureau, Mandate.Office: Office.Treasurer or Office.DeputyTreasurer }))
            return new(true, FrozenSet<MemberId>.Empty);
        var now = new ReadView(reads, scope.Association.Id, new AsOf(time.GetUtcNow(), await reads.ReachedAsync(ct)));
        return new(false, mandates.Select(m => m.Mandate.Member).OfType<MemberId>().Concat(await Projections.People.MembersOfAsync(now, person, ct)).ToFrozenSet());
    }

    private static Applied<EligibilityRule> RuleIn(Timeline<StatutesVersions> statutes, RequestScope scope) =>
        Known(statutes, scope).At(scope.Instant).RulesAt(scope.Instant).Eligibility(BodyKind.GeneralAssembly, DecisionKind.Ordinary);

    private static Timeline<T> Known<T>(Timeline<T> timeline, RequestScope scope) where T : class, IState<T> =>
        scope.RecordedPosition is { } last ? timeline.KnownBy(last) : timeline;

    private Deciding Deciding(RequestScope scope) => new(
        CommandContext.OfSystem(scope.Association.Id, "read dues", time) with { Zone = scope.Association.Zone }, log, catalogue, vault, boxes, recent, fromMemory: false);
}
