using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Documents;

namespace Governance.Api.Documents;

/// <summary>Who asks to read documents, with today's mandates: whatever day is looked at, rights are those of now.</summary>
public sealed class DocumentReaders(Mandated mandated)
{
    public async ValueTask<Reader> OfAsync(RequestScope scope, CancellationToken ct)
    {
        if (scope.Actor.Person is not { } person)
            return Reader.Stranger;
        var bodies = await mandated.BodiesOfAsync(scope.Association.Id, person, ct);
        return new(person, bodies.Count > 0, scope.Actor.Roles.Contains(Role.Secretariat) || scope.Actor.Roles.Contains(Role.Auditor), bodies);
    }
}
