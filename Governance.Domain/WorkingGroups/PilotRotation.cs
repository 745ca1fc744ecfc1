using Governance.Domain.Kernel;

namespace Governance.Domain.WorkingGroups;

/// <summary>In which year a pilot makes room for another.</summary>
public sealed record PilotTurn(MemberId Centre, int Year);

/// <summary>The rotation of those who lead a group: a share of them is renewed each year, whoever has led longest first.</summary>
public static class PilotRotation
{
    /// <summary>How many of so many pilots are renewed each year: the share of them, rounded up.</summary>
    /// <param name="share">From 0 to 1.</param>
    public static int EachYear(Fraction share, int pilots)
    {
        var product = share * pilots;
        return (int)((product.Numerator + product.Denominator - 1) / product.Denominator);
    }

    /// <summary>The turns of all who lead, the next one first; none when nobody is to be renewed.</summary>
    /// <param name="share">The share that is renewed each year, from 0 to 1.</param>
    /// <param name="ruleSince">The year from which the rule holds: nothing is due before it.</param>
    /// <param name="pilots">Who leads, and the year in which each began to, as pilot or co-pilot.</param>
    public static IReadOnlyList<PilotTurn> Turns(Fraction share, int ruleSince, IReadOnlyList<(MemberId Centre, int Since)> pilots)
    {
        var each = EachYear(share, pilots.Count);
        if (each == 0)
            return [];
        var last = pilots.Max(p => p.Since);
        // Fewer came in the last year of renewal than should have: those it passed over were due then. A first year renews nobody.
        var missed = last < ruleSince || pilots.All(p => p.Since == last) ? 0 : Math.Max(0, each - pilots.Count(p => p.Since == last));
        var next = Math.Max(last + 1, ruleSince);
        return
        [
            .. pilots.OrderBy(p => p.Since).ThenBy(p => p.Centre.Value)
                .Select((p, i) => new PilotTurn(p.Centre, i < missed ? last : next + ((i - missed) / each))),
        ];
    }
}
