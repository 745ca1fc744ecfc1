using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>What an erasure would destroy, what it would leave, and what stands before it: to be read before it is final.</summary>
/// <param name="Hold">A legal hold: the erasure is refused.</param>
/// <param name="Running">Mandates held or to come: the erasure is refused.</param>
/// <param name="HasEmail">An address is destroyed.</param>
/// <param name="Past">Mandates that are over, and stay without the name.</param>
/// <param name="Memberships">Of the person as an individual, which stay without the name.</param>
/// <param name="Documents">About the person alone: their contents are destroyed.</param>
/// <param name="Period">The period of retention, over or not; null while the person takes part, and of a name that is a label.</param>
public sealed record ErasurePreview(
    NamedPerson Person, LegalHold? Hold, IReadOnlyList<MandateLine> Running, bool HasEmail, AccountEnd Account, int Past, int Memberships, bool IsStillMember,
    long Votes, long Events, IReadOnlyList<Projections.Documents.Document> Documents, DueForErasure? Period)
{
    public bool IsRefused => Hold is not null || Running.Count > 0;
}

public sealed class ErasurePreviews(ReadDatabase reads, PersonNames names, MandateLines lines, LegalHolds holds, AccountStore accounts)
{
    /// <returns>Null when the association does not know the person, or has erased them.</returns>
    public async ValueTask<ErasurePreview?> OfAsync(RequestScope scope, PersonId person, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        if (await Projections.People.FindAsync(view, person, ct) is not { } entry
            || await PersonDossier.AtAsync(view, person, names, lines, ct) is not { Person.Name: not null } dossier)
            return null;
        var members = (await Projections.Members.RegisterAsync(view, ct)).Where(m => m.Individual == person).ToList();
        return new(
            dossier.Person,
            await holds.StandingAsync(view, scope.Association, ct, person) is [var hold] ? hold : null,
            [.. dossier.Mandates.Where(m => m.Stage != MandateStage.Past)],
            entry.Email is not null,
            await accounts.EndOfAsync(scope.Association.Id, person, ct),
            dossier.Mandates.Count(m => m.Stage == MandateStage.Past),
            members.Count,
            members.Exists(m => m.Standing is MembershipStanding.Active or MembershipStanding.Suspended),
            (await Projections.Votes.OfPersonAsync(view, person, dossier.Mandates.Select(m => m.Mandate).ToHashSet(), ct)).Count,
            await AuditHistory.CountAsync(view, new([person.Value]), ct),
            [.. (await Projections.Documents.AboutAsync(view, person, ct)).Where(d => d.Destroyed is null)],
            (await Retention.DueAsync(view, scope.Association.Zone, DateOnly.MaxValue, ct, person)).SingleOrDefault());
    }
}
