namespace Governance.Api.Registers;

/// <summary>The words of the pages of registers, and the headings of their tables (RegisterText.resx, RegisterText.en.resx).</summary>
public sealed class RegisterText;
