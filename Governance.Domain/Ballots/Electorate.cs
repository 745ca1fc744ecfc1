using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Who may vote in a ballot of a body, with weights and colleges.</summary>
/// <param name="Electors">By mandate.</param>
/// <param name="Colleges">The colleges that the body is made of, empty ones too, by id.</param>
/// <param name="LeftOut">Mandates that the rule on eligibility keeps off the roll, by mandate.</param>
public sealed record Electorate(IReadOnlyList<Elector> Electors, IReadOnlyList<BallotCollege> Colleges, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>The longest roll that stands in the opening event itself; also the length of a chunk.</summary>
    public const int InlineLimit = 500;

    /// <summary>
    /// Whoever holds a mandate in the body at an instant; in an assembly made of colleges, whoever holds one in a college. A
    /// person with two mandates has two votes, one for each.
    /// </summary>
    /// <param name="colleges">The bodies that an assembly names as its colleges; others are left out.</param>
    /// <param name="eligibility">Null for everybody who holds a mandate, eligible or not.</param>
    public static Electorate At(Body body, IReadOnlyList<Body> colleges, DateTimeOffset instant, Eligibility? eligibility = null)
    {
        var mandates = Mandates(body, colleges, instant);
        var leftOut = eligibility is null ? [] : mandates
            .Where(m => m.Member is not null)
            .Select(m => eligibility.LeavesOut(m.Elector.Mandate, m.Elector.Person, m.Member!.Value))
            .OfType<LeftOut>()
            .ToList();
        var off = leftOut.Select(l => l.Mandate).ToHashSet();
        var parts = Parts(body, colleges);
        var others = mandates.Select(m => m.Elector.College).OfType<BodyId>().Where(id => parts.All(p => p.Id != id)).Distinct();
        return new(
            [.. mandates.Select(m => m.Elector).Where(e => !off.Contains(e.Mandate))],
            [
                .. parts.Select(c => new BallotCollege(c.Id, c.Weight)).Concat(others.Select(id => new BallotCollege(id, Fraction.One)))
                    .OrderBy(c => c.College.Value),
            ],
            leftOut);
    }

    /// <summary>The members whom mandates in a body represent at an instant: those whose standing an electorate is judged on.</summary>
    public static IReadOnlyList<MemberId> MembersAt(Body body, IReadOnlyList<Body> colleges, DateTimeOffset instant) =>
        [.. Mandates(body, colleges, instant).Select(m => m.Member).OfType<MemberId>().Distinct()];

    private static List<Body.Constituted> Parts(Body body, IReadOnlyList<Body> colleges) => body is Body.Constituted { Kind: BodyKind.GeneralAssembly } assembly
        ? [.. colleges.OfType<Body.Constituted>().Where(c => assembly.Colleges.Contains(c.Id))]
        : [];

    private static List<(Elector Elector, MemberId? Member)> Mandates(Body body, IReadOnlyList<Body> colleges, DateTimeOffset instant) =>
    [
        .. body.Holders(instant).Select(h => (Elector: new Elector(h.Mandate, h.Person, Fraction.One, h.College), h.Member))
            .Concat(Parts(body, colleges).SelectMany(c => c.Holders(instant), (c, h) => (Elector: new Elector(h.Mandate, h.Person, c.Weight, c.Id), h.Member)))
            .DistinctBy(m => m.Elector.Mandate)
            .OrderBy(m => m.Elector.Mandate.Value),
    ];

    /// <summary>The roll by college, colleges that are empty too, with who takes part and how.</summary>
    /// <param name="presence">In which quality an elector takes part, null for not; the whole null where whoever cast a paper takes part.</param>
    public static List<RollGroup> RollOf(IEnumerable<Elector> electors, IReadOnlyList<BallotCollege> colleges, Func<Elector, Presence?>? presence)
    {
        var weights = colleges.ToDictionary(c => c.College.ToString(), c => c.Weight);
        var byCollege = electors.ToLookup(e => e.College?.ToString());
        IEnumerable<string?> names = weights.Keys.Order(StringComparer.Ordinal);
        if (byCollege.Contains(null))
            names = names.Prepend(null);
        return
        [
            .. names.Select(college => new RollGroup(
                Sum(byCollege[college]), college is null ? Fraction.One : weights[college], presence is null ? null : PresenceOf(byCollege[college], presence), college)),
        ];
    }

    internal static List<PresenceTally> PresenceOf(IEnumerable<Elector> electors, Func<Elector, Presence?> presence) =>
    [
        .. electors.Select(e => (Elector: e, How: presence(e)))
            .Where(e => e.How is not null)
            .GroupBy(e => e.How!.Value, e => e.Elector)
            .OrderBy(g => g.Key)
            .Select(g => new PresenceTally(g.Key, Sum(g))),
    ];

    internal static Tally Sum(IEnumerable<Elector> electors) => electors.Aggregate(Tally.Zero, (sum, e) => sum + new Tally(1, e.Weight));

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
    /// college presence » parted by spaces, « - » where there is none, and « barred » after it for who casts no vote.
    /// </summary>
    public static string Hash(IReadOnlyList<Elector> electors)
    {
        var lines = new StringBuilder();
        foreach (var e in electors)
        {
            lines.Append(e.Mandate).Append(' ').Append(e.Person).Append(' ').Append(e.Weight).Append(' ')
                .Append(e.College?.ToString() ?? "-").Append(' ').Append(e.Present is { } how ? StoredName(how) : "-").Append(e.Barred ? " barred\n" : "\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    /// <summary>A value as stored events write it: « in-person ».</summary>
    internal static string StoredName(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
