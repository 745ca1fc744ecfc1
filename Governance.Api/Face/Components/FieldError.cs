namespace Governance.Api.Face.Components;

/// <summary>What is wrong with one field. <paramref name="Field"/> is the field's name; empty for the form as a whole.</summary>
public sealed record FieldError(string Field, string Message);
