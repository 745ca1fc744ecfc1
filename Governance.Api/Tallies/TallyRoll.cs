using System.Text.Json;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Tallies;

/// <summary>Papers cast, by college (empty for none) and weight.</summary>
internal sealed class CastPapers
{
    /// <summary>Most pairs of a college and a weight: each has totals of its own in a count.</summary>
    public const int MostWeights = 10_000;

    private readonly Dictionary<(string College, Fraction Weight), long> _counts = [];
    private long _papers;

    /// <summary>Whether a count takes so many papers more.</summary>
    public bool Fits(long count) => count >= 1 && count <= MethodCount.MostPapers - _papers;

    /// <returns>False when there would be more than <see cref="MostWeights"/>.</returns>
    public bool Add(string? college, Fraction weight, long count)
    {
        _papers += count;
        var key = (college ?? "", weight);
        _counts[key] = _counts.GetValueOrDefault(key) + count;
        return _counts.Count <= MostWeights;
    }

    public IReadOnlyDictionary<string, Tally> ByCollege() => _counts.GroupBy(c => c.Key.College).ToDictionary(
        g => g.Key,
        g => g.Aggregate(Tally.Zero, (sum, c) => sum + new Tally(c.Value, c.Key.Weight * c.Value)),
        StringComparer.Ordinal);
}

/// <summary>Who could vote and who takes part, as a file says: <c>members</c> and <c>presence</c>, in all or by college.</summary>
internal sealed class TallyRoll
{
    private readonly JsonFields? _fields;

    // By college; under the empty name in all.
    private readonly Dictionary<string, Tally>? _members;
    private readonly Dictionary<string, IReadOnlyList<PresenceTally>>? _presence;

    /// <param name="fields">Those that <c>members</c> and <c>presence</c> are among; null where the file says nothing.</param>
    public TallyRoll(JsonFields? fields)
    {
        _fields = fields;
        _members = Read("members", TallyOf);
        _presence = Read("presence", PresenceOf);
    }

    public bool IsGiven => _members is not null || _presence is not null;

    /// <summary>The roll that the papers are judged against; null where nobody knows it and the papers are all there is.</summary>
    public IReadOnlyList<RollGroup>? Build(CastPapers papers, TallyRules rules, TallyFaults faults)
    {
        var cast = papers.ByCollege();
        string At(string name) => _fields?.At(name) ?? "rule." + name;
        if (_members is null)
        {
            if (_presence is not null || NeedsMembers(rules))
                faults.Add(At("members"), "members-missing");
            return null;
        }

        if (!_members.TryGetValue("", out var all))
            return ByCollege(cast, At, faults);

        var total = cast.Values.Aggregate(Tally.Zero, (sum, c) => sum + c);
        var presence = _presence?.GetValueOrDefault("");
        Check(At, "", all, total, presence, faults);
        if (_presence is not null && presence is null)
            faults.Add(At("presence"), "by-college-both");
        if (cast.Keys.All(college => college.Length == 0))
            return faults.Any ? null : [new(all, Fraction.One, presence)];

        // How the members are spread over the colleges is not said: those who cast no paper stand beside them.
        if (presence is not null || NeedsMembersByCollege(rules))
            faults.Add(At("members"), "members-by-college-needed");
        var rest = all - total + cast.GetValueOrDefault("", Tally.Zero);
        if (rest.Heads == 0 && rest.Weight != Fraction.Zero)
            faults.Add(At("members"), "weight-of-nobody");
        if (faults.Any)
            return null;
        var roll = cast.Where(c => c.Key.Length > 0).Select(c => new RollGroup(c.Value, Fraction.One, null, c.Key)).ToList();
        if (rest.Heads > 0)
            roll.Add(new(rest, Fraction.One));
        return roll;
    }

    /// <summary>The roll of a motion, which is judged against one: whoever cast a paper, where nothing else is known.</summary>
    public static IReadOnlyList<RollGroup> OfPapers(CastPapers papers) =>
        [.. papers.ByCollege().Select(c => new RollGroup(c.Value, Fraction.One, null, c.Key.Length == 0 ? null : c.Key))];

    private List<RollGroup>? ByCollege(IReadOnlyDictionary<string, Tally> cast, Func<string, string> at, TallyFaults faults)
    {
        foreach (var college in cast.Keys.Where(c => !_members!.ContainsKey(c)))
        {
            if (college.Length == 0)
                faults.Add(at("members"), "papers-of-no-college");
            else
                faults.Add(at("members"), "college-not-on-roll", college);
        }

        if (_presence is not null && !_presence.Keys.All(_members!.ContainsKey))
            faults.Add(at("presence"), "by-college-both");
        foreach (var (college, members) in _members!)
            Check(at, college, members, cast.GetValueOrDefault(college, Tally.Zero), _presence is null ? null : _presence.GetValueOrDefault(college) ?? [], faults);
        if (faults.Any)
            return null;
        return [.. _members.Select(m => new RollGroup(m.Value, Fraction.One, _presence is null ? null : _presence.GetValueOrDefault(m.Key) ?? [], m.Key))];
    }

    private static void Check(Func<string, string> at, string college, Tally members, Tally cast, IReadOnlyList<PresenceTally>? presence, TallyFaults faults)
    {
        string Place(string name) => college.Length == 0 ? at(name) : at($"{name}.byCollege.{college}");
        if (cast.Heads > members.Heads || cast.Weight > members.Weight)
            faults.Add(Place("members"), "more-papers-than-members", cast.Heads, cast.Weight, members.Heads, members.Weight);
        // Heads and weight are zero together: nobody weighs nothing, and nothing weighs without somebody.
        if (members.Heads == 0 != (members.Weight == Fraction.Zero))
            faults.Add(Place("members"), "weight-of-nobody");
        if (presence is null)
            return;
        var there = presence.Aggregate(Tally.Zero, (sum, p) => sum + p.Tally);
        if (there.Heads > members.Heads || there.Weight > members.Weight)
            faults.Add(Place("presence"), "more-present-than-members");
        if (there.Heads < cast.Heads || there.Weight < cast.Weight)
            faults.Add(Place("presence"), "more-papers-than-present");
    }

    private static bool NeedsMembers(TallyRules rules) =>
        rules.Quorum.Content.Extent != QuorumExtent.None
        || rules.Majority?.Content.Base == MajorityBase.AllMembers
        || rules.Colleges.Content.Within?.Base == MajorityBase.AllMembers;

    private static bool NeedsMembersByCollege(TallyRules rules) =>
        rules.Quorum.Content.Extent is QuorumExtent.EachCollege or QuorumExtent.SomeColleges
        || rules.Colleges.Content.Mode == CollegeMode.Normalised
        || (rules.Colleges.Content.Mode != CollegeMode.Pooled && (rules.Colleges.Content.Within ?? rules.Majority?.Content)?.Base == MajorityBase.AllMembers);

    private Dictionary<string, T>? Read<T>(string name, Func<string, JsonElement, T> read)
    {
        if (_fields is null || !_fields.Values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Object || !JsonFields.Open(_fields.At(name), value, _fields.Faults).Has("byCollege"))
            return new(StringComparer.Ordinal) { [""] = read(_fields.At(name), value) };

        var colleges = JsonFields.Open(_fields.At(name), value, _fields.Faults, "byCollege").Named("byCollege")!;
        var byCollege = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (college, one) in colleges.Values)
        {
            if (Texts.Name("college", college) is { } fault)
                _fields.Faults.Add(colleges.At(college), fault);
            else
                byCollege[college] = read(colleges.At(college), one);
        }

        return byCollege;
    }

    private IReadOnlyList<PresenceTally> PresenceOf(string at, JsonElement value)
    {
        var fields = JsonFields.Open(at, value, _fields!.Faults, [.. TallyRules.Presences.Select(p => p.Word)]);
        return [.. TallyRules.Presences.Where(p => fields.Has(p.Word)).Select(p => new PresenceTally(p.Value, TallyOf(fields.At(p.Word), fields.Values[p.Word])))];
    }

    private Tally TallyOf(string at, JsonElement value)
    {
        var faults = _fields!.Faults;
        var heads = (long?)null;
        var weight = (Fraction?)null;
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetInt64(out var whole))
                heads = whole;
            else
                faults.Add(at, "not-whole");
        }
        else
        {
            var fields = JsonFields.Open(at, value, faults, "heads", "weight");
            heads = fields.Long("heads");
            weight = fields.Fraction("weight");
            if (heads is null)
                faults.Add(fields.At("heads"), "field-missing");
        }

        if (heads is < 0 or > MethodCount.MostPapers)
            faults.Add(at, "heads-out-of-range", MethodCount.MostPapers);
        if (weight < Fraction.Zero)
            faults.Add(at, "weight-below-zero");
        return new(heads ?? 0, weight ?? heads ?? 0);
    }
}
