using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What the opening of a ballot is judged on: all of it is a condition of the append.</summary>
/// <param name="Body">The body that the draft names.</param>
/// <param name="Colleges">The bodies that this body names as its colleges.</param>
/// <param name="Members">Every member whom a mandate represents in these at the opening.</param>
/// <param name="Zone">The association's clocks.</param>
public sealed record OpeningBasis(
    Timeline<Body> Body,
    IReadOnlyList<Timeline<Body>> Colleges,
    Timeline<StatutesVersions> Statutes,
    IReadOnlyDictionary<MemberId, Timeline<Member>> Members,
    TimeZoneInfo Zone)
{
    /// <summary>Who may vote at an instant.</summary>
    public Electorate ElectorateAt(DateTimeOffset instant, EligibilityRule rule, EffectiveTime? convened) => Electorate.At(
        Body.At(instant), [.. Colleges.Select(c => c.At(instant))], instant, new Eligibility(rule, Members, instant, convened, Zone));
}
