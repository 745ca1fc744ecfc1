namespace Governance.Api.Members;

/// <summary>The words of the pages of members (MemberText.resx, MemberText.en.resx).</summary>
public sealed class MemberText;
