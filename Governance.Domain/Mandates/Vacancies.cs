using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>From when to when somebody sat in a body.</summary>
/// <param name="End">The first instant at which it was no longer so; null where no end is known.</param>
public sealed record Tenancy(MandateId Mandate, DateTimeOffset Start, DateTimeOffset? End);

/// <summary>Who left the seats of a body that nobody has taken since.</summary>
public static class Vacancies
{
    /// <summary>Whoever comes takes the seat that has been vacant for longest.</summary>
    /// <param name="seats">How many seats there are.</param>
    /// <returns>The mandates whose end left a seat vacant at the instant, longest first; seats never held are not among them.</returns>
    public static IReadOnlyList<MandateId> LeftBy(IEnumerable<Tenancy> tenancies, int seats, DateTimeOffset instant)
    {
        var all = tenancies.Where(t => t.Start <= instant).ToList();
        var left = new List<Tenancy>();
        var moments = all.Select(t => (At: t.Start, Comes: true, Of: t))
            .Concat(all.Where(t => t.End <= instant).Select(t => (At: t.End!.Value, Comes: false, Of: t)))
            // Whoever follows on the same day takes the seat that is left on it.
            .OrderBy(m => m.At).ThenBy(m => m.Comes).ThenBy(m => m.Of.Mandate.Value);
        foreach (var (_, comes, of) in moments)
        {
            if (!comes)
                left.Add(of);
            else if (left.Count > 0)
                left.RemoveAt(0);
        }

        var vacant = Math.Max(0, seats - all.Count(t => t.End is not { } end || end > instant));
        return [.. left.TakeLast(vacant).Select(t => t.Mandate)];
    }
}
