namespace Governance.Api.People;

/// <summary>The words of the pages of people (PeopleText.resx, PeopleText.en.resx).</summary>
public sealed class PeopleText;
