using Governance.Api.Mandates;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>One person with the mandates held over time.</summary>
/// <param name="HeldUntil">The first instant at which the person can be erased; null when nothing holds.</param>
/// <param name="Mandates">Those held, then the others, latest first.</param>
public sealed record PersonDossier(NamedPerson Person, EffectiveTime? HeldUntil, IReadOnlyList<MandateLine> Mandates)
{
    /// <summary>Null when nothing is known of the person at the view's position.</summary>
    public static async ValueTask<PersonDossier?> AtAsync(ReadView view, PersonId person, PersonNames people, MandateLines lines, CancellationToken ct)
    {
        if (await Projections.People.FindAsync(view, person, ct) is not { } entry)
            return null;
        var named = await people.OfAsync(view, [person], ct);
        var mandates = await lines.AllAsync(
            view,
            await Projections.Mandates.OfPersonAsync(view, person, ct),
            await Projections.Mandates.HistoryOfPersonAsync(view, person, ct),
            ct);
        return new(named[person], entry.HeldUntil, mandates);
    }
}
