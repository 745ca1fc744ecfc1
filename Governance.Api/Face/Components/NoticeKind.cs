namespace Governance.Api.Face.Components;

/// <summary>Tone of a <see cref="Notice"/>: something to know, something done, something late, something refused.</summary>
public enum NoticeKind { Plain, Done, Late, Refused }
