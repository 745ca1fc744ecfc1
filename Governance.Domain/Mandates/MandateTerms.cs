using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>Two offices that one person cannot hold at the same time, in the same body or in two.</summary>
public sealed record IncompatibleOffices(Office One, Office Other);

/// <summary>What the statutes in force say of the mandates of a body. Unset rules limit nothing.</summary>
/// <param name="MaximumMonths">Longest term, in months; null for no limit.</param>
/// <param name="MaximumConsecutiveTerms">How many terms in a row a person can hold the same office in the body; null for no limit.</param>
/// <param name="Holdover">Once the term is over the holder stays until replaced.</param>
/// <param name="Seats">Most mandates at once; null leaves it to the body.</param>
/// <param name="SeveralMandatesAPerson">One person can hold several mandates in the body, such as for two members.</param>
/// <param name="RepresentativesOnly">Every mandate in the body represents a member.</param>
/// <param name="Incompatible">Offices that exclude each other.</param>
/// <param name="Article">Where the statutes say so; null for the defaults.</param>
/// <param name="Parts">In how many parts the body is renewed, one after the other within a term; 1 for all at once.</param>
/// <param name="CoOption">The body may choose somebody itself for a vacant seat, until those who elect ratify it.</param>
/// <param name="NextElected">Where somebody elected declines, whoever comes next in the result has the seat.</param>
/// <param name="RevokedBy">The kinds of body that may revoke a mandate; null for no limit.</param>
/// <param name="NoticeMonths">How many months before its end a term is one that ends soon.</param>
public sealed record MandateTerms(
    int? MaximumMonths = null,
    int? MaximumConsecutiveTerms = null,
    bool Holdover = false,
    int? Seats = null,
    bool SeveralMandatesAPerson = false,
    bool RepresentativesOnly = false,
    IReadOnlyList<IncompatibleOffices>? Incompatible = null,
    string? Article = null,
    int Parts = 1,
    bool CoOption = true,
    bool NextElected = false,
    IReadOnlyList<BodyKind>? RevokedBy = null,
    int NoticeMonths = MandateTerms.UsualNoticeMonths)
{
    public const int UsualNoticeMonths = 6;

    public static MandateTerms Default { get; } = new();

    /// <summary>How many mandates the body can have at once, by the statutes and by itself; null when nothing limits them.</summary>
    public int? SeatsIn(int? own) => (own, Seats) switch
    {
        ({ } of, { } ruled) => Math.Min(of, ruled),
        var (of, ruled) => of ?? ruled,
    };

    /// <summary>The first instant after a term of full length; null where terms have no length.</summary>
    public EffectiveTime? FullTerm(EffectiveTime from, TimeZoneInfo zone) =>
        MaximumMonths is { } months ? EffectiveTime.On(LocalTime.DayOf(from.Instant, zone).AddMonths(months), zone) : null;

    internal bool Excludes(Office one, Office other) =>
        Incompatible?.Any(pair => (pair.One == one && pair.Other == other) || (pair.One == other && pair.Other == one)) == true;
}
