namespace Governance.Api.Associations;

/// <summary>The words of the pages of the association itself (AssociationText.resx, AssociationText.en.resx).</summary>
public sealed class AssociationText;
