using Governance.Api.Kernel.Http;

namespace Governance.Api.Associations;

public static class AssociationForms
{
    private const string Page = "/{slug}/association";
    private const string Declaration = Page + "/declarations/{due}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["association.declaration-before-change"] = "effective",
        ["history.before-beginning"] = "effective",
        ["history.impossible"] = "effective",
    };

    /// <summary>Forms of the pages of the association itself.</summary>
    public static void MapAssociationForms(this IEndpointRouteBuilder app)
    {
        app.MapForm<RenameAssociationRequest, AssociationActPage>(Page + "/name", AssociationUseCases.Rename, then: Page, fields: Fields);
        app.MapForm<ChangePurposeRequest, AssociationActPage>(Page + "/purpose", AssociationUseCases.ChangePurpose, then: Page, fields: Fields);
        app.MapForm<MoveSeatRequest, AssociationActPage>(Page + "/seat", AssociationUseCases.MoveSeat, then: Page, fields: Fields);
        app.MapForm<TransformAssociationRequest, AssociationActPage>(Page + "/transformation", AssociationUseCases.Transform, then: Page, fields: Fields);
        app.MapForm<DissolveAssociationRequest, AssociationActPage>(Page + "/dissolution", AssociationUseCases.Dissolve, then: Page, fields: Fields);
        app.MapForm<FileDeclarationRequest, AssociationActPage>(Declaration, AssociationUseCases.FileDeclaration, then: Page + "/declarations", fields: Fields);
        app.MapForm<RecordDeclarationReceiptRequest, AssociationActPage>(Declaration + "/receipt", AssociationUseCases.RecordReceipt, then: Page + "/declarations", fields: Fields);
    }
}
