using Governance.Api.DuesCampaigns;
using Governance.Api.Mandates;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Api.Members;

/// <summary>A procedure of exclusion under way.</summary>
public sealed record ExclusionUnderWay(EffectiveTime Notified, EffectiveTime? HearingOn, EffectiveTime? HeardOn);

/// <summary>A working group or a shared tool in which a member takes part.</summary>
/// <param name="Pilots">The member pilots it, with others or alone.</param>
public sealed record Participation(Guid Id, string Name, bool Pilots);

/// <summary>One member at one moment.</summary>
/// <param name="Mandates">Every mandate known to represent it: those held, then the others, latest first.</param>
/// <param name="Dues">In the order of the calls.</param>
public sealed record MemberDossier(
    MemberId Id, string? Name, bool Placeholder, string? Territory, string? Remark, MembershipStanding Standing, EffectiveTime Since,
    EffectiveTime? SuspendedOn, ExclusionUnderWay? Exclusion, IReadOnlyList<MandateLine> Mandates, IReadOnlyList<Participation> WorkingGroups,
    IReadOnlyList<Participation> SharedTools, IReadOnlyList<Dues> Dues)
{
    /// <summary>The member as somebody may read it to whom these accounts are open.</summary>
    public MemberDossier To(OpenAccounts open) => this with { Dues = [.. Dues.Select(d => open.Of(Id, d))] };

    /// <summary>Null when the register does not name it at the view's moment.</summary>
    public static async ValueTask<MemberDossier?> AtAsync(ReadView view, MemberId member, PersonNames people, MandateLines lines, CancellationToken ct)
    {
        if (await Projections.Members.FindAsync(view, member, ct) is not { } entry)
            return null;
        var individuals = entry.Individual is null ? new Dictionary<Guid, string?>() : await people.OfMembersAsync(view, [member], ct);
        var mandates = await lines.AllAsync(
            view,
            await Projections.Mandates.OfMemberAsync(view, member, ct),
            await Projections.Mandates.HistoryOfMemberAsync(view, member, ct),
            ct);
        var groups = (await Projections.WorkingGroups.ListAsync(view, ct))
            .Where(g => g.Stage == Projections.WorkingGroups.Stage.Active && (g.Centres.Contains(member) || g.Pilots.Any(p => p.Centre == member)))
            .OrderBy(g => g.Name, StringComparer.CurrentCulture)
            .Select(g => new Participation(g.Id.Value, g.Name, g.Pilots.Any(p => p.Centre == member)));
        var tools = (await Projections.SharedTools.ListAsync(view, ct))
            .Where(t => t.Centres.Contains(member) && t.Stage is not (Projections.SharedTools.Stage.Merged or Projections.SharedTools.Stage.Retired))
            .OrderBy(t => t.Name, StringComparer.CurrentCulture)
            .Select(t => new Participation(t.Id.Value, t.Name, Pilots: false));
        return new(
            entry.Id, MemberNames.Of(entry, individuals).Name, entry.Placeholder, entry.Territory, entry.Remark, entry.Standing, entry.Since,
            entry.SuspendedOn, entry.ExclusionNotified is { } notified ? new(notified, entry.HearingOn, entry.HeardOn) : null, mandates,
            [.. groups], [.. tools], (await Projections.Dues.FindAsync(view, member, ct))?.Periods ?? []);
    }
}
