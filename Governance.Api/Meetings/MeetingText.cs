namespace Governance.Api.Meetings;

/// <summary>The words of the pages of meetings (MeetingText.resx, MeetingText.en.resx).</summary>
public sealed class MeetingText;
