namespace Governance.Api.Face.Catalogue;

/// <summary>The words of the catalogue of components (CatalogueText.resx, CatalogueText.en.resx).</summary>
public sealed class CatalogueText;
