using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Ballots;

/// <summary>Who may vote in a ballot of a body, with weights and colleges.</summary>
/// <param name="Electors">By mandate.</param>
/// <param name="Colleges">The colleges that the body is made of, empty ones too, by id.</param>
public sealed record Electorate(IReadOnlyList<Elector> Electors, IReadOnlyList<BallotCollege> Colleges)
{
    /// <summary>The longest roll that stands in the opening event itself; also the length of a chunk.</summary>
    public const int InlineLimit = 500;

    /// <summary>
    /// Whoever holds a mandate in the body at an instant; in an assembly made of colleges, whoever holds one in a college. A
    /// person with two mandates has two votes, one for each.
    /// </summary>
    /// <param name="colleges">The bodies that an assembly names as its colleges; others are left out.</param>
    public static Electorate At(Body body, IReadOnlyList<Body> colleges, DateTimeOffset instant)
    {
        var own = body.Holders(instant);
        var parts = body is Body.Constituted { Kind: BodyKind.GeneralAssembly } assembly
            ? colleges.OfType<Body.Constituted>().Where(c => assembly.Colleges.Contains(c.Id)).ToList()
            : [];
        var ofColleges = parts.SelectMany(c => c.Holders(instant), (c, h) => new Elector(h.Mandate, h.Person, c.Weight, c.Id));
        var electors = own.Select(h => new Elector(h.Mandate, h.Person, Fraction.One, h.College)).Concat(ofColleges)
            .DistinctBy(e => e.Mandate)
            .OrderBy(e => e.Mandate.Value)
            .ToList();
        var others = electors.Select(e => e.College).OfType<BodyId>().Where(id => parts.All(p => p.Id != id)).Distinct();
        return new(electors,
        [
            .. parts.Select(c => new BallotCollege(c.Id, c.Weight)).Concat(others.Select(id => new BallotCollege(id, Fraction.One)))
                .OrderBy(c => c.College.Value),
        ]);
    }

    /// <summary>How the roll known today differs from the frozen one; null when it does not. Presence is no part of it.</summary>
    public static ElectorateDifference? Compare(IEnumerable<Elector> frozen, IEnumerable<Elector> today)
    {
        var (before, after) = (frozen.ToDictionary(e => e.Mandate), today.ToDictionary(e => e.Mandate));
        List<Elector> added = [.. after.Values.Where(e => !before.ContainsKey(e.Mandate)).OrderBy(e => e.Mandate.Value)];
        List<Elector> removed = [.. before.Values.Where(e => !after.ContainsKey(e.Mandate)).Select(e => e with { Present = null }).OrderBy(e => e.Mandate.Value)];
        List<Elector> reweighed =
        [
            .. after.Values.Where(e => before.TryGetValue(e.Mandate, out var was) && (was.Weight != e.Weight || was.College != e.College))
                .OrderBy(e => e.Mandate.Value),
        ];
        return added.Count + removed.Count + reweighed.Count == 0 ? null : new(added, removed, reweighed);
    }

    /// <summary>
    /// SHA-256, lower-case hexadecimal, of the canonical form: UTF-8, one line for each elector, « mandate person weight
    /// college presence » parted by spaces, « - » where there is none.
    /// </summary>
    public static string Hash(IReadOnlyList<Elector> electors)
    {
        var lines = new StringBuilder();
        foreach (var e in electors)
        {
            lines.Append(e.Mandate).Append(' ').Append(e.Person).Append(' ').Append(e.Weight).Append(' ')
                .Append(e.College?.ToString() ?? "-").Append(' ').Append(e.Present is { } how ? StoredName(how) : "-").Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    /// <summary>A value as stored events write it: « in-person ».</summary>
    internal static string StoredName(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
