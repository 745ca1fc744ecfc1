namespace Governance.Api.People;

/// <summary>The words of the list of what is due for erasure (RetentionText.resx, RetentionText.en.resx).</summary>
public sealed class RetentionText;
