namespace Governance.Api.WorkingGroups;

/// <summary>The words of the pages of working groups (GroupText.resx, GroupText.en.resx).</summary>
public sealed class GroupText;
