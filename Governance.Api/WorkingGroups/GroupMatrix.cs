using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Api.WorkingGroups;

/// <summary>A column of the matrix: an active group.</summary>
/// <param name="Centres">How many centres take part, known by name or not.</param>
/// <param name="Unnamed">How many of them no document names.</param>
/// <param name="Led">How many centres lead it.</param>
public sealed record MatrixGroup(WorkingGroupId Id, string Name, int Centres, int Unnamed, int Led);

/// <summary>What a centre is in a group.</summary>
public enum GroupPart
{
    None,
    TakesPart,
    CoPilot,
    Pilot,
}

/// <summary>A row of the matrix: a centre and its load.</summary>
/// <param name="Parts">What it is in each group, in the order of the columns.</param>
/// <param name="Groups">How many groups it takes part in.</param>
/// <param name="Led">How many it leads, as pilot or co-pilot.</param>
/// <param name="ShareOfLead">That, as a share of all leads; 0 when there are none.</param>
public sealed record MatrixCentre(NamedMember Centre, IReadOnlyList<GroupPart> Parts, int Groups, int Led, Fraction ShareOfLead);

/// <summary>How the load of leading groups is shared among centres.</summary>
/// <param name="Leads">Pairs of a group and a centre that leads it.</param>
/// <param name="Equal">What each centre would carry if all carried the same: a number of groups, in whole parts.</param>
/// <param name="Leading">How many centres lead a group at all.</param>
/// <param name="CarryHalf">The least number of centres that lead at least half between them.</param>
public sealed record GroupLoad(int Centres, int Leads, Fraction Equal, int Leading, int CarryHalf);

/// <summary>The network's groups at the end of a year, or at the moment looked at in the last one.</summary>
/// <param name="Parts">Pairs of a group and a centre that takes part, named or not.</param>
public sealed record GrowthYear(int Year, int Groups, int Parts, int Leads);

/// <summary>Which centres take part in which groups, and which lead them, at one moment.</summary>
/// <param name="Growth">Every year since the first group, in order.</param>
public sealed record GroupMatrix(IReadOnlyList<MatrixGroup> Groups, IReadOnlyList<MatrixCentre> Centres, GroupLoad Load, IReadOnlyList<GrowthYear> Growth)
{
    /// <param name="latest">The end of what <see cref="Growth"/> tells.</param>
    public static async ValueTask<GroupMatrix> AtAsync(ReadView view, DateTimeOffset latest, MemberNames names, TimeZoneInfo zone, CancellationToken ct)
    {
        var groups = (await Projections.WorkingGroups.ListAsync(view, ct)).Where(IsActive).OrderBy(g => g.Name, StringComparer.CurrentCulture).ToList();
        var members = (await Projections.Members.ListAsync(view, ct)).Select(m => m.Id);
        var named = await names.OfAsync(view, members.Union(groups.SelectMany(g => g.Centres)), ct);
        var leads = groups.Sum(g => g.Pilots.Count);
        var centres = named.Values.OrderBy(c => c.Placeholder).ThenBy(c => c.Name, StringComparer.CurrentCulture).Select(centre =>
        {
            var parts = groups.Select(g => PartIn(g, centre.Id)).ToList();
            var led = parts.Count(p => p >= GroupPart.CoPilot);
            return new MatrixCentre(centre, parts, parts.Count(p => p != GroupPart.None), led, leads == 0 ? Fraction.Zero : new(led, leads));
        }).ToList();
        return new(
            [.. groups.Select(g => new MatrixGroup(g.Id, g.Name, g.CentreCount, g.CentreCount - g.Centres.Count, g.Pilots.Count))],
            centres,
            new(
                centres.Count, leads, centres.Count == 0 ? Fraction.Zero : new(leads, centres.Count), centres.Count(c => c.Led > 0),
                LeastThatCarryHalf([.. centres.Select(c => c.Led)])),
            await GrowthAsync(view, latest, zone, ct));
    }

    /// <summary>The least number of centres that lead at least half of the groups between them; 0 when nobody leads.</summary>
    internal static int LeastThatCarryHalf(IReadOnlyList<int> led)
    {
        var (all, carried, centres) = (led.Sum(), 0, 0);
        foreach (var one in led.OrderDescending())
        {
            if (carried * 2 >= all)
                break;
            carried += one;
            centres++;
        }

        return centres;
    }

    private static bool IsActive(Projections.WorkingGroups.Group group) => group.Stage == Projections.WorkingGroups.Stage.Active;

    private static GroupPart PartIn(Projections.WorkingGroups.Group group, MemberId centre) =>
        group.Pilots.FirstOrDefault(p => p.Centre == centre) is { } pilot ? pilot.Role == PilotRole.Pilot ? GroupPart.Pilot : GroupPart.CoPilot
        : group.Centres.Contains(centre) ? GroupPart.TakesPart
        : GroupPart.None;

    private static async ValueTask<IReadOnlyList<GrowthYear>> GrowthAsync(ReadView view, DateTimeOffset latest, TimeZoneInfo zone, CancellationToken ct)
    {
        var known = await Projections.WorkingGroups.ListAsync(view with { AsOf = view.AsOf with { Instant = latest } }, ct);
        if (known.Count == 0)
            return [];
        var years = GroupRegister.Years(known.MinBy(g => g.Since.Instant)!.Since, null, latest, zone);
        var then = await Projections.WorkingGroups.AtEachAsync(view, [.. years.Select(y => GroupRegister.EndOf(y, latest, zone))], ct);
        return [.. years.Zip(then, (year, all) => new GrowthYear(year, all.Count(IsActive), all.Where(IsActive).Sum(g => g.CentreCount), all.Where(IsActive).Sum(g => g.Pilots.Count)))];
    }
}
