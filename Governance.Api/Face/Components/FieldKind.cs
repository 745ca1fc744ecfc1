namespace Governance.Api.Face.Components;

/// <summary>How a field is filled in. Date and money are text on purpose: forgiving on input, read by the server.</summary>
public enum FieldKind { Text, Paragraph, Email, Password, Date, Money, WholeNumber, Select, Search }

/// <summary>One option of a <see cref="Field"/> of kind Select or of a <see cref="Choice"/>.</summary>
public sealed record Option(string Value, string Label, string? Hint = null);
