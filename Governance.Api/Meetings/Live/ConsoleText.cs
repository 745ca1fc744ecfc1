namespace Governance.Api.Meetings.Live;

/// <summary>Words of a meeting as it happens: console, projector, seat (ConsoleText.resx, ConsoleText.en.resx).</summary>
public sealed class ConsoleText;
