using Governance.Api.Kernel.Http;

namespace Governance.Api.Associations;

public static class AssociationEndpoints
{
    /// <summary>Commands on the association itself, under <c>/api/{slug}</c>.</summary>
    public static void MapAssociation(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/name", AssociationUseCases.Rename);
        api.MapCommand("/purpose", AssociationUseCases.ChangePurpose);
        api.MapCommand("/seat", AssociationUseCases.MoveSeat);
        api.MapCommand("/transformation", AssociationUseCases.Transform);
        api.MapCommand("/dissolution", AssociationUseCases.Dissolve);
        api.MapCommand("/declarations/{due}", AssociationUseCases.FileDeclaration);
        api.MapCommand("/declarations/{due}/receipt", AssociationUseCases.RecordReceipt);
    }
}
