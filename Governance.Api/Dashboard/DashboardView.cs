using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.DuesCampaigns;
using Governance.Api.Elections;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Api.Roadmaps;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Dashboard;

/// <summary>An open ballot, as it concerns the reader.</summary>
/// <param name="Mandates">For how many mandates the reader can vote in it, own ones and those held by proxy; none when there are none of either.</param>
/// <param name="Voted">For how many of them a vote is cast.</param>
/// <param name="ByProxy">How many of the mandates are held by proxy.</param>
public sealed record OpenBallot(BallotId Id, string Title, string? Question, EffectiveTime Closes, int Mandates, int Voted, int ByProxy = 0);

/// <param name="Held">How many of its seats are held.</param>
public sealed record Vacancy(BodyId Body, string Name, int Seats, int Held);

/// <summary>A member whose dues are late beyond the days of grace.</summary>
/// <param name="SuspensionProposed">The statutes have its suspension considered.</param>
public sealed record LateDues(MemberId Member, string Period, int OwedCents, DateOnly GraceEnded, bool SuspensionProposed);

/// <summary>What there is to decide and to keep up on a day: the whole dashboard but its words.</summary>
/// <param name="ToDecide">Open ballots, the soonest to close first.</param>
/// <param name="Slipping">Workstreams that run late, longest first.</param>
/// <param name="Conventions">Conventions under which something runs late, longest first.</param>
/// <param name="Declarations">Changes that the prefecture has not acknowledged, the latest first.</param>
/// <param name="TermsEnding">Mandates that end soon, as the statutes say how soon, soonest first; those in holdover too.</param>
/// <param name="ToRatify">Co-opted, and awaiting ratification.</param>
/// <param name="Contested">Held by a vote that was annulled since.</param>
/// <param name="ToInstall">Elections that have elected somebody who has no mandate yet.</param>
/// <param name="Unsettled">Irregularities that nobody has confirmed or drawn the consequence of.</param>
/// <param name="LateDues">Dues that are late, those late longest first.</param>
/// <param name="Counts">Events by kind, most frequent first.</param>
/// <param name="Position">Position of the log up to which this is known.</param>
public sealed record DashboardView(
    IReadOnlyList<OpenBallot> ToDecide, IReadOnlyList<WhatSlips.Slipping> Slipping, IReadOnlyList<ConventionsThatSlip.Slipping> Conventions, IReadOnlyList<Declarations.Declaration> Declarations,
    IReadOnlyList<Projections.Mandates.Mandate> TermsEnding, IReadOnlyList<Projections.Mandates.Mandate> ToRatify, IReadOnlyList<Projections.Mandates.Mandate> Contested,
    IReadOnlyList<Projections.Elections.Election> ToInstall, IReadOnlyList<Vacancy> Vacancies, IReadOnlyList<Irregularities.Entry> Unsettled, IReadOnlyList<LateDues> LateDues,
    IReadOnlyList<DashboardView.Count> Counts, long Position)
{
    /// <param name="Kind">Stored name of the event.</param>
    public sealed record Count(string Kind, long Events);

    /// <summary>Parts of the dashboard that cost reading, for a page that shows not all of them.</summary>
    [Flags]
    public enum Parts
    {
        None = 0,

        /// <summary>Conventions, declarations, mandates, elections, irregularities.</summary>
        KeepingUp = 1,
        LateDues = 2,

        /// <summary>Events by kind.</summary>
        Counts = 4,
        All = KeepingUp | LateDues | Counts,
    }

    /// <summary>The dashboard at a moment, for a reader.</summary>
    /// <param name="parts">What is read; the others stay empty.</param>
    public static async ValueTask<DashboardView> ReadAsync(
        ReadView view, RequestScope scope, RoadmapWork work, DuesReader dues, ElectionDossiers elections, Parts parts, CancellationToken ct)
    {
        var asked = scope.Actor.Person is { } person ? await BallotReads.AskedOfAsync(view, person, ct) : [];
        var mine = asked.ToLookup(a => a.Ballot.Id);
        var open = await Projections.Ballots.OpenAsync(view, ct);
        var decide = open.Select(b => new OpenBallot(
            b.Id, b.Title, b.Question, b.Closes!.Value, mine[b.Id].Count(), mine[b.Id].Count(a => a.Voted), mine[b.Id].Count(a => a.ByProxy))).ToList();
        var late = parts.HasFlag(Parts.LateDues) ? await LateDuesAsync(view, scope, dues, ct) : [];
        IReadOnlyList<Count> counts = parts.HasFlag(Parts.Counts) ? [.. (await AuditHistory.KindsAsync(view, ct)).Select(k => new Count(k.Kind, k.Events))] : [];
        if (!parts.HasFlag(Parts.KeepingUp))
            return new(decide, work.Slipping, [], [], [], [], [], [], [], [], late, counts, view.AsOf.Position);
        var held = await Projections.Mandates.CountByBodyAsync(view, ct);
        var bodies = await Bodies.ListAsync(view, ct);
        var rules = await BallotReads.RulesAsync(view, ct);
        return new(
            decide,
            work.Slipping,
            await ConventionsThatSlip.ListAsync(view, scope.Association.Zone, ct),
            [.. (await Projections.Declarations.ListAsync(view, ct)).Where(d => d.Standing != DeclarationStanding.Acknowledged)],
            await EndingSoon.AtAsync(view, rules, bodies, ct),
            await Projections.Mandates.AwaitingRatificationAsync(view, ct),
            await Projections.Mandates.ContestedAsync(view, ct: ct),
            await elections.ToInstallAsync(view, rules, ct),
            [
                .. bodies.Select(b => new Vacancy(b.Id, b.Name, rules.MandateTerms(b.Kind).SeatsIn(b.Seats) ?? 0, held.GetValueOrDefault(b.Id)))
                    .Where(v => v.Held < v.Seats),
            ],
            [.. (await Projections.Irregularities.ListAsync(view, ct)).Where(i => !i.Settled)],
            late,
            counts,
            view.AsOf.Position);
    }

    private static async ValueTask<IReadOnlyList<LateDues>> LateDuesAsync(ReadView view, RequestScope scope, DuesReader dues, CancellationToken ct)
    {
        var accounts = await Projections.Dues.OwedAsync(view, ct);
        if (accounts.Count == 0)
            return [];
        var (rule, zone) = ((await dues.RuleAsync(scope, ct)).Content, scope.Association.Zone);
        var standings = (await Projections.Members.ListAsync(view, ct)).ToDictionary(m => m.Id, m => m.Standing);
        return
        [
            .. accounts.Where(a => standings.ContainsKey(a.Member))
                .SelectMany(a => a.Periods.Where(d => d.LateAt(view.AsOf.Instant, rule.GraceDays, zone)).Select(d => new LateDues(
                    a.Member, d.Period, d.OwedCents, d.GraceEnds(rule.GraceDays, zone), rule.SuspensionProposed && standings[a.Member] == MembershipStanding.Active)))
                .OrderBy(l => l.GraceEnded),
        ];
    }
}

public static class DashboardEndpoints
{
    /// <summary>The dashboard as data, under <c>/api/{slug}</c>.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder api) =>
        api.MapRead("/dashboard", async (RequestScope scope, ReadDatabase reads, DuesReader dues, ElectionDossiers elections, CancellationToken ct) =>
            {
                var view = await scope.ViewAsync(reads, ct);
                return ReadAnswers.Of(await DashboardView.ReadAsync(view, scope, await RoadmapWork.AtAsync(view, scope.Association.Zone, ct), dues, elections, DashboardView.Parts.All, ct));
            })
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadDashboard")
            .Produces<DashboardView>()
            .ProducesProblems(400, 401, 403, 404, 503);
}
