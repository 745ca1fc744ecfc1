namespace Governance.Api.Search;

/// <summary>The words of the search (SearchText.resx, SearchText.en.resx).</summary>
public sealed class SearchText;
