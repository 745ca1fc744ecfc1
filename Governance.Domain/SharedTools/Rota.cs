using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.SharedTools;

/// <summary>Centres keep the tool a week each, in this order, from a week on.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Order">Empty: nobody in turn any more.</param>
public sealed record Turns(DateOnly Week, IReadOnlyList<MemberId> Order);

/// <summary>One centre would take another's week for its own.</summary>
/// <param name="Week">Monday of the week that <paramref name="By"/> gives away.</param>
/// <param name="Their">Monday of the week that <paramref name="With"/> gives for it.</param>
public sealed record DutySwap(MemberId By, DateOnly Week, MemberId With, DateOnly Their);

/// <summary>Who keeps a tool in which week: turns in order, and the weeks that two centres agreed to swap.</summary>
/// <param name="All">By their first week; each holds until the next begins.</param>
/// <param name="Swapped">Who has a week by a swap.</param>
/// <param name="Proposed">Swaps that wait for the other centre's word.</param>
public sealed record Rota(ImmutableList<Turns> All, ImmutableDictionary<DateOnly, MemberId> Swapped, ImmutableList<DutySwap> Proposed)
{
    public static Rota None { get; } = new([], ImmutableDictionary<DateOnly, MemberId>.Empty, []);

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>Who is on duty in a week; null when nobody is.</summary>
    /// <param name="week">Its Monday.</param>
    public MemberId? OnDuty(DateOnly week) => Swapped.TryGetValue(week, out var swapped) ? swapped
        : All.LastOrDefault(turns => turns.Week <= week) is { Order.Count: > 0 } turns ? turns.Order[(week.DayNumber - turns.Week.DayNumber) / 7 % turns.Order.Count]
        : null;

    /// <summary>Whether a centre is on duty in a week or in any that follows, by turns that end or that do not, or by a swap.</summary>
    /// <param name="week">Its Monday.</param>
    public bool IsOnDutyFrom(MemberId centre, DateOnly week) =>
        Swapped.Any(s => s.Key >= week && s.Value == centre)
        || All.Select((turns, i) => (Turns: turns, Until: i + 1 < All.Count ? All[i + 1].Week : (DateOnly?)null))
            .Where(held => held.Turns.Order.Contains(centre))
            .Any(held => held.Until is not { } until || Weeks(held.Turns.Week > week ? held.Turns.Week : week, until).Any(w => OnDuty(w) == centre));

    private static IEnumerable<DateOnly> Weeks(DateOnly from, DateOnly until) =>
        Enumerable.Range(0, Math.Max(0, (until.DayNumber - from.DayNumber + 6) / 7)).Select(week => from.AddDays(7 * week));

    /// <summary>New turns from a week on: what was swapped or proposed of it and later no longer holds.</summary>
    public Rota With(Turns turns) => new(
        All.RemoveAll(t => t.Week >= turns.Week).Add(turns),
        Swapped.RemoveRange(Swapped.Keys.Where(week => week >= turns.Week)),
        Proposed.RemoveAll(s => s.Week >= turns.Week || s.Their >= turns.Week));

    public Rota With(DutySwap proposed) => this with { Proposed = Proposed.Add(proposed) };

    public Rota Without(DutySwap proposed) => this with { Proposed = Proposed.Remove(proposed) };

    /// <summary>The swap agreed; any other that is proposed of these weeks falls.</summary>
    public Rota Agreed(DutySwap swap) => this with
    {
        Swapped = Swapped.SetItem(swap.Week, swap.With).SetItem(swap.Their, swap.By),
        Proposed = Proposed.RemoveAll(s => new[] { s.Week, s.Their }.Intersect([swap.Week, swap.Their]).Any()),
    };
}
