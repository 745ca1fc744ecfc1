namespace Governance.Api.Associations;

/// <summary>Words of the pages of associations (AssociationText.resx French, AssociationText.en.resx English).</summary>
public sealed class AssociationText;
