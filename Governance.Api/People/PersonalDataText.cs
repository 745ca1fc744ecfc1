namespace Governance.Api.People;

/// <summary>The words of the pages of a person's own data (PersonalDataText.resx, PersonalDataText.en.resx).</summary>
public sealed class PersonalDataText;
