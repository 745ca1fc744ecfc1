using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Api.Documents;

/// <summary>Who asks to read documents, with today's mandates: whatever day is looked at, rights are those of now.</summary>
public sealed class DocumentReaders(Mandated mandated)
{
    public async ValueTask<Reader> OfAsync(RequestScope scope, CancellationToken ct)
    {
        if (scope.Actor.Person is not { } person)
            return Reader.Stranger;
        return await OfAsync(scope.Association.Id, person, ct) with { KeepsOrAudits = scope.Actor.Roles.Contains(Role.Secretariat) || scope.Actor.Roles.Contains(Role.Auditor) };
    }

    /// <summary>Somebody who is not signed in: a message to them, or a link of their own, opens what their mandates do, and nothing of what an office does.</summary>
    public async ValueTask<Reader> OfAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        var bodies = await mandated.BodiesOfAsync(association, person, ct);
        return new(person, bodies.Count > 0, KeepsOrAudits: false, bodies);
    }
}
