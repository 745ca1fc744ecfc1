using Governance.Api.Members;
using Governance.Api.WorkingGroups;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.SharedTools;

/// <summary>A tool that centres keep together, at one moment.</summary>
/// <param name="KeptBy">Who keeps it and how, in words.</param>
/// <param name="Centres">How many centres take part: those known by name, or the number given.</param>
/// <param name="Network">How many centres there were in all when they were counted.</param>
/// <param name="Into">The working group that carries on what it was for.</param>
/// <param name="Remark">What is reworked, or why it was retired.</param>
public sealed record ToolSummary(
    SharedToolId Id, string Name, string? Purpose, string? KeptBy, Projections.SharedTools.Stage Stage, EffectiveTime Launched, int Centres, int? Network,
    IReadOnlyList<NamedMember> NamedCentres, IReadOnlyList<Projections.SharedTools.Release> Releases, NamedGroup? Into, EffectiveTime? Ended, string? Remark);

/// <summary>Every shared tool known at one moment: those in use first.</summary>
public sealed record ToolRegister(IReadOnlyList<ToolSummary> Tools)
{
    public static async ValueTask<ToolRegister> AtAsync(ReadView view, MemberNames names, CancellationToken ct)
    {
        var tools = await Projections.SharedTools.ListAsync(view, ct);
        var groups = tools.Any(t => t.Into is not null) ? await Projections.WorkingGroups.ListAsync(view, ct) : [];
        var centres = await names.OfAsync(view, tools.SelectMany(t => t.Centres), ct);
        return new(
        [
            .. tools.Select(t => new ToolSummary(
                t.Id, t.Name, t.Purpose, t.KeptBy, t.Stage, t.Launched, t.CentreCount, t.Network,
                [.. t.Centres.Select(c => centres[c]).OrderBy(c => c.Name, StringComparer.CurrentCulture)], t.Releases,
                groups.FirstOrDefault(g => g.Id == t.Into) is { } into ? new NamedGroup(into.Id, into.Name) : null, t.Ended, t.Remark)),
        ]);
    }
}
