namespace Governance.Api.Statutes;

/// <summary>The words of the form of a rule (RuleFormText.resx, RuleFormText.en.resx); what the form does not say itself, the rule's own sentences say.</summary>
public sealed class RuleFormText;
