using Governance.Api.Members;
using Governance.Api.WorkingGroups;
using Governance.Domain.Kernel;
using Governance.Domain.SharedTools;
using Governance.Projections.Runtime;

namespace Governance.Api.SharedTools;

/// <summary>A week of the rota.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Centre">Null when nobody is on duty.</param>
/// <param name="Swapped">By a swap that two centres agreed on.</param>
/// <param name="IsGap">Nobody is on duty who can be: none named, or one that is no longer a member.</param>
public sealed record DutyWeek(DateOnly Week, NamedMember? Centre, bool Swapped, bool IsGap);

/// <summary>A swap of weeks that waits for the other centre's word.</summary>
public sealed record ProposedSwap(NamedMember By, DateOnly Week, NamedMember With, DateOnly Their);

public sealed record WatchedSources(NamedMember Centre, IReadOnlyList<string> Sources, EffectiveTime On, BallotId? Decision);

/// <summary>A tool that centres keep together, at one moment.</summary>
/// <param name="KeptBy">Who keeps it and how, in words.</param>
/// <param name="Centres">How many centres take part: those known by name, or the number given.</param>
/// <param name="Network">How many centres there were in all when they were counted.</param>
/// <param name="Into">The working group that carries on what it was for.</param>
/// <param name="Remark">What is reworked, or why it was retired.</param>
/// <param name="Duty">This week and the next, until turns end.</param>
public sealed record ToolSummary(
    SharedToolId Id, string Name, string? Purpose, string? KeptBy, Projections.SharedTools.Stage Stage, EffectiveTime Launched, int Centres, int? Network,
    IReadOnlyList<NamedMember> NamedCentres, IReadOnlyList<Projections.SharedTools.Release> Releases, NamedGroup? Into, EffectiveTime? Ended, string? Remark,
    IReadOnlyList<DutyWeek> Duty, IReadOnlyList<ProposedSwap> Swaps, IReadOnlyList<WatchedSources> Sources);

/// <summary>Every shared tool known at one moment: those in use first.</summary>
public sealed record ToolRegister(IReadOnlyList<ToolSummary> Tools)
{
    /// <summary>Weeks of the rota shown.</summary>
    public const int Weeks = 8;

    public static async ValueTask<ToolRegister> AtAsync(ReadView view, MemberNames names, TimeZoneInfo zone, CancellationToken ct)
    {
        var week = Rota.WeekOf(LocalTime.DayOf(view.AsOf.Instant, zone));
        var tools = await Projections.SharedTools.ListAsync(view, ct);
        var groups = tools.Any(t => t.Into is not null) ? await Projections.WorkingGroups.ListAsync(view, ct) : [];
        var centres = await names.OfAsync(
            view,
            tools.SelectMany(t => t.Centres.Concat(t.Rota.All.SelectMany(turns => turns.Order)).Concat(t.Rota.Swapped.Values).Concat(t.Rota.Proposed.SelectMany(s => new[] { s.By, s.With }))),
            ct);
        var members = tools.Any(t => t.Rota.All.Count > 0) ? (await Projections.Members.ListAsync(view, ct)).Select(m => m.Id).ToHashSet() : [];
        return new(
        [
            .. tools.Select(t => new ToolSummary(
                t.Id, t.Name, t.Purpose, t.KeptBy, t.Stage, t.Launched, t.CentreCount, t.Network,
                [.. t.Centres.Select(c => centres[c]).OrderBy(c => c.Name, StringComparer.CurrentCulture)], t.Releases,
                groups.FirstOrDefault(g => g.Id == t.Into) is { } into ? new NamedGroup(into.Id, into.Name) : null, t.Ended, t.Remark,
                t.Ended is null && t.Rota.All.LastOrDefault() is { } last
                    ? [.. Enumerable.Range(0, Weeks).Select(i => week.AddDays(7 * i)).TakeWhile(w => last.Order.Count > 0 || w < last.Week).Select(w => Duty(t.Rota, w))]
                    : [],
                t.Ended is null ? [.. t.Rota.Proposed.Where(s => s.Week >= week && s.Their >= week).Select(s => new ProposedSwap(centres[s.By], s.Week, centres[s.With], s.Their))] : [],
                [.. t.Sources.Select(s => new WatchedSources(centres[s.Centre], s.Sources, s.On, s.Decision)).OrderBy(s => s.Centre.Name, StringComparer.CurrentCulture)])),
        ]);

        DutyWeek Duty(Rota rota, DateOnly of)
        {
            var centre = rota.OnDuty(of);
            return new(of, centre is { } known ? centres[known] : null, rota.Swapped.ContainsKey(of), centre is not { } here || !members.Contains(here));
        }
    }
}
