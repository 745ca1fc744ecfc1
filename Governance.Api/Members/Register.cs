using Governance.Api.Mandates;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Api.Members;

/// <summary>Who represents a member in a college.</summary>
public sealed record Representation(NamedBody College, MandateId Mandate, NamedPerson Person);

/// <param name="Since">When it came to its standing; of a member, suspended or not, the beginning of the membership.</param>
public sealed record RegisterLine(
    MemberId Id, string? Name, bool Placeholder, string? Territory, string? Remark, MembershipStanding Standing, EffectiveTime Since,
    IReadOnlyList<Representation> Representatives);

/// <summary>The register at one moment.</summary>
/// <param name="Active">Members with the rights of one.</param>
/// <param name="Placeholders">Members whose name stands for an organisation that no document names.</param>
/// <param name="Colleges">The colleges that stand, in which each member has its representative.</param>
/// <param name="Members">Active and suspended members, by name.</param>
/// <param name="Others">Applicants, who was refused, and former members.</param>
public sealed record Register(
    int Active, int Suspended, int Placeholders, IReadOnlyList<NamedBody> Colleges, IReadOnlyList<RegisterLine> Members, IReadOnlyList<RegisterLine> Others)
{
    /// <param name="shown">Of which lines the names of representatives are opened; null for all.</param>
    public static async ValueTask<Register> AtAsync(ReadView view, PersonNames people, CancellationToken ct, Func<IReadOnlyList<RegisterLine>, IEnumerable<RegisterLine>>? shown = null)
    {
        var entries = await Projections.Members.RegisterAsync(view, ct);
        var individuals = await people.OfMembersAsync(view, entries.Where(e => e.Individual is not null).Select(e => e.Id), ct);
        var colleges = (await Projections.Bodies.CollegesAsync(view, ct)).Select(MandateLines.Of).ToList();
        var kinds = colleges.ToDictionary(c => c.Id);
        var mandates = (await Projections.Mandates.ListAsync(view, ct)).Where(m => m.Member is not null && kinds.ContainsKey(m.Body)).ToList();
        var byMember = mandates.ToLookup(m => m.Member!.Value, m => new Representation(kinds[m.Body], m.Id, new NamedPerson(m.Person, null, LabelOnly: false, Erased: false)));
        var lines = entries.Select(e => Line(e, individuals, byMember[e.Id])).OrderBy(l => l.Name, StringComparer.CurrentCulture).ThenBy(l => l.Id.Value).ToList();
        var members = lines.Where(IsMember).ToList();
        var opened = (shown?.Invoke(members) ?? members).ToList();
        var named = await people.OfAsync(view, opened.SelectMany(l => l.Representatives).Select(r => r.Person.Id), ct);
        var known = opened.ToDictionary(l => l.Id, l => l with { Representatives = [.. l.Representatives.Select(r => r with { Person = named[r.Person.Id] })] });
        members = members.ConvertAll(l => known.GetValueOrDefault(l.Id, l));
        return new(
            members.Count(l => l.Standing == MembershipStanding.Active),
            members.Count(l => l.Standing == MembershipStanding.Suspended),
            members.Count(l => l.Placeholder),
            colleges,
            members,
            [.. lines.Where(l => !IsMember(l))]);
    }

    internal static RegisterLine Line(
        Projections.Members.Entry e, IReadOnlyDictionary<Guid, string?> individuals, IEnumerable<Representation> representatives) => new(
        e.Id, MemberNames.Of(e, individuals).Name, e.Placeholder, e.Territory, e.Remark, e.Standing, e.Since,
        [.. representatives.OrderBy(r => r.College.Name, StringComparer.CurrentCulture)]);

    private static bool IsMember(RegisterLine line) => line.Standing is MembershipStanding.Active or MembershipStanding.Suspended;
}
