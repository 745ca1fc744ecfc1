namespace Governance.Api.Documents;

/// <summary>The words of the pages of documents (DocumentText.resx, DocumentText.en.resx).</summary>
public sealed class DocumentText;
